"""A clock whose hands are moved by the test."""

import asyncio
import heapq
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, TypeVar

T = TypeVar("T")

_PASSES: Final = 25
"""Turns of the event loop after which whatever is ready is taken to have run."""
_PATIENCE: Final = 30.0
"""Real seconds for which real work is waited for."""


class ManualClock:
    """Time that stands still until it is told to go on.

    It fulfils `tui.market.times.Clock`. Sleepers wake in the order in which they fall due, each at
    exactly its own instant, and what one of them does is finished before the next is woken: the
    same steps give the same run, however fast the machine is. It belongs to one event loop.

    The hands stand still while real work is under way, for that takes no time on this clock: a
    call that was handed to a thread by `asyncio.to_thread`, and whatever is done inside `working`,
    such as every exchange of a `WebClient`. What is sent over a WebSocket that is open is not seen.

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
        self._working = 0
        self._changed: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        try:
            self._watch_threads()
        except RuntimeError:  # made before its loop runs: from the first wait on, then
            self._loop = None

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
        self._tell()
        await future

    @contextmanager
    def working(self) -> Iterator[None]:
        """Keep the hands still: what happens inside waits for the real world."""
        self._begin()
        try:
            yield
        finally:
            self._end()

    async def advance(self, seconds: float, *, patience: float = _PATIENCE) -> None:
        """Move the hands forward, waking every sleeper on the way at its instant.

        Raises:
            TimeoutError: Real work took longer than `patience` real seconds.
        """
        if seconds < 0:
            raise ValueError("the hands go forward only")
        goal = self._elapsed + seconds
        async with asyncio.timeout(patience):
            await self._idle()
            while (due := self._next_due()) is not None and due <= goal:
                await self._wake(due)
                await self._idle()
            self._elapsed = max(self._elapsed, goal)
            await self._idle()

    async def settle(self) -> None:
        """Let everything that is ready run, without moving the hands or waiting for real work."""
        self._watch_threads()
        for _ in range(_PASSES):
            await asyncio.sleep(0)

    async def asleep(self, patience: float = _PATIENCE) -> None:
        """Wait, in real time, until somebody sleeps and no real work is under way.

        Raises:
            TimeoutError: Nobody fell asleep within `patience` real seconds.
        """
        async with asyncio.timeout(patience):
            await self._idle()
            while not self.sleeping:
                await self._change().wait()
                await self._idle()

    async def until(
        self, work: Coroutine[Any, Any, T], *, limit: float = 60.0, patience: float = _PATIENCE
    ) -> T:
        """Run a piece of work to its end, moving the hands from sleeper to sleeper as it needs.

        Where nobody sleeps, or real work is under way, it is waited for.

        Args:
            work: What to run.
            limit: Seconds on this clock that it may take.
            patience: Real seconds that it may take.

        Returns:
            What the work returns.

        Raises:
            TimeoutError: A limit was reached; the work has been cancelled.
        """
        self._watch_threads()
        task = asyncio.ensure_future(work)
        goal = self._elapsed + limit
        try:
            async with asyncio.timeout(patience):
                while not await self._finished(task):
                    due = self._next_due()
                    if due is None or self._working:
                        await self._until_changed_or(task)
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

    async def _until_changed_or(self, task: "asyncio.Task[T]") -> None:
        waiter = asyncio.ensure_future(self._change().wait())
        try:
            await asyncio.wait({task, waiter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()

    async def _idle(self) -> None:
        """Wait until everything that is ready has run and no real work is under way."""
        await self.settle()
        while self._working:
            await self._change().wait()
            await self.settle()

    def _change(self) -> asyncio.Event:
        """What is set when somebody falls asleep, or real work has ended."""
        if self._changed is None or self._changed.is_set():
            self._changed = asyncio.Event()
        return self._changed

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed.set()

    def _begin(self) -> None:
        self._working += 1

    def _end(self) -> None:
        self._working -= 1
        self._tell()

    def _watch_threads(self) -> None:
        """Count the calls that the loop hands to threads, from now on."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        hand_over = loop.run_in_executor

        def counted(executor: Any, work: Callable[..., Any], *about: Any) -> asyncio.Future[Any]:
            # Over when the loop knows of it, which is later than when the thread has done it.
            future = hand_over(executor, work, *about)
            self._begin()
            future.add_done_callback(lambda _: self._end())
            return future

        loop.run_in_executor = counted  # type: ignore[assignment, method-assign]

    def _next_due(self) -> float | None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def _wake(self, due: float) -> None:
        _, _, future = heapq.heappop(self._sleepers)
        self._elapsed = max(self._elapsed, due)
        future.set_result(None)
        await self.settle()
