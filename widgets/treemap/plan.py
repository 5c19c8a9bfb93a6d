"""Where everything stands: the market's groups with their tiles, or the tiles of one group."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from widgets.treemap.contracts import Floats, TreemapView
from widgets.treemap.squarify import Rect, squarify

OPEN_WIDTH, OPEN_HEIGHT = 9, 3
"""The smallest group that shows its tiles below a heading."""
OPEN_CELLS = 20
"""The fewest cells that the tiles of an open group share."""
_WORTH = 1.0
"""A tile worth fewer cells is folded with its like into one."""
_NEXT_TO_NOTHING = 1e-12


class Kind(IntEnum):
    """What a spot shows."""

    GROUP = 0
    """A group in one tile."""
    HEADING = 1
    """The heading of a group whose tiles stand below."""
    TILE = 2
    REST = 3
    """What is too small to be shown by itself."""


class Spot(NamedTuple):
    """One thing on the map.

    Attributes:
        kind: What it is.
        item: The position of the group (`GROUP`, `HEADING`, `REST`) or of the tile.
        rect: Where it stands.
        group: The position of its group.
        edge: Whether it begins its group's line on the left.
        top: Whether nothing but a heading or the map's edge is above it.
        folded: How many tiles a `REST` stands for.
    """

    kind: Kind
    item: int
    rect: Rect
    group: int
    edge: bool = False
    top: bool = False
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A layout of one level.

    Attributes:
        level: The position of the group shown; None for the market.
        room: What is covered.
        spots: What stands where; they cover the room, each cell once, unless there is nothing.
        places: Where the cursor can go, by position: groups in the market, tiles in a group.
        folded: How many of the tiles that have a size are not shown by themselves.
    """

    level: int | None
    room: Rect
    spots: Sequence[Spot] = ()
    places: dict[int, Rect] = field(default_factory=dict)
    folded: int = 0


def sized(sizes: Floats) -> npt.NDArray[np.intp]:
    """The positions of what can be drawn, the greatest first; equal sizes keep their order."""
    known = np.flatnonzero(np.isfinite(sizes) & (sizes > 0))
    return known[np.argsort(-sizes[known], kind="stable")]


def shares(sizes: Floats) -> Floats:
    """Sizes as parts of one; nothing for what cannot be drawn."""
    good = np.where(np.isfinite(sizes) & (sizes > 0), sizes, 0.0)
    greatest = good.max(initial=0.0)
    if greatest <= 0:
        return good
    # By the greatest first: a sum of great sizes need not be finite.
    good = good / greatest
    return np.asarray(good / good.sum(), dtype=np.float64)


def drift(before: Floats, after: Floats) -> float:
    """How much of the area is in the wrong place, 0 to 1; 1 where the columns do not match."""
    if len(before) != len(after):
        return 1.0
    return float(np.abs(before - after).sum()) / 2


def plan_market(view: TreemapView, room: Rect) -> Plan:
    """All the groups; those with room enough show their tiles below a heading."""
    groups = shares(view.groups.sizes)
    order = sized(groups)
    spots: list[Spot] = []
    places: dict[int, Rect] = {}
    folded = 0
    rects = squarify(groups[order].tolist(), room)
    members = _members(view)
    for group, rect in zip(order.tolist(), rects, strict=True):
        if not rect.area:
            continue
        places[group] = rect
        below = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        inside: list[Spot] = []
        hidden = 0
        if rect.width >= OPEN_WIDTH and rect.height >= OPEN_HEIGHT and below.area >= OPEN_CELLS:
            inside, hidden = _inside(view, members[group], group, below)
        if any(spot.kind is Kind.TILE for spot in inside):
            heading = Rect(rect.x, rect.y, rect.width, 1)
            spots.append(Spot(Kind.HEADING, group, heading, group, edge=True))
            spots += inside
            folded += hidden
        else:
            spots.append(Spot(Kind.GROUP, group, rect, group, edge=True, top=rect.y == room.y))
    return Plan(None, room, spots, places, folded)


def plan_group(view: TreemapView, group: int, room: Rect) -> Plan:
    """The tiles of one group."""
    spots, folded = _inside(view, _members(view)[group], group, room)
    places = {spot.item: spot.rect for spot in spots if spot.kind is Kind.TILE}
    return Plan(group, room, spots, places, folded)


def _members(view: TreemapView) -> list[npt.NDArray[np.intp]]:
    """The positions of the tiles of each group, the greatest first."""
    order = sized(view.tiles.sizes)
    parents = view.parents[order]
    by_group = order[np.argsort(parents, kind="stable")]
    counts = np.bincount(parents, minlength=len(view.groups))
    return np.split(by_group, np.cumsum(counts)[:-1]) if len(counts) else []


def _inside(
    view: TreemapView, members: npt.NDArray[np.intp], group: int, room: Rect
) -> tuple[list[Spot], int]:
    """The tiles of a group in a room, and how many are folded."""
    if not len(members) or not room.area:
        return [], 0
    parts = shares(view.tiles.sizes[members])
    shown = int(np.count_nonzero(parts * room.area >= _WORTH))
    if shown == len(members) - 1:
        shown += 1
    sizes = np.maximum(parts[:shown], _NEXT_TO_NOTHING).tolist()
    if shown < len(members):
        sizes.append(max(float(parts[shown:].sum()), _NEXT_TO_NOTHING))
    rects = squarify(sizes, room)
    spots = [
        Spot(Kind.TILE, item, rect, group, rect.x == room.x, rect.y == room.y)
        for item, rect in zip(members[:shown].tolist(), rects, strict=False)
        if rect.area
    ]
    folded = len(members) - len(spots)
    if shown < len(members) and rects[-1].area:
        last = rects[-1]
        at_edge = (last.x == room.x, last.y == room.y)
        spots.append(Spot(Kind.REST, group, last, group, *at_edge, folded=folded))
    return spots, folded
