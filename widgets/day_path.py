"""A day's path of one price, drawn in dots of a quarter by half a cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.widget import Widget

from widgets.line import Line
from widgets.lines import LineView

Floats = npt.NDArray[np.float64]

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row from the top and column from the left."""
_PLOT_LEAST = 8
_EVENT = "◆"


@dataclass(frozen=True, slots=True)
class Level:
    """A price to name on the scale.

    Attributes:
        value: The price.
        text: The same, ready to print.
        tone: A tone for it.
    """

    value: float
    text: str
    tone: str = "muted"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayPathView:
    """What the chart shows.

    Attributes:
        values: ``float64[n]``, prices at equal steps over the whole session, NaN where there is
            none (yet); what is not known is not drawn.
        base: The base price, drawn as a dotted line; NaN for none.
        levels: Prices to name, the most important first; one that would cover another is left
            out, and so is one outside the scale.
        marks: Where in the session, as a share of it (0 to 1), to name a time.
        events: Where in the session something happened, as a share of it, marked below the plot.
        empty: What to say while no price is known.
        cursor: Where in the session a cursor stands, as a share of it; NaN for none.
        cursor_text: What to say of that place, in the line of times.
    """

    values: Floats = field(default_factory=lambda: np.empty(0))
    base: float = float("nan")
    levels: Sequence[Level] = ()
    marks: Sequence[tuple[float, str]] = ()
    events: Sequence[float] = ()
    empty: str = "no prices yet"
    cursor: float = float("nan")
    cursor_text: str = ""


class DayPath(LineView):
    """The chart; above the base price in the rising tone, below it in the falling one."""

    DEFAULT_CSS = """
    DayPath { height: 1fr; }
    """

    class Pointed(Message):
        """A place of the plot was clicked.

        Attributes:
            share: Where in the session, from 0 to 1.
        """

        def __init__(self, path: "DayPath", share: float) -> None:
            super().__init__()
            self.path = path
            self.share = share

        @property
        def control(self) -> Widget:
            """The chart."""
            return self.path

    _view = DayPathView()
    _plot = 0

    def on_click(self, event: events.Click) -> None:
        """Tell which place was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.x < self._plot:
            self.post_message(self.Pointed(self, offset.x / max(self._plot - 1, 1)))

    def show(self, view: DayPathView) -> None:
        """Show another path."""
        self._view = view
        self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:
        """The plot with its scale at the right, and the times below it."""
        view = self._view
        low, high = bounds(view.values, view.base)
        if not np.isfinite(view.values).any():
            lines = [Line(width) for _ in range((height - 1) // 2)]
            text = f" {view.empty}"
            return [*lines, Line(width).add(text, self.tone("muted"))]
        scale = max((cell_len(level.text) for level in view.levels), default=0) + 1
        plot = width - scale if width - scale >= _PLOT_LEAST else width
        self._plot = plot
        cursor = round(view.cursor * (plot - 1)) if np.isfinite(view.cursor) else -1
        rows = height - 1 if height >= 4 and view.marks else height
        dots = trace(view.values, low, high, plot, rows)
        base = row_of(view.base, low, high, rows)
        named = place_levels(view.levels, low, high, rows) if plot < width else {}
        lines = []
        for y in range(rows):
            line = Line(width)
            self._lay_row(line, dots[y], y, base, cursor)
            if y in named:
                line.add(" ", self.tone("")).add(named[y].text, self.tone(named[y].tone))
            lines.append(line)
        if rows < height:
            lines.append(self._times(width, plot, cursor))
        return lines

    def _times(self, width: int, plot: int, cursor: int) -> Line:
        """The times below the plot; what there is to say of the cursor comes before them."""
        view = self._view
        line = Line(width)
        text = view.cursor_text
        if cursor < 0 or not text or cell_len(text) > plot:
            times = axis(view.marks, plot)
            for piece, event in marked(times, view.events, plot):
                line.add(piece, self.tone("accent" if event else "muted"))
            return line
        # A time that it would cover in part is left out whole.
        times = axis(((cursor / max(plot - 1, 1), text), *view.marks), plot)
        before, told, after = times.partition(text)
        line.add(before, self.tone("muted"))
        return line.add(told, self.tone("accent")).add(after, self.tone("muted"))

    def _lay_row(
        self, line: Line, dots: npt.NDArray[np.uint8], y: int, base: int, cursor: int
    ) -> None:
        view = self._view
        drawn: list[tuple[str, Style]] = []
        side = "up" if y < base else "down"
        rule, plain = self.tone("muted"), self.tone("")
        for x, bits in enumerate(dots.tolist()):
            if x == cursor:
                drawn.append((chr(_BRAILLE + bits) if bits else "│", self.tone("accent")))
            elif bits:
                tone = side if base >= 0 else "accent"
                if y == base:
                    tone = "flat" if not np.isfinite(view.base) else _side(view, x, len(dots))
                drawn.append((chr(_BRAILLE + bits), self.tone(tone)))
            elif y == base:
                drawn.append(("┈", rule))
            else:
                drawn.append((" ", plain))
        start = 0
        for stop in range(1, len(drawn) + 1):
            if stop == len(drawn) or drawn[stop][1] is not drawn[start][1]:
                line.add("".join(text for text, _ in drawn[start:stop]), drawn[start][1])
                start = stop


def bounds(values: Floats, base: float) -> tuple[float, float]:
    """The least and the greatest price to show; both NaN where nothing is known."""
    known = values[np.isfinite(values)]
    if np.isfinite(base):
        known = np.append(known, base)
    if not len(known):
        return float("nan"), float("nan")
    return float(known.min()), float(known.max())


def row_of(value: float, low: float, high: float, rows: int) -> int:
    """The row, from the top, in which a price lies; -1 outside the scale or where it is NaN."""
    if not low <= value <= high:
        return -1
    if high <= low:
        return rows // 2
    return min(int((high - value) / (high - low) * (rows * 4 - 1) + 0.5) // 4, rows - 1)


def trace(values: Floats, low: float, high: float, width: int, rows: int) -> npt.NDArray[np.uint8]:
    """The dots of a path.

    Each column of dots spans what the price did in its share of the time, and is joined to the
    one before; a share without a price stays empty and nothing is joined across it.

    Args:
        values: ``float64[n]``, prices at equal steps, NaN where there is none.
        low: Price of the lowest dot.
        high: Price of the highest dot.
        width: Cells across.
        rows: Cells down.

    Returns:
        ``uint8[rows, width]``, the bits of a braille cell.
    """
    cells = np.zeros((max(rows, 0), max(width, 0)), dtype=np.uint8)
    columns, depth, count = width * 2, rows * 4, len(values)
    if columns <= 0 or depth <= 0 or not count:
        return cells
    span = high - low
    before: int | None = None
    for column in range(columns):
        start = column * count // columns
        share = values[start : max((column + 1) * count // columns, start + 1)]
        share = share[np.isfinite(share)]
        if not len(share):
            before = None
            continue
        scaled = (high - share) / span * (depth - 1) if span > 0 else np.full(len(share), depth / 2)
        dots = np.clip(np.rint(scaled), 0, depth - 1).astype(int)
        top, bottom = int(dots.min()), int(dots.max())
        if before is not None:
            top, bottom = min(top, before), max(bottom, before)
        before = int(dots[-1])
        for dot in range(top, bottom + 1):
            cells[dot // 4, column // 2] |= _DOTS[dot % 4][column % 2]
    return cells


def place_levels(levels: Sequence[Level], low: float, high: float, rows: int) -> dict[int, Level]:
    """The row of each level that is named: the earlier ones first, one to a row."""
    placed: dict[int, Level] = {}
    for level in levels:
        row = row_of(level.value, low, high, rows)
        if row >= 0:
            placed.setdefault(row, level)
    return placed


def axis(marks: Sequence[tuple[float, str]], width: int) -> str:
    """Times under the plot, each centred on its place and held inside.

    One that would touch an earlier one is left out.
    """
    taken: list[tuple[int, int, str]] = []
    for share, text in marks:
        length = cell_len(text)
        start = min(max(round(share * (width - 1)) - length // 2, 0), width - length)
        stop = start + length
        if start >= 0 and all(stop < begin or end < start for begin, end, _ in taken):
            taken.append((start, stop, text))
    out, used = "", 0
    for start, stop, text in sorted(taken):
        out += " " * (start - used) + text
        used = stop
    return out


def marked(times: str, events: Sequence[float], width: int) -> list[tuple[str, bool]]:
    """The times below the plot with a mark at each event, where no time stands in its place.

    Returns:
        Texts in order, each with whether it is marks.
    """
    cells = list(times.ljust(width))
    for share in events:
        place = min(int(share * width), width - 1)
        if place >= 0 and cells[place] == " ":
            cells[place] = _EVENT
    runs: list[tuple[str, bool]] = []
    for cell in cells:
        if runs and runs[-1][1] == (cell == _EVENT):
            runs[-1] = (runs[-1][0] + cell, runs[-1][1])
        else:
            runs.append((cell, cell == _EVENT))
    return runs


def _side(view: DayPathView, x: int, width: int) -> str:
    """On which side of the base price the path was in a cell of the base price's own row."""
    count = len(view.values)
    start = x * count // width
    share = view.values[start : max((x + 1) * count // width, start + 1)]
    share = share[np.isfinite(share)]
    if not len(share) or share[-1] == view.base:
        return "flat"
    return "up" if share[-1] > view.base else "down"
