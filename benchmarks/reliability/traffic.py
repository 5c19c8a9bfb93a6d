"""A source in the program's own process that lies and fails when it is told to."""

import random
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

import numpy as np

from benchmarks.reliability import prices
from benchmarks.reliability.faults import SOURCE_FAULTS
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.providers.conformance import LIES, FaultyQuotes, Scenario
from tui.providers.conformance.faulty import blocking, flooding, hanging, saying, stubborn
from tui.providers.contracts import Host

NAME: Final = "faulty"
SHARE: Final = 1 / 3
"""The share of quotes that a lie spoils."""
_REMEMBERED: Final = 5_000


class Bases(dict[str, float]):
    """The base price of whatever is asked for, the same as the service has."""

    def setdefault(self, key: str, default: float = 0.0) -> float:  # noqa: ARG002 - as in dict
        """The base price of a symbol."""
        return super().setdefault(key, prices.base(key))


class TellingQuotes(FaultyQuotes):
    """Quotes that are remembered, so that what is shown can be held against them."""

    def __init__(self, host: Host, traffic: "Traffic") -> None:
        super().__init__(host, traffic.scenario)
        self._traffic = traffic

    def batch(self, symbols: tuple[str, ...]) -> QuoteBatch:
        """The next good batch."""
        made = super().batch(symbols)
        self._traffic.remember(made)
        return made


class Traffic:
    """Good quotes every so often, or what is told in their place.

    Args:
        every: Seconds between two batches, each of which quotes every symbol.
        remember: Whether true prices are kept.
    """

    def __init__(self, every: float, *, remember: bool = True) -> None:
        self.every = every
        self.fault = ""
        self.scenario = Scenario([self._step], delay=Delay(DelayKind.REALTIME))
        self.scenario._bases = Bases()  # noqa: SLF001 - any symbol, and the service's bases
        self.true: dict[int, Mapping[str, float]] = {}
        self._remember = remember
        self._random = random.Random(1)

    def quotes(self, host: Host) -> FaultyQuotes:
        """Construct the source; those before are let go of, as a real one would be."""
        self.scenario.sources.clear()
        return TellingQuotes(host, self)

    def play(self, name: str = "") -> None:
        """Let a lie or a failure begin; without a name, end it."""
        if name:
            self.scenario.released.clear()
        else:
            self.scenario.released.set()
        self.fault = name

    @property
    def attempts(self) -> int:
        """How many streams were started."""
        return len(self.scenario.asked)

    def remember(self, batch: QuoteBatch) -> None:
        """Keep the true prices of a batch."""
        if not self._remember or not len(batch):
            return
        stamp = int(batch.time[0].astype("int64"))
        told = dict(zip(batch.symbols, batch.fields[Field.LAST].tolist(), strict=True))
        self.true[stamp] = told
        if len(self.true) > _REMEMBERED:
            del self.true[next(iter(self.true))]

    async def _step(
        self, source: FaultyQuotes, symbols: tuple[str, ...]
    ) -> AsyncGenerator[Update, None]:
        begun = False
        while True:
            fault = self.fault
            if fault == "hangs" and begun:
                return
            begun = True
            if fault in LIES:
                lie = LIES[fault]
                batch = source.batch(symbols)
                chosen = [self._random.random() < SHARE for _ in range(len(batch))]
                for told in lie.tell(batch, np.array(chosen, np.bool_)):
                    yield told
            elif fault in SOURCE_FAULTS:
                async for update in self._fail(fault, source, symbols):
                    yield update
                if fault == "ends":
                    return
            else:
                yield source.batch(symbols)
            await source.host.clock.sleep(self.every)

    async def _fail(
        self, fault: str, source: FaultyQuotes, symbols: tuple[str, ...]
    ) -> AsyncGenerator[Update, None]:
        rubbish: tuple[Any, ...] = (None, "7203,2500", 5, {"7203.T": 2500.0})
        steps = {
            "hangs": hanging(),
            "says rubbish": saying(*rubbish),
            "floods": flooding(64),
            "blocks": blocking(),
            "does not end": stubborn(),
        }
        if fault == "raises":
            raise LookupError("no such thing\x1b[2J")
        if fault in steps:
            async for update in steps[fault](source, symbols):
                yield update
