"""A clock that runs fast, and that may leap."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

MORNING = datetime(2025, 5, 26, 0, 30, tzinfo=UTC)
"""09:30 in Tokyo on a Monday, two hours before lunch."""


class FastClock:
    """The program's time, so many times as fast as the machine's.

    Two processes that are given the same figures show the same time.

    Args:
        factor: Seconds of this clock in one of the machine's.
        origin: The machine's `time.monotonic` at the start; now unless given.
        start: The instant at the start, aware.
    """

    def __init__(
        self, factor: float, origin: float | None = None, start: datetime = MORNING
    ) -> None:
        self.factor = factor
        self.origin = time.monotonic() if origin is None else origin
        self._before = 0.0
        self._start = start.astimezone(UTC)
        self.leapt = timedelta(0)
        """By how much the wall clock has been moved besides."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return self._start + timedelta(seconds=self.monotonic()) + self.leapt

    def monotonic(self) -> float:
        """Seconds since the start; a leap does not move it."""
        return self._before + (time.monotonic() - self.origin) * self.factor

    def run_at(self, factor: float, origin: float | None = None) -> float:
        """Go on at another pace.

        Args:
            factor: Seconds of this clock in one of the machine's.
            origin: The machine's `time.monotonic` from which on; now unless given.

        Returns:
            That instant, for another clock that shows the same time.
        """
        origin = time.monotonic() if origin is None else origin
        self._before += (origin - self.origin) * self.factor
        self.factor, self.origin = factor, origin
        return origin

    async def sleep(self, seconds: float) -> None:
        """Wait, for so much less on the machine's clock."""
        await asyncio.sleep(max(0.0, seconds) / self.factor)

    def leap(self, span: timedelta) -> None:
        """Move the wall clock alone, as sleep does, or whoever sets it."""
        self.leapt += span
