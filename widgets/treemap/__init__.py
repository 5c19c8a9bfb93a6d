"""The heatmap: a squarified treemap of groups and what is in them."""

from widgets.treemap.contracts import HEATS, UNCHANGED, UNKNOWN, Figure, Tiles, TreemapView
from widgets.treemap.figures import percent, points, times
from widgets.treemap.treemap import Treemap

__all__ = [
    "HEATS",
    "UNCHANGED",
    "UNKNOWN",
    "Figure",
    "Tiles",
    "Treemap",
    "TreemapView",
    "percent",
    "points",
    "times",
]
