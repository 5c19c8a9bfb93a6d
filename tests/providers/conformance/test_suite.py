"""The suite must catch what it is there to catch: each fault below fails the check for it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tui.market.catalysts import Catalyst
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.providers.conformance import QuoteConformance, check_catalyst, check_quotes
from tui.providers.contracts import About, Host, QuoteProvider

KNOWN = {"7203.T": 2500.0, "285A.T": 1800.0}


def quotes(symbols: tuple[str, ...], epoch: int = 1) -> QuoteBatch:
    rows = np.array([i for i, each in enumerate(symbols) if each in KNOWN], dtype=np.int32)
    return QuoteBatch(
        symbols=symbols,
        rows=rows,
        fields={Field.LAST: np.array([KNOWN[symbols[row]] for row in rows.tolist()])},
        time=np.full(len(rows), np.datetime64("2025-05-26T00:00", "ms")),
        source="sound",
        delay=Delay(DelayKind.REALTIME),
        epoch=epoch,
        session=date(2025, 5, 26),
    )


class Sound(QuoteProvider):
    about = About(
        name="sound", title="Sound", summary="Two names.", delay=Delay(DelayKind.REALTIME)
    )

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        wanted = tuple(symbols)
        for symbol in wanted:
            if symbol not in KNOWN:
                self.host.remark(f"{symbol} is unknown")
        while True:
            yield quotes(wanted)
            await self.host.clock.sleep(1)


class Suite(QuoteConformance):
    symbols = ("7203.T", "285A.T")
    source: type[QuoteProvider] = Sound

    def make(self, host: Host) -> QuoteProvider:
        return self.source(host)


class TestSoundConforms(Suite):
    pass


class NewVocabulary(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        while True:
            yield quotes((*symbols,))
            await self.host.clock.sleep(1)


class BackInTime(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        wanted = tuple(symbols)
        yield quotes(wanted, epoch=2)
        yield quotes(wanted, epoch=1)
        await self.host.clock.sleep(1e6)


class HalfSnapshot(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        whole = quotes(tuple(symbols))
        half = {field: values[:1] for field, values in whole.fields.items()}
        yield replace(whole, rows=whole.rows[:1], fields=half, time=whole.time[:1])
        yield whole
        await self.host.clock.sleep(1e6)


class Silent(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        yield quotes(tuple(symbols))
        await self.host.clock.sleep(1e6)


class Ending(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        yield quotes(tuple(symbols))


class Everything(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        async for batch in super().stream((*symbols, *(KNOWN.keys() - symbols))):
            yield batch


class Dialling(Sound):
    def __init__(self, host: Host) -> None:
        super().__init__(host)
        with socket.socket() as line:
            line.connect_ex(("127.0.0.1", 9))


class LeavesTask(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        self._task = asyncio.ensure_future(self.host.clock.sleep(1e6))
        while True:
            yield quotes(tuple(symbols))
            await self.host.clock.sleep(1)


class Deaf(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        wanted = tuple(symbols)
        while True:
            try:
                yield quotes(wanted)
                await self.host.clock.sleep(1)
            except asyncio.CancelledError:
                return


class Reuses(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        batch = quotes(tuple(symbols))
        while True:
            yield batch
            await self.host.clock.sleep(1)
            batch.fields[Field.LAST][:] += 1


class ClosesOnce(Sound):
    closed = False

    async def close(self) -> None:
        if self.closed:
            raise RuntimeError("closed twice")
        self.closed = True


class Alias(Sound):
    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        wanted = tuple(symbols)
        while True:
            yield replace(quotes(wanted), source="another")
            await self.host.clock.sleep(1)


Check = Callable[[QuoteConformance], None]


@pytest.mark.parametrize(
    ("source", "check"),
    [
        (NewVocabulary, QuoteConformance.test_the_vocabulary_is_one_object),
        (BackInTime, QuoteConformance.test_the_epoch_never_goes_back),
        (HalfSnapshot, QuoteConformance.test_the_first_quotes_are_a_snapshot),
        (Silent, QuoteConformance.test_an_unknown_symbol_is_left_out_and_told),
        (Ending, QuoteConformance.test_batches_are_as_described),
        (Everything, QuoteConformance.test_only_what_was_asked_for_is_delivered),
        (Dialling, QuoteConformance.test_construction_does_nothing_slow),
        (LeavesTask, QuoteConformance.test_a_stream_may_be_cancelled_and_started_again),
        (Deaf, QuoteConformance.test_a_stream_may_be_cancelled_and_started_again),
        (Reuses, QuoteConformance.test_what_was_delivered_stays_as_it_was),
        (ClosesOnce, QuoteConformance.test_close_may_come_at_any_time),
        (Alias, QuoteConformance.test_batches_are_as_described),
    ],
)
def test_a_fault_fails_its_check(source: type[QuoteProvider], check: Check) -> None:
    suite = Suite()
    suite.source = source

    with pytest.raises((AssertionError, RuntimeError)):
        check(suite)


WHOLE = quotes(("7203.T", "285A.T"))


@pytest.mark.parametrize(
    "batch",
    [
        replace(WHOLE, rows=WHOLE.rows.astype(np.int64)),
        replace(WHOLE, rows=np.array([0, 2], dtype=np.int32)),
        replace(WHOLE, rows=np.array([-1, 0], dtype=np.int32)),
        replace(WHOLE, fields={Field.LAST: np.array([2500.0])}),
        replace(WHOLE, fields={Field.LAST: np.array([2500, 1800])}),
        replace(WHOLE, fields={Field.LAST: np.array([2500.0, 0.0])}),
        replace(WHOLE, fields={Field.LAST: np.array([2500.0, np.inf])}),
        replace(WHOLE, fields={Field.VOLUME: np.array([100.0, -1.0])}),
        replace(WHOLE, time=WHOLE.time.astype("datetime64[s]")),
        replace(WHOLE, state=np.array([3, 200], dtype=np.uint8)),
        replace(WHOLE, quality=np.array([0, 128], dtype=np.uint8)),
        replace(WHOLE, symbols=("7203.T", "7203.T")),
        replace(WHOLE, source=""),
    ],
)
def test_a_batch_that_breaks_its_description_is_refused(batch: QuoteBatch) -> None:
    check_quotes(WHOLE)
    with pytest.raises(AssertionError):
        check_quotes(batch)


@pytest.mark.parametrize(
    "change",
    [
        {"key": ""},
        {"headline": " "},
        {"headline": "two\nlines"},
        {"headline": "bell \x07"},
        {"text": "turned \u202e round"},
        {"link": "javascript:alert(1)"},
        {"symbols": ["7203.T"]},
    ],
)
def test_a_catalyst_that_breaks_its_description_is_refused(change: dict[str, object]) -> None:
    sound = Catalyst(key="1", headline="Exporters rise", text="a\nb", symbols=("7203.T",))
    check_catalyst(sound)
    with pytest.raises(AssertionError):
        check_catalyst(replace(sound, **change))  # type: ignore[arg-type]


def test_the_suite_runs_a_day_in_an_instant() -> None:
    class Slow(Sound):
        async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
            while True:
                yield quotes(tuple(symbols))
                await self.host.clock.sleep(timedelta(hours=1).total_seconds())

    class Daylong(Suite):
        span = timedelta(days=1).total_seconds()
        source = Slow

    Daylong().test_batches_are_as_described()
