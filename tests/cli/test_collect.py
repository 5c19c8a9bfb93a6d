"""What a print-out waits for."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime

import numpy as np

from tui.cli.collect import first_updates
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.providers.conformance import FewInstruments, ManualClock
from tui.providers.contracts import About, Host, QuoteProvider

NAMES = ("7203.T", "6758.T", "9984.T")
AT_ONCE = Delay(DelayKind.REALTIME)


class OneByOne(QuoteProvider):
    """Asks for its names one after the other, as far as it comes."""

    about = About(name="slow", title="Slow", summary="One by one.", delay=AT_ONCE)
    comes = len(NAMES)
    _told = 0

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        wanted = tuple(symbols)
        for row in range(self.comes):
            self._told = row + 1
            yield QuoteBatch(
                symbols=wanted,
                rows=np.array([row], np.int32),
                fields={Field.LAST: np.array([100.0])},
                time=np.full(1, np.datetime64("2025-05-26T01:00", "ms")),
                source="slow",
                delay=AT_ONCE,
                epoch=1,
                session=date(2025, 5, 26),
            )
            await asyncio.sleep(0)
        await asyncio.Event().wait()

    def snapshot_progress(self) -> tuple[int, int] | None:
        return None if self._told == len(NAMES) else (self._told, len(NAMES))


class Halfway(OneByOne):
    comes = 2


def told(kind: type[OneByOne], whole: float) -> tuple[list[Update], list[str]]:
    remarks: list[str] = []
    clock = ManualClock(datetime(2025, 5, 26, 1, 0, tzinfo=UTC))
    host = Host(clock=clock, instruments=FewInstruments(), remark=remarks.append)
    return first_updates(kind(host), NAMES, whole=whole), remarks


def test_a_source_that_asks_by_and_by_is_waited_for() -> None:
    updates, remarks = told(OneByOne, 30.0)
    assert [update.rows.tolist() for update in updates] == [[0], [1], [2]]
    assert remarks == []


def test_what_was_not_asked_for_in_time_is_told() -> None:
    updates, remarks = told(Halfway, 0.05)
    assert [update.rows.tolist() for update in updates] == [[0], [1]]
    assert remarks == ["2 of 3 names were asked for within 0.05 seconds; the rest are blank"]
