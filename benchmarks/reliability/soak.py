"""``python -m benchmarks soak``: the whole program for long, under faults chosen by chance."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import psutil

from benchmarks.contestants.probe import Callback, Probe
from benchmarks.market import symbols
from benchmarks.reliability.faults import CASES, LYING, SOURCE, STREAM_FAULTS
from benchmarks.reliability.pace import FastClock
from benchmarks.reliability.program import CountedMarket, WatchedApp, program, settle, stalls
from benchmarks.reliability.service import ServiceProcess
from benchmarks.reliability.traffic import NAME, Traffic
from tui.feed.sources import Source, quote_factory
from tui.market.times import JST
from tui.providers.contracts import QuoteProvider

RATE: Final = 10_000
BATCH: Final = 0.1
NAMES: Final = 1_000
"""Instruments on the board, each quoted once a batch."""
_GROWTH: Final = 0.03
"""What counts as none, as a part of the whole: the first third of the weights against the last."""
_FEW: Final = 4
"""Descriptors, and tasks, by which two quiet moments may differ: a connection that is kept."""
_SEEKS: Final = 15
"""Times that the replay is gone over to beforehand: the allocator keeps what its paths took, up to
a bound that it reaches after some."""
_QUIET: Final = 8.0
_LONGEST_PAUSE: Final = 120.0
"""Seconds in which every source has to be well again, the pauses that it asked for included."""
_EXTRA: Final = tuple(f"{code}.T" for code in (1301, 1332, 2914, 4063, 7974, 9432))


@dataclass(slots=True)
class Held:
    """What the process holds at a quiet moment."""

    memory: int
    tasks: int
    sockets: int
    descriptors: int
    threads: int


@dataclass(slots=True)
class Tally:
    """What was done, and what came of it."""

    faults: int = 0
    recoveries: int = 0
    lists: int = 0
    seeks: int = 0
    rolls: int = 0
    reconnects: int = 0
    weights: list[tuple[float, int]] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    ill: set[str] = field(default_factory=set)


class Soak:
    """One run.

    Args:
        folder: The program's home.
        minutes: How long.
        seed: Chooses the faults.
    """

    def __init__(self, folder: Path, minutes: float, seed: int) -> None:
        self.clock = FastClock(1.0)
        self.seconds = minutes * 60
        self.random = random.Random(seed)
        self.traffic = Traffic(BATCH, remember=False)
        self.tally = Tally()
        self.probe = Probe()
        self.process = psutil.Process()
        self.worst: list[Callback] = []
        self._folder = folder

    async def run(self) -> int:
        """Soak, print, and tell the exit status."""
        with ServiceProcess(self.clock) as service:
            self.service = service
            self.sources: list[Source[QuoteProvider]] = [
                Source(NAME, self.traffic.quotes),
                Source("yahoo", quote_factory("yahoo"), service.settings(timeout=2.0, poll=2.0)),
            ]
            self.app = program(
                self._folder, self.clock, self.sources, lists={"Load": symbols()[:NAMES]}
            )
            async with self.app.run_test(size=(150, 45)):
                settle()
                return await self._soak()

    async def _soak(self) -> int:
        warm = min(120.0, self.seconds / 5)
        weighing = asyncio.ensure_future(self._weigh())
        # What is made the first time that something happens is no growth.
        for act in [self._lie, self._outage, self._lists, self._roll] * 2 + [self._seek] * _SEEKS:
            await act()
        await self._disturb(time.monotonic() + warm)
        await self._quiet()
        start = self._held()
        self.tally.weights.clear()
        self.tally.blocks.clear()
        self.probe.start()
        await self._disturb(time.monotonic() + self.seconds)
        longest, self.worst = stalls(self.probe), list(self.probe.worst)
        await self._quiet()
        weighing.cancel()
        with suppress(asyncio.CancelledError):
            await weighing
        return self._told(start, self._held(), longest, warm)

    async def _disturb(self, end: float) -> None:
        """Do one thing after another, chosen by chance, until the time is over."""
        acts = (
            [self._lie] * 6 + [self._outage] * 8 + [self._lists] * 2 + [self._seek] + [self._roll]
        )
        while time.monotonic() < end:
            if not self.app.is_running:
                raise RuntimeError("the program has ended")
            await self.random.choice(acts)()
            await asyncio.sleep(self.random.uniform(0.5, 3.0))

    async def _lie(self) -> None:
        parts = (LYING, SOURCE)
        name = self.random.choice([each.name for each in CASES.values() if each.part in parts])
        self.tally.faults += 1
        self.traffic.play(name)
        await asyncio.sleep(self.random.uniform(0.5, 3.0))
        self.traffic.play()

    async def _outage(self) -> None:
        skipped = (LYING, SOURCE, "around")
        names = [each.name for each in CASES.values() if each.part not in skipped]
        names += list(STREAM_FAULTS)
        self.tally.faults += 1
        # What the service takes to begin is no stall of the program.
        await asyncio.to_thread(self.service.play, self.random.choice(names))
        await asyncio.sleep(self.random.uniform(2.0, 8.0))
        await asyncio.to_thread(self.service.play)

    async def _lists(self) -> None:
        """Make a list and take it away again; both change what is asked for."""
        lists, monitor = self.app.monitor.lists, self.app.monitor
        name = f"Soak {self.tally.lists}"
        lists.create(name, self.random.sample(_EXTRA, 3))
        monitor.lists_changed()
        await asyncio.sleep(self.random.uniform(0.2, 2.0))
        lists.remove(name)
        monitor.lists_changed()
        self.tally.lists += 2

    async def _seek(self) -> None:
        """Go over to the replay, jump about in it, and come back."""
        monitor = self.app.monitor
        monitor.use_quotes("replay")
        for _ in range(5):
            await asyncio.sleep(0.5)
            if monitor.playing.skip(self.random.choice((-5.0, 5.0, 30.0))):
                self.tally.seeks += 1
        monitor.feed.use_chain(self.sources)
        monitor.feed.drain()
        monitor.market.forget()
        monitor._forget()  # noqa: SLF001 - as `use_quotes` does, which takes one source only

    async def _roll(self) -> None:
        """Sleep until the next session."""
        calendar = self.app.monitor.market.calendar
        day = self.clock.now().astimezone(JST).date()
        days = 1
        while not calendar.is_session(day + timedelta(days=days)):
            days += 1
        self.clock.leap(timedelta(days=days))
        await asyncio.to_thread(self.service.leap, timedelta(days=days).total_seconds())
        self.tally.rolls += 1

    async def _weigh(self) -> None:
        while True:
            self.tally.weights.append((time.monotonic(), self.process.memory_info().rss))
            self.tally.blocks.append(sys.getallocatedblocks())
            ill = set(self._ill())
            self.tally.recoveries += len(self.tally.ill - ill)
            self.tally.ill = ill
            await asyncio.sleep(1.0)

    async def _quiet(self) -> None:
        self.traffic.play()
        await asyncio.to_thread(self.service.play)
        self.app.monitor.refresh()
        await asyncio.sleep(_QUIET)
        for _ in range(int(_LONGEST_PAUSE)):
            if self._ill():
                await asyncio.sleep(1.0)

    def _ill(self) -> list[str]:
        health = self.app.monitor.feed.health()
        return [each.source for each in health if not each.state.delivering]

    def _held(self) -> Held:
        loop: Any = self.app.monitor.feed._loop  # noqa: SLF001 - nothing else counts its tasks
        tasks = len(asyncio.all_tasks()) + len(asyncio.all_tasks(loop._loop))  # noqa: SLF001
        return Held(
            memory=self.process.memory_info().rss,
            tasks=tasks,
            sockets=len(self.process.net_connections("inet")),
            descriptors=self.process.num_fds(),
            threads=self.process.num_threads(),
        )

    def _told(self, start: Held, end: Held, longest: float, warm: float) -> int:
        tally = self.tally
        market = self.app.monitor.market
        assert isinstance(market, CountedMarket)  # noqa: S101 - as `program` makes it
        third = max(1, len(tally.weights) // 3)
        first = median(weight for _, weight in tally.weights[:third])
        last = median(weight for _, weight in tally.weights[-third:])
        growth = last / first - 1
        requests, opened = self.service.count()
        health = self.app.monitor.feed.health()
        lines = [
            f"{self.seconds / 60:g} minutes, after {warm:.0f} s and more to warm up",
            f"quotes applied          {market.quotes:,}",
            f"faults injected         {tally.faults:,}",
            f"recoveries              {tally.recoveries:,}",
            f"restarts of streams     {sum(each.restarts for each in health):,}",
            f"list changes            {tally.lists:,}",
            f"seeks                   {tally.seeks:,}",
            f"session rolls           {tally.rolls:,}",
            f"requests, streams       {requests:,}, {opened:,}",
            f"largest stall           {longest * 1000:.1f} ms",
            *(
                f"    {each.own * 1000:6.1f} ms  {each.what[:140]}\n               {each.account}"
                for each in self.worst[:5]
            ),
            f"longest with all waits  {self.probe.longest * 1000:.1f} ms",
            f"memory                  {start.memory / 1e6:.1f} → {end.memory / 1e6:.1f} MB",
            f"memory, thirds' medians {first / 1e6:.1f} → {last / 1e6:.1f} MB ({growth:+.1%})",
            f"memory, slope           {slope(tally.weights) * 60 / 1e6:+.3f} MB a minute",
            f"memory, by tenths       {_tenths([weight / 1e6 for _, weight in tally.weights])} MB",
            f"blocks, by tenths       {_tenths([each / 1e3 for each in tally.blocks])} thousand",
            f"tasks                   {start.tasks} → {end.tasks}",
            f"sockets                 {start.sockets} → {end.sockets}",
            f"descriptors             {start.descriptors} → {end.descriptors}",
            f"threads                 {start.threads} → {end.threads}",
        ]
        grown = [
            name
            for name, grows in (
                ("memory", growth > _GROWTH),
                ("descriptors", end.descriptors > start.descriptors + _FEW),
                ("sockets", end.sockets > start.sockets + _FEW),
                ("tasks", end.tasks > start.tasks + _FEW),
                ("threads", end.threads > start.threads + _FEW),
            )
            if grows
        ]
        ill = self._ill()
        lines.append(f"grows: {', '.join(grown)}" if grown else "nothing grows")
        if ill:
            lines.append(f"not recovered: {', '.join(ill)}")
        print("\n".join(lines), flush=True)
        return 1 if grown or ill else 0


def _tenths(series: Sequence[float]) -> str:
    """The median of every tenth, in order: what a single figure hides."""
    size = max(1, len(series) // 10)
    parts = [series[at : at + size] for at in range(0, len(series), size)]
    return " ".join(f"{median(part):.0f}" for part in parts if len(part) == size)


def slope(weights: list[tuple[float, int]]) -> float:
    """Bytes a second, by least squares."""
    if len(weights) < 2:
        return 0.0
    times = [at for at, _ in weights]
    middle = sum(times) / len(times)
    mean = sum(weight for _, weight in weights) / len(weights)
    above = sum((at - middle) * (weight - mean) for at, weight in weights)
    return above / sum((at - middle) ** 2 for at in times)


def main(arguments: list[str]) -> int:
    """Soak for as long as is asked; the exit status is 1 where anything grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="chooses the faults (1)")
    options = parser.parse_args(arguments)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory(prefix="zaraba-soak-") as folder:
        return asyncio.run(Soak(Path(folder), options.minutes, options.seed).run())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))


__all__ = ["Soak", "WatchedApp", "main", "slope"]
