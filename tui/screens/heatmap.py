"""The market in one picture: sectors and their names, by size and colour; and as a table."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from tui.commands.bindings import bindings
from tui.present.both_ladders import TOTALS
from tui.present.heat import Colour, HeatChoice, HeatMap, Size
from tui.present.monitor import Monitor
from tui.present.sector_table import GroupRows, caption, group_columns
from tui.screens.live import LiveScreen
from tui.screens.pick import Choice, PickScreen
from widgets.caption import Caption
from widgets.quote_table import QuoteTable
from widgets.treemap import Treemap


class HeatmapScreen(LiveScreen):
    """A treemap of the 33 sectors and the names in them; on `v` the same as a table.

    Args:
        monitor: The model behind the screens.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("heatmap"))

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._map = HeatMap(monitor.analysis)
        self._choice = HeatChoice()
        self._scheme = TOTALS[0]
        self._rows: GroupRows | None = None
        self._language = ""

    def body(self) -> ComposeResult:
        """The map, and the table in its place."""
        yield Treemap(id="map")
        with Vertical(id="groups"):
            yield Caption()
            yield QuoteTable()

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("hjkl", "move"), ("⏎", "into"), ("Esc", "out"), ("v", "map/table"),
            ("z", "size"), ("b", "colour/groups"), ("( )", "window"), ("o", "only"), ("?", "help"),
        )  # fmt: skip

    def focused_first(self) -> Widget:
        """The map takes the keys."""
        return self.query_one(Treemap)

    @property
    def _tabled(self) -> bool:
        return self.has_class("-table")

    def on_mount(self) -> None:
        """The table sorts by return to begin with."""
        table = self.query_one(QuoteTable)
        table.set_columns(group_columns(self.monitor.language))
        table.sort_by("percent", reverse=True)
        super().on_mount()

    def paint(self, at: float) -> None:
        """The map or the table, of one report."""
        monitor = self.monitor
        now = monitor.now()
        if not self._tabled:
            report = monitor.analysis.report(now)
            view = self._map.view(report, self._choice, monitor.language)
            self.query_one(Treemap).show(view)
            return
        groups = monitor.analysis.groups(now, self._scheme).table
        report = monitor.analysis.report(now)
        self.query_one(Caption).show(*caption(report, self._scheme, monitor.language))
        table = self.query_one(QuoteTable)
        keys = tuple(group.key for group in groups.groups)
        if self._rows is None or self._rows.keys != keys or self._language != monitor.language:
            self._language = monitor.language
            self._rows = GroupRows(monitor.market, groups, monitor.language)
            table.set_columns(group_columns(monitor.language))
            table.show(self._rows)
        self._rows.update(groups)
        table.refresh_data(at)

    def repaint(self) -> None:
        """Show everything anew; other figures stand in their own order at once."""
        super().repaint()
        if self._tabled:
            table = self.query_one(QuoteTable)
            table.sort_by(*table.sort)

    # --- moving ---------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move down or up."""
        if self._tabled:
            self.query_one(QuoteTable).move(rows)
        else:
            self.query_one(Treemap).move(0, rows)

    def action_side(self, step: int) -> None:
        """Move to the left or right on the map."""
        if not self._tabled:
            self.query_one(Treemap).move(step, 0)

    def action_move_page(self, pages: float) -> None:
        """Move by pages."""
        self.action_move(5 if pages > 0 else -5)

    def action_move_end(self, direction: int) -> None:
        """Move to either end of the table."""
        if not self._tabled:
            return
        table = self.query_one(QuoteTable)
        (table.end if direction > 0 else table.home)()

    def action_open(self) -> None:
        """Into a sector, then into a name."""
        if self._tabled:
            self.action_only()
            return
        treemap = self.query_one(Treemap)
        if treemap.level is None:
            treemap.drill()
        elif treemap.key is not None:
            self._detail(treemap.key)

    def on_treemap_chosen(self, event: Treemap.Chosen) -> None:
        """A double click on a name opens it."""
        self._detail(event.key)

    def on_quote_table_chosen(self, event: QuoteTable.Chosen) -> None:
        """A double click on a group shows its names."""
        event.stop()
        self.action_only()

    def _detail(self, symbol: str) -> None:
        from tui.screens.detail import DetailScreen

        self.app.push_screen(DetailScreen(self.monitor, symbol))

    def action_back(self) -> None:
        """Out of the sector, then back to the screen beneath."""
        if self._tabled or not self.query_one(Treemap).up():
            self.dismiss()

    # --- choices --------------------------------------------------------------------------

    def action_picture(self) -> None:
        """The same as a table, or as a picture again."""
        self.toggle_class("-table")
        (self.query_one(QuoteTable) if self._tabled else self.query_one(Treemap)).focus()
        self.repaint()

    def action_size(self) -> None:
        """Let the area mean something else."""
        sizes = list(Size)
        size = sizes[(sizes.index(self._choice.size) + 1) % len(sizes)]
        self._choice = HeatChoice(size, self._choice.colour)
        self.repaint()

    def action_by(self) -> None:
        """Let the colour mean something else; in the table, group by something else."""
        if self._tabled:
            self._scheme = TOTALS[(TOTALS.index(self._scheme) + 1) % len(TOTALS)]
        else:
            colours = list(Colour)
            colour = colours[(colours.index(self._choice.colour) + 1) % len(colours)]
            self._choice = HeatChoice(self._choice.size, colour)
        self.repaint()

    def action_sort(self) -> None:
        """Choose the column that the table is sorted by."""
        if self._tabled:
            columns = group_columns(self.monitor.language)
            choices = [Choice(column.key, column.title) for column in columns]
            chosen = self.query_one(QuoteTable).sort[0] or ""
            self.app.push_screen(PickScreen("Sort by", choices, chosen=chosen), self._sorted)

    def _sorted(self, key: str | None) -> None:
        if key:
            self.query_one(QuoteTable).sort_by(key, reverse=key != "name")

    def action_reverse(self) -> None:
        """Turn the table's order round."""
        if self._tabled:
            self.query_one(QuoteTable).reverse()

    def action_only(self) -> None:
        """Show only the names of the group under the cursor in the main table."""
        groups = self.monitor.analysis.groups(
            self.monitor.now(), self._scheme if self._tabled else TOTALS[0]
        ).table
        if self._tabled:
            key = self.query_one(QuoteTable).cursor_key or ""
        else:
            treemap = self.query_one(Treemap)
            key = (treemap.level or treemap.key or "").removeprefix("group:")
        place = groups.place(key)
        if place < 0:
            self.notify("Go to a group first.", timeout=3)
            return
        group = groups.groups[place]
        name = group.name_ja if self.monitor.language == "ja" else group.name
        self.monitor.ask_only(group.symbols, name)
        self.dismiss()
