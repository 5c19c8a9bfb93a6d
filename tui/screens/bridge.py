"""The night bridge: receipts in New York against the Tokyo close, and what futures imply."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.commands.bindings import bindings
from tui.present.bridge import caption, empty_words, facts
from tui.present.bridge_table import BridgeTable, bridge_columns, share_of, shares_shown
from tui.present.japanese import said
from tui.present.monitor import Monitor
from tui.screens.live import LiveScreen
from tui.screens.pick import Choice, PickScreen
from widgets.caption import Caption
from widgets.fact_grid import FactGrid
from widgets.quote_table import QuoteTable


class BridgeScreen(LiveScreen):
    """The receipts as a list, below what they and the futures imply for the opening.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "bridge"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual types it as an instance's
        (0, "-flat"),
        (8, "-low"),
        (14, "-tall"),
    ]

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._rows: BridgeTable | None = None

    def body(self) -> ComposeResult:
        """What is implied, then the receipts."""
        yield FactGrid(id="bridge-facts")
        yield Caption()
        yield QuoteTable(id="bridge-list")

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("s", "sort"), ("S", "reverse"), ("⏎", "detail"), ("o", "only"), ("N", "names"),
            ("p", "sources"), ("?", "help"), ("Esc", "back"),
        )  # fmt: skip

    def focused_first(self) -> QuoteTable:
        """The list takes the keys."""
        return self._list

    @property
    def _list(self) -> QuoteTable:
        return self.query_one(QuoteTable)

    def on_mount(self) -> None:
        """The widest gaps first."""
        super().on_mount()
        self._list.sort_by("percent", reverse=True)

    def paint(self, at: float) -> None:
        """Everything of one report."""
        monitor, table = self.monitor, self._list
        report, language = monitor.bridge(), monitor.language
        self.query_one(FactGrid).show(facts(report, language), said("… {} more", language))
        told = empty_words(report, language) or caption(report, language)
        self.query_one(Caption).show(*told)
        columns = bridge_columns(language)
        if columns != table.columns:
            table.set_columns(columns)
        rows = self._rows
        if rows is None or not rows.serves(report, language):
            self._rows = BridgeTable(monitor.market, report, language)
            table.show(self._rows)
        else:
            rows.update(report)
        table.refresh_data(at)

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_move_page(self, pages: float) -> None:
        """Move by pages or halves of one."""
        if abs(pages) < 1:
            self._list.half_page(1 if pages > 0 else -1)
        else:
            self._list.page(int(pages))

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        (self._list.end if direction > 0 else self._list.home)()

    # --- order ----------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Choose the column that the list is sorted by."""
        columns = bridge_columns(self.monitor.language)
        choices = [Choice(column.key, column.title) for column in columns]
        chosen = self._list.sort[0] or ""
        title = said("Sort by", self.monitor.language)
        self.app.push_screen(PickScreen(title, choices, chosen=chosen), self._sorted)

    def _sorted(self, key: str | None) -> None:
        if key:
            figures = {c.key for c in bridge_columns("en") if c.align == "right"}
            self._list.sort_by(key, reverse=key in figures)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._list.reverse()

    # --- opening --------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the Tokyo share of the receipt under the cursor."""
        symbol = share_of(self.monitor.bridge(), self._list.cursor_key)
        if symbol:
            from tui.screens.detail import DetailScreen

            self.monitor.look_at(symbol)
            self.app.push_screen(DetailScreen(self.monitor, symbol))

    def on_quote_table_chosen(self, event: QuoteTable.Chosen) -> None:
        """A double click opens."""
        event.stop()
        self.action_open()

    def action_only(self) -> None:
        """Show only the Tokyo shares that have a gap in the main table."""
        symbols = shares_shown(self.monitor.bridge())
        if not symbols:
            self.notify("No gap is known now.", timeout=3)
            return
        name = said("names with receipts", self.monitor.language)
        self.monitor.ask_only(symbols, name)
        self.dismiss()
