"""Leaps of time, and new days."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tui.feed.clock_watch import ClockWatch
from tui.feed.health import FeedState, Health, assess
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import Role

EVENING = datetime(2025, 5, 26, 14, 59, 0, tzinfo=UTC)
"""23:59 in Tokyo."""


def watched(clock: Any, what: Callable[[], Any]) -> tuple[list[str], list[date]]:
    leaps: list[str] = []
    days: list[date] = []

    async def main() -> None:
        watch = ClockWatch(clock, leapt=leaps.append, rolled=days.append)
        task = asyncio.ensure_future(watch.run())
        await clock.turn(10.0)
        assert not leaps
        await what()
        await clock.turn(10.0)
        task.cancel()

    asyncio.run(main())
    return leaps, days


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (3 * 3600, "slept, or stood still, for 3 h"),
        (41, "stood still, for 43 s"),
        (-3600, "set back by 1 h"),
    ],
)
def test_a_leap_of_the_wall_clock_is_told_once(manual: Any, seconds: float, says: str) -> None:
    clock = manual()

    async def leap() -> None:
        clock.leap(seconds)

    leaps, days = watched(clock, leap)
    assert len(leaps) == 1
    assert says in leaps[0]
    assert not days


def test_small_corrections_are_no_leap(manual: Any) -> None:
    clock = manual()

    async def correct() -> None:
        clock.leap(5.0)
        await clock.turn(60.0)
        clock.leap(-5.0)

    assert watched(clock, correct) == ([], [])


def test_midnight_in_tokyo_is_told(manual: Any) -> None:
    clock = manual(EVENING)

    async def wait() -> None:
        await clock.turn(120.0)

    assert watched(clock, wait) == ([], [date(2025, 5, 27)])


def test_a_night_asleep_is_both(manual: Any) -> None:
    clock = manual(EVENING)

    async def leap() -> None:
        clock.leap(9 * 3600)

    leaps, days = watched(clock, leap)
    assert len(leaps) == 1
    assert days == [date(2025, 5, 27)]


def test_data_bear_their_age_the_instant_the_computer_wakes(manual: Any) -> None:
    clock = manual()
    health = Health(
        source="kabu",
        role=Role.QUOTES,
        state=FeedState.LIVE,
        delay=Delay(DelayKind.REALTIME),
        data_time=clock.now(),
    )
    clock.leap(3600)
    woken = assess(health, now=clock.now(), monotonic=0.0, quiet=lambda _: False, beat=0.0)
    assert woken.state is FeedState.STALE
