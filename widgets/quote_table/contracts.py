"""What the live table reads: columns, and data that says what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Cell: TypeAlias = tuple[str, str]
"""The text of one cell, ready to be shown, and its tone: one of `TONES`."""

TONES = ("", "up", "down", "flat", "muted", "accent", "warn", "derived")
"""Each but the first names a component class of the table; the first is plain text. A tone that
is not among them is drawn plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table.

    Attributes:
        key: Its name in the data.
        title: Its heading.
        width: Cells of its text, gaps not counted.
        min_width: The fewest cells it may be narrowed to before columns are dropped; 0 stands
            for `width`.
        align: Which side the text stands on. A column on the right holds figures: a click on
            its heading sorts it from the greatest down first.
        grow: Takes the width that the other columns leave. Where several grow they share it.
        priority: When the screen is narrow, columns of lower priority are dropped first, and
            among equals the rightmost.
        sortable: Whether a click on its heading sorts.
    """

    key: str
    title: str
    width: int
    min_width: int = 0
    align: Literal["left", "right"] = "left"
    grow: bool = False
    priority: int = 0
    sortable: bool = True

    @property
    def least(self) -> int:
        """The fewest cells it is ever shown with."""
        return min(self.min_width or self.width, self.width)


class TableData(Protocol):
    """Rows as column arrays, all of length ``len(keys)``.

    The arrays may be changed in place, or replaced, between two refreshes. When rows are added,
    removed or reordered, `keys` must become another object: that is how it is noticed.
    """

    @property
    def keys(self) -> Sequence[str]:
        """The symbol of each row, without repetition, in the order of the list."""
        ...

    @property
    def revision(self) -> int:
        """Differs from what it was whenever anything in the data has changed."""
        ...

    @property
    def row_revision(self) -> npt.NDArray[np.int64]:
        """Per row, the revision at which anything shown last changed."""
        ...

    @property
    def moved(self) -> npt.NDArray[np.int8]:
        """Per row, the direction of the last move of the price: -1, 0 or +1."""
        ...

    @property
    def moved_at(self) -> npt.NDArray[np.float64]:
        """Per row, when the price last moved: monotonic seconds, NaN for never."""
        ...

    @property
    def stale(self) -> npt.NDArray[np.bool_]:
        """Per row, whether what is shown is old."""
        ...

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One row's cells, one for each of the columns, in their order.

        Called only for rows on screen, and only after their `row_revision` has changed.
        """
        ...

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What to sort the rows by: figures with NaN where unknown, or texts with "" for none.

        What is unknown comes last in either direction.
        """
        ...

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which rows match what the reader typed. Asked once for each query and set of keys."""
        ...
