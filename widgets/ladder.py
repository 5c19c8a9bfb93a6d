"""The contribution ladder: which names carry an index, and which weigh on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from widgets.cursor_view import CursorView
from widgets.line import Line
from widgets.wrap import wrap

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_BAR_LEAST = 6
_NAME_LEAST = 8
_NAME_MOST = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    """One name on the ladder.

    Attributes:
        key: Its identity.
        code: The local code.
        name: Display name.
        points_text: Points, ready to print, with a sign.
        value: Points, for the bar; NaN draws none.
        tone: A tone for figure and bar.
    """

    key: str
    code: str
    name: str
    points_text: str
    value: float
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderView:
    """What the ladder shows.

    Attributes:
        title: On the upper edge.
        reconciliation: How the points add up to the index's change; the first line.
        note: What must be said of them, such as a table that is missing.
        rows: Names, the most points first and the fewest last.
        summary: A closing line.
    """

    title: str = ""
    reconciliation: str = ""
    note: str = ""
    rows: Sequence[LadderRow] = ()
    summary: str = ""


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
            lines.append(Line(width).add(f" {view.reconciliation}", plain))
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
            lines.append(Line(width).add(" no contributions yet", muted))
        columns = _Columns.of(self._visible, width)
        for index, row in enumerate(self._visible):
            if index == len(top) and top:
                lines.append(Line(width).add("╌" * width, self.tone("rule")))
                self._rows.append(-1)
            lines.append(self._row(index, row, columns, width))
            self._rows.append(index)
        return lines + tail

    def _row(self, index: int, row: LadderRow, columns: "_Columns", width: int) -> Line:
        plain = self.row_style(index)
        line = Line(width).add(self.mark(index), self.row_style(index, "accent"))
        if columns.code:
            line.add_fit(row.code, columns.code, self.row_style(index, "muted")).add(" ", plain)
        if columns.name:
            line.add_fit(row.name, columns.name, plain).add(" ", plain)
        figure = self.row_style(index, row.tone)
        line.add_fit(row.points_text, columns.points, figure, right=True).add(" ", plain)
        if columns.bar:
            share = abs(row.value) / columns.largest if columns.largest > 0 else 0.0
            line.add(eighths(share, columns.bar), figure)
        return line.skip_to(width, plain)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of a ladder's columns in cells, 0 for one that is left out, and the longest bar."""

    code: int
    name: int
    points: int
    bar: int
    largest: float

    @classmethod
    def of(cls, rows: Sequence[LadderRow], width: int) -> "_Columns":
        """The columns of the rows: the name gives way first, then the bar, then the code."""
        code = max((cell_len(row.code) for row in rows), default=0)
        name = max((cell_len(row.name) for row in rows), default=0)
        points = max((cell_len(row.points_text) for row in rows), default=0)
        largest = max((abs(row.value) for row in rows if math.isfinite(row.value)), default=0.0)
        room = width - 1 - points - 1
        code = code if room >= code + 1 + _NAME_LEAST or room in range(code + 1, 9) else 0
        room -= code + 1 if code else 0
        wanted = min(name, _NAME_MOST)
        bar = room - wanted - 1
        if bar < _BAR_LEAST:
            bar = _BAR_LEAST if room - _BAR_LEAST - 1 >= _NAME_LEAST else 0
        wanted = min(wanted, max(room - bar - 1, 0))
        if wanted < 2:
            return cls(code, 0, points, max(room, 0) if room >= _BAR_LEAST else 0, largest)
        bar = room - wanted - 1 if bar else 0
        return cls(code, wanted, points, bar, largest)


def split_ladder(
    rows: Sequence[LadderRow], lines: int
) -> tuple[Sequence[LadderRow], Sequence[LadderRow]]:
    """The names at the top and at the bottom that fit, with a line between the two.

    Names that gained fill what those that lost leave free, and the other way round. On fewer
    than four lines there is only a top.

    Args:
        rows: The most points first.
        lines: Lines to fill.
    """
    if lines <= 0:
        return (), ()
    gains = sum(1 for row in rows if not row.value < 0)
    if len(rows) <= lines - (0 < gains < len(rows)):
        return rows[:gains], rows[gains:]
    if lines < 4:
        return rows[:lines], ()
    losses = len(rows) - gains
    if not losses or not gains:
        return (rows[:lines], ()) if gains else ((), rows[-lines:])
    room = lines - 1
    bottom = min(losses, room // 2)
    top = min(gains, room - bottom)
    bottom = min(losses, room - top)
    return rows[:top], rows[len(rows) - bottom :]


def eighths(share: float, cells: int) -> str:
    """A bar of a share (0 to 1) of so many cells, in steps of an eighth; at least a sliver.

    What is not a number, or nothing, draws no bar.
    """
    if not share > 0 or cells <= 0:
        return ""
    steps = max(1, min(round(share * cells * 8), cells * 8))
    full, rest = divmod(steps, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")
