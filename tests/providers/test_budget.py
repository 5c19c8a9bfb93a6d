import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import RateLimited
from tui.providers.budget import Budget, Budgets
from tui.providers.conformance import ManualClock


@given(
    calls=st.integers(1, 6),
    seconds=st.floats(0.5, 30.0),
    arrivals=st.lists(st.floats(0.0, 5.0), min_size=1, max_size=20),
)
def test_no_span_holds_more_calls_than_allowed(
    calls: int, seconds: float, arrivals: list[float]
) -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=calls, seconds=seconds, patience=1e6)
    passed: list[float] = []

    async def run() -> None:
        for gap in arrivals:
            await clock.sleep(gap)
            await budget.spend()
            passed.append(clock.monotonic())

    asyncio.run(clock.until(run(), limit=1e6))
    assert len(passed) == len(arrivals)
    for early, late in zip(passed, passed[calls:], strict=False):
        assert late - early >= seconds - 1e-6


def test_callers_are_let_through_in_the_order_in_which_they_came() -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=1, seconds=10.0)
    order: list[int] = []

    async def call(number: int) -> None:
        await budget.spend()
        order.append(number)

    async def run() -> None:
        await asyncio.gather(*(call(number) for number in range(5)))

    asyncio.run(clock.until(run()))
    assert order == [0, 1, 2, 3, 4]
    assert clock.monotonic() == pytest.approx(40.0)


def test_a_turn_that_would_come_too_late_is_refused_at_once() -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=1, seconds=300.0, patience=60.0)

    async def run() -> None:
        await budget.spend()
        with pytest.raises(RateLimited) as refused:
            await budget.spend("desk")
        assert refused.value.retry_after == pytest.approx(300.0)

    asyncio.run(run())


def test_nobody_gets_through_while_the_service_asked_for_a_pause() -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=10, seconds=1.0)

    async def run() -> None:
        budget.close_for(30.0)
        with pytest.raises(RateLimited) as refused:
            await budget.spend()
        assert refused.value.retry_after == pytest.approx(30.0)
        await clock.advance(30.0)
        await budget.spend()

    asyncio.run(run())


def test_a_service_has_one_budget_whoever_asks() -> None:
    budgets, clock = Budgets(), ManualClock()
    first = budgets.of("desk", clock, calls=1, seconds=1.0)
    assert budgets.of("desk", clock, calls=9, seconds=1.0) is first
    assert budgets.of("other", clock, calls=9, seconds=1.0) is not first


@given(
    calls=st.integers(2, 8),
    leave=st.integers(1, 9),
    waiting=st.integers(1, 30),
    arrivals=st.lists(st.floats(0.0, 3.0), max_size=12),
)
def test_who_can_wait_leaves_some_and_no_span_holds_more_than_allowed(
    calls: int, leave: int, waiting: int, arrivals: list[float]
) -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=calls, seconds=10.0, patience=1e6)
    passed: list[float] = []
    patient: list[float] = []

    async def long_list() -> None:
        for _ in range(waiting):
            await budget.spend(leave=leave)
            passed.append(clock.monotonic())
            patient.append(clock.monotonic())

    async def short_ones() -> None:
        for gap in arrivals:
            await clock.sleep(gap)
            await budget.spend()
            passed.append(clock.monotonic())

    async def run() -> None:
        await asyncio.gather(long_list(), short_ones())

    asyncio.run(clock.until(run(), limit=1e6))
    usable = max(1, calls - leave)
    for times, most in ((sorted(passed), calls), (patient, usable)):
        for early, late in zip(times, times[most:], strict=False):
            assert late - early >= 10.0 - 1e-6


def test_a_question_somebody_waits_for_does_not_queue_behind_a_long_list() -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=12, seconds=60.0)

    async def run() -> float:
        listed = [asyncio.ensure_future(budget.spend(leave=4)) for _ in range(30)]
        await clock.settle()
        began = clock.monotonic()
        await budget.spend()
        waited = clock.monotonic() - began
        for each in listed:
            each.cancel()
        await asyncio.gather(*listed, return_exceptions=True)
        return waited

    assert asyncio.run(run()) == 0.0


def test_a_lost_thread_keeps_nobody_s_turn() -> None:
    clock = ManualClock()
    budget = Budget(clock, calls=1, seconds=10.0)
    lost = asyncio.new_event_loop()

    async def two() -> None:
        await asyncio.gather(budget.spend(), budget.spend())

    # Its second caller holds the queue and waits for ever: nobody turns this loop any more.
    held = lost.create_task(two())
    lost.run_until_complete(asyncio.sleep(0))
    lost.run_until_complete(asyncio.sleep(0))
    asyncio.run(clock.until(two(), limit=100.0))
    assert clock.monotonic() >= 10.0
    held.cancel()
    lost.run_until_complete(asyncio.gather(held, return_exceptions=True))
    lost.close()
