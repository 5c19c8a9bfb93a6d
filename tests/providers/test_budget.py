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
