"""``python -m benchmarks reliability``: every fault in turn, against the whole program."""

import argparse
import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.contestant import ROOT
from benchmarks.reliability import prices
from benchmarks.reliability.faults import CASES, LYING, SOURCE, STREAM, Case
from benchmarks.reliability.pace import FastClock
from benchmarks.reliability.page import page, problems, renewed
from benchmarks.reliability.program import WatchedApp, program, settle, stalls
from benchmarks.reliability.service import ServiceProcess
from benchmarks.reliability.traffic import NAME, Traffic
from benchmarks.reliability.watch import Seen, UnwatchedProbe, Watcher
from tui.feed.health import Thresholds
from tui.feed.sources import Source, quote_factory
from tui.feed.supervisor import Patience
from tui.feed.terms import Terms
from tui.market.quotes import DelayKind
from tui.market.times import JST

FACTOR: Final = 40.0
_TIMEOUT: Final = 0.4
"""Seconds on the machine's clock that the service has for an answer."""
FLOODED: Final = 4.0
"""The pace while something floods: what holds a flood back counts in seconds of the clock."""
_TERMS: Final = Terms(patience=Patience(grace=40.0), thresholds=Thresholds(beat=60.0))
"""What is held against the machine's own speed has to be as long for it as it usually is."""
LASTS: Final = 180.0
"""Seconds for which a fault lasts that takes the data away."""
SHORT: Final = 40.0
"""The same for one that does not."""
RECOVERY: Final = 240.0
"""Seconds in which all must be well again by itself."""
CHARTS_RECOVERY: Final = 900.0
"""The same where charts stand in for a while, each symbol being a request of its own."""
_HEALTHY: Final = 62.0
"""Seconds without a fault between two: the longest pause is forgotten after a minute."""
_LOOK: Final = 0.05
_NIGHT: Final = timedelta(hours=21, minutes=30)
_DOCUMENT: Final = ROOT / "docs" / "reliability.md"


class Run:
    """The program under one fault after another.

    Args:
        folder: The program's home.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = FastClock(FACTOR)
        self.probe = UnwatchedProbe()
        self._folder = folder
        self._paused = True

    async def service(self, cases: list[Case]) -> dict[str, Seen]:
        """Those of a service that is reached over a network."""
        if not cases:
            return {}
        with ServiceProcess(self.clock) as service:
            settings = service.settings(timeout=_TIMEOUT)
            app = self._program(Source("yahoo", quote_factory("yahoo"), settings))

            def true(symbol: str, stamp: int) -> float:
                return prices.last(symbol, stamp // 1000)

            async with app.run_test(size=(150, 45)):
                settle()
                self.watcher = Watcher(app, self.clock, true, self.probe)
                return {
                    case.name: await self._tried(case, partial(self._play, service), service.count)
                    for case in cases
                }

    async def source(self, cases: list[Case]) -> dict[str, Seen]:
        """Those of a source inside the program."""
        if not cases:
            return {}
        traffic = Traffic(1.0)
        app = self._program(Source(NAME, traffic.quotes))

        def true(symbol: str, stamp: int) -> float | None:
            return traffic.true.get(stamp, {}).get(symbol)

        async with app.run_test(size=(150, 45)):
            settle()
            self.watcher = Watcher(app, self.clock, true, self.probe)
            return {
                case.name: await self._tried(
                    case, partial(_played, traffic), lambda: (traffic.attempts, 0)
                )
                for case in cases
            }

    def _program(self, source: Source[Any]) -> WatchedApp:
        return program(self._folder, self.clock, [source], terms=_TERMS)

    async def _play(self, service: ServiceProcess, name: str) -> None:
        """Let a fault begin, be it the service's or the network's; the empty name ends all."""
        # Asked in a thread: what the service takes to answer is no stall of the program.
        await asyncio.to_thread(service.play, "" if name == "sleep and wake" else name)
        _NAMES.on = name == "DNS failure"
        if name == "sleep and wake":
            self.clock.leap(_NIGHT)
            service.leap(_NIGHT.total_seconds())
        if name == "network change":
            await self.clock.sleep(20)
            await asyncio.to_thread(service.play)
            await self.clock.sleep(10)
            await asyncio.to_thread(service.play, name)

    async def _tried(
        self, case: Case, play: Callable[[str], Any], count: Callable[[], tuple[int, int]]
    ) -> Seen:
        """One fault; where only the machine may be to blame, again, up to twice."""
        seen = await self._one(case, play, count)
        if case.charts:
            await self._until_batched()
        for _ in range(2):
            if not any("stall" in each for each in problems(case, seen)):
                break
            seen = await self._one(case, play, count)
        print(_line(case, seen, problems(case, seen)), flush=True)
        return seen

    async def _until_batched(self) -> None:
        """Wait until charts no longer stand in, so that the next fault meets the usual ways."""
        end = self.clock.monotonic() + CHARTS_RECOVERY
        while self.clock.monotonic() < end:
            delay = self.watcher.health.delay
            if delay is not None and delay.kind is DelayKind.REALTIME:
                return
            await asyncio.sleep(_LOOK)

    async def _one(
        self, case: Case, play: Callable[[str], Any], count: Callable[[], tuple[int, int]]
    ) -> Seen:
        began = self._seconds()
        if await self._until_well(began - 30, CHARTS_RECOVERY) is None:
            # What went wrong is told of the fault before; this one begins afresh.
            self.watcher.app.monitor.refresh()
            await self._until_well(self._seconds(), RECOVERY)
        await self._daytime(play, case)
        if self._paused:
            await self._watch(_HEALTHY, look=False)
        self._paused = case.lasting or case.part == STREAM
        if case.name.endswith("floods"):
            self._run_at(FLOODED, play)
        seen = self.watcher.begin()
        self.probe.start()
        asked, opened = count()
        start = self.clock.monotonic()
        await play(case.name)
        lasts = LASTS if case.lasting or case.part == STREAM else SHORT
        lasts = SHORT if case.name.endswith("floods") else lasts
        await self._watch(lasts * 0.6)
        await self.watcher.look_at_pane()
        await self._watch(lasts * 0.4)
        health, now = self.watcher.health, self.clock.now()
        seen.went_on = health.data_time is not None and now - health.data_time < timedelta(
            seconds=45
        )
        minutes = (self.clock.monotonic() - start) / 60
        total, streams = count()
        seen.requests, seen.opened = (total - asked) / minutes, (streams - opened) / minutes
        await play("")
        if self.clock.factor != FACTOR:
            self._run_at(FACTOR, play)
        limit = CHARTS_RECOVERY if case.charts else RECOVERY
        seen.recovered = await self._until_well(self._seconds(), limit)
        seen.stall = stalls(self.probe)
        seen.wall = self.probe.longest
        if self.probe.worst:
            seen.stalled = f"{self.probe.worst[0].what}: {self.probe.worst[0].account}"
        # What is seen until the next one, such as the leap to another day, is no part of this one.
        self.watcher.begin()
        return seen

    async def _daytime(self, play: Callable[[str], Any], case: Case) -> None:
        """Go on in the morning of the next session where this one is nearly over."""
        local = self.clock.now().astimezone(JST)
        calendar = self.watcher.app.monitor.market.calendar
        minute = local.hour * 60 + local.minute
        if 9 * 60 + 20 <= minute < 11 * 60 and calendar.is_session(local.date()):
            return
        day = local.date() + timedelta(days=minute >= 9 * 60)
        while not calendar.is_session(day):
            day += timedelta(days=1)
        morning = datetime(day.year, day.month, day.day, 9, 30, tzinfo=JST)
        span = morning - local
        self.clock.leap(span)
        await self._leap_service(span, play)
        if await self._until_well(self._seconds(), RECOVERY) is None:
            raise RuntimeError(f"no session begins before {case.name}: {self.watcher.health}")

    def _run_at(self, factor: float, play: Callable[[str], Any]) -> None:
        origin = self.clock.run_at(factor)
        service = play.args[0] if isinstance(play, partial) else None
        if isinstance(service, ServiceProcess):
            service.run_at(factor, origin)

    async def _leap_service(self, span: timedelta, play: Callable[[str], Any]) -> None:
        service = play.args[0] if isinstance(play, partial) else None
        if isinstance(service, ServiceProcess):
            service.leap(span.total_seconds())

    def _seconds(self) -> float:
        return self.clock.now().timestamp()

    async def _watch(self, seconds: float, *, look: bool = True) -> None:
        end = self.clock.monotonic() + seconds
        while self.clock.monotonic() < end:
            await asyncio.sleep(_LOOK)
            if look:
                self.watcher.look()

    async def _until_well(self, since: float, limit: float) -> float | None:
        start = self.clock.monotonic()
        while self.clock.monotonic() - start < limit:
            await asyncio.sleep(_LOOK)
            self.watcher.look()
            if self.watcher.well(since):
                return self.clock.monotonic() - start
        return None


async def _played(traffic: Traffic, name: str) -> None:
    traffic.play(name)


class _Names:
    """Whether names of hosts can be looked up in this process."""

    on = False


_NAMES: Final = _Names()


@contextmanager
def _lookups() -> Iterator[None]:
    original = socket.getaddrinfo

    def looked_up(*asked: Any, **more: Any) -> Any:
        if _NAMES.on:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return original(*asked, **more)

    socket.getaddrinfo = looked_up
    try:
        yield
    finally:
        socket.getaddrinfo = original


def main(arguments: list[str]) -> int:
    """Try every fault, print what was seen, and write what they come to into the document."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks reliability", description=__doc__)
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="one fault, several times for several"
    )
    parser.add_argument("--list", action="store_true", help="name the faults")
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(CASES))
        return 0
    if unknown := sorted(set(options.only or ()) - CASES.keys()):
        parser.error(f"there is no fault “{unknown[0]}”; --list names them")
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    chosen = [CASES[name] for name in options.only or CASES]
    begun = time.perf_counter()
    with _lookups(), tempfile.TemporaryDirectory(prefix="zaraba-reliability-") as folder:
        seen = asyncio.run(_all(Path(folder), chosen))
    failed = sum(bool(problems(case, seen[case.name])) for case in chosen)
    print(f"\n{len(chosen)} faults, {failed} not as they should be; "
          f"{time.perf_counter() - begun:.0f} s")  # fmt: skip
    if options.only and _DOCUMENT.exists():
        old = _DOCUMENT.read_text(encoding="utf-8")
        _DOCUMENT.write_text(renewed(old, seen), encoding="utf-8")
    elif not options.only:
        _DOCUMENT.write_text(page(seen), encoding="utf-8")
    return 1 if failed else 0


async def _all(folder: Path, chosen: list[Case]) -> dict[str, Seen]:
    inside = [case for case in chosen if case.part in {LYING, SOURCE}]
    outside = [case for case in chosen if case not in inside]
    return await Run(folder).service(outside) | await Run(folder).source(inside)


def _line(case: Case, seen: Seen, wrong: list[str]) -> str:
    back = "never" if seen.recovered is None else f"{seen.recovered:.0f} s"
    words = seen.words.most_common(1)
    return (
        f"{'FAIL' if wrong else 'ok':<5}{case.name:<24}{'→'.join(seen.states):<26}"
        f"stall {seen.stall * 1000:5.1f} of {seen.wall * 1000:5.1f} ms, "
        f"pane {seen.opening * 1000:4.1f} ms  {seen.requests:5.1f}+{seen.opened:.1f}/min  "
        f"back {back:<7}flagged {seen.flagged:<4}"
        f"{'; '.join(wrong)}"
        + (f"\n       {words[0][0]}" if words else "")
        + (f"\n       {seen.unlike}" if seen.unlike else "")
        + (f"\n       {seen.bare}" if seen.bare else "")
        + (f"\n       {seen.stalled}" if any("stall" in each for each in wrong) else "")
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
