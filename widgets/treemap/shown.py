"""The figures that are on the screen, so that others are noticed all at once."""

import numpy as np
import numpy.typing as npt

from widgets.treemap.contracts import Floats, Tiles, TreemapView
from widgets.treemap.plan import Kind, Plan

_FIGURED = 5
"""A tile of fewer cells in width tells no more of a figure than its direction."""


class Shown:
    """What the spots of groups, or those of tiles, have been painted with.

    Args:
        plan: What stands where.
        view: What it is painted with.
        of_tiles: Whether it is about the tiles, rather than the groups.
    """

    def __init__(self, plan: Plan, view: TreemapView, *, of_tiles: bool) -> None:
        kinds = (Kind.TILE,) if of_tiles else (Kind.GROUP, Kind.HEADING)
        found = [(n, spot) for n, spot in enumerate(plan.spots) if spot.kind in kinds]
        self._of_tiles = of_tiles
        self._numbers = np.array([number for number, _ in found], np.intp)
        self._indices = np.array([spot.item for _, spot in found], np.intp)
        self._figured = np.array([spot.rect.width >= _FIGURED for _, spot in found], np.bool_)
        self._values, self._heats = self._look(view)

    def take(self, view: TreemapView) -> list[int]:
        """The positions in the plan of the spots whose heat or figure is another now."""
        values, heats = self._look(view)
        same = (values == self._values) | (np.isnan(values) & np.isnan(self._values))
        changed = ~same | (heats != self._heats)
        self._values, self._heats = values, heats
        numbers: list[int] = self._numbers[changed].tolist()
        return numbers

    def _look(self, view: TreemapView) -> tuple[Floats, npt.NDArray[np.int8]]:
        tiles: Tiles = view.tiles if self._of_tiles else view.groups
        values = tiles.values[self._indices]
        return np.where(self._figured, values, np.sign(values)), tiles.heats[self._indices]
