"""Single questions to a source, such as a search or a piece of history."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from tui.errors import BadPayload, Unavailable
from tui.feed.loop import LoopThread
from tui.market.times import Clock

_T = TypeVar("_T")

Ask = Callable[[], Awaitable[_T]]
"""Puts the question; called in the feed's thread."""


class Requests:
    """Questions under way.

    Each has a generation; a newer question on the same topic cancels the older one, whose answer,
    should it come all the same, is dropped.

    Args:
        clock: The time.
        timeout: Seconds until a question is given up.
    """

    def __init__(self, clock: Clock, timeout: float) -> None:
        self._clock = clock
        self._timeout = timeout
        self._lock = threading.Lock()
        self._generation = 0
        self._open: dict[int, Future[Any]] = {}
        self._latest: dict[str, int] = {}

    def put(
        self, loop: LoopThread | None, ask: Ask[_T], topic: str, timeout: float | None = None
    ) -> "Future[_T]":
        """Put a question. Any thread may; see `Feed.run`."""
        future: Future[_T] = Future()
        with self._lock:
            self._generation += 1
            generation = self._generation
            older = self._open.get(self._latest.get(topic, 0)) if topic else None
            if topic:
                self._latest[topic] = generation
            self._open[generation] = future
        if older is not None:
            older.cancel()
        future.add_done_callback(lambda _: self._forget(generation, topic))

        limit = self._timeout if timeout is None else timeout
        if loop is None or not loop.begin(future, lambda: self._answer(ask, future, limit)):
            _settle(future, Unavailable("the feed is not running"))
        return future

    def cancel_all(self) -> None:
        """Give up every question."""
        with self._lock:
            pending = list(self._open.values())
        for future in pending:
            future.cancel()

    async def _answer(self, ask: "Ask[_T]", future: "Future[_T]", limit: float) -> None:
        if future.done():
            return
        task = asyncio.ensure_future(_asked(ask))
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda done: _cancel_too(done, task, loop))
        alarm = asyncio.ensure_future(self._clock.sleep(limit))
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                task.cancel()
                _settle(future, Unavailable(f"no answer for {limit:g} s"))
            elif task.cancelled():
                future.cancel()
            elif (error := task.exception()) is not None:
                _settle(future, error)
            else:
                _settle(future, None, task.result())
        finally:
            alarm.cancel()
            task.cancel()
            future.cancel()

    def _forget(self, generation: int, topic: str) -> None:
        with self._lock:
            self._open.pop(generation, None)
            if self._latest.get(topic) == generation:
                del self._latest[topic]


async def _asked(ask: "Ask[_T]") -> _T:
    try:
        return await ask()
    except (SystemExit, KeyboardInterrupt) as error:
        raise BadPayload(f"the source tried to end the program by {type(error).__name__}") from None


def _settle(future: "Future[Any]", error: BaseException | None, result: object = None) -> None:
    """Answer, unless nobody waits for it any more."""
    if future.done() or not future.set_running_or_notify_cancel():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)


def _cancel_too(
    future: "Future[Any]", task: "asyncio.Future[Any]", loop: asyncio.AbstractEventLoop
) -> None:
    if future.cancelled() and not loop.is_closed():
        loop.call_soon_threadsafe(task.cancel)
