"""Breadth and movers: which way the names went, sector by sector, and who stands out."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from tui.commands.bindings import bindings
from tui.present.breadth_table import BreadthRows, breadth_columns
from tui.present.japanese import said
from tui.present.monitor import Monitor
from tui.present.mover_table import MoverTable, mover_columns
from tui.present.movers import (
    INDICES,
    ListOrder,
    MarketMovers,
    MoversModel,
    caption,
    counts,
    empty_words,
    facts,
    sector_of,
    tabs,
)
from tui.report.mover_lists import MoverList, movers_of
from tui.screens.live import LiveScreen
from widgets.caption import Caption
from widgets.fact_grid import FactGrid
from widgets.kept import Frame, Row, Stack
from widgets.list_tabs import ListTabs
from widgets.quote_table import Column, QuoteTable

_LISTS = tuple(MoverList)
PANES = ("list", "breadth")


class MoversScreen(LiveScreen):
    """Breadth of both indices and the sectors beside the lists of movers.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "movers"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual types it as an instance's
        (0, "-narrow"),
        (110, "-wide"),
        (170, "-broad"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - as above
        (0, "-flat"),
        (8, "-low"),
        (14, "-tall"),
        (20, "-roomy"),
    ]

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self.add_class("-pane-list")
        self.pane = PANES[0]
        self.which = _LISTS[0]
        self._model = MoversModel(monitor.analysis)
        self._order = ListOrder()
        self._index = INDICES[0]
        self._picture = True
        self._table: MoverTable | None = None
        self._breadth: BreadthRows | None = None
        self._shown: MarketMovers | None = None

    def body(self) -> ComposeResult:
        """What is known of the whole, then the lists and the breadth beside them."""
        yield FactGrid(id="mover-facts")
        yield Caption()
        with Row(id="movers"):
            with Stack(id="mover-left"):
                yield ListTabs()
                with Frame(id="mover-frame"):
                    yield QuoteTable(id="mover-list")
            with Frame(id="mover-right"):
                yield QuoteTable(id="mover-breadth")

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("1-9 [ ]", "list"), ("Tab", "breadth"), ("⏎", "detail"), ("o", "only"),
            ("b", "names"), ("( )", "window"), ("v", "bars"), ("?", "help"), ("Esc", "back"),
        )  # fmt: skip

    def focused_first(self) -> QuoteTable:
        """The list takes the keys."""
        return self._list

    @property
    def _list(self) -> QuoteTable:
        return self.query_one("#mover-list", QuoteTable)

    @property
    def _sectors(self) -> QuoteTable:
        return self.query_one("#mover-breadth", QuoteTable)

    @property
    def _active(self) -> QuoteTable:
        return self._list if self.pane == "list" else self._sectors

    # --- painting -------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Prices flash in the list as they do in the main table."""
        table = self._list
        table.flash_columns = ("last", "move")
        table.reduced_motion = not self.monitor.config.flash
        super().on_mount()

    def paint(self, at: float) -> None:
        """Everything of one report."""
        monitor = self.monitor
        language = monitor.language
        shown = self._shown = self._model.at(
            monitor.now(), self._index, monitor.symbols(), monitor.list_name
        )
        self.query_one(FactGrid).show(facts(shown, language), said("… {} more", language))
        self.query_one(Caption).show(*caption(shown, language))
        self.query_one(ListTabs).show(tabs(shown, language), _LISTS.index(self.which))
        self._paint_list(shown, language, at)
        self._paint_breadth(shown, language, at)

    def _paint_list(self, shown: MarketMovers, language: str, at: float) -> None:
        table = self._list
        movers = movers_of(shown.report, self.which)
        symbols = self._order.take(shown, movers, at)
        before = shown.previous is not None
        _show_columns(table, mover_columns(self.which, language, before=before))
        table.empty_text = empty_words(shown, movers, language)
        held = self._table
        if held is None or not held.serves(symbols, self.which, language):
            held = self._table = MoverTable(self.monitor.market, symbols, shown, movers, language)
            table.show(held)
        else:
            held.follow(shown, movers, at)
        table.refresh_data(at)

    def _paint_breadth(self, shown: MarketMovers, language: str, at: float) -> None:
        table, told = self._sectors, counts(shown, language)
        _show_columns(table, breadth_columns(language, picture=self._picture))
        name = shown.name[language == "ja"]
        title = f"騰落 · {name} 33業種" if language == "ja" else f"Breadth · {name} by sector"
        self.query_one("#mover-right", Frame).border_title = Content(title).markup
        held = self._breadth
        if held is None or (held.keys, held.names) != (told.keys, told.names):
            self._breadth = BreadthRows(told)
            table.show(self._breadth)
        else:
            held.update(told)
        table.refresh_data(at)

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._active.move(rows)

    def action_move_page(self, pages: float) -> None:
        """Move by pages or halves of one."""
        if abs(pages) < 1:
            self._active.half_page(1 if pages > 0 else -1)
        else:
            self._active.page(int(pages))

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        (self._active.end if direction > 0 else self._active.home)()

    def action_list(self, number: int) -> None:
        """Show a list by its number."""
        if number <= len(_LISTS):
            self._show_list(_LISTS[number - 1])

    def action_list_step(self, step: int) -> None:
        """Show the next list, or the one before, round the ends."""
        self._show_list(_LISTS[(_LISTS.index(self.which) + step) % len(_LISTS)])

    def action_side(self, step: int) -> None:
        """Left and right go through the lists, too."""
        self.action_list_step(step)

    def _show_list(self, which: MoverList) -> None:
        self.which = which
        self._show_pane("list")
        table = self._list
        table.sort_by(None)
        self.repaint()
        table.home()

    def action_pane(self, step: int) -> None:
        """Give the keys to the other pane; on a small screen, show it."""
        self._show_pane(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    def _show_pane(self, pane: str) -> None:
        self.remove_class(f"-pane-{self.pane}")
        self.pane = pane
        self.add_class(f"-pane-{pane}")
        self._active.focus()

    def on_descendant_focus(self) -> None:
        """A click may have given the keys to the other pane."""
        focused = self.focused
        pane = "breadth" if focused is self._sectors else "list"
        if pane != self.pane:
            self._show_pane(pane)

    def on_list_tabs_chosen(self, event: ListTabs.Chosen) -> None:
        """A click on a tab shows its list."""
        event.stop()
        self.action_list(event.index + 1)

    # --- choices --------------------------------------------------------------------------

    def action_by(self) -> None:
        """Count the other index's names, or those of the list on the main screen."""
        choices = (*INDICES, "")
        self._index = choices[(choices.index(self._index) + 1) % len(choices)]
        self.repaint()

    def action_picture(self) -> None:
        """Show breadth in figures alone, or with bars again."""
        self._picture = not self._picture
        self._show_pane("breadth")
        self.repaint()

    def action_open(self) -> None:
        """Open the name under the cursor; of a sector, show its names."""
        if self.pane == "breadth":
            self.action_only()
            return
        symbol = self._list.cursor_key
        if symbol is not None:
            from tui.screens.detail import DetailScreen

            self.app.push_screen(DetailScreen(self.monitor, symbol))

    def on_quote_table_chosen(self, event: QuoteTable.Chosen) -> None:
        """A double click opens."""
        event.stop()
        self.action_open()

    def action_only(self) -> None:
        """Show only the names of the list, or of the sector, in the main table."""
        shown, language = self._shown, self.monitor.language
        if shown is None:
            return
        symbols: Sequence[str]
        if self.pane == "list":
            symbols, name = self._order.symbols, self.which.words(language)
        else:
            sector = sector_of(shown, self._sectors.cursor_key or "")
            if sector is None:
                self.notify("Go to a sector below the indices first.", timeout=3)
                return
            symbols = sector.symbols
            name = sector.name_ja if language == "ja" else sector.name
        if not symbols:
            self.notify(self._list.empty_text, timeout=3, markup=False)
            return
        self.monitor.ask_only(symbols, name)
        self.dismiss()


def _show_columns(table: QuoteTable, columns: tuple[Column, ...]) -> None:
    if columns != table.columns:
        table.set_columns(columns)
