"""The squarified treemap: rectangles of given areas, as near to squares as their order allows.

After Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000): tiles are laid in strips along
the shorter side of what is left, and a strip takes on tiles for as long as that makes its
least square tile no less square. Here every edge lies between two cells, and a cell is taller
than it is wide, so "square" is meant for the eye.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

CELL_HEIGHT = 2.0
"""How many times as tall as wide a cell is."""
_LEAST = 1e-9
"""The smallest area that shapes are worked out for, in cells."""


class Rect(NamedTuple):
    """A rectangle of whole cells."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Its cells."""
        return self.width * self.height

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first line below it."""
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        """Whether a cell lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom


def squarify(sizes: Sequence[float], room: Rect) -> list[Rect]:
    """Share out a rectangle among sizes.

    Args:
        sizes: Each above zero and finite. They are laid in their order, from the left and the
            top; the greatest first looks best.
        room: What to share out.

    Returns:
        One rectangle for each size. They cover the room, each cell once. Areas are in proportion
        as nearly as whole cells allow; a size that is worth less than a cell may get none.
    """
    rects: list[Rect] = []
    x, y, width, height = room
    # Summed from the end, so that what is left is never rounded down to nothing.
    rests = list(accumulate(reversed(sizes)))[::-1]
    start, count = 0, len(sizes)
    while start < count:
        rest = rests[start]
        if width <= 0 or height <= 0:
            rects += [Rect(x, y, 0, 0)] * (count - start)
            break
        upright = height * CELL_HEIGHT <= width
        side, depth = (height, width) if upright else (width, height)
        stop, strip = _strip(sizes, start, side, width * height / rest, upright=upright)
        if stop == count:
            thick = depth
        else:
            # What is left needs room for its tiles, a cell for each where there are so many.
            spare = -(-(count - stop) // side)
            thick = max(min(round(depth * strip / rest), depth - spare), 1)
        edges = _edges(sizes[start:stop], strip, side)
        if upright:
            rects += [Rect(x, y + a, thick, b - a) for a, b in edges]
            x, width = x + thick, width - thick
        else:
            rects += [Rect(x + a, y, b - a, thick) for a, b in edges]
            y, height = y + thick, height - thick
        start = stop
    return rects


def _strip(
    sizes: Sequence[float], start: int, side: int, scale: float, *, upright: bool
) -> tuple[int, float]:
    """Where the strip that starts at a tile stops, and the sum of its sizes.

    Args:
        sizes: All the sizes.
        start: The first tile of the strip.
        side: Cells along the strip.
        scale: Cells for each unit of size.
        upright: Whether the strip's tiles stand below one another.
    """
    # Visual units: a cell is 1 wide and CELL_HEIGHT tall.
    length = side * CELL_HEIGHT if upright else float(side)
    unit = scale * CELL_HEIGHT
    squared = length * length
    total = least = most = max(sizes[start] * unit, _LEAST)
    worst = max(squared / total, total / squared)
    strip = sizes[start]
    stop, last = start + 1, min(len(sizes), start + side)
    while stop < last:
        area = max(sizes[stop] * unit, _LEAST)
        total_with = total + area
        least, most = min(least, area), max(most, area)
        ratio = squared / (total_with * total_with)
        worst_with = max(most * ratio, 1 / (least * ratio))
        if worst_with > worst:
            break
        total, worst = total_with, worst_with
        strip += sizes[stop]
        stop += 1
    return stop, strip


def _edges(sizes: Sequence[float], total: float, side: int) -> list[tuple[int, int]]:
    """Where each tile of a strip starts and stops; at least a cell each, where there is one."""
    count = len(sizes)
    edges: list[tuple[int, int]] = []
    before, passed = 0, 0.0
    for place, size in enumerate(sizes, 1):
        passed += size
        edge = side if place == count else round(side * passed / total)
        if count <= side:
            edge = min(max(edge, before + 1), side - (count - place))
        edges.append((before, edge))
        before = edge
    return edges
