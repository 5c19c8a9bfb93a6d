"""When to paint: at once when something comes, at most thirty times a second, never for nothing."""

import asyncio
import time
from collections.abc import Callable

FRAME = 1 / 30
"""Seconds between two frames at the least."""
_BUSY = 1
"""Queued writes from which a frame is put off: the terminal is still taking the last ones."""


class Pace:
    """Brings all painting together into one tick.

    Args:
        paint: Called at each tick in the interface thread; returns the seconds until it wants to
            be called again even if nothing comes, or None.
        backlog: How many writes the terminal has not yet taken.
    """

    def __init__(self, paint: Callable[[], float | None], backlog: Callable[[], int]) -> None:
        self._paint = paint
        self._backlog = backlog
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._due = float("inf")
        self._last = float("-inf")
        self._stopped = False

    def wake(self) -> None:
        """Ask for a tick; may be called from any thread."""
        if not self._stopped:
            self._loop.call_soon_threadsafe(self.request)

    def request(self, after: float = 0.0) -> None:
        """Ask for a tick after some seconds, in the interface thread; the soonest one counts."""
        if self._stopped:
            return
        now = time.monotonic()
        due = max(now + after, self._last + FRAME)
        if due >= self._due:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due = due
        self._timer = self._loop.call_later(max(0.0, due - now), self._tick)

    def stop(self) -> None:
        """Ask for nothing more."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        self._timer = None
        self._due = float("inf")
        if self._stopped:
            return
        self._last = time.monotonic()
        if self._backlog() > _BUSY:
            self.request(FRAME)
            return
        again = self._paint()
        if again is not None:
            self.request(again)
