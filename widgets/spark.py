"""Sparklines as text: one block character a cell, an eighth of a line each step."""

import numpy as np
import numpy.typing as npt

BLOCKS = "▁▂▃▄▅▆▇█"


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
    known = np.isfinite(values)
    if not known.any():
        return " " * width
    filled = values[known]
    low, high = float(filled.min()), float(filled.max())
    span = high - low
    count = len(values)
    out = []
    for cell in range(width):
        start = cell * count // width
        stop = max((cell + 1) * count // width, start + 1)
        share = values[start:stop][known[start:stop]]
        if not len(share):
            out.append(" ")
        elif span <= 0:
            out.append(BLOCKS[3])
        else:
            out.append(BLOCKS[min(7, int((float(share[-1]) - low) / span * 8))])
    return "".join(out)
