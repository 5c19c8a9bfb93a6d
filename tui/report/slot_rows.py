"""Values of many slots laid end to end in one array, so that all are gone through at once."""

from typing import Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

_FIRST: Final = 256
"""Rows that there is room for at first."""
NOBODY: Final = -1
"""The owner of a row that belongs to no slot any more."""


class SlotRows:
    """Rows of a fixed width, of which each slot owns a few that follow one another.

    Rows of a slot that was dropped are zero until the array is closed up, which happens when it
    is full; so all of it may be looked through without asking whose each row is.

    Args:
        width: Values of a row.
        dtype: Their type.
    """

    def __init__(self, width: int, dtype: DTypeLike) -> None:
        self._rows: NDArray[np.generic] = np.zeros((_FIRST, width), dtype)
        self._owners = np.full(_FIRST, NOBODY, np.int32)
        self._places: dict[int, tuple[int, int]] = {}
        self._used = 0
        self._dead = 0

    @property
    def rows(self) -> NDArray[np.generic]:
        """All rows; those of nobody are zero."""
        return self._rows[: self._used]

    @property
    def owners(self) -> NDArray[np.int32]:
        """The slot that owns each row; `NOBODY` for one that is free."""
        return self._owners[: self._used]

    def put(self, slot: int, rows: NDArray[np.generic]) -> None:
        """Give a slot that owns none its rows."""
        count = len(rows)
        start, end = self._used, self._used + count
        if end > len(self._rows):
            self._make_room(count)
            start, end = self._used, self._used + count
        self._rows[start:end] = rows
        self._owners[start:end] = slot
        self._places[slot] = start, end
        self._used = end

    def drop(self, slot: int) -> None:
        """Take from a slot what it owns."""
        place = self._places.pop(slot, None)
        if place is None:
            return
        start, end = place
        self._rows[start:end] = 0
        self._owners[start:end] = NOBODY
        self._dead += end - start

    def _make_room(self, count: int) -> None:
        """Close up where that gives back a quarter, else grow by a half."""
        if self._dead * 4 >= self._used + count:
            self._close_up()
            if self._used + count <= len(self._rows):
                return
        more = max(count, len(self._rows) // 2)
        rows = np.zeros((len(self._rows) + more, self._rows.shape[1]), self._rows.dtype)
        rows[: self._used] = self.rows
        owners = np.full(len(rows), NOBODY, np.int32)
        owners[: self._used] = self.owners
        self._rows, self._owners = rows, owners

    def _close_up(self) -> None:
        """Move all rows that are owned to the front."""
        kept = self.owners != NOBODY
        # How many rows before each one stay: that is where it goes.
        ahead = np.concatenate([[0], np.cumsum(kept)]).tolist()
        count = ahead[-1]
        rows, owners = self.rows[kept], self.owners[kept]
        self._rows[:count], self._rows[count:] = rows, 0
        self._owners[:count], self._owners[count:] = owners, NOBODY
        for slot, (start, end) in self._places.items():
            self._places[slot] = ahead[start], ahead[end]
        self._used, self._dead = count, 0
