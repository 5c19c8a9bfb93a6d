"""Instants: computed in UTC, shown in Japan Standard Time, which has no daylight saving."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

import numpy as np

from tui.errors import UsageError

JST = timezone(timedelta(hours=9), "JST")

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class Clock(Protocol):
    """Where the program reads the time, so that a test can turn the hands."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never steps back; only differences mean anything."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a manual clock returns when its hands have been moved that far."""
        ...


def under_way(clock: Clock) -> AbstractContextManager[None]:
    """Mark what waits for the real world, a service's answer say, and not for a clock.

    A clock whose hands a test turns has a `working` for it, and lets them stand meanwhile. Every
    other clock goes on by itself, and this does nothing.
    """
    working: Callable[[], AbstractContextManager[None]] = getattr(clock, "working", nullcontext)
    return working()


def parse_at(text: str, session: date) -> datetime:
    """Read a time as ``--at`` takes it.

    Args:
        text: ``14:32`` or ``14:32:10`` on the session's date in JST, or an ISO 8601 time; an ISO
            time without an offset is read as JST. Full-width digits are read as well.
        session: The session's date, for a time of day alone.

    Returns:
        The instant, aware, in UTC.

    Raises:
        UsageError: The text is neither.
    """
    stripped = unicodedata.normalize("NFKC", text).strip()
    match = _CLOCK.fullmatch(stripped)
    try:
        if match:
            hour, minute, second = (int(part or 0) for part in match.groups())
            return datetime.combine(session, time(hour, minute, second), JST).astimezone(UTC)
        if len(stripped) <= len("2025-05-26"):
            raise ValueError(stripped)
        moment = datetime.fromisoformat(stripped)
        return (moment if moment.tzinfo else moment.replace(tzinfo=JST)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"“{stripped}” is not a time",
            subject="--at",
            remedy="Give a time of day such as 14:32, or an ISO time such as "
            "2025-05-26T14:32+09:00.",
        ) from None


def to_datetime64(moment: datetime) -> np.datetime64:
    """An aware instant as ``datetime64[ms]`` in UTC."""
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "ms")


def to_datetime(moment: np.datetime64) -> datetime | None:
    """A ``datetime64`` in UTC as an aware instant; None for NaT."""
    if np.isnat(moment):
        return None
    milliseconds = int(moment.astype("datetime64[ms]").astype(np.int64))
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


Now = Callable[[], datetime]
"""A function that tells the instant, aware, in UTC."""
