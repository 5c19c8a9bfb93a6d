"""The rows of a contribution ladder: which of them fit, and how each is written."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.style import Style

from widgets.line import Line

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_BAR_LEAST = 6
_NAME_LEAST = 8
_NAME_MOST = 28
_MARKED, _MARKED_CURSOR = "●", "◆"
"""Stand before a marked name, without the cursor and with it."""
_SHARE_ROOM = 24
"""Cells that must be left for code, name and bar before a share is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    """One name on a ladder.

    Attributes:
        key: Its identity.
        code: The local code; empty for what has none, such as a sector.
        name: Display name.
        points_text: Points, ready to print, with a sign.
        value: Points, for the bar; NaN draws none.
        tone: A tone for figure and bar.
        share_text: How much of the move it makes with all the rows beyond it, ready to print.
        marked: Whether the user has marked it.
    """

    key: str
    code: str = ""
    name: str
    points_text: str
    value: float
    tone: str = ""
    share_text: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class LadderColumns:
    """Widths of a ladder's columns in cells, 0 for one that is left out, and the longest bar."""

    code: int
    name: int
    points: int
    bar: int
    share: int
    largest: float

    @classmethod
    def of(cls, rows: Sequence[LadderRow], width: int) -> "LadderColumns":
        """The columns of the rows: the share gives way first, then name, bar and code."""
        code = max((cell_len(row.code) for row in rows), default=0)
        name = max((cell_len(row.name) for row in rows), default=0)
        points = max((cell_len(row.points_text) for row in rows), default=0)
        share = max((cell_len(row.share_text) for row in rows), default=0)
        largest = _largest(rows)
        room = width - 1 - points - 1
        share = share if share and room - share - 1 >= _SHARE_ROOM else 0
        room -= share + 1 if share else 0
        code = code if room >= code + 1 + _NAME_LEAST or room in range(code + 1, 9) else 0
        room -= code + 1 if code else 0
        wanted = min(name, _NAME_MOST)
        bar = room - wanted - 1
        if bar < _BAR_LEAST:
            bar = _BAR_LEAST if room - _BAR_LEAST - 1 >= _NAME_LEAST else 0
        wanted = min(wanted, max(room - bar - 1, 0))
        if wanted < 2:
            bar = max(room, 0) if room >= _BAR_LEAST else 0
            return cls(code, 0, points, bar, share, largest)
        bar = room - wanted - 1 if bar else 0
        return cls(code, wanted, points, bar, share, largest)

    def scaled(self, rows: Sequence[LadderRow]) -> "LadderColumns":
        """The same columns, with bars to the scale of some of the rows."""
        return replace(self, largest=_largest(rows))

    def uncoded(self) -> "LadderColumns":
        """The same columns for rows without codes, whose names stand in the codes' room too."""
        name = self.name + self.code + 1 if self.name and self.code else self.name
        return replace(self, code=0, name=name)


def _largest(rows: Sequence[LadderRow]) -> float:
    return max((abs(row.value) for row in rows if math.isfinite(row.value)), default=0.0)


def ladder_line(
    row: LadderRow, columns: LadderColumns, width: int, mark: str, style: Callable[[str], Style]
) -> Line:
    """One row of a ladder.

    Args:
        row: The row.
        columns: Those of the ladder.
        width: Cells of the line.
        mark: One cell that stands before it.
        style: The style of a tone on this row.
    """
    plain, figure = style(""), style(row.tone)
    if row.marked:
        mark = _MARKED if mark == " " else _MARKED_CURSOR
    line = Line(width).add(mark, style("accent"))
    if columns.code:
        line.add_fit(row.code, columns.code, style("muted")).add(" ", plain)
    if columns.name:
        line.add_fit(row.name, columns.name, plain).add(" ", plain)
    line.add_fit(row.points_text, columns.points, figure, right=True).add(" ", plain)
    if columns.share:
        line.add_fit(row.share_text, columns.share, style("muted"), right=True).add(" ", plain)
    if columns.bar:
        share = abs(row.value) / columns.largest if columns.largest > 0 else 0.0
        line.add(eighths(share, columns.bar), figure)
    return line.skip_to(width, plain)


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
