"""A clock with hands to turn, and little sources: a good one and one for each way to go wrong."""

import asyncio
import contextlib
import random
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from tui.errors import Unavailable
from tui.feed.backoff import Backoff, Pauses
from tui.feed.ledger import Ledger
from tui.feed.outbox import Outbox
from tui.feed.streams import Epochs, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.market.catalysts import Catalyst
from tui.market.instruments import Instrument
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.market.times import to_datetime64
from tui.providers.contracts import About, Host, NewsProvider, QuoteProvider, Role, no_secret

OPEN = datetime(2025, 5, 26, 1, 0, tzinfo=UTC)
SESSION = date(2025, 5, 26)
LIVE = Delay(DelayKind.REALTIME)


class ManualClock:
    """Stands still until its hands are turned."""

    def __init__(self, start: datetime = OPEN) -> None:
        self._start = start
        self._hands = 0.0
        self._set = timedelta(0)
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._start + self._set + timedelta(seconds=self._hands)

    def leap(self, seconds: float) -> None:
        """Move the wall clock alone, as sleep does, or whoever sets it."""
        self._set += timedelta(seconds=seconds)

    def monotonic(self) -> float:
        return self._hands

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._hands + seconds, woken))
        await woken

    async def turn(self, seconds: float) -> None:
        """Turn the hands, waking every sleeper at its own time."""
        await self.settle()
        end = self._hands + seconds
        while True:
            self._sleepers = [pair for pair in self._sleepers if not pair[1].done()]
            due = min((at for at, _ in self._sleepers), default=end + 1)
            if due > end:
                break
            self._hands = max(self._hands, due)
            for at, woken in self._sleepers:
                if at <= self._hands and not woken.done():
                    woken.set_result(None)
            await self.settle()
        self._hands = end
        await self.settle()

    async def settle(self) -> None:
        """Let everything run that can without the hands moving."""
        for _ in range(60):
            await asyncio.sleep(0)


class NoInstruments:
    def get(self, symbol: str) -> Instrument | None:  # noqa: ARG002 - the protocol's signature
        return None

    def search(self, query: str, limit: int = 20) -> Sequence[Instrument]:  # noqa: ARG002
        return []


def make_batch(
    last: Sequence[float] = (100.0,),
    *,
    symbols: tuple[str, ...] = ("7203.T",),
    rows: Sequence[int] | None = None,
    time: datetime | None = OPEN,
    epoch: int = 0,
    delay: Delay = LIVE,
    session: date = SESSION,
    **changes: Any,
) -> QuoteBatch:
    size = len(last)
    instant = np.datetime64("NaT", "ms") if time is None else to_datetime64(time)
    given: dict[str, Any] = {
        "symbols": symbols,
        "rows": np.array(range(size) if rows is None else rows, np.int32),
        "fields": {Field.LAST: np.array(last, np.float64)},
        "time": np.full(size, instant, "datetime64[ms]"),
        "source": "whatever it says",
        "delay": delay,
        "epoch": epoch,
        "session": session,
    }
    return QuoteBatch(**(given | changes))


class Source(QuoteProvider):
    """A quote a second, from a position that outlives its streams."""

    about: ClassVar[About] = About(
        name="good", title="Good", summary="Good.", delay=LIVE, note="made by hand"
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.asked: list[tuple[str, ...]] = []
        self.closed = 0
        self.price = 100.0
        self.epoch = 0

    def next(self, symbols: Sequence[str]) -> QuoteBatch:
        self.price += 1.0
        return make_batch(
            [self.price] * len(symbols),
            symbols=tuple(symbols),
            time=self.host.clock.now(),
            epoch=self.epoch,
        )

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        self.asked.append(tuple(symbols))
        while True:
            yield self.next(symbols)
            await self.host.clock.sleep(1.0)

    async def close(self) -> None:
        self.closed += 1


class Raising(Source):
    """Delivers once, then raises what it is given."""

    error: ClassVar[BaseException] = Unavailable("no route", subject="example.test")
    deliveries: ClassVar[int] = 1

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        self.asked.append(tuple(symbols))
        for _ in range(self.deliveries):
            yield self.next(symbols)
        raise self.error


class Ending(Source):
    """Delivers once and ends by itself."""

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        self.asked.append(tuple(symbols))
        yield self.next(symbols)


class Blocking(Source):
    """Blocks the whole thread, as a careless call does, until it is let go."""

    gate: ClassVar[threading.Event]
    entered: ClassVar[threading.Event]

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        yield self.next(symbols)
        self.entered.set()
        self.gate.wait(60.0)
        yield self.next(symbols)


class Flooding(Source):
    """Never waits."""

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        while True:
            yield self.next(symbols)


class Rubbish(Source):
    """Yields all sorts of things before each good batch."""

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        good = self.next(symbols)
        rubbish: list[Any] = [
            None,
            "7203,100",
            make_batch(symbols=("A",), rows=[3]),
            make_batch(time=OPEN, rows=[0, 0]),
            make_batch(fields={"last": [1.0]}),
        ]
        while True:
            for thing in rubbish:
                yield thing
            yield good
            await self.host.clock.sleep(1.0)


class NeverStarting(Source):
    """Waits for ever for its first batch."""

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        self.asked.append(tuple(symbols))
        await asyncio.get_running_loop().create_future()
        yield self.next(symbols)


class Silent(Source):
    """Delivers once and falls silent."""

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        yield self.next(symbols)
        await asyncio.get_running_loop().create_future()


class Stubborn(Source):
    """Goes on when it is cancelled, until the program lets it end."""

    release: ClassVar[threading.Event]
    streams: ClassVar[int] = 0

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        type(self).streams += 1
        yield self.next(symbols)
        while not self.release.is_set():
            with contextlib.suppress(asyncio.CancelledError):
                await self.host.clock.sleep(1.0)


class Replaying(Source):
    """Can be paused and moved about; each move opens an epoch."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.paused = False
        self.speed = 60.0

    def pause(self, on: bool) -> None:
        self.paused = on

    def seek(self, moment: datetime) -> None:  # noqa: ARG002 - the protocol's signature
        self.epoch += 1

    def skip(self, step: timedelta) -> None:
        if not step:
            raise ValueError("nowhere to go")
        self.epoch += 1

    def set_speed(self, speed: float) -> None:
        self.speed = speed

    def market_time(self) -> datetime:
        return OPEN


class News(NewsProvider):
    """One catalyst a second."""

    about: ClassVar[About] = About(
        name="news", title="News", summary="News.", delay=Delay(DelayKind.UNKNOWN)
    )

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        number = 0
        while True:
            yield [Catalyst(key=f"{number}", headline=f"Headline {number}")]
            number += 1
            await self.host.clock.sleep(1.0)


class RaisingNews(News):
    """Never has any."""

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        for error in [Unavailable("no news")]:
            raise error
        yield []


@dataclass
class Bench:
    """One supervisor of quotes, and what it needs."""

    clock: ManualClock
    around: Surroundings
    symbols: tuple[str, ...] = ("7203.T",)
    outbox: Outbox = field(default_factory=Outbox)
    epochs: Epochs = field(default_factory=Epochs)
    made: list[Any] = field(default_factory=list)

    def supervisor(
        self,
        source: Callable[[Host], QuoteProvider],
        settings: Mapping[str, object] | None = None,
    ) -> QuoteSupervisor:
        def factory(host: Host) -> QuoteProvider:
            provider = source(host)
            self.made.append(provider)
            return provider

        return QuoteSupervisor(
            factory,
            settings or {},
            ledger=Ledger("test", Role.QUOTES, self.clock, lambda: None),
            backoff=Backoff(Pauses(), random.Random(7)),
            around=self.around,
            symbols=lambda: self.symbols,
            outbox=self.outbox,
            epochs=self.epochs,
        )

    def run(
        self,
        source: Callable[[Host], QuoteProvider],
        script: Callable[[QuoteSupervisor], Awaitable[None]],
    ) -> QuoteSupervisor:
        async def main() -> QuoteSupervisor:
            supervisor = self.supervisor(source)
            task = asyncio.ensure_future(supervisor.run())
            await self.clock.settle()
            await script(supervisor)
            task.cancel()
            await self.clock.turn(10.0)
            assert task.done()
            return supervisor

        return asyncio.run(main())

    def epochs_out(self) -> list[int]:
        return [update.epoch for update in self.outbox.drain()]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def manual() -> type[ManualClock]:
    """The clock itself, for examples that each need their own."""
    return ManualClock


@pytest.fixture
def batch() -> Callable[..., QuoteBatch]:
    return make_batch


@pytest.fixture
def instruments() -> NoInstruments:
    return NoInstruments()


@pytest.fixture
def around(clock: ManualClock, instruments: NoInstruments) -> Surroundings:
    return Surroundings(clock=clock, instruments=instruments, secret=no_secret)


@pytest.fixture
def sources() -> Iterator[SimpleNamespace]:
    Blocking.gate, Blocking.entered = threading.Event(), threading.Event()
    Stubborn.release, Stubborn.streams = threading.Event(), 0
    yield SimpleNamespace(
        Source=Source,
        Raising=Raising,
        Ending=Ending,
        Blocking=Blocking,
        Flooding=Flooding,
        Rubbish=Rubbish,
        NeverStarting=NeverStarting,
        Silent=Silent,
        Stubborn=Stubborn,
        Replaying=Replaying,
        News=News,
        RaisingNews=RaisingNews,
    )
    Blocking.gate.set()
    Stubborn.release.set()


@pytest.fixture
def bench(clock: ManualClock, around: Surroundings) -> Bench:
    return Bench(clock, around)
