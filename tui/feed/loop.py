"""A thread with an event loop of its own, which may be lost without losing the program."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from tui.market.times import Clock

_T = TypeVar("_T")

Work = Callable[[], Coroutine[Any, Any, None]]
"""Starts a task."""


class LoopThread:
    """Runs coroutines in a daemon thread and gives signs of life.

    What runs here may block the thread, ignore its cancellation or raise what it likes: `stop`
    returns, and the program can end, all the same.

    Args:
        clock: The time.
        grace: Seconds that tasks have to end once they are cancelled.
        pulse: Seconds between signs of life.
        failed: Told of errors that nobody awaited.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        grace: float,
        pulse: float,
        failed: Callable[[BaseException | str], None],
    ) -> None:
        self._clock = clock
        self._grace = grace
        self._pulse_seconds = pulse
        self._failed = failed
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._report)
        self._loop.set_default_executor(_DaemonExecutor())
        self._ending = asyncio.Event()
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._thread = threading.Thread(target=self._run, name="zaraba-feed", daemon=True)
        self.beat = clock.monotonic()
        """The clock's `monotonic` at the last sign of life."""

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the thread runs, be it blocked or not."""
        return self._thread.is_alive()

    def call(self, action: Callable[[], object]) -> bool:
        """Have something done in the thread, soon. Any thread may ask.

        Returns:
            False where the loop is closed.
        """
        try:
            self._loop.call_soon_threadsafe(action)
        except RuntimeError:
            return False
        return True

    def begin(self, key: Hashable, work: Work | None, *, after: Hashable = None) -> bool:
        """Have a task started once another has been cancelled and has ended. Any thread may ask.

        Args:
            key: Names the task, for its successor.
            work: Starts it; None to end the other only.
            after: The other's key; nothing is waited for where it is unknown or has ended.

        Returns:
            False where the loop is closed.
        """
        return self.call(lambda: self._begin(key, work, after))

    def _begin(self, key: Hashable, work: Work | None, after: Hashable) -> None:
        earlier = self._tasks.get(after)
        if earlier is not None:
            earlier.cancel()
        if work is not None:
            task = self._loop.create_task(_succeeding(earlier, work))
            self._tasks[key] = task
            task.add_done_callback(lambda _: self._tasks.pop(key, None))

    def stop(self, timeout: float) -> bool:
        """End the thread, or abandon it.

        Args:
            timeout: Seconds to wait at most.

        Returns:
            Whether it has ended; where it has not, it is left to itself and ends with the process.
        """
        self.call(self._ending.set)
        if self._thread.ident is None:
            self._loop.close()
            return True
        if threading.current_thread() is not self._thread:
            self._thread.join(max(0.0, timeout))
        return not self._thread.is_alive()

    def _run(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(self._live())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    async def _live(self) -> None:
        pulse = asyncio.ensure_future(self._pulse())
        await self._ending.wait()
        pulse.cancel()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=self._grace)
        closing = asyncio.ensure_future(self._loop.shutdown_asyncgens())
        await asyncio.wait({closing}, timeout=self._grace)

    async def _pulse(self) -> None:
        while True:
            self.beat = self._clock.monotonic()
            await self._clock.sleep(self._pulse_seconds)

    def _report(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG002 - asyncio's signature
        error = context.get("exception")
        self._failed(error if isinstance(error, BaseException) else str(context.get("message")))


async def _succeeding(earlier: "asyncio.Task[None] | None", work: Work) -> None:
    if earlier is not None:
        await asyncio.wait({earlier})
        # Its cancellation holds the frames of all that it ran, and they hold the one before.
        del earlier
    await work()


class _DaemonExecutor(ThreadPoolExecutor):
    """Blocking calls in daemon threads.

    The interpreter waits at its end for the threads of a usual executor: one look-up of a name
    that hangs would hold the terminal for half a minute after the user has quit.
    """

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> "Future[_T]":
        future: Future[_T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - whatever it is belongs to who waits
                future.set_exception(error)
            else:
                future.set_result(result)

        threading.Thread(target=work, name="zaraba-feed-call", daemon=True).start()
        return future
