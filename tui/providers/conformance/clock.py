"""A clock whose hands are moved by the test."""

import asyncio
import heapq
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, TypeVar

T = TypeVar("T")

_PASSES: Final = 25
"""Turns of the event loop after which whatever is ready is taken to have run."""


class ManualClock:
    """Time that stands still until it is told to go on.

    It fulfils `tui.market.times.Clock`. Sleepers wake in the order in which they fall due, each at
    exactly its own instant, and what one of them does is finished before the next is woken: the
    same steps give the same run, however fast the machine is. It belongs to one event loop.

    Args:
        start: The first instant, aware.
    """

    def __init__(self, start: datetime = datetime(2025, 5, 26, tzinfo=UTC)) -> None:
        if start.tzinfo is None:
            raise ValueError("the start must be an aware time")
        self._start = start.astimezone(UTC)
        self._elapsed = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._fell_asleep: asyncio.Event | None = None

    def now(self) -> datetime:
        """The instant that the hands show, aware, in UTC."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Seconds since the start."""
        return self._elapsed

    @property
    def sleeping(self) -> int:
        """How many sleepers wait for the hands to move."""
        return sum(not future.done() for _, _, future in self._sleepers)

    async def sleep(self, seconds: float) -> None:
        """Wait until the hands have been moved that far; at once where it is 0 or less."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._order), future))
        if self._fell_asleep is not None:
            self._fell_asleep.set()
        await future

    async def advance(self, seconds: float) -> None:
        """Move the hands forward, waking every sleeper on the way at its instant."""
        if seconds < 0:
            raise ValueError("the hands go forward only")
        goal = self._elapsed + seconds
        await self.settle()
        while (due := self._next_due()) is not None and due <= goal:
            await self._wake(due)
        self._elapsed = goal
        await self.settle()

    async def settle(self) -> None:
        """Let everything that is ready run, without moving the hands."""
        for _ in range(_PASSES):
            await asyncio.sleep(0)

    async def asleep(self, patience: float = 30.0) -> None:
        """Wait, in real time, until somebody sleeps: work handed to a thread or a socket is done.

        Raises:
            TimeoutError: Nobody fell asleep within `patience` real seconds.
        """
        async with asyncio.timeout(patience):
            await self.settle()
            while not self.sleeping:
                await self._falling_asleep().wait()

    async def until(
        self, work: Coroutine[Any, Any, T], *, limit: float = 60.0, patience: float = 30.0
    ) -> T:
        """Run a piece of work to its end, moving the hands from sleeper to sleeper as it needs.

        Where nobody sleeps the work is waiting for a thread or a socket, and it is left to.

        Args:
            work: What to run.
            limit: Seconds on this clock that it may take.
            patience: Real seconds that it may take.

        Returns:
            What the work returns.

        Raises:
            TimeoutError: A limit was reached; the work has been cancelled.
        """
        task = asyncio.ensure_future(work)
        goal = self._elapsed + limit
        try:
            async with asyncio.timeout(patience):
                while not await self._finished(task):
                    due = self._next_due()
                    if due is None:
                        await self._until_asleep_or(task)
                    elif due > goal:
                        self._elapsed = goal
                        raise TimeoutError(f"not done within {limit:g} s of the manual clock")
                    else:
                        await self._wake(due)
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _finished(self, task: "asyncio.Task[T]") -> bool:
        for _ in range(_PASSES):
            if task.done():
                return True
            await asyncio.sleep(0)
        return task.done()

    async def _until_asleep_or(self, task: "asyncio.Task[T]") -> None:
        waiter = asyncio.ensure_future(self._falling_asleep().wait())
        try:
            await asyncio.wait({task, waiter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()

    def _falling_asleep(self) -> asyncio.Event:
        self._fell_asleep = asyncio.Event()
        return self._fell_asleep

    def _next_due(self) -> float | None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def _wake(self, due: float) -> None:
        _, _, future = heapq.heappop(self._sleepers)
        self._elapsed = max(self._elapsed, due)
        future.set_result(None)
        await self.settle()
