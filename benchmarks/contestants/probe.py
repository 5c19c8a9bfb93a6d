"""How long the callbacks of an event loop take."""

import asyncio
import os
import threading
import time
from typing import Any

_MOST = 20
"""Worst callbacks kept."""


def _waited(descriptor: int) -> float:
    """Seconds that a thread was ready to run while others had the processor."""
    return int(os.pread(descriptor, 64, 0).split()[1]) / 1e9


class Probe:
    """Times every callback of the interface thread, while it is on.

    What counts is the time from the start of a callback to its end, less the time in which the
    thread was ready to run but another *process* had the processor: a machine that is busy with
    something else stalls nothing of ours. Where the system does not tell, nothing is taken off.
    """

    def __init__(self) -> None:
        self._on = False
        self._original = asyncio.Handle._run  # noqa: SLF001 - asyncio's own debug mode is far too slow
        self._thread = 0
        self.worst: list[tuple[float, float, str]] = []
        self.count = 0

    def start(self) -> None:
        """Begin; to be called in the interface thread."""
        self.worst, self.count = [], 0
        if self._on:
            return
        self._on = True
        self._thread = threading.get_ident()
        try:
            descriptor = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
        except OSError:
            descriptor = -1
        original = self._original

        def timed(handle: asyncio.Handle) -> None:
            if threading.get_ident() != self._thread or not self._on:
                original(handle)
                return
            lost = _waited(descriptor) if descriptor >= 0 else 0.0
            begun = time.perf_counter()
            original(handle)
            wall = time.perf_counter() - begun
            own = wall
            if wall > 0.004 and descriptor >= 0:
                own = max(0.0, wall - (_waited(descriptor) - lost))
            self._note(own, wall, handle)

        setattr(asyncio.Handle, "_run", timed)  # noqa: B010 - it is no public name

    def _note(self, own: float, wall: float, handle: asyncio.Handle) -> None:
        self.count += 1
        if len(self.worst) < _MOST or own > self.worst[-1][0]:
            self.worst.append((own, wall, repr(handle)[:300]))
            self.worst.sort(key=lambda each: -each[0])
            del self.worst[_MOST:]

    async def answer(self, action: str) -> Any:
        """Start, or read what was seen since."""
        if action == "start":
            self.start()
            return None
        return {"count": self.count, "worst": self.worst}
