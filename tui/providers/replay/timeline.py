"""Where an instant falls in the recorded session: its phase, and its slot of trading.

Instants here are milliseconds since the Unix epoch.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Final

import numpy as np

from tui.data.session_paths import CLOSE_SLOT, MORNING_SLOTS, SLOT_MS
from tui.market.arrays import Ints, Times
from tui.market.times import JST

_HOUR: Final = 3_600_000
_MINUTE: Final = 60_000
_LUNCH: Final = 2 * _HOUR + 30 * _MINUTE
_NOON: Final = _LUNCH + _HOUR
_PRE_CLOSING: Final = 6 * _HOUR + 25 * _MINUTE
_CLOSE: Final = 6 * _HOUR + 30 * _MINUTE
_MORNING_MINUTES: Final = _LUNCH // _MINUTE
_NOON_MINUTE: Final = _NOON // _MINUTE
_MINUTE_SLOTS: Final = _MINUTE // SLOT_MS


class Phase(Enum):
    """What the exchange is doing."""

    BEFORE = "before the open"
    CONTINUOUS = "continuous trading"
    LUNCH = "lunch"
    PRE_CLOSING = "orders gathered for the close, nothing traded"
    CLOSED = "closed"


class Timeline:
    """The hours of one recorded session.

    Args:
        session: Its date in Tokyo.
    """

    def __init__(self, session: date) -> None:
        self.session = session
        self.open = to_ms(datetime.combine(session, time(9), JST))
        self.first = self.open - _HOUR
        """The earliest instant that can be shown, 08:00."""
        self.last = self.open + _CLOSE
        """The closing print, 15:30, where the replay stands still."""

    def place(self, ms: float) -> tuple[Phase, int]:
        """The phase at an instant, and the last slot that has begun; -1 before the open."""
        since = int(ms - self.open)
        if since < 0:
            return Phase.BEFORE, -1
        if since < _LUNCH:
            return Phase.CONTINUOUS, since // SLOT_MS
        if since < _NOON:
            return Phase.LUNCH, MORNING_SLOTS - 1
        if since < _PRE_CLOSING:
            return Phase.CONTINUOUS, MORNING_SLOTS + (since - _NOON) // SLOT_MS
        if since < _CLOSE:
            return Phase.PRE_CLOSING, CLOSE_SLOT - 1
        return Phase.CLOSED, CLOSE_SLOT

    def next_change(self, ms: float) -> float:
        """When something can change next: the next slot, or the end of a phase."""
        since = int(ms - self.open)
        for start, end in ((-_HOUR, 0), (_LUNCH, _NOON), (_PRE_CLOSING, _CLOSE)):
            if start <= since < end:
                return self.open + end
        return self.open + (since // SLOT_MS + 1) * SLOT_MS

    def times(self, slots: Ints) -> Times:
        """The instants of slots, ``datetime64[ms]`` in UTC."""
        since = slots * SLOT_MS + np.where(slots >= MORNING_SLOTS, _HOUR, 0)
        since = np.where(slots == CLOSE_SLOT, _CLOSE, since)
        return (since + self.open).astype("datetime64[ms]")

    def minutes(self, ms: float) -> tuple[Times, Ints]:
        """The minutes begun by an instant, lunch and pre-closing among them.

        Returns:
            ``datetime64[m][k]`` in UTC, and for each the last slot that had begun at its end, or
            at the instant for the minute under way.
        """
        _, now = self.place(ms)
        count = 0 if now < 0 else min(int(ms - self.open), _CLOSE) // _MINUTE + 1
        minute = np.arange(count, dtype=np.int64)
        ends = np.where(
            minute < _NOON_MINUTE,
            np.minimum((minute + 1) * _MINUTE_SLOTS, MORNING_SLOTS),
            np.minimum((minute + 1 - _NOON_MINUTE + _MORNING_MINUTES) * _MINUTE_SLOTS, CLOSE_SLOT),
        )
        starts = (self.open // _MINUTE + minute).astype("datetime64[m]")
        return starts, np.where(minute == count - 1, now, ends - 1)


def to_ms(moment: datetime) -> int:
    """An aware instant as milliseconds since the Unix epoch."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_ms(ms: float) -> datetime:
    """Milliseconds since the Unix epoch as an aware instant in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
