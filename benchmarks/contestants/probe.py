"""How long the callbacks of an event loop take."""

import asyncio
import gc
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

_MOST = 20
"""Worst callbacks kept."""
_WORTH = 0.004
"""Seconds from which it is looked at closely where the time went."""
_NEW_THREADS = 0.2
"""Seconds between two looks for threads that have begun."""


class Callback(NamedTuple):
    """One callback of the interface thread; everything in seconds.

    Attributes:
        own: What the program is to blame for; see `Probe`.
        wall: From its start to its end.
        what: The callback.
        cpu: The processor time that its thread took.
        waited: For which its thread was ready to run and did not: others had the processors.
        others: The same of the program's other threads, one of which it may have waited for.
        collecting: Spent looking for garbage, on the wall clock.
    """

    own: float
    wall: float
    what: str
    cpu: float = 0.0
    waited: float = 0.0
    others: float = 0.0
    collecting: float = 0.0

    @property
    def account(self) -> str:
        """Where the time went, in milliseconds."""
        parts = (
            ("wall", self.wall),
            ("processor", self.cpu),
            ("ready but not run", self.waited),
            ("others ready but not run", self.others),
            ("garbage", self.collecting),
        )
        return ", ".join(f"{name} {value * 1000:.1f}" for name, value in parts)


def blame(wall: float, cpu: float, waited: float, others: float) -> float:
    """The seconds of a callback that the program is to blame for, as `Probe` says."""
    blocked = max(0.0, wall - cpu - waited)
    return min(wall, cpu + max(0.0, blocked - others))


class Probe:
    """Times every callback of the interface thread, while it is on.

    What counts is the processor time that the thread took, and the time in which it was blocked,
    be it by a disk or by another thread of the program that held the interpreter. What does not
    count is the time in which this thread, or the other one it was blocked by, was ready to run
    but the processors were others': a machine that is busy with something else stalls nothing of
    ours. Where the system does not tell, the whole of the wall clock counts.
    """

    def __init__(self) -> None:
        self._on = False
        self._original = asyncio.Handle._run  # noqa: SLF001 - asyncio's own debug mode is far too slow
        self._thread = 0
        self._collecting = self._began = 0.0
        self.worst: list[Callback] = []
        self.count = 0
        self.longest = 0.0
        """Seconds of the longest callback on the wall clock."""
        self.aside: float | None = None
        """Set to 0 to put callbacks aside from now on: the longest of them. None to count them."""

    def start(self) -> None:
        """Begin; to be called in the interface thread."""
        self.worst, self.count, self.longest = [], 0, 0.0
        if self._on:
            return
        self._on = True
        self._thread = threading.get_ident()
        gc.callbacks.append(self._collected)
        waits = _Waits()
        known = bool(waits.read())
        original, native = self._original, str(threading.get_native_id())

        def timed(handle: asyncio.Handle) -> None:
            if threading.get_ident() != self._thread or not self._on:
                original(handle)
                return
            before = waits.read()
            self._collecting = 0.0
            cpu = time.thread_time()
            begun = time.perf_counter()
            original(handle)
            wall = time.perf_counter() - begun
            cpu = time.thread_time() - cpu
            waited = others = 0.0
            if wall > _WORTH and known:
                after = waits.read()
                spans = {task: after[task] - before[task] for task in after.keys() & before.keys()}
                waited = spans.pop(native, 0.0)
                others = sum(spans.values())
            own = blame(wall, cpu, waited, others) if known else wall
            self._note(Callback(own, wall, "", cpu, waited, others, self._collecting), handle)

        setattr(asyncio.Handle, "_run", timed)  # noqa: B010 - it is no public name

    def _collected(self, phase: str, _: Mapping[str, int]) -> None:
        """What looking for garbage takes, whichever thread does it: none other runs meanwhile."""
        if phase == "start":
            self._began = time.perf_counter()
        else:
            self._collecting += time.perf_counter() - self._began

    def _note(self, seen: Callback, handle: asyncio.Handle) -> None:
        if self.aside is not None:
            self.aside = max(self.aside, seen.own)
            return
        self.count += 1
        self.longest = max(self.longest, seen.wall)
        if len(self.worst) < _MOST or seen.own > self.worst[-1].own:
            self.worst.append(seen._replace(what=_named(handle)))
            self.worst.sort(key=lambda each: -each.own)
            del self.worst[_MOST:]

    async def answer(self, action: str) -> Any:
        """Start, or read what was seen since."""
        if action == "start":
            self.start()
            return None
        return {"count": self.count, "worst": self.worst}


def _named(handle: asyncio.Handle) -> str:
    """A callback in one line; a task by what it runs."""
    owner = getattr(getattr(handle, "_callback", None), "__self__", None)
    return (f"{owner!r}" if isinstance(owner, asyncio.Task) else repr(handle))[:300]


class _Waits:
    """Seconds for which each thread of this process was ready to run and did not."""

    def __init__(self) -> None:
        self._files: dict[str, int] = {}
        self._looked = float("-inf")

    def read(self) -> dict[str, float]:
        """By the thread's number; nothing where the system does not tell."""
        now = time.monotonic()
        if now - self._looked > _NEW_THREADS:
            self._looked = now
            self._look()
        waits = {}
        for task, file in list(self._files.items()):
            try:
                waits[task] = int(os.pread(file, 64, 0).split()[1]) / 1e9
            except (OSError, IndexError, ValueError):  # it has ended
                os.close(self._files.pop(task))
        return waits

    def _look(self) -> None:
        for task in Path("/proc/self/task").glob("*/schedstat"):
            if task.parent.name not in self._files:
                with suppress(OSError):
                    self._files[task.parent.name] = os.open(task, os.O_RDONLY)
