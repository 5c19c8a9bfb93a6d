"""A slow machine, by `--slow-machine SEED`: what is sent arrives late, and threads begin late.

Not for every day: it finds tests that hold only where sockets and threads are quick.
"""

import asyncio
import random
import time
from asyncio import selector_events
from collections.abc import Callable
from typing import Any

SHORTEST, LONGEST = 0.02, 0.08
"""Seconds by which everything is late."""


def slow_down(seed: int) -> None:
    """Make this process slow for the rest of its life."""
    chance = random.Random(seed)
    transport: Any = selector_events._SelectorSocketTransport  # type: ignore[attr-defined]
    loop: Any = asyncio.BaseEventLoop
    read_ready, run_in_executor = transport._read_ready, loop.run_in_executor

    def late() -> float:
        return chance.uniform(SHORTEST, LONGEST)

    def read_later(self: Any) -> None:
        self._loop._remove_reader(self._sock_fd)
        self._loop.call_later(late(), read_now, self)

    def read_now(self: Any) -> None:
        if not (self._closing or self._paused or self._conn_lost):
            self._loop._add_reader(self._sock_fd, self._read_ready)
            read_ready(self)

    def start_later(self: Any, executor: Any, work: Callable[..., Any], *about: Any) -> Any:
        delay = late()

        def slowly(*about: Any) -> Any:
            time.sleep(delay)
            return work(*about)

        return run_in_executor(self, executor, slowly, *about)

    transport._read_ready = read_later
    loop.run_in_executor = start_later
