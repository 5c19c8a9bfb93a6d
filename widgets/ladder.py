"""The contribution ladder: which names carry an index, and which weigh on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from textual.content import Content

from widgets.cursor_view import CursorView
from widgets.ladder_rows import LadderColumns, LadderRow, ladder_line, split_ladder
from widgets.line import Line
from widgets.wrap import wrap

__all__ = ["Ladder", "LadderRow", "LadderView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderView:
    """What the ladder shows.

    Attributes:
        title: On the upper edge.
        reconciliation: How the points add up to the index's change; the first line.
        note: What must be said of them, such as a table that is missing.
        rows: Names, the most points first and the fewest last.
        summary: A closing line.
        short_reconciliation, short_note, short_summary: What stands in place of each where the
            line has no room for it; empty to have it cut.
        empty: What is said where there is neither a name nor a note.
    """

    title: str = ""
    reconciliation: str = ""
    note: str = ""
    rows: Sequence[LadderRow] = ()
    summary: str = ""
    short_reconciliation: str = ""
    short_note: str = ""
    short_summary: str = ""
    empty: str = "no contributions yet"


class Ladder(CursorView):
    """The names with the most and with the fewest points, as many as there is room for."""

    DEFAULT_CSS = """
    Ladder { height: 1fr; }
    """

    _view = LadderView()
    _visible: Sequence[LadderRow] = ()

    def show(self, view: LadderView) -> None:
        """Show other figures; the cursor stays on its name."""
        if view == self._view:
            return
        if view.title != self._view.title:
            self.border_title = Content(view.title)
        self._view = view
        self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:
        """Reconciliation, note, the top, a thin line, the bottom, and the summary."""
        view = self._view
        plain, muted = self.tone(""), self.tone("muted")
        lines: list[Line] = []
        tail = [Line(width).add(f" {view.summary}", muted)] if view.summary and height > 3 else []
        if view.reconciliation and (height > 2 or not view.rows):
            full, short = view.reconciliation, view.short_reconciliation
            told = short if short and cell_len(full) >= width else full
            lines.append(Line(width).add(f" {told}", plain))
        if view.note and (height > 4 or not view.rows):
            warn = self.tone("warn")
            most = 1 if view.rows else height - len(lines)
            noted = wrap(view.note, width - 1, most)
            lines += [Line(width).add(f" {part}", warn) for part in noted]
        top, bottom = split_ladder(view.rows, height - len(lines) - len(tail))
        self._visible = [*top, *bottom]
        self._cursor.update([row.key for row in self._visible])
        self._rows = [-1] * len(lines)
        if not view.rows and not view.note:
            lines.append(Line(width).add(f" {view.empty}", muted))
        columns = LadderColumns.of(self._visible, width)
        for index, row in enumerate(self._visible):
            if index == len(top) and top:
                lines.append(Line(width).add("╌" * width, self.tone("rule")))
                self._rows.append(-1)
            style = partial(self.row_style, index)
            lines.append(ladder_line(row, columns, width, self.mark(index), style))
            self._rows.append(index)
        return lines + tail
