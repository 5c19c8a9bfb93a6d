"""Notices when time has leapt: the computer slept, its clock was set, or another day began."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from tui.feed.health import age
from tui.market.times import JST, Clock

LOOK: Final = 2.0
"""Seconds between two looks."""
LEAP: Final = 15.0
"""Seconds by which the wall clock may drift from the steady one between two looks."""
ABSENCE: Final = 60.0
"""Seconds of the steady clock between two looks after which the program itself has stood still."""


class ClockWatch:
    """Compares the wall clock with the steady one.

    Where a computer sleeps, the wall clock goes on; whether the steady one does depends on the
    system, so a look that comes much too late counts as well. Connections that have lived through
    that are dead more often than not, and time out late.

    Args:
        clock: The time.
        leapt: Told in words when time has leapt.
        rolled: Told of each new date in Tokyo.
    """

    def __init__(
        self, clock: Clock, *, leapt: Callable[[str], None], rolled: Callable[[date], None]
    ) -> None:
        self._clock = clock
        self._leapt = leapt
        self._rolled = rolled

    async def run(self) -> None:
        """Watch until cancelled."""
        wall, steady = self._clock.now(), self._clock.monotonic()
        while True:
            await self._clock.sleep(LOOK)
            now, instant = self._clock.now(), self._clock.monotonic()
            passed, ran = now - wall, instant - steady
            ahead = passed.total_seconds() - ran
            yesterday, wall, steady = wall.astimezone(JST).date(), now, instant
            today = now.astimezone(JST).date()
            if ahead < -LEAP:
                self._leapt(f"the clock was set back by {age(timedelta(seconds=-ahead))}")
            elif ahead > LEAP or ran > ABSENCE:
                self._leapt(f"the computer slept, or stood still, for {age(passed)}")
            if today != yesterday:
                self._rolled(today)
