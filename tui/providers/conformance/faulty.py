"""A source of quotes that fails as a test tells it, for what stands behind sources: the feed."""

import asyncio
import random
import threading
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from typing import Any, ClassVar, Final

import numpy as np

from tui.market.arrays import Floats
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.market.times import JST, to_datetime64
from tui.providers.conformance.lies import Lie, told
from tui.providers.contracts import About, Host, QuoteProvider

Step = Callable[["FaultyQuotes", tuple[str, ...]], AsyncGenerator[Update, None]]
"""One thing that a stream does, given its source and the symbols it was asked for."""

INVENTED: Final = Delay(DelayKind.SYNTHETIC)
_SPREAD: Final = 0.04
"""No true price is further from its base than this share of it."""
_STUCK: Final = 60.0
"""Seconds after which a thread that is blocked lets go by itself, lest a test hang."""


class Scenario:
    """What a `FaultyQuotes` does, stream by stream.

    Each start of a stream plays the next script, and the last goes on for ever, also where the
    feed has constructed the source anew in between. A script is a sequence of steps; where they
    are over, the stream ends by itself, which is a fault too.

    Args:
        scripts: The scripts; without any, the source behaves.
        prices: Base prices by symbol; another symbol has one of its own between 500 and 5,000.
        seed: Another number, other prices.
        delay: The delay class of its quotes, to which their times are true.

    Attributes:
        sources: Every source that was constructed, oldest first.
        asked: The symbols with which streams were started, oldest first.
        truth: The last true price of each symbol, whatever was delivered in its place.
        released: Once it is set, what blocks or refuses to end does so no longer.

    Example:
        ::

            down = Unavailable("no route", subject="faulty")
            lies = [lying(LIES["late"], 5), delivering()]
            scenario = Scenario([delivering(3), raising(down)], lies)
            supervisor = QuoteSupervisor(scenario.quotes, ...)
    """

    def __init__(
        self,
        *scripts: Sequence[Step],
        prices: Mapping[str, float] | None = None,
        seed: int = 1,
        delay: Delay = INVENTED,
    ) -> None:
        self._scripts = [tuple(script) for script in scripts] or [(delivering(),)]
        self.delay = delay
        self._bases = dict(prices or {})
        self._random = random.Random(seed)
        self._volume: dict[str, float] = {}
        self._range: dict[str, tuple[float, float, float]] = {}
        self.sources: list[FaultyQuotes] = []
        self.asked: list[tuple[str, ...]] = []
        self.truth: dict[str, float] = {}
        self.released = threading.Event()

    def quotes(self, host: Host) -> "FaultyQuotes":
        """Construct the source; this is what a feed takes as its factory."""
        return FaultyQuotes(host, self)

    def base(self, symbol: str) -> float:
        """The base price of a symbol."""
        return self._bases.setdefault(symbol, 500.0 + zlib.crc32(symbol.encode()) % 4_501)

    def next_script(self) -> tuple[Step, ...]:
        """The script of the stream that starts now."""
        return self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]

    def next_figures(self, symbols: Sequence[str]) -> dict[Field, Floats]:
        """Another quote of each symbol, true to the last field."""
        rows = [self._next(symbol) for symbol in symbols]
        figures = np.array(rows, np.float64).reshape(len(rows), len(_CARRIED))
        return {name: figures[:, column].copy() for column, name in enumerate(_CARRIED)}

    def _next(self, symbol: str) -> tuple[float, ...]:
        base = self.base(symbol)
        reach = max(1.0, np.floor(base * _SPREAD))
        last = self.truth.get(symbol, base) + self._random.choice((-1.0, 0.0, 1.0))
        last = min(max(last, base - reach), base + reach)
        self.truth[symbol] = last
        first, high, low = self._range.get(symbol, (last, last, last))
        high, low = max(high, last), min(low, last)
        self._range[symbol] = (first, high, low)
        volume = self._volume.get(symbol, 0.0) + 100.0 * self._random.randint(1, 9)
        self._volume[symbol] = volume
        return (last, base, first, high, low, volume, volume * base, last - 1.0, last + 1.0)


_CARRIED: Final = (
    Field.LAST,
    Field.BASE,
    Field.OPEN,
    Field.HIGH,
    Field.LOW,
    Field.VOLUME,
    Field.TURNOVER,
    Field.BID,
    Field.ASK,
)


class FaultyQuotes(QuoteProvider):
    """The source; the scenario says what it does.

    Attributes:
        scenario: What it does.
        epoch: Goes into every batch that follows.
        closed: How often it was closed.
    """

    about: ClassVar[About] = About(
        name="faulty",
        title="Faulty",
        summary="Invented quotes that fail as they are told, to test with.",
        delay=INVENTED,
        note="invented prices",
    )

    def __init__(self, host: Host, scenario: Scenario | None = None) -> None:
        super().__init__(host)
        self.scenario = scenario or Scenario()
        self.scenario.sources.append(self)
        self.epoch = 1
        self.closed = 0

    async def stream(self, symbols: Sequence[str]) -> AsyncGenerator[Update, None]:
        """Play the next script."""
        wanted = tuple(symbols)
        self.scenario.asked.append(wanted)
        for step in self.scenario.next_script():
            async with aclosing(step(self, wanted)) as updates:
                async for update in updates:
                    yield update

    async def close(self) -> None:
        """Count it."""
        self.closed += 1

    def batch(self, symbols: tuple[str, ...]) -> QuoteBatch:
        """The next good batch: a quote of every symbol, at the host's time less the delay."""
        delay = self.scenario.delay
        now = self.host.clock.now() - timedelta(minutes=delay.minutes)
        return QuoteBatch(
            symbols=symbols,
            rows=np.arange(len(symbols), dtype=np.int32),
            fields=self.scenario.next_figures(symbols),
            time=np.full(len(symbols), to_datetime64(now)),
            source=self.about.name,
            delay=delay,
            epoch=self.epoch,
            session=now.astimezone(JST).date(),
        )


def delivering(count: int | None = None, *, every: float = 1.0) -> Step:
    """Good batches, so many seconds apart; for ever where no count is given."""

    async def step(source: FaultyQuotes, symbols: tuple[str, ...]) -> AsyncGenerator[Update, None]:
        sent = 0
        while count is None or sent < count:
            yield source.batch(symbols)
            sent += 1
            await source.host.clock.sleep(every)

    return step


def lying(
    lie: Lie, count: int | None = None, *, every: float = 1.0, share: float = 1.0, seed: int = 1
) -> Step:
    """The same, but what is delivered is the lie; `share` of the quotes are spoiled."""

    async def step(source: FaultyQuotes, symbols: tuple[str, ...]) -> AsyncGenerator[Update, None]:
        sent = 0
        while count is None or sent < count:
            for batch in told(lie, [source.batch(symbols)], share=share, seed=seed + sent):
                yield batch
            sent += 1
            await source.host.clock.sleep(every)

    return step


def flooding(count: int | None = None) -> Step:
    """Good batches without a pause, and without ever giving way."""

    async def step(source: FaultyQuotes, symbols: tuple[str, ...]) -> AsyncGenerator[Update, None]:
        sent = 0
        while count is None or sent < count:
            yield source.batch(symbols)
            sent += 1

    return step


def raising(error: BaseException) -> Step:
    """An error, of the tree or any other."""

    async def act(_: FaultyQuotes) -> None:
        raise error

    return _act(act)


def saying(*things: Any) -> Step:
    """Anything at all in place of updates, rubbish included."""

    async def step(_: FaultyQuotes, __: tuple[str, ...]) -> AsyncGenerator[Update, None]:
        for thing in things:
            yield thing

    return step


def waiting(seconds: float) -> Step:
    """Nothing, for so long on the host's clock."""
    return _act(lambda source: source.host.clock.sleep(seconds))


def hanging() -> Step:
    """Nothing, until the stream is cancelled."""

    async def act(_: FaultyQuotes) -> None:
        await asyncio.get_running_loop().create_future()

    return _act(act)


def stubborn(every: float = 1.0) -> Step:
    """Nothing, and no end either when the stream is cancelled, until the scenario is released."""

    async def act(source: FaultyQuotes) -> None:
        while not source.scenario.released.is_set():
            with suppress(asyncio.CancelledError):
                await source.host.clock.sleep(every)

    return _act(act)


def blocking(entered: threading.Event | None = None) -> Step:
    """Block the thread and its event loop, as a careless call does, until it is released.

    Args:
        entered: Set just before, so that a test in another thread knows.
    """

    async def act(source: FaultyQuotes) -> None:
        if entered is not None:
            entered.set()
        # Not awaited: that is the fault.
        source.scenario.released.wait(_STUCK)

    return _act(act)


def _act(action: Callable[[FaultyQuotes], Awaitable[None]]) -> Step:
    """A step that does something and delivers nothing."""

    async def step(source: FaultyQuotes, _: tuple[str, ...]) -> AsyncGenerator[Update, None]:
        await action(source)
        nothing: tuple[Update, ...] = ()
        for update in nothing:
            yield update

    return step
