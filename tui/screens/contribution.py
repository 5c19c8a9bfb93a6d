"""Both indices side by side: who carries them, by how many points, over which window."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.commands.bindings import bindings
from tui.present.both_ladders import TOTALS, BothLadders
from tui.present.monitor import Monitor
from tui.screens.live import LiveScreen
from widgets.cursor_view import CursorView
from widgets.double_ladder import DoubleLadder


class ContributionScreen(LiveScreen):
    """The ladder of both indices.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "ladder"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._ladders = BothLadders()
        self._scheme = TOTALS[0]

    def body(self) -> ComposeResult:
        """The two ladders."""
        yield DoubleLadder(id="both")

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        return (
            ("( )", "window"), ("@", "since"), ("h l", "side"), ("b", "totals by"), ("*", "mark"),
            ("⏎", "detail"), ("o", "only group"), ("Esc", "back"), ("m", "heatmap"), ("w", "wrap"),
            ("?", "help"),
        )  # fmt: skip

    def focused_first(self) -> DoubleLadder:
        """The ladders take the keys."""
        return self.query_one(DoubleLadder)

    def paint(self, at: float) -> None:
        """Both sides of one report."""
        monitor = self.monitor
        now = monitor.now()
        report = monitor.analysis.report(now)
        groups = monitor.analysis.groups(now, self._scheme)
        ladder = self.query_one(DoubleLadder)
        left, right = self._ladders.sides(
            monitor.analysis,
            report,
            groups,
            monitor.language,
            at,
            marked=monitor.marks.symbols,
            shown=monitor.narrowed,
            cursor=(ladder.side, ladder.key) if ladder.key is not None else None,
        )
        ladder.show(left, right)

    def on_cursor_view_highlighted(self, event: CursorView.Highlighted) -> None:
        """The names down to the cursor are others now."""
        event.stop()
        self.repaint()

    def action_move(self, rows: int) -> None:
        """Move along a side."""
        self.query_one(DoubleLadder).move(rows)

    def action_move_page(self, pages: float) -> None:
        """Move by pages."""
        self.query_one(DoubleLadder).move(10 if pages > 0 else -10)

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        ladder = self.query_one(DoubleLadder)
        (ladder.move_to_end if direction > 0 else ladder.move_to_start)()

    def action_side(self, step: int) -> None:
        """Move to the other index."""
        self.query_one(DoubleLadder).move_side(step)

    def action_by(self) -> None:
        """Put the totals together by the next scheme."""
        self._scheme = TOTALS[(TOTALS.index(self._scheme) + 1) % len(TOTALS)]
        self.repaint()

    def action_open(self) -> None:
        """Open the name under the cursor; on a group, show only its names."""
        key = self.query_one(DoubleLadder).key
        if key is None:
            return
        if key.startswith("group:"):
            self.action_only()
            return
        from tui.screens.detail import DetailScreen

        self.app.push_screen(DetailScreen(self.monitor, key))

    def on_cursor_view_chosen(self, event: CursorView.Chosen) -> None:
        """A double click opens."""
        event.stop()
        self.action_open()

    def action_mark(self) -> None:
        """Mark the name under the cursor, or all names of the group; marked ones, unmark."""
        key = self.query_one(DoubleLadder).key
        if key is None:
            return
        group = self._group(key)
        if group is None and key.startswith("group:"):
            return
        self.monitor.marks.toggle(group[0] if group is not None else (key,))
        self.repaint()

    def _group(self, key: str) -> tuple[Sequence[str], str] | None:
        """The names of a group of the totals, and what they are together."""
        groups = self.monitor.analysis.groups(self.monitor.now(), self._scheme).table
        place = groups.place(key.removeprefix("group:")) if key.startswith("group:") else -1
        if place < 0:
            return None
        group = groups.groups[place]
        return group.symbols, group.name_ja if self.monitor.language == "ja" else group.name

    def action_only(self) -> None:
        """Show only the names of the group under the cursor in the table."""
        group = self._group(self.query_one(DoubleLadder).key or "")
        if group is None:
            self.notify("Go to a group below the names first.", timeout=3)
            return
        self.monitor.ask_only(*group)
        self.dismiss()
