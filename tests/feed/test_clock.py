import asyncio
from datetime import UTC

from tui.feed.clock import SystemClock


def test_the_instant_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_the_monotonic_seconds_do_not_step_back() -> None:
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()


def test_a_sleep_of_nothing_or_less_gives_way_once() -> None:
    async def both() -> list[str]:
        order: list[str] = []

        async def first() -> None:
            await SystemClock().sleep(-1.0)
            order.append("first")

        async def second() -> None:
            order.append("second")

        await asyncio.gather(first(), second())
        return order

    assert asyncio.run(both()) == ["second", "first"]
