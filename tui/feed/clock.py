"""The clock of the running program."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's own time; `tui.market.times.Clock` says what each method means."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait that long; zero or less gives way to other tasks once."""
        await asyncio.sleep(max(0.0, seconds))
