import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest

from tui.errors import ConfigError, Unavailable
from tui.market.quotes import DelayKind, Field, QuoteState
from tui.market.times import parse_at
from tui.providers.contracts import Playback
from tui.providers.replay import RecordedSession, ReplayProvider

SESSION = date(2025, 5, 26)
SYMBOLS = ("^N225", "7203.T", "6857.T", "9613.T")
Make = Callable[..., ReplayProvider]
# The clock and the listener are of the folder's conftest, whose classes a test cannot import.
Hands = Any
Listen = Any


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


def test_says_what_it_is(make: Make) -> None:
    provider = make()
    assert provider.about.delay.kind is DelayKind.REPLAY
    assert provider.about.note == "path modelled"
    assert provider.session() == SESSION
    assert isinstance(provider, Playback)


def test_starts_ten_seconds_before_the_open_at_sixty_fold(
    make: Make, hands: Hands, listen: Listen
) -> None:
    async def run() -> None:
        provider = make()
        assert provider.market_time() == at("08:59:50")
        async with listen(provider, SYMBOLS) as heard:
            assert len(heard.updates) == 1
            first = heard.quotes[0]
            assert first.symbols == SYMBOLS
            assert (first.state == QuoteState.PRE_OPEN).all()
            await hands.turn(10)
            assert provider.market_time() == at("09:09:50")
            assert all(batch.symbols is first.symbols for batch in heard.quotes)
            assert {batch.epoch for batch in heard.quotes} == {1}

    asyncio.run(run())


def test_playing_to_an_instant_and_seeking_it_give_the_same(
    make: Make, hands: Hands, listen: Listen, recorded: RecordedSession
) -> None:
    async def run() -> None:
        provider = make(at="09:00", speed=600)
        async with listen(provider, recorded.facts.symbols) as heard:
            await hands.turn(3.1)
            provider.pause(True)
            await hands.turn(1)
            held: dict[Field, np.ndarray[Any, Any]] = {}
            for batch in heard.quotes:
                for field, values in batch.fields.items():
                    held.setdefault(field, np.full(227, np.nan))[batch.rows] = values
            whole = recorded.snapshot(provider.market_time(), recorded.facts.symbols)
            assert provider.market_time() == at("09:31")
            for field, values in whole.fields.items():
                assert np.array_equal(held[field], values, equal_nan=True), field

    asyncio.run(run())


def test_pause_stands_still_and_asks_for_no_time(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="10:00")
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(2)
            provider.pause(True)
            await hands.turn(1)
            count, now = len(heard.updates), provider.market_time()
            assert provider.paused
            assert hands.sleepers == 0
            await hands.turn(500)
            assert len(heard.updates) == count
            assert provider.market_time() == now
            provider.pause(False)
            await hands.turn(1)
            assert provider.market_time() == now + timedelta(seconds=60)
            assert len(heard.updates) > count
            assert {batch.epoch for batch in heard.quotes} == {1}

    asyncio.run(run())


def test_a_seek_while_paused_is_answered_at_once(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="10:00", paused=True)
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(1)
            heard.updates.clear()
            provider.seek(at("15:30"))
            await hands.turn(0)
            quotes, minutes = heard.updates
            assert quotes.epoch == minutes.epoch == 2
            assert quotes.fields[Field.LAST][0] == 37531.53
            assert len(quotes) == len(SYMBOLS)
            assert len(minutes.minutes) == 391
            assert provider.market_time() == at("15:30")

    asyncio.run(run())


def test_skipping_back_opens_an_epoch_with_the_range_of_then(
    make: Make, hands: Hands, listen: Listen, recorded: RecordedSession
) -> None:
    async def run() -> None:
        provider = make(at="14:30", paused=True)
        async with listen(provider, SYMBOLS) as heard:
            for epoch, (step, expected) in enumerate(
                ((-300, "14:25"), (300, "14:30"), (-30_000, "08:00"), (90_000, "15:30")), start=2
            ):
                heard.updates.clear()
                provider.skip(timedelta(seconds=step))
                await hands.turn(0)
                assert provider.market_time() == at(expected)
                batch = heard.quotes[0]
                assert batch.epoch == epoch
                then = recorded.snapshot(at(expected), SYMBOLS)
                for field in (Field.LAST, Field.HIGH, Field.LOW, Field.VOLUME):
                    assert np.array_equal(batch.fields[field], then.fields[field], equal_nan=True)

    asyncio.run(run())


def test_a_seek_during_lunch_is_not_slept_through(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="11:29:59", speed=1)
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(2)
            last = heard.quotes[-1]
            assert (last.state == QuoteState.BREAK).all()
            assert len(last) == len(SYMBOLS)
            count = len(heard.updates)
            await hands.turn(1800)
            assert len(heard.updates) == count
            assert hands.sleepers == 1
            provider.seek(at("13:00"))
            await hands.turn(0)
            assert heard.quotes[-1].epoch == 2
            assert (heard.quotes[-1].state == QuoteState.TRADING).all()

    asyncio.run(run())


def test_the_afternoon_follows_lunch_by_itself(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="11:30", speed=600)
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(5.9)
            assert len(heard.quotes) == 1
            await hands.turn(1)
            assert len(heard.quotes) > 5
            assert heard.quotes[-1].fields[Field.LAST].size

    asyncio.run(run())


def test_at_the_close_it_comes_to_rest(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="15:29:30")
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(5)
            assert provider.market_time() == at("15:30")
            assert (heard.quotes[-1].state == QuoteState.CLOSED).all()
            assert heard.quotes[-1].fields[Field.LAST][0] == 37531.53
            assert hands.sleepers == 0
            count = len(heard.updates)
            await hands.turn(3600)
            assert len(heard.updates) == count
            provider.skip(timedelta(minutes=-5))
            await hands.turn(0.1)
            assert provider.market_time() == at("15:25") + timedelta(seconds=6)

    asyncio.run(run())


def test_speed_changes_keep_epoch_and_place(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="10:00", speed=1)
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(10)
            provider.set_speed(600)
            await hands.turn(1)
            assert provider.market_time() == at("10:10:10")
            provider.set_speed(10_000)
            assert provider.speed == 600
            provider.set_speed(0)
            assert provider.speed == 1
            assert {batch.epoch for batch in heard.quotes} == {1}
            times = np.concatenate([batch.time[batch.rows == 0] for batch in heard.quotes])
            assert (np.diff(times.astype(np.int64)) > 0).all()

    asyncio.run(run())


def test_at_most_thirty_batches_a_second(make: Make, hands: Hands, listen: Listen) -> None:
    async def run() -> None:
        provider = make(at="09:30", speed=600)
        async with listen(provider, SYMBOLS) as heard:
            await hands.turn(2)
            assert 50 <= len(heard.quotes) <= 62

    asyncio.run(run())


def test_a_stream_with_other_symbols_goes_on_where_the_last_one_was(
    make: Make, hands: Hands, listen: Listen, recorded: RecordedSession
) -> None:
    async def run() -> None:
        provider = make(at="10:00")
        async with listen(provider, ["7203.T"]):
            await hands.turn(5)
        async with listen(provider, ["6758.T"]) as heard:
            assert provider.market_time() == at("10:05")
            batch = heard.quotes[0]
            assert batch.epoch == 1
            then = recorded.snapshot(at("10:05"), ["6758.T"])
            assert batch.fields[Field.LAST] == then.fields[Field.LAST]
            assert len(heard.minutes[0].minutes) == 66

    asyncio.run(run())


def test_unknown_symbols_are_told_in_one_remark(
    make: Make, listen: Listen, remarks: list[str]
) -> None:
    async def run() -> None:
        provider = make(at="10:00", paused=True)
        asked = ["285A.T", "7203.T", "1301.T", "1302.T", "1303.T"]
        for _ in range(2):
            async with listen(provider, asked) as heard:
                assert heard.quotes[0].symbols == ("7203.T",)
        assert remarks == ["4 not in the recorded session: 285A.T, 1301.T, 1302.T, …"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("14:32", "14:32"),
        ("2025-05-26T14:32+09:00", "14:32"),
        ("2025-05-26T05:32Z", "14:32"),
        (datetime(2025, 5, 26, 5, 32, tzinfo=UTC), "14:32"),
        (time(14, 32), "14:32"),
        ("07:00", "08:00"),
        ("23:00", "15:30"),
    ],
)
def test_starts_where_it_is_told(make: Make, setting: object, expected: str) -> None:
    assert make(at=setting, paused=True).market_time() == at(expected)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "half past two"},
        {"at": 1432},
        {"at": "2024-05-26T14:32"},
        {"speed": 0},
        {"speed": 601},
        {"speed": "fast"},
        {"speed": True},
        {"speed": float("nan")},
        {"paused": "yes"},
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(make: Make, wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=f"providers.replay.{next(iter(wrong))}"):
        make(**wrong)


def test_without_its_paths_the_stream_is_unavailable(
    make: Make, recorded: RecordedSession, tmp_path: Any
) -> None:
    async def run() -> None:
        provider = make(at="10:00")
        provider.recorded = RecordedSession(recorded.facts, tmp_path)
        with pytest.raises(Unavailable, match="session_paths"):
            await anext(provider.stream(SYMBOLS))

    asyncio.run(run())
