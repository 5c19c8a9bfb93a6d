"""How often a service may be asked, over everything that asks it."""

import asyncio
from collections import deque
from weakref import WeakKeyDictionary

from tui.errors import RateLimited
from tui.market.times import Clock


class Budget:
    """At most so many calls in any span of so many seconds, and none while a service has said no.

    Several coroutines may share it. Those that take the last of it are let through in the order in
    which they came; those that leave some for others queue by themselves, in their own order, so
    that a long list of questions does not hold up a short one. A caller whose thread is lost takes
    nobody's turn along.

    Args:
        clock: The time; waits are made on it.
        calls: Calls in a span, at least one.
        seconds: Length of the span.
        patience: Seconds that a caller waits for its turn at most.
    """

    def __init__(self, clock: Clock, *, calls: int, seconds: float, patience: float = 60.0) -> None:
        self._clock = clock
        self._calls = max(1, calls)
        self._seconds = seconds
        self._patience = patience
        self._spent: deque[float] = deque(maxlen=self._calls)
        self._closed_until = 0.0
        self._lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, asyncio.Lock]] = (
            WeakKeyDictionary()
        )

    def close_for(self, seconds: float) -> None:
        """Let nobody through for a while, because the service asked for that."""
        self._closed_until = max(self._closed_until, self._clock.monotonic() + seconds)

    @property
    def closed_for(self) -> float:
        """Seconds until the service may be asked again; 0 where it may be asked now."""
        return max(0.0, self._closed_until - self._clock.monotonic())

    async def spend(self, subject: str = "", *, leave: int = 0) -> None:
        """Wait for a turn, and take it.

        Args:
            subject: Who asks, for the words of an error.
            leave: Calls of a span that are left for others.

        Raises:
            RateLimited: The service has asked for a pause that is not over, or the turn would
                come later than `patience` allows. Nothing has been sent.
        """
        usable = max(1, self._calls - leave)
        async with self._lane(usable):
            self._refuse_if_closed(subject)
            until = self._clock.monotonic() + self._patience
            while (wait := self._until_free(usable)) > 0:
                if self._clock.monotonic() + wait > until:
                    raise RateLimited(
                        f"{usable} calls in {self._seconds:g} s are used up",
                        retry_after=wait,
                        subject=subject,
                        remedy="It goes on by itself.",
                    )
                await self._clock.sleep(wait)
                self._refuse_if_closed(subject)
            self._spent.append(self._clock.monotonic())

    def _lane(self, usable: int) -> asyncio.Lock:
        lanes = self._lanes.setdefault(asyncio.get_running_loop(), {})
        return lanes.setdefault(usable, asyncio.Lock())

    def _until_free(self, usable: int) -> float:
        if len(self._spent) < usable:
            return 0.0
        return self._spent[-usable] + self._seconds - self._clock.monotonic()

    def _refuse_if_closed(self, subject: str) -> None:
        if (rest := self.closed_for) > 0:
            raise RateLimited(
                "asked for a pause after too many calls",
                retry_after=rest,
                subject=subject,
                remedy="It goes on by itself.",
            )


class Budgets:
    """One budget for each service, shared by all sources that ask it.

    The clock is that of whoever asks first.
    """

    def __init__(self) -> None:
        self._held: dict[str, Budget] = {}

    def of(
        self, name: str, clock: Clock, *, calls: int, seconds: float, patience: float = 60.0
    ) -> Budget:
        """The budget of a service by name: made at the first call, and the same ever after."""
        budget = self._held.get(name)
        if budget is None:
            budget = Budget(clock, calls=calls, seconds=seconds, patience=patience)
            self._held[name] = budget
        return budget
