"""The main screen: header, tape, breadth, lists, the live table, contribution, catalysts."""

import gc
import time
from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.commands.bindings import bindings
from tui.commands.rebinding import first_key
from tui.commands.registry import ANYWHERE, BY_ID, COMMANDS, MAIN, Command
from tui.garbage import Garbage
from tui.present.catalysts import hit_words
from tui.present.japanese import label
from tui.present.monitor import Monitor
from tui.screens.folding import fold
from tui.screens.list_actions import ListActions
from tui.screens.live import LiveScreen
from tui.screens.pace import Pace
from tui.screens.prompts import FootInput
from widgets.breadth_bar import BreadthBar
from widgets.catalyst_pane import CatalystPane
from widgets.header_bar import HeaderBar
from widgets.index_tape import IndexTape
from widgets.kept import Frame, Row, Stack
from widgets.key_bar import KeyBar
from widgets.ladder import Ladder
from widgets.list_tabs import ListTabs
from widgets.quote_table import QuoteTable

_FIGURES = 0.2
"""Seconds between two looks at header, tape, breadth and ladder, taken at one instant so that
they agree."""
_SLOW = 0.5
"""Seconds between two looks at the catalysts."""
_CLOCK = 1.0
_SETTLED = 2.0
"""Seconds after the last change until nothing lags behind it: the ladder's order, a flash."""
_STANDING = 10.0
"""Seconds between two looks at everything while nothing changes."""
_TIDY = 1.0
"""Seconds between two looks whether garbage is to be collected."""
_LISTS = 1.0
"""Seconds between two looks at the lists' file."""
_LIVE = "source.live"
_OFFER = (
    "live quotes (Yahoo, Tokyo 20 minutes late, free)",
    "live quotes (Yahoo, 20 min late)",
    "live",
)
"""What the line at the foot says of live quotes as long as nobody has looked at them."""

PANES = ("table", "ladder", "catalysts")


class MainScreen(ListActions):
    """What moved, by how many points, because of which names, and why.

    Args:
        monitor: The model behind the screens.
        rebound: The keys that the configuration changes, checked: command id → keys.
        offers_live: Whether the line at the foot offers live quotes, as on first use.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("main"))
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
    AUTO_FOCUS = "QuoteTable"
    BLANK = True  # the panes cover it

    def __init__(
        self, monitor: Monitor, rebound: Mapping[str, str], *, offers_live: bool = False
    ) -> None:
        super().__init__(classes="-pane-table")
        self._rebound = rebound
        self.offers_live = offers_live
        self.monitor = monitor
        self.pane = "table"
        self.only_key: str | None = None
        self.only_name = ""
        self.filter_text = ""
        self._looked: dict[str, tuple[float, int]] = {}
        self._read: object = None
        self._trouble = ""
        self._shown: tuple[int, object] = (-1, None)
        self._stands_from = self._look_at = 0.0
        self._pace: Pace | None = None
        self._garbage = Garbage(time.monotonic())
        self._tidied = 0.0

    def compose(self) -> ComposeResult:
        """Panes fold by the size of the screen; see the stylesheet."""
        fold(self)
        yield HeaderBar()
        yield IndexTape()
        yield BreadthBar()
        with Row(id="body"):
            with Stack(id="left"):
                yield ListTabs()
                with Frame(id="frame"):
                    yield QuoteTable(id="table")
            with Stack(id="right"):
                yield Ladder(id="ladder")
                yield CatalystPane(id="catalysts")
        yield FootInput()
        yield KeyBar()

    def on_mount(self) -> None:
        """Start the sources, unless they run already, and show what is known."""
        self._pace = Pace(self._paint, self._backlog)
        self._show_words()
        table = self.query_one(QuoteTable)
        table.flash_columns = ("last", "change")
        table.reduced_motion = not self.monitor.config.flash
        self.show_list()
        self.monitor.start(self._pace.wake)
        self._paint()
        if not self.app.is_headless:
            # What stands now stays until the end: a collection while quotes run need not go
            # through it all, each time for longer than a frame may take.
            self.call_after_refresh(gc.freeze)

    def on_unmount(self) -> None:
        """Stop the sources and remember what was chosen."""
        if self._pace is not None:
            self._pace.stop()
        self.monitor.stop()

    # --- painting -------------------------------------------------------------------------

    def _backlog(self) -> int:
        # Textual hands out its driver in no other way.
        return int(getattr(self.app._driver, "backlog", 0))  # noqa: SLF001 - as said

    def _paint(self) -> float | None:
        """One tick: take what has come, hand it to the widgets, say when the next one is due."""
        try:
            header = self.query_one(HeaderBar)
        except NoMatches:  # the program is about to end, and the widgets are gone
            return None
        at = time.monotonic()
        more = self.monitor.take(at)
        self._tell_news(at)
        self._tidy(at)
        shown = self._in_front()
        if shown is not self:
            again = shown.follow(at) if isinstance(shown, LiveScreen) else _CLOCK
            return 0.0 if more else again
        if not more and self._stands(at):
            if self._due("lists", at, _LISTS):
                self.poll_lists()
            self._tell_trouble()
            header.show(self.monitor.header())
            return _CLOCK
        if self._due("figures", at, _FIGURES):
            self._tell_trouble()
            header.show(self.monitor.header())
            self.query_one(IndexTape).show(self.monitor.tape())
            self.query_one(BreadthBar).show(self.monitor.breadth())
            self.query_one(Ladder).show(self.monitor.ladder(at))
            if self.monitor.selection() is not None:
                self.set_title()
        if self._due("slow", at, _SLOW):
            self._show_catalysts(at)
        if self._due("lists", at, _LISTS):
            self.poll_lists()
        table = self.query_one(QuoteTable)
        data = self.monitor.table(at)
        if data is not self._read:  # another session has other members
            self._read = data
            table.show(data)
        columns = self.monitor.columns()
        if columns != table.columns:
            table.set_columns(columns)
        table.refresh_data(at)
        if more:
            return 0.0
        change = table.next_change(at)
        return _CLOCK if change is None else min(_CLOCK, change - at)

    def _tidy(self, at: float) -> None:
        """Have garbage looked for once a tick is over, if it is time to."""
        if at - self._tidied >= _TIDY:
            self._tidied = at
            settled = len(self.app.screen_stack) == 1
            idle = self.monitor.revision == self._shown[0] and at >= self._stands_from
            sources = self.monitor.feed.quote_names
            self.call_later(self._garbage.look, at, settled=settled, idle=idle, stands_on=sources)

    def _in_front(self) -> Screen[object]:
        """The screen that is seen, be it behind a dialog."""
        stack = self.app.screen_stack
        return next(screen for screen in reversed(stack) if not isinstance(screen, ModalScreen))

    def _stands(self, at: float) -> bool:
        """Whether market and clock stand, as after the close of a replay, and all of it shows."""
        now = self.monitor.revision, self.monitor.summary()
        if now[0] != self._shown[0] or now[1] is not self._shown[1]:
            self._shown, self._stands_from = now, at + _SETTLED
        if at >= self._stands_from and at < self._look_at:
            return self.query_one(QuoteTable).next_change(at) is None
        self._look_at = at + _STANDING
        return False

    def _show_catalysts(self, at: float) -> None:
        """Show catalysts, moves without one, and what falls due."""
        monitor = self.monitor
        monitor.look_at_catalysts(at)
        pane = self.query_one(CatalystPane)
        pane.show(
            monitor.catalysts(self.table.cursor_key or ""), monitor.due(), monitor.unexplained()
        )

    def action_rank_catalysts(self, rank: str = "") -> None:
        """Order the catalysts by time, or by their impact."""
        self.monitor.set_rank(rank)
        self._title_catalysts()
        self._show_catalysts(time.monotonic())

    def _show_words(self) -> None:
        """Say in the language chosen what the keys do and what the panes are."""
        language = self.monitor.language
        keys = [command for command in COMMANDS if _in_footer(command)]
        self.offers_live = self.offers_live and self.monitor.recorded
        offered = None
        if self.offers_live:
            forms = tuple(label(form, language) for form in _OFFER)
            offered = first_key(BY_ID[_LIVE], self._rebound), forms
        self.query_one(KeyBar).show(
            [(first_key(key, self._rebound), label(key.footer, language)) for key in keys], offered
        )
        none = "この立会の材料はありません" if language == "ja" else "no catalysts for this session"
        self.query_one(CatalystPane).empty_text = none
        self._title_catalysts()

    def _title_catalysts(self) -> None:
        ranked = self.monitor.rank == "impact"
        words = " · 影響順" if self.monitor.language == "ja" else " · by impact"
        title = "材料" if self.monitor.language == "ja" else "Catalysts · 材料"
        self.query_one(CatalystPane).border_title = f"{title}{words if ranked else ''}"

    def on_quote_table_highlighted(self) -> None:
        """Another row's catalysts stand out."""
        self._looked.pop("slow", None)
        self._look_at = 0.0
        if self._pace is not None:
            self._pace.request()

    def _tell_trouble(self) -> None:
        """Say once what is wrong with the source, and where to see more."""
        trouble = self.monitor.trouble()
        if trouble and trouble != self._trouble:
            self.notify(f"{trouble} Press p for the sources.", severity="warning", timeout=8,
                        markup=False)  # fmt: skip
        self._trouble = trouble

    def _tell_news(self, at: float) -> None:
        """Tell of news that hits a name of the user's lists, whatever screen is in front."""
        for hit in self.monitor.hits(at):
            title, words = hit_words(self.monitor.market, hit, self.monitor.language)
            self.notify(words, title=title, timeout=8, markup=False)
        for notice in self.monitor.take_notices():
            self.notify(notice, severity="warning", timeout=10, markup=False)

    def _due(self, name: str, at: float, interval: float) -> bool:
        """Whether a part may be looked at again; if not, it is asked for where it is outdated."""
        looked, revision = self._looked.get(name, (float("-inf"), -1))
        now = self.monitor.revision
        if at - looked < interval:
            if self._pace is not None and now != revision:
                self._pace.request(interval - (at - looked))
            return False
        self._looked[name] = at, now
        return True

    def on_screen_resume(self) -> None:
        """Show what has come meanwhile, and the names that another screen asked for."""
        if self.monitor.asked is not None:
            (symbols, name), self.monitor.asked = self.monitor.asked, None
            self.show_group(symbols, name)
        self._looked.clear()
        if self._pace is not None:
            self._pace.request()

    def repaint_all(self) -> None:
        """Show everything anew, after a choice that changes how it looks."""
        self._looked.clear()
        self._shown = (-1, None)
        self._show_words()
        self.show_list()
        if self._pace is not None:
            self._pace.request()

    # --- panes ----------------------------------------------------------------------------

    def action_pane(self, step: int) -> None:
        """Give the keys to another pane; on a small screen, show it."""
        position = (PANES.index(self.pane) + step) % len(PANES)
        self.action_show_pane(PANES[position])

    def action_show_pane(self, pane: str) -> None:
        """Give the keys to a pane by name; asked again, back to the table."""
        if pane == self.pane and pane != "table":
            pane = "table"
        self.remove_class(f"-pane-{self.pane}")
        self.pane = pane
        self.add_class(f"-pane-{pane}")
        self.query_one(f"#{pane}", Widget).focus()

    def set_title(self) -> None:
        """Say above the table what narrows it or holds it still."""
        table = self.query_one(QuoteTable)
        narrowed = self.only_key is not None or bool(self.filter_text)
        symbols = self.monitor.symbols()
        self.monitor.narrowed = tuple(symbols[row] for row in table.order) if narrowed else ()
        parts, short = [], []
        japanese = self.monitor.language == "ja"
        if self.only_key is not None:
            only = f"{self.only_name}のみ" if japanese else f"only {self.only_name}"
            parts.append(f"{only} · {'oで全銘柄' if japanese else 'o shows all'}")
            short.append(only)
        if self.filter_text:
            text = self.filter_text
            parts.append(f"絞り込み「{text}」" if japanese else f"filter “{text}”")
            short.append(parts[-1])
        if table.frozen:
            parts.append("並び固定" if japanese else "order frozen")
            short.append("固定" if japanese else "frozen")
        frame = self.query_one("#frame", Frame)
        full, brief = self.monitor.selection_words()
        told = [[*part, words] for part, words in ((parts, full), (parts, brief), (short, brief))]
        texts = ["  ".join(filter(None, each)) for each in told]
        room = frame.size.width - 4
        text = next((each for each in texts if cell_len(each) <= room), texts[-1])
        frame.set_class(bool(text), "-told")
        subtitle = Content(text).markup
        if frame.border_subtitle != subtitle:
            frame.border_subtitle = subtitle

    def tell_selection(self) -> None:
        """Show which names are marked, and what they made together."""
        self.set_title()
        self._looked.clear()
        self._shown = (-1, None)
        if self._pace is not None:
            self._pace.request()

    async def run_shown_key(self, shown: str) -> None:
        """Carry out the command whose key is printed so."""
        for command in COMMANDS:
            told = _in_footer(command) or (self.offers_live and command.id == _LIVE)
            if told and first_key(command, self._rebound) == shown:
                target = self.app if "app" in command.screens else self
                await self.app.run_action(command.action, default_namespace=target)
                return

    def action_back(self) -> None:
        """Go back one step: the other pane, the filter, only some names, marks; never quits."""
        if self.pane != "table":
            self.action_show_pane("table")
        elif self.filter_text:
            self.show_filtered("")
        elif self.only_key is not None:
            self.show_only(None)
        elif self.monitor.marks.clear():
            self.tell_selection()

    def on_descendant_focus(self) -> None:
        """A click may have given the keys to another pane."""
        focused = self.focused
        if focused is not None and focused.id in PANES and focused.id != self.pane:
            self.remove_class(f"-pane-{self.pane}")
            self.pane = str(focused.id)
            self.add_class(f"-pane-{self.pane}")


def _in_footer(command: Command) -> bool:
    return bool(command.footer and command.screens & (MAIN | ANYWHERE))
