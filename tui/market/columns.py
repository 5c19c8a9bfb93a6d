"""The board's memory: one array per field, one position per instrument."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Bytes, Floats, Ints, Times
from tui.market.quotes import Field

UNKNOWN_TIME: Final = int(np.iinfo(np.int64).min)
"""NaT, seen as the integer it is stored as; smaller than every instant."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Arrays of one length; the arrays may be written, the set of them does not change.

    Attributes:
        values: ``float64[len(Field), rows]``, NaN where unknown; each field is contiguous.
        milliseconds: ``int64[rows]``, exchange time in milliseconds since 1970 UTC, or
            `UNKNOWN_TIME`.
        state: ``uint8[rows]`` of `QuoteState`.
        quality: ``uint8[rows]`` of `Quality`.
        source: ``uint8[rows]``, a position in the board's list of sources.
        revision: ``int64[rows]``, the board's revision at which the row last changed.
        moved: ``int8[rows]``, the direction of the last change of the last price.
        moved_at: ``float64[rows]``, when that was, in the host's monotonic seconds; NaN for never.
    """

    values: Floats
    milliseconds: Ints
    state: Bytes
    quality: Bytes
    source: Bytes
    revision: Ints
    moved: npt.NDArray[np.int8]
    moved_at: Floats

    @classmethod
    def blank(cls, rows: int) -> "Columns":
        """Columns in which nothing is known."""
        columns = cls(
            values=np.empty((len(Field), rows)),
            milliseconds=np.empty(rows, np.int64),
            state=np.empty(rows, np.uint8),
            quality=np.empty(rows, np.uint8),
            source=np.empty(rows, np.uint8),
            revision=np.empty(rows, np.int64),
            moved=np.empty(rows, np.int8),
            moved_at=np.empty(rows),
        )
        columns.clear()
        return columns

    def __len__(self) -> int:
        return len(self.milliseconds)

    @property
    def times(self) -> Times:
        """``datetime64[ms][rows]``: the exchange times, sharing the memory of `milliseconds`."""
        return self.milliseconds.view("datetime64[ms]")

    def _rowwise(self) -> tuple[npt.NDArray[Any], ...]:
        return (
            self.milliseconds,
            self.state,
            self.quality,
            self.source,
            self.revision,
            self.moved,
            self.moved_at,
        )

    def clear(self) -> None:
        """Forget everything but the number of rows."""
        self.values.fill(np.nan)
        self.milliseconds.fill(UNKNOWN_TIME)
        for column in (self.state, self.quality, self.source, self.revision, self.moved):
            column.fill(0)
        self.moved_at.fill(np.nan)

    def forget(self, rows: Ints) -> None:
        """Forget what is held of some rows, but not when they last changed."""
        self.values[:, rows] = np.nan
        self.milliseconds[rows] = UNKNOWN_TIME
        self.state[rows] = self.quality[rows] = self.moved[rows] = 0
        self.moved_at[rows] = np.nan

    def first(self, rows: int) -> "Columns":
        """The first rows, sharing this one's memory."""
        return Columns(self.values[:, :rows], *(column[:rows] for column in self._rowwise()))

    def gather(self, origin: "Columns", previous: npt.NDArray[np.integer]) -> None:
        """Copy row ``previous[i]`` of another set into row i; where that is −1, leave row i."""
        kept = np.flatnonzero(previous >= 0)
        rows = previous[kept]
        self.values[:, kept] = origin.values[:, rows]
        for mine, theirs in zip(self._rowwise(), origin._rowwise(), strict=True):  # noqa: SLF001 - its own kind
            mine[kept] = theirs[rows]
