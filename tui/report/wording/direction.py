"""Which way a figure points, as it reads when it is written with two decimals."""

from math import isfinite

from tui.market.contribution import SMALLEST_SHOWN


def way(change: float) -> str:
    """``up``, ``down``, ``unchanged``; empty where that is unknown."""
    if not isfinite(change):
        return ""
    if abs(change) < SMALLEST_SHOWN:
        return "unchanged"
    return "up" if change > 0 else "down"
