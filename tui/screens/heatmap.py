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
from tui.present.japanese import said
from tui.present.monitor import Monitor
from tui.present.name_table import NameRows, name_columns
from tui.present.sector_table import GroupRows, caption, group_columns
from tui.screens.live import LiveScreen
from tui.screens.pick import Choice, PickScreen
from widgets.caption import Caption
from widgets.quote_table import Column, QuoteTable
from widgets.treemap import Treemap


class HeatmapScreen(LiveScreen):
    """A treemap of the 33 sectors and the names in them; on `v` the same as a table.

    Both go into a group and out of it again; the table has other groups than sectors, too.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "heatmap"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._map = HeatMap(monitor.analysis)
        self._choice = HeatChoice()
        self._scheme = TOTALS[0]
        self._rows: GroupRows | NameRows | None = None
        self._language = ""
        self._within: str | None = None
        self._sorts: dict[type, tuple[str | None, bool]] = {}

    def body(self) -> ComposeResult:
        """The map, and the table in its place."""
        yield Treemap(id="map")
        with Vertical(id="groups"):
            yield Caption()
            yield QuoteTable()

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows: the keys of the map, or of the table."""
        if self._tabled:
            return (
                ("⏎", "into"), ("Esc", "out"), ("v", "map/table"), ("s", "sort"),
                ("S", "reverse"), ("b", "by"), ("( )", "window"), ("@", "since"),
                ("o", "only"), ("?", "help"),
            )  # fmt: skip
        return (
            ("h j k l", "move"), ("⏎", "into"), ("Esc", "out"), ("v", "map/table"),
            ("z", "size"), ("b", "by"), ("( )", "window"), ("@", "since"), ("o", "only"),
            ("?", "help"),
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
            treemap = self.query_one(Treemap)
            treemap.empty_text = said("Nothing to show", monitor.language)
            treemap.show(view)
            return
        groups = monitor.analysis.groups(now, self._scheme).table
        report = monitor.analysis.report(now)
        place = groups.place(self._within) if self._within is not None else -1
        words = caption(report, self._scheme, monitor.language)
        group = groups.groups[place] if place >= 0 else None
        if group is not None:
            name = group.name_ja if monitor.language == "ja" else group.name
            words = (f"‹ {name} · {words[0]}", f"‹ {name} · {words[1]}")
        self.query_one(Caption).show(*words)
        rows = self._rows
        same = self._language == monitor.language
        if group is not None:
            if not same or not isinstance(rows, NameRows) or rows.symbols != group.symbols:
                rows = NameRows(monitor.market, group.symbols, report, monitor.language)
            rows.update(report)
        else:
            keys = tuple(group.key for group in groups.groups)
            if not same or not isinstance(rows, GroupRows) or rows.keys != keys:
                rows = GroupRows(monitor.market, groups, monitor.language)
            rows.update(groups)
        self._tabulate(rows)
        self.query_one(QuoteTable).refresh_data(at)

    def _tabulate(self, rows: "GroupRows | NameRows") -> None:
        """Put other rows into the table; groups and names keep an order of their own."""
        if rows is self._rows:
            return
        table = self.query_one(QuoteTable)
        if self._rows is not None:
            self._sorts[type(self._rows)] = table.sort
        order = table.sort
        if type(rows) is not type(self._rows):
            # No column of the one need be a column of the other.
            order = self._sorts.get(type(rows), ("percent", True))
            table.sort_by(None)
        self._rows, self._language = rows, self.monitor.language
        table.set_columns(self._columns())
        table.show(rows)
        table.sort_by(*order)
        if isinstance(rows, NameRows):
            table.home()

    def _columns(self) -> Sequence[Column]:
        make = name_columns if isinstance(self._rows, NameRows) else group_columns
        return make(self.monitor.language)

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
        """Move by pages of the table or halves of one; on the map by five tiles."""
        step = 1 if pages > 0 else -1
        if not self._tabled:
            self.query_one(Treemap).move(0, 5 * step)
        elif abs(pages) < 1:
            self.query_one(QuoteTable).half_page(step)
        else:
            self.query_one(QuoteTable).page(step)

    def action_move_end(self, direction: int) -> None:
        """Move to either end of the table; on the map to the top or the foot."""
        if not self._tabled:
            self.query_one(Treemap).move(0, direction * _ALL)
            return
        table = self.query_one(QuoteTable)
        (table.end if direction > 0 else table.home)()

    def action_open(self) -> None:
        """Into a sector, then into a name."""
        if self._tabled:
            key = self.query_one(QuoteTable).cursor_key
            if key is not None and isinstance(self._rows, NameRows):
                self._detail(key)
            elif key is not None:
                self._within = key
                self.repaint()
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
        """A double click goes into a group, or opens a name."""
        event.stop()
        self.action_open()

    def _detail(self, symbol: str) -> None:
        from tui.screens.detail import DetailScreen

        self.app.push_screen(DetailScreen(self.monitor, symbol))

    def action_back(self) -> None:
        """Out of the group, then back to the screen beneath."""
        if not self._tabled:
            if not self.query_one(Treemap).up():
                self.dismiss()
        elif self._within is not None:
            inside, self._within = self._within, None
            self.repaint()
            self.query_one(QuoteTable).select(inside)
        else:
            self.dismiss()

    # --- choices --------------------------------------------------------------------------

    def action_picture(self) -> None:
        """The same as a table, or as a picture again: all groups, or the names of the sector."""
        treemap = self.query_one(Treemap)
        if not self._tabled:
            level = treemap.level
            self._within = level.removeprefix("group:") if level is not None else None
            if level is not None:
                self._scheme = TOTALS[0]
        elif self._scheme is TOTALS[0]:
            treemap.up()
            if self._within is not None and treemap.select(f"group:{self._within}"):
                treemap.drill()
        self.toggle_class("-table")
        self.show_keys()
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
            self._within = None
            self._scheme = TOTALS[(TOTALS.index(self._scheme) + 1) % len(TOTALS)]
        else:
            colours = list(Colour)
            colour = colours[(colours.index(self._choice.colour) + 1) % len(colours)]
            self._choice = HeatChoice(self._choice.size, colour)
        self.repaint()

    def action_sort(self) -> None:
        """Choose the column that the table is sorted by."""
        if self._tabled:
            choices = [Choice(column.key, column.title) for column in self._columns()]
            chosen = self.query_one(QuoteTable).sort[0] or ""
            self.app.push_screen(
                PickScreen(said("Sort by", self.monitor.language), choices, chosen=chosen),
                self._sorted,
            )

    def _sorted(self, key: str | None) -> None:
        if key:
            self.query_one(QuoteTable).sort_by(key, reverse=key not in {"code", "name"})

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
            key = self._within or self.query_one(QuoteTable).cursor_key or ""
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


_ALL = 99
"""More tiles than stand one above the other on any screen."""
