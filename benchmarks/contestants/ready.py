"""Batches made beforehand: nothing but their ingestion is measured."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from benchmarks.market import BATCH, SESSION
from tui.market.quotes import Delay, DelayKind, Update
from tui.market.times import to_datetime64
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.synthetic import SyntheticMarket

_BATCHES: Final = 64
"""Different batches, delivered in turn."""


class ReadyProvider(QuoteProvider):
    """The same few batches again and again, each with the time at which it is delivered.

    Settings: ``rate``, quotes a second.
    """

    about = About(
        name="ready",
        title="Ready batches",
        summary="Batches made beforehand, to measure with; free.",
        delay=Delay(DelayKind.SYNTHETIC),
        note="invented prices",
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._size = int(float(str(host.settings["rate"])) * BATCH)

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Deliver a snapshot, then batch after batch."""
        clock = self.host.clock
        market = SyntheticMarket(tuple(symbols), seed=1, session=SESSION)
        yield market.snapshot(clock.now())
        batches = [market.step(self._size, clock.now()) for _ in range(_BATCHES)]
        due, place = clock.monotonic(), 0
        while True:
            due += BATCH
            await clock.sleep(max(0.0, due - clock.monotonic()))
            batch = batches[place % _BATCHES]
            place += 1
            yield replace(batch, time=np.full(len(batch), to_datetime64(clock.now())))

    def session(self) -> date | None:
        """The load's session."""
        return SESSION
