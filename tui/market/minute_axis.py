"""The trading minutes of a session, and where an instant falls among them."""

from datetime import datetime
from typing import Final

import numpy as np

from tui.market.arrays import Ints, Times
from tui.market.times import to_datetime64

_MINUTE: Final = 60_000
_LONGEST_SPAN: Final = 7 * 24 * 60


class MinuteAxis:
    """The trading minutes of a session.

    The clock minute that follows a stretch of trading, and is no trading minute itself, counts as
    the stretch's last: the prints of the auction that ends a session are stamped there, at 11:30
    or 15:30 and some seconds, and a source's bar of that auction is named so.

    Args:
        minutes: ``datetime64[m][k]`` in UTC, ascending; each is named by its start.

    Raises:
        ValueError: The minutes do not ascend, or span more than a week.
    """

    def __init__(self, minutes: Times) -> None:
        self.minutes: Times = minutes.astype("datetime64[m]")
        """``datetime64[m][k]`` in UTC; read-only."""
        self.minutes.flags.writeable = False
        numbers = self.minutes.astype(np.int64)
        ascending = bool((numbers[1:] > numbers[:-1]).all())
        if not ascending or (len(numbers) and numbers[-1] - numbers[0] >= _LONGEST_SPAN):
            raise ValueError("the minutes of a session ascend and span less than a week")
        self._first = int(numbers[0]) if len(numbers) else 0
        offsets = numbers - self._first
        # One entry for each clock minute from the first to the one after the last.
        self._place = np.full(int(offsets[-1]) + 2 if len(offsets) else 1, -1)
        if len(offsets):
            self._place[offsets + 1] = np.arange(len(offsets))
            self._place[offsets] = np.arange(len(offsets))

    def __len__(self) -> int:
        return len(self.minutes)

    def places(self, times: Times) -> Ints:
        """``int64[n]``: the position on the axis of each instant, −1 where it has none.

        Args:
            times: ``datetime64[ms][n]`` or ``datetime64[m][n]`` in UTC; NaT has no position.
        """
        clock = times.view(np.int64)
        if times.dtype != np.dtype("datetime64[m]"):
            clock = clock // _MINUTE
        inside = (clock >= self._first) & (clock < self._first + len(self._place))
        return np.where(inside, self._place[np.where(inside, clock - self._first, 0)], -1)

    def ended(self, moment: datetime) -> int:
        """How many of the minutes had ended by an instant (aware)."""
        ends = (self.minutes + 1).astype("datetime64[ms]")
        return int(np.searchsorted(ends, to_datetime64(moment), side="right"))

    def begun(self, moment: datetime) -> int:
        """How many of the minutes had begun before an instant (aware)."""
        starts = self.minutes.astype("datetime64[ms]")
        return int(np.searchsorted(starts, to_datetime64(moment), side="left"))
