import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.times import under_way
from tui.providers.conformance import ManualClock

START = datetime(2025, 5, 26, tzinfo=UTC)


@given(st.lists(st.floats(0.001, 100), min_size=1, max_size=8))
def test_sleepers_wake_in_order_each_at_its_own_instant(delays: list[float]) -> None:
    async def run() -> list[tuple[float, float]]:
        clock = ManualClock(START)
        woken: list[tuple[float, float]] = []

        async def sleeper(delay: float) -> None:
            await clock.sleep(delay)
            woken.append((delay, clock.monotonic()))

        tasks = [asyncio.ensure_future(sleeper(delay)) for delay in delays]
        await clock.advance(100)
        await asyncio.gather(*tasks)
        return woken

    woken = asyncio.run(run())
    assert [delay for delay, _ in woken] == sorted(delays)
    assert all(at == delay for delay, at in woken)


def test_nobody_wakes_before_the_hands_reach_it() -> None:
    async def run() -> None:
        clock = ManualClock(START)
        task = asyncio.ensure_future(clock.sleep(10))
        await clock.advance(9.5)
        assert not task.done()
        assert clock.now() == START + timedelta(seconds=9.5)
        await clock.advance(0.5)
        assert task.done()

    asyncio.run(run())


def test_a_sleeper_that_goes_back_to_sleep_is_woken_again_on_the_way() -> None:
    async def run() -> list[float]:
        clock = ManualClock(START)
        seen = []

        async def ticks() -> None:
            while True:
                await clock.sleep(2)
                seen.append(clock.monotonic())

        task = asyncio.ensure_future(ticks())
        await clock.advance(7)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert clock.sleeping == 0
        return seen

    assert asyncio.run(run()) == [2, 4, 6]


def test_work_is_run_to_its_end_through_sleep_and_thread() -> None:
    async def run() -> None:
        clock = ManualClock(START)

        async def work() -> str:
            await clock.sleep(5)
            await asyncio.to_thread(lambda: None)
            await clock.sleep(5)
            return "done"

        assert await clock.until(work()) == "done"
        assert clock.monotonic() == 10

    asyncio.run(run())


def test_work_that_takes_longer_than_its_limit_is_cancelled() -> None:
    async def run() -> None:
        clock = ManualClock(START)
        ended = []

        async def work() -> None:
            try:
                while True:
                    await clock.sleep(7)
            finally:
                ended.append(clock.monotonic())

        with pytest.raises(TimeoutError):
            await clock.until(work(), limit=20)
        assert ended == [20]

    asyncio.run(run())


def test_a_failure_of_the_work_comes_through() -> None:
    async def run() -> None:
        clock = ManualClock(START)

        async def work() -> None:
            await clock.sleep(1)
            raise KeyError("7203.T")

        with pytest.raises(KeyError):
            await clock.until(work())

    asyncio.run(run())


def test_asleep_waits_for_work_in_a_thread() -> None:
    async def run() -> None:
        clock = ManualClock(START)

        async def work() -> None:
            await asyncio.to_thread(lambda: None)
            await clock.sleep(1)

        task = asyncio.ensure_future(work())
        await clock.asleep()
        assert clock.sleeping == 1
        await clock.advance(1)
        await task

    asyncio.run(run())


def test_the_hands_stand_while_a_thread_is_at_work() -> None:
    async def run() -> tuple[float, float]:
        clock = ManualClock(START)
        go = threading.Event()

        async def slow() -> float:
            await asyncio.to_thread(go.wait)
            return clock.monotonic()

        async def quick() -> None:
            await clock.sleep(3600)

        async def both() -> tuple[float, float]:
            asyncio.get_running_loop().call_later(0.02, go.set)
            ended, _ = await asyncio.gather(slow(), quick())
            return ended, clock.monotonic()

        return await clock.until(both(), limit=5000)

    assert asyncio.run(run()) == (0, 3600)


@pytest.mark.parametrize("move", ["until", "advance", "asleep"])
def test_the_hands_stand_while_something_real_is_said_to_be_at_work(move: str) -> None:
    async def run() -> None:
        clock = ManualClock(START)
        answered = asyncio.Event()
        ended = []

        async def ask() -> None:
            with under_way(clock):
                await answered.wait()
            ended.append(clock.monotonic())

        task = asyncio.ensure_future(ask())
        sleeper = asyncio.ensure_future(clock.sleep(10))
        asyncio.get_running_loop().call_later(0.02, answered.set)
        if move == "until":
            await clock.until(asyncio.wait_for(sleeper, None))
        elif move == "advance":
            await clock.advance(10)
        else:
            await clock.asleep()
        assert ended == [0]
        await asyncio.gather(task)
        sleeper.cancel()

    asyncio.run(run())


def test_real_work_that_never_ends_is_not_waited_for_without_end() -> None:
    async def run() -> None:
        clock = ManualClock(START)
        with under_way(clock), pytest.raises(TimeoutError):
            await clock.advance(1, patience=0.01)
        assert clock.monotonic() == 0

    asyncio.run(run())


def test_the_hands_do_not_go_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        asyncio.run(ManualClock(START).advance(-1))
