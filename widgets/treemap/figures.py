"""Figures that begin with their direction, in as many cells as there are."""

import math

RISE, FALL, SAME, UNTOLD = "▲", "▼", "─", "·"


def mark(value: float) -> str:
    """The direction of a value in one cell; a dot where it is unknown."""
    if value > 0:
        return RISE
    if value < 0:
        return FALL
    return UNTOLD if math.isnan(value) else SAME


def percent(value: float, cells: int) -> str:
    """``▲1.23%``, with fewer decimals and at last the direction alone where cells are few.

    Args:
        value: Per cent; NaN where unknown.
        cells: Cells that there are.
    """
    return _signed(value, cells, 2, "%")


def points(value: float, cells: int) -> str:
    """``▲12.34``, as `percent`: index points."""
    return _signed(value, cells, 2, "")


def times(value: float, cells: int) -> str:
    """``×1.8``: a multiple, which has no direction."""
    if math.isnan(value):
        return UNTOLD if cells >= 1 else ""
    for text in (f"×{value:.1f}", f"×{value:.0f}", f"{value:.0f}"):
        if len(text) <= cells:
            return text
    return ""


def _signed(value: float, cells: int, decimals: int, unit: str) -> str:
    sign = mark(value)
    if cells < 1 or not math.isfinite(value):
        return sign[:cells]
    lead = "" if value == 0 else sign
    # The unit is worth more than the second decimal, and less than the first.
    forms = ((decimals, unit), (1, unit), (1, ""), (0, unit), (0, ""), (decimals, ""))
    for places, end in forms:
        text = f"{abs(value):.{places}f}"
        if value != 0 and not float(text):
            continue
        if len(lead) + len(text) + len(end) <= cells:
            return f"{lead}{text}{end}"
    return sign
