"""The timeline: what has passed and what came of it, today, and what falls due."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.present.monitor import Monitor
from tui.present.timeline import (
    TimelineRows,
    TimelineWish,
    empty_words,
    kinds,
    own_words,
    source_of,
    symbols_of,
    timeline_rows,
    wish_words,
)
from tui.report.timeline import Entry
from tui.screens.live import LiveScreen
from tui.screens.pick import Choice, PickScreen
from widgets.caption import Caption
from widgets.cursor_view import CursorView
from widgets.date_list import SOURCE_FROM, DateList

_LOOK = 0.5
"""Seconds between two looks at what is dated."""


class TimelineScreen(LiveScreen):
    """Everything dated, from a week back to three months ahead.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual types it as an instance's
        (0, "-flat"),
        (8, "-low"),
        (14, "-tall"),
    ]

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self.wish = TimelineWish()
        self._opened: set[str] = set()
        self._looked = float("-inf")
        self._made: object = None
        self._rows: TimelineRows | None = None

    def body(self) -> ComposeResult:
        """What is shown, in words, above the list."""
        yield Caption()
        yield DateList(id="dates")

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("⏎", "open"), ("o", "only"), ("K", "kind"), ("l", "my lists"), ("e", "own dates"),
            ("N", "日本語"), ("p", "sources"), ("?", "help"), ("Esc", "back"),
        )  # fmt: skip

    def focused_first(self) -> DateList:
        """The list takes the keys."""
        return self._list

    @property
    def _list(self) -> DateList:
        return self.query_one(DateList)

    # --- painting -------------------------------------------------------------------------

    def follow(self, at: float) -> float:
        """Show what is dated at a pace of its own: answers come while the market stands."""
        again = super().follow(at)
        if not self._parts or len(self.children) < self._parts:
            return again
        if at - self._looked >= _LOOK:
            self._looked = at
            self._show(at)
        return again

    def paint(self, at: float) -> None:
        """Nothing beside what `follow` does at its own pace."""

    def repaint(self) -> None:
        """Show everything anew."""
        self._made, self._looked = None, float("-inf")
        super().repaint()

    def _show(self, at: float) -> None:
        monitor = self.monitor
        if not monitor.ready:
            return
        now, language, dates = monitor.now(), monitor.language, monitor.due_dates
        dates.look(now, at)
        entries = dates.entries(now)
        waiting = dates.waiting
        made = entries, self.wish, frozenset(self._opened), language, waiting
        if made == self._made:
            return
        self._made = made
        rows = self._rows = timeline_rows(
            monitor.market, entries, now, language, wish=self.wish, opened=self._opened
        )
        self._list.show(rows.shown, rows.first, empty_words(self.wish, language, waiting))
        self._show_caption(len(entries))

    def _show_caption(self, held: int) -> None:
        """Say what is shown, and where there is no room in the rows, who tells it."""
        rows, entry = self._rows, self._entry
        narrow = self.size.width < SOURCE_FROM
        source = source_of(entry, self.monitor.language) if entry is not None and narrow else ""
        count = rows.count if rows is not None else 0
        told = wish_words(self.wish, count, held, self.monitor.language, source)
        self.query_one(Caption).show(*told)

    @property
    def _entry(self) -> Entry | None:
        """What is under the cursor."""
        key, rows = self._list.key, self._rows
        return rows.entries.get(key) if rows is not None and key is not None else None

    def on_cursor_view_highlighted(self, event: CursorView.Highlighted) -> None:
        """Another one's source is told."""
        event.stop()
        self._show_caption(len(self.monitor.due_dates.entries(self.monitor.now())))

    def on_resize(self) -> None:
        """Rows may have room for their sources now."""
        self._made = None

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_move_page(self, pages: float) -> None:
        """Move by pages or parts of one."""
        self._list.move(int(pages * self._list.size.height))

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        (self._list.move_to_end if direction > 0 else self._list.move_to_start)()

    # --- opening --------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open what dates the entry, or its name; open or close one that stands for several."""
        key, entry = self._list.key, self._entry
        if entry is None or key is None:
            return
        symbols = symbols_of(entry)
        if entry.members:
            self._opened ^= {key}
            self.repaint()
        elif entry.key and self.monitor.desk.story(entry.key) is not None:
            from tui.screens.story import StoryScreen

            self.app.push_screen(StoryScreen(self.monitor, entry.key))
        elif symbols:
            from tui.screens.detail import DetailScreen

            self.monitor.look_at(symbols[0])
            self.app.push_screen(DetailScreen(self.monitor, symbols[0], symbols))
        else:
            self._say("This date names no instruments.", "この予定に銘柄はありません。")

    def on_cursor_view_chosen(self, event: CursorView.Chosen) -> None:
        """A click opens."""
        event.stop()
        self.action_open()

    def action_only(self) -> None:
        """Show only the names of the entry in the main table."""
        entry = self._entry
        symbols = symbols_of(entry) if entry is not None else ()
        if entry is None or not symbols:
            self._say("This date names no instruments.", "この予定に銘柄はありません。")
            return
        self.monitor.ask_only(symbols, entry.titled(self.monitor.language))
        self.dismiss()

    def action_back(self) -> None:
        """Back one step: the filters, the screen beneath."""
        if self.wish.narrows:
            self._wish(TimelineWish())
        else:
            self.dismiss()

    # --- what is wanted -------------------------------------------------------------------

    def _wish(self, wish: TimelineWish) -> None:
        self.wish = wish
        self.repaint()

    def action_by_kind(self) -> None:
        """Choose a kind from those there are."""
        language = self.monitor.language
        found = kinds(self.monitor.due_dates.entries(self.monitor.now()), language)
        every = Choice("", "すべて" if language == "ja" else "all")
        choices = [every, *(Choice(kind, word, f"{count:,}") for kind, word, count in found)]

        def picked(kind: str | None) -> None:
            if kind is not None:
                self._wish(replace(self.wish, kind=kind))

        title = "種別" if language == "ja" else "Kind"
        self.app.push_screen(PickScreen(title, choices, chosen=self.wish.kind), picked)

    def action_own_only(self) -> None:
        """Only what concerns the user, or all."""
        self._wish(replace(self.wish, own=not self.wish.own))

    def action_own_dates(self) -> None:
        """Show where the user's own dates are written, and how."""
        dates, language = self.monitor.due_dates, self.monitor.language
        self.app.push_screen(OwnDatesScreen(*own_words(dates.path, dates.notice, language)))

    def _say(self, words: str, words_ja: str) -> None:
        self.notify(words_ja if self.monitor.language == "ja" else words, timeout=3)


class OwnDatesScreen(ModalScreen[None]):
    """A page that says how the user notes dates.

    Args:
        title: Its heading.
        text: What it says.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("story"))

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._heading, self._text = title, text

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(classes="dialog story"):
            yield Static(Content(self._heading), classes="dialog-title")
            yield Static(Content(f"\n{self._text}"))

    def on_mount(self) -> None:
        """The page takes the keys."""
        self.query_one(VerticalScroll).focus()

    def action_move(self, rows: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_move_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.action_move(int(pages * self.query_one(VerticalScroll).size.height))

    def action_move_end(self, direction: int) -> None:
        """Scroll to either end."""
        page = self.query_one(VerticalScroll)
        (page.scroll_end if direction > 0 else page.scroll_home)(animate=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
