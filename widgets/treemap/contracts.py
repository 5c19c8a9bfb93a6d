"""What the treemap reads: groups, and the tiles in them, as columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Figure: TypeAlias = Callable[[float, int], str]
"""Writes a value in so many cells: the fullest form that fits, or "" where none does. It puts
the direction in front, so that colour is never the only one to tell it; see `figures`."""

HEATS = 9
"""Classes of heat, from the deepest fall to the strongest rise."""
UNCHANGED = 4
UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tiles:
    """Tiles of one kind as columns of one length.

    The arrays may be changed in place, or replaced, between two calls of `Treemap.show`; texts
    and keys that change must come as other objects, for that is how it is noticed.

    Attributes:
        keys: The identity of each, without repetition.
        labels: The shortest name, such as a code. Shown where the title does not fit.
        titles: The name in full.
        sizes: What the area is in proportion to. What is not above zero, or not finite, is not
            drawn.
        values: What the figure tells, rounded as it is shown, so that a tile is painted again
            only when its text is another; NaN where unknown.
        heats: ``int8``: 0 the deepest fall, `UNCHANGED` in the middle, 8 the strongest rise,
            `UNKNOWN` for none.
        coded: Whether the labels are codes; else they are names as well, only shorter.

    Raises:
        ValueError: The columns are not of one length.
    """

    keys: Sequence[str] = ()
    labels: Sequence[str] = ()
    titles: Sequence[str] = ()
    sizes: Floats = field(default_factory=lambda: np.empty(0))
    values: Floats = field(default_factory=lambda: np.empty(0))
    heats: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    coded: bool = True

    def __post_init__(self) -> None:
        columns = (self.labels, self.titles, self.sizes, self.values, self.heats)
        if any(len(column) != len(self.keys) for column in columns):
            raise ValueError(f"the columns of {len(self.keys)} tiles are not of one length")

    def __len__(self) -> int:
        return len(self.keys)


def _counted(shown: int, folded: int) -> str:
    return f"{shown} names and {folded} smaller" if folded else f"{shown} names"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TreemapView:
    """What the treemap shows.

    Attributes:
        title: What size and colour mean; the first line.
        short_title: The same where that does not fit; empty to have it cut.
        groups: The groups. Their sizes are their own: tiles share out their group's area.
        tiles: The tiles in the groups. A key is not both a group's and a tile's.
        parents: ``intp[len(tiles)]``: the position of each tile's group.
        figure: Writes the values of groups and tiles.
        legend: What the nine classes of heat stand for, or nothing.
        counted: What to say of a group of which so many tiles are shown and so many are too small.
        detail: What more there is to say of a key, for the line below the map. Two blanks part
            what may be left out from the right.

    Raises:
        ValueError: Parents or legend do not fit.
    """

    figure: Figure
    title: str = ""
    short_title: str = ""
    groups: Tiles = field(default_factory=Tiles)
    tiles: Tiles = field(default_factory=Tiles)
    parents: npt.NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    legend: Sequence[str] = ()
    counted: Callable[[int, int], str] = field(default=_counted)
    detail: Callable[[str], str] = field(default=lambda _key: "")

    def __post_init__(self) -> None:
        if len(self.parents) != len(self.tiles):
            raise ValueError(f"{len(self.tiles)} tiles have {len(self.parents)} parents")
        if len(self.parents) and not (
            int(self.parents.min()) >= 0 and int(self.parents.max()) < len(self.groups)
        ):
            raise ValueError(f"a tile's parent is not among the {len(self.groups)} groups")
        if self.legend and len(self.legend) != HEATS:
            raise ValueError(f"a legend has {HEATS} texts, not {len(self.legend)}")
