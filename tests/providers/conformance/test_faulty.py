import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

import numpy as np
import pytest

from tui.errors import Unavailable
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.market.times import to_datetime64
from tui.providers.conformance import (
    LIES,
    FaultyQuotes,
    FewInstruments,
    ManualClock,
    QuoteConformance,
    Scenario,
    check_quotes,
)
from tui.providers.conformance.faulty import (
    Step,
    blocking,
    delivering,
    flooding,
    hanging,
    lying,
    raising,
    saying,
    stubborn,
    waiting,
)
from tui.providers.contracts import Host

T = TypeVar("T")
SYMBOLS = ("7203.T", "6758.T")
DOWN = Unavailable("no route", subject="faulty", remedy="Wait.")


class TestTheSourceConformsWhenItIsToldNothing(QuoteConformance):
    symbols = SYMBOLS
    unknown = None

    def make(self, host: Host) -> FaultyQuotes:
        return Scenario().quotes(host)

    def make_broken(self, host: Host) -> FaultyQuotes:
        return Scenario([raising(DOWN)]).quotes(host)


def play(scenario: Scenario, script: Callable[[FaultyQuotes, ManualClock], Awaitable[T]]) -> T:
    async def run() -> T:
        clock = ManualClock()
        source = scenario.quotes(Host(clock=clock, instruments=FewInstruments()))
        return await script(source, clock)

    return asyncio.run(run())


async def read(stream: AsyncIterator[Update], into: list[Update]) -> None:
    async for update in stream:
        into.append(update)  # noqa: PERF401 - what came before a failure is wanted too


def delivered(*steps: Step, symbols: Sequence[str] = SYMBOLS) -> list[QuoteBatch]:
    """Everything that one stream delivers before it ends by itself."""

    async def script(source: FaultyQuotes, clock: ManualClock) -> list[Update]:
        found: list[Update] = []
        await clock.until(read(source.stream(symbols), found))
        return found

    found = play(Scenario(steps), script)
    return [each for each in found if isinstance(each, QuoteBatch)]


def test_quotes_are_good_and_the_truth_is_kept() -> None:
    scenario = Scenario([delivering(50)], prices={"7203.T": 2_500.0})

    async def script(source: FaultyQuotes, clock: ManualClock) -> list[Update]:
        found: list[Update] = []
        await clock.until(read(source.stream(SYMBOLS), found))
        return found

    found = [each for each in play(scenario, script) if isinstance(each, QuoteBatch)]
    assert len(found) == 50
    for batch in found:
        check_quotes(batch)
        assert (batch.fields[Field.LOW] <= batch.fields[Field.LAST]).all()
        assert (batch.fields[Field.LAST] <= batch.fields[Field.HIGH]).all()
        assert abs(batch.fields[Field.LAST][0] - 2_500.0) <= 100.0
    assert np.diff([batch.fields[Field.VOLUME][0] for batch in found]).min() > 0
    assert found[-1].fields[Field.LAST].tolist() == [scenario.truth[each] for each in SYMBOLS]
    assert (
        np.diff([batch.time[0] for batch in found]).tolist() == [np.timedelta64(1_000, "ms")] * 49
    )


def test_the_same_seed_gives_the_same_quotes() -> None:
    one, other = (delivered(delivering(20)) for _ in range(2))
    for mine, yours in zip(one, other, strict=True):
        assert mine.fields[Field.LAST].tolist() == yours.fields[Field.LAST].tolist()


def test_each_stream_plays_the_next_script_also_in_a_new_source() -> None:
    scenario = Scenario(
        [delivering(1), raising(DOWN)], [raising(ValueError("odd"))], [delivering(2)]
    )

    async def script(source: FaultyQuotes, clock: ManualClock) -> list[object]:
        seen: list[object] = []
        for each in (source, source, scenario.quotes(source.host), source):
            found: list[Update] = []
            try:
                await clock.until(read(each.stream(SYMBOLS), found))
            except (Unavailable, ValueError) as error:
                seen.append(type(error))
            seen.append(len(found))
        return seen

    assert play(scenario, script) == [Unavailable, 1, ValueError, 0, 2, 2]
    assert scenario.asked == [SYMBOLS] * 4
    assert len(scenario.sources) == 2


def test_a_lie_is_delivered_in_place_of_the_truth() -> None:
    scenario = Scenario([lying(LIES["last times 10"], 5), delivering(1)])

    async def script(source: FaultyQuotes, clock: ManualClock) -> list[Update]:
        found: list[Update] = []
        await clock.until(read(source.stream(SYMBOLS), found))
        return found

    found = [each for each in play(scenario, script) if isinstance(each, QuoteBatch)]
    off = [each.fields[Field.LAST] / each.fields[Field.BASE] > 5 for each in found]
    assert [each.tolist() for each in off] == [[True, True]] * 5 + [[False, False]]


def test_a_lie_may_touch_a_share_only_and_add_batches() -> None:
    zeros = [each.fields[Field.LAST] == 0 for each in delivered(lying(LIES["zero"], 40, share=0.5))]
    assert 20 < sum(int(each.sum()) for each in zeros) < 60
    assert len(delivered(lying(LIES["twice"], 5))) == 10


def test_a_flood_does_not_wait_for_anything() -> None:
    async def script(source: FaultyQuotes, clock: ManualClock) -> float:
        found: list[Update] = []
        await read(source.stream(SYMBOLS), found)
        assert len(found) == 1_000
        return clock.monotonic()

    assert play(Scenario([flooding(1_000)]), script) == 0.0


def test_anything_at_all_can_be_said() -> None:
    async def script(source: FaultyQuotes, _: ManualClock) -> list[object]:
        found: list[Update] = []
        await read(source.stream(SYMBOLS), found)
        return list(found)

    assert play(Scenario([saying(None, "7203,100")]), script) == [None, "7203,100"]


def test_a_wait_is_on_the_hosts_clock() -> None:
    batches = delivered(delivering(1, every=0.0), waiting(50.0), delivering(1, every=0.0))
    assert batches[1].time[0] - batches[0].time[0] == np.timedelta64(50, "s")


def test_quotes_of_a_delayed_source_bear_times_that_are_late_by_so_much() -> None:
    delay = Delay(DelayKind.DELAYED, 20)

    async def script(source: FaultyQuotes, clock: ManualClock) -> QuoteBatch:
        batch = source.batch(SYMBOLS)
        assert batch.time[0] == to_datetime64(clock.now()) - np.timedelta64(20, "m")
        return batch

    assert play(Scenario(delay=delay), script).delay == delay


def test_a_hanging_stream_ends_when_it_is_cancelled() -> None:
    async def script(source: FaultyQuotes, clock: ManualClock) -> None:
        reading = asyncio.ensure_future(read(source.stream(SYMBOLS), []))
        await clock.advance(3_600.0)
        assert not reading.done()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    play(Scenario([delivering(1), hanging()]), script)


def test_a_stubborn_stream_ends_only_when_it_is_released() -> None:
    scenario = Scenario([stubborn()])

    async def script(source: FaultyQuotes, clock: ManualClock) -> None:
        reading = asyncio.ensure_future(read(source.stream(SYMBOLS), []))
        for _ in range(3):
            await clock.settle()
            reading.cancel()
            await clock.advance(10.0)
            assert not reading.done()
        scenario.released.set()
        await clock.advance(10.0)
        assert reading.done()
        await reading

    play(scenario, script)


def test_a_blocking_stream_holds_up_its_loop_until_it_is_released() -> None:
    entered = threading.Event()
    scenario = Scenario([blocking(entered), delivering(1)])
    found: list[Update] = []
    turns = 0

    async def script(source: FaultyQuotes, clock: ManualClock) -> None:
        async def count() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        counting = asyncio.ensure_future(count())
        await clock.until(read(source.stream(SYMBOLS), found))
        counting.cancel()

    thread = threading.Thread(target=play, args=(scenario, script))
    thread.start()
    assert entered.wait(10.0)
    seen = turns
    time.sleep(0.02)
    assert (turns, found) == (seen, [])
    scenario.released.set()
    thread.join(10.0)
    assert turns > seen
    assert len(found) == 1
