import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import ConfigError
from tui.market.quotes import DelayKind, Field, Quality, QuoteBatch, Update
from tui.providers.conformance import (
    FewInstruments,
    ManualClock,
    QuoteConformance,
    check_quotes,
)
from tui.providers.contracts import Host
from tui.providers.synthetic import SyntheticMarket, SyntheticProvider, invented_symbols

DAY = date(2025, 5, 26)
NOON = datetime(2025, 5, 26, 3, tzinfo=UTC)


class TestSyntheticConforms(QuoteConformance):
    symbols = ("7203.T", "285A.T", "^N225")
    unknown = None

    def make(self, host: Host) -> SyntheticProvider:
        return SyntheticProvider(host)


def provider(clock: ManualClock, **settings: object) -> SyntheticProvider:
    return SyntheticProvider(Host(clock=clock, instruments=FewInstruments(), settings=settings))


async def read(clock: ManualClock, stream: AsyncIterator[Update], count: int) -> list[QuoteBatch]:
    async def one() -> Update:
        return await anext(stream)

    found = [await clock.until(one()) for _ in range(count)]
    assert all(isinstance(batch, QuoteBatch) for batch in found)
    return [batch for batch in found if isinstance(batch, QuoteBatch)]


@given(
    count=st.integers(1, 60),
    sizes=st.lists(st.integers(0, 300), min_size=1, max_size=6),
    seed=st.integers(0, 2**31),
)
def test_every_step_keeps_the_figures_consistent(count: int, sizes: list[int], seed: int) -> None:
    market = SyntheticMarket(invented_symbols(count), seed=seed, session=DAY)
    volume = np.zeros(count)
    for size in sizes:
        batch = market.step(size, NOON)
        check_quotes(batch)
        assert len(batch) == size
        last, rows = batch.fields[Field.LAST], batch.rows
        assert (np.abs(last - market.base[rows]) <= 0.15 * market.base[rows] + 1e-9).all()
        assert np.allclose(last % market.tick[rows], 0)
        for row, traded in zip(rows, batch.fields[Field.VOLUME], strict=True):
            assert traded > volume[row]
            volume[row] = traded
        assert batch.quality is not None
        assert set(batch.quality.tolist()) <= {int(Quality.MODELLED)}
    stands = market.snapshot(NOON)
    check_quotes(stands)
    assert stands.fields[Field.VOLUME].tolist() == volume.tolist()
    assert (stands.fields[Field.HIGH] >= stands.fields[Field.LAST]).all()
    assert (stands.fields[Field.LOW] <= stands.fields[Field.LAST]).all()


def test_steps_visit_every_instrument_before_one_repeats() -> None:
    market = SyntheticMarket(invented_symbols(7), session=DAY)
    rows = np.concatenate([market.step(size, NOON).rows for size in (3, 10, 1, 14)])

    for start in range(0, 28, 7):
        assert sorted(rows[start : start + 7].tolist()) == list(range(7))


def test_the_same_seed_gives_the_same_market() -> None:
    one, two, other = (
        SyntheticMarket(invented_symbols(50), seed=seed, session=DAY) for seed in (3, 3, 4)
    )

    assert one.step(500, NOON).fields[Field.LAST].tolist() == (
        two.step(500, NOON).fields[Field.LAST].tolist()
    )
    assert one.base.tolist() != other.base.tolist()


def test_a_base_price_depends_on_the_symbol_not_on_its_company() -> None:
    alone = SyntheticMarket(("285A.T",), session=DAY)
    among = SyntheticMarket(("7203.T", "285A.T"), session=DAY)

    assert alone.base[0] == among.base[1]


def test_invented_symbols_are_no_listed_codes() -> None:
    assert invented_symbols(3) == ("S0001.T", "S0002.T", "S0003.T")
    assert len(set(invented_symbols(12_000))) == 12_000


def test_quotes_come_at_the_rate_that_is_set() -> None:
    async def run() -> list[int]:
        clock = ManualClock()
        stream = provider(clock, rate=10_000, batch=0.05).stream(invented_symbols(100))
        batches = await read(clock, stream, 21)
        assert clock.monotonic() == pytest.approx(1.0)
        return [len(batch) for batch in batches]

    sizes = asyncio.run(run())
    assert sizes[0] == 100
    assert sum(sizes[1:]) == pytest.approx(10_000, abs=1)
    assert max(sizes[1:]) <= 501


def test_a_slow_rate_gives_single_quotes() -> None:
    async def run() -> None:
        clock = ManualClock()
        stream = provider(clock, rate=0.5).stream(("7203.T",))
        batches = await read(clock, stream, 3)
        assert [len(batch) for batch in batches] == [1, 1, 1]
        assert clock.monotonic() == pytest.approx(4.0, abs=0.1)

    asyncio.run(run())


def test_a_stream_held_up_does_not_flood() -> None:
    async def run() -> None:
        clock = ManualClock()
        stream = provider(clock, rate=1000).stream(("7203.T",))
        await read(clock, stream, 2)
        await clock.advance(3600)
        (late,) = await read(clock, stream, 1)
        assert len(late) <= 1000

    asyncio.run(run())


def test_a_stream_with_other_symbols_goes_on_where_the_first_stood() -> None:
    async def run() -> None:
        clock = ManualClock()
        source = provider(clock, rate=1000)
        first = source.stream(("7203.T", "285A.T"))
        *_, before = await read(clock, first, 40)
        traded = dict(zip(before.rows.tolist(), before.fields[Field.VOLUME], strict=True))
        (after,) = await read(clock, source.stream(("285A.T", "6501.T")), 1)
        assert after.epoch == before.epoch
        assert after.fields[Field.VOLUME].tolist() == [traded[1], 0.0]

    asyncio.run(run())


def test_midnight_in_tokyo_begins_a_session_and_an_epoch() -> None:
    async def run() -> None:
        clock = ManualClock(datetime(2025, 5, 26, 14, 59, 59, tzinfo=UTC))
        source = provider(clock, rate=100, batch=0.5)
        first, *_, last = await read(clock, source.stream(("7203.T",)), 4)
        assert (first.session, last.session) == (DAY, date(2025, 5, 27))
        assert last.epoch == first.epoch + 1
        assert source.session() == date(2025, 5, 27)

    asyncio.run(run())


def test_invented_names_are_quoted_where_none_are_asked_for() -> None:
    async def run() -> None:
        clock = ManualClock()
        (batch,) = await read(clock, provider(clock, instruments=4000).stream(()), 1)
        assert len(batch) == 4000
        assert batch.symbols == invented_symbols(4000)
        assert batch.delay.kind is DelayKind.SYNTHETIC

    asyncio.run(run())


@pytest.mark.parametrize(
    ("key", "value"),
    [("rate", 0), ("rate", "fast"), ("batch", float("nan")), ("seed", -1), ("instruments", True)],
)
def test_a_setting_that_cannot_be_used_is_named(key: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"\[providers.synthetic\] {key}"):
        provider(ManualClock(), **{key: value})
