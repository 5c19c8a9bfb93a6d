"""The news: every headline beside its story, filtered, read, opened, kept and edited."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tui.commands.bindings import bindings
from tui.present.catalysts import kind_word
from tui.present.japanese import either, said
from tui.present.measured import RANKS
from tui.present.monitor import Monitor
from tui.present.news import NewsRows, NewsWish, wish_words
from tui.present.page import page_view
from tui.screens.pick import AskScreen, Choice, PickScreen
from tui.screens.prompts import FootInput
from tui.screens.story_actions import StoryActions
from widgets.caption import Caption
from widgets.headline_list import HeadlineList
from widgets.kept import Frame, Row
from widgets.key_bar import KeyBar
from widgets.story_reader import PageView, StoryReader

PANES = ("headlines", "story")
_STANDS = 0.5
"""Seconds between two looks at what the market did to the headlines."""
_READS = 0.06
"""Seconds for which the cursor rests on a headline before its story is laid out."""
_MOST_ONLY = 500
_FILTER = "filter: words of headline, source, kind, code or name"


class NewsScreen(StoryActions):
    """Every headline known at the market's time, with its story.

    Args:
        monitor: The model behind the screens.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("news"))
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual types it as an instance's
        (0, "-narrow"),
        (110, "-wide"),
        (170, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - as above
        (0, "-flat"),
        (8, "-low"),
        (14, "-tall"),
    ]

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self.add_class("-pane-headlines")
        self.pane = PANES[0]
        self._rows: NewsRows | None = None
        self._looked = float("-inf")
        self._resting: asyncio.TimerHandle | None = None
        self._rests_on = "", False

    def body(self) -> ComposeResult:
        """What is shown, in words; the list and the story; what is asked, at the foot."""
        yield Caption(id="news-told")
        with Row(id="news"):
            with Frame(id="news-left"):
                yield HeadlineList(id="headlines")
            with Frame(id="news-right"):
                yield StoryReader(id="story")
        yield Caption(id="news-ask")
        yield FootInput()

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("⏎", "read"), ("/", "filter"), ("K", "kind"), ("S", "source"), ("l", "list"),
            ("$", "name"), ("U", "unread"), ("i", "rank"), ("b", "browser"), ("y", "copy"),
            ("a", "save"), ("e", "kind"), ("o", "only"), ("?", "help"), ("Esc", "back"),
        )  # fmt: skip

    def focused_first(self) -> HeadlineList:
        """The list takes the keys."""
        return self._list

    @cached_property
    def _list(self) -> HeadlineList:
        return self.query_one(HeadlineList)

    @property
    def story_key(self) -> str | None:
        """The headline under the cursor."""
        return self._list.key

    @cached_property
    def _reader(self) -> StoryReader:
        return self.query_one(StoryReader)

    @cached_property
    def _foot(self) -> FootInput:
        return self.query_one(FootInput)

    @cached_property
    def _told(self) -> Caption:
        return self.query_one("#news-told", Caption)

    # --- painting -------------------------------------------------------------------------

    def follow(self, at: float) -> float:
        """Take up news for a part of the frame; show it, and what the market did, now and then."""
        more = self.monitor.desk.follow()
        again = super().follow(at)
        if not self._parts or len(self.children) < self._parts:
            return again
        if at - self._looked >= _STANDS:
            self.news.measure()
            self._show(at)
            if self._list.key == self._reader.key:
                # What its names did since stands in the story too.
                self._show_story()
        return 0.0 if more else again

    def paint(self, at: float) -> None:
        """Nothing beside what `follow` does at its own pace."""

    def repaint(self) -> None:
        """Show everything anew."""
        self._rows = None
        self._looked = float("-inf")
        super().repaint()

    def show_now(self) -> None:
        """Show what has changed at once."""
        self._show(time.monotonic())

    def _show(self, at: float) -> None:
        """The headlines that are wanted, and the story under the cursor."""
        monitor = self.monitor
        self._looked = at
        self.news.language = monitor.language
        rows = self.news.rows(monitor.now(), self._list.key or "")
        same = self._rows is not None and rows.same_as(self._rows)
        self._rows = rows
        wish = self.news.wish
        empty = "nothing fits; Esc takes the filters away" if wish.narrows else "no news yet"
        if monitor.language == "ja":
            empty = "該当なし。Escで解除" if wish.narrows else "ニュースはまだありません"
        if not same or empty != self._list.empty_text:
            self._list.empty_text = empty
            self._list.show(rows)
        self._show_place()
        self._show_story_soon()

    def _show_place(self) -> None:
        """Tell what is shown, and how far down it the cursor is."""
        wish, language = self.news.wish, self.monitor.language
        title = self.monitor.lists.title(wish.list_name, language) if wish.list_name else ""
        shown = len(self._rows) if self._rows is not None else 0
        counts = self._list.index + 1, shown, len(self.news.index)
        self._told.show(*wish_words(wish, counts, title, language))

    def _show_story_soon(self) -> None:
        """The story at once where none is shown, else once the list has come to rest."""
        key = self._list.key
        if key is None or not self._reader.key:
            self._show_story()
        elif key != self._reader.key:
            self._rest_on(key, reads=False)

    def _show_story(self) -> None:
        key = self._list.key
        page = page_view(self.monitor, key) if key is not None else PageView()
        self._reader.show(page)

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor, or scroll the story."""
        if self.pane == "headlines":
            self._list.move(rows)
        else:
            self._reader.scroll_relative(y=rows, animate=False)

    def action_move_page(self, pages: float) -> None:
        """Move by pages or parts of one."""
        if self.pane == "headlines":
            self._list.move(int(pages * self._list.size.height))
        else:
            self._reader.scroll_relative(y=int(pages * self._reader.size.height), animate=False)

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        if self.pane == "headlines":
            (self._list.move_to_end if direction > 0 else self._list.move_to_start)()
        else:
            scroll = self._reader.scroll_end if direction > 0 else self._reader.scroll_home
            scroll(animate=False)

    def action_pane(self, step: int) -> None:
        """Give the keys to the other side; on a small screen, show it."""
        self._show_pane(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    def _show_pane(self, pane: str) -> None:
        if pane == "story":
            self._read()
        self.remove_class(f"-pane-{self.pane}")
        self.pane = pane
        self.add_class(f"-pane-{pane}")
        self.query_one(f"#{pane}").focus()

    def on_descendant_focus(self) -> None:
        """A click may have given the keys to the other side."""
        focused = self.focused
        pane = "story" if focused is self._reader else "headlines"
        if focused in (self._reader, self._list) and pane != self.pane:
            self._show_pane(pane)

    def on_cursor_view_highlighted(self, event: HeadlineList.Highlighted) -> None:
        """Show the story once the cursor rests; beside the list, it is read by that."""
        event.stop()
        self.leave_question()
        self._show_place()
        self._rest_on(event.key, reads=True)

    def on_unmount(self) -> None:
        """Wait for nothing more."""
        if self._resting is not None:
            self._resting.cancel()

    def _rest_on(self, key: str, *, reads: bool) -> None:
        """Show a headline's story, and count it as read, unless the cursor goes on."""
        if self._resting is not None:
            if key == self._rests_on[0]:
                self._rests_on = key, reads or self._rests_on[1]
                return
            self._resting.cancel()
        self._rests_on = key, reads
        # A timer of Textual's would cost more than the line that the cursor has gone to.
        loop = asyncio.get_running_loop()
        self._resting = loop.call_later(_READS, self._rested)

    def _rested(self) -> None:
        self._resting = None
        key, reads = self._rests_on
        if not self.is_attached or self._list.key != key:
            return
        self._show_story()
        if reads and not self.has_class("-narrow"):
            self._read()

    def _read(self) -> None:
        key = self._list.key
        if key is not None:
            self.monitor.desk.mark(key)
            self._list.rebuild()

    def on_cursor_view_chosen(self, event: HeadlineList.Chosen) -> None:
        """A double click reads."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Read the story; open the link that is asked about."""
        if self.asked:
            self.action_browse()
        elif self._list.key is not None:
            self._show_story()
            self._show_pane("story")

    def action_back(self) -> None:
        """Back one step: the question, the list, the filters, the screen beneath."""
        if self.asked:
            self.leave_question()
        elif self.pane == "story":
            self._show_pane("headlines")
        elif self.news.wish.narrows:
            self.wish(replace(NewsWish(), rank=self.news.wish.rank))
        else:
            self.dismiss()

    # --- what is wanted -------------------------------------------------------------------

    def wish(self, wish: NewsWish) -> None:
        """Show what is wanted now."""
        self.news.wish = wish
        self.leave_question()
        self.show_now()

    def action_rank_catalysts(self, rank: str = "") -> None:
        """Newest first, or those first that moved the indices most."""
        wish = self.news.wish
        other = RANKS[1 - RANKS.index(wish.rank)]
        self.wish(replace(wish, rank=rank if rank in RANKS else other))
        self._list.move_to_start()

    def action_unread_only(self) -> None:
        """Only what was not read, or all."""
        wish = replace(self.news.wish, unread=not self.news.wish.unread)
        self.news.wish = wish
        if wish.unread:
            # What was read before goes, even if the cursor is on it.
            self._list.show(self.news.rows(self.monitor.now()))
            self._rows = None
        self.wish(wish)

    def action_by_kind(self) -> None:
        """Choose a kind from those there are."""
        wish, language = self.news.wish, self.monitor.language
        kinds = [
            Choice(kind, kind_word(kind, language), f"{count:,}")
            for kind, count in self.news.index.kinds().items()
        ]
        self._pick("Kind · 種別", kinds, wish.kind, lambda kind: replace(wish, kind=kind))

    def action_by_source(self) -> None:
        """Choose a source from those there are."""
        wish, sources = self.news.wish, self.news.index.sources()
        told = [Choice(source, source, f"{count:,}") for source, count in sources.items()]
        self._pick("Source · 情報源", told, wish.source, lambda name: replace(wish, source=name))

    def action_by_list(self) -> None:
        """Choose a list."""
        wish, lists = self.news.wish, self.monitor.lists
        self._pick(
            "List · リスト",
            [Choice(name, lists.title(name, self.monitor.language)) for name in lists.names()],
            wish.list_name,
            lambda name: replace(wish, list_name=name),
        )

    def _pick(
        self, title: str, choices: list[Choice], chosen: str, wished: Callable[[str], NewsWish]
    ) -> None:
        language = self.monitor.language
        every = [Choice("", either("all · すべて", language)), *choices[:_MOST_ONLY]]

        def picked(key: str | None) -> None:
            if key is not None:
                self.wish(wished(key))

        self.app.push_screen(PickScreen(either(title, language), every, chosen=chosen), picked)

    def action_by_symbol(self) -> None:
        """Type a code or a name."""
        key = self._list.key
        symbols = self.monitor.catalyst_symbols(key) if key is not None else ()
        value = self.monitor.code(symbols[0]) if symbols else ""
        title = said("Of which name?", self.monitor.language)
        self.app.push_screen(AskScreen(title, value=value), self._symbol_typed)

    def _symbol_typed(self, text: str | None) -> None:
        if text is None:
            return
        symbol = self.monitor.resolve(text)
        if symbol is None:
            self.say(f"Nothing is known by “{text}”.", good=False)
        else:
            self.wish(replace(self.news.wish, symbol=symbol))

    def action_filter(self, text: str = "") -> None:
        """Filter as you type."""
        del text
        self.leave_question()
        self._foot.ask("filter", self.news.wish.text)
        self._foot.placeholder = said(_FILTER, self.monitor.language)
        self.query_one(KeyBar).add_class("-hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the field at the foot every key is a letter."""
        if isinstance(self.focused, FootInput):
            return False
        return super().check_action(action, parameters)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The filter works as it is typed."""
        if event.input is self._foot and self._foot.has_focus:
            self.wish(replace(self.news.wish, text=event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter."""
        if event.input is self._foot:
            self._leave_foot()

    def on_foot_input_left(self) -> None:
        """Leave the field; a filter being typed is cleared."""
        self.wish(replace(self.news.wish, text=""))
        self._leave_foot()

    def _leave_foot(self) -> None:
        self._foot.leave()
        self.query_one(KeyBar).remove_class("-hidden")
        self._show_pane("headlines")
