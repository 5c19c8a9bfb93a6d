"""Sparklines as text: one block character a cell, an eighth of a line each step."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

BLOCKS = "▁▂▃▄▅▆▇█"
STEPS = len(BLOCKS)
FLAT, BLANK = 3, STEPS
_CELLS = BLOCKS + " "


def spark(values: npt.NDArray[np.float64], width: int) -> str:
    """A line of `width` cells that shows the path of the values.

    The values are spread over the whole width, each cell showing the last known value of its share
    (so the rightmost cell is the newest). A share without any value is a space: what is not known
    is not drawn. A path that does not move is drawn at half height.

    Args:
        values: ``float64[n]``, oldest first, NaN where unknown.
        width: Cells to fill.
    """
    if width <= 0:
        return ""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return " " * width
    starts, stops = _shares(len(values), width)
    newest = known.searchsorted(stops) - 1
    blank = (newest < 0) | (known[newest] < starts)
    # Halved, so that the span of any two figures is a figure.
    filled = values[known] / 2
    low = filled.min()
    span = filled.max() - low
    if span > 0:
        levels = np.minimum((filled[newest] - low) / span * STEPS, STEPS - 1).astype(np.intp)
    else:
        levels = np.full(width, FLAT)
    levels[blank] = BLANK
    return "".join([_CELLS[level] for level in levels.tolist()])


@lru_cache(maxsize=256)
def _shares(count: int, width: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The first value of each cell's share, and the one after its last."""
    edges = np.arange(width + 1) * count // width
    return edges[:-1], np.maximum(edges[1:], edges[:-1] + 1)
