"""Index contribution: points, sums, residual and coverage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.arrays import Flags, Floats
from tui.market.contribution import Contribution, contribution, leaders

NAN = float("nan")


def take_apart(
    prices: list[float],
    base: list[float],
    factors: list[float],
    divisor: float = 30.0,
    *,
    index_change: float = NAN,
    derived: list[bool] | None = None,
) -> Contribution:
    flags: Flags = np.array(derived or [False] * len(prices), np.bool_)
    return contribution(
        np.array(prices),
        np.array(base),
        np.array(factors),
        divisor,
        index_change=index_change,
        derived=flags,
    )


def floats(*values: float) -> Floats:
    return np.array(values, float)


def test_points_are_the_change_times_the_factor_over_the_divisor() -> None:
    result = take_apart([7_101, 2_000], [6_801, 2_060], [8.0, 1.0], index_change=78.0)
    assert result.points.tolist() == [80.0, -2.0]
    assert (result.sum, result.gains, result.losses) == (78.0, 80.0, -2.0)
    assert result.residual == 0.0
    assert not result.show_residual
    assert result.coverage.complete


def test_a_member_that_has_not_traded_adds_nothing_and_is_observed() -> None:
    result = take_apart([100, 103], [100, 100], [1, 1])
    assert result.points[0] == 0.0
    assert result.coverage.observed == 2


@pytest.mark.parametrize(
    ("prices", "base", "factors"),
    [
        ([NAN, 103], [100, 100], [1, 1]),
        ([1, 103], [NAN, 100], [1, 1]),
        ([1, 103], [2, 100], [NAN, 1]),
    ],
)
def test_a_member_without_price_base_or_factor_is_missing(
    prices: list[float], base: list[float], factors: list[float]
) -> None:
    result = take_apart(prices, base, factors, 1.0, index_change=5.0)
    assert math.isnan(result.points[0])
    assert (result.sum, result.residual) == (3.0, 2.0)
    assert result.show_residual
    coverage = result.coverage
    assert (coverage.observed, coverage.missing, coverage.total) == (1, 1, 2)
    assert not coverage.complete


def test_derived_members_are_counted_apart_unless_missing() -> None:
    result = take_apart([1, 2, NAN], [1, 1, 1], [1, 1, 1], derived=[True, False, True])
    coverage = result.coverage
    assert (coverage.observed, coverage.derived, coverage.missing) == (1, 1, 1)


@pytest.mark.parametrize("divisor", [NAN, 0.0, -1.0, math.inf])
def test_without_a_divisor_nothing_is_known(divisor: float) -> None:
    result = take_apart([1, 2], [1, 1], [1, 1], divisor, index_change=1.0)
    assert np.isnan(result.points).all()
    assert math.isnan(result.sum)
    assert math.isnan(result.gains)
    assert math.isnan(result.residual)
    assert not result.show_residual
    assert result.coverage.missing == 2


def test_an_index_without_members_has_no_sum() -> None:
    result = take_apart([], [], [])
    assert math.isnan(result.sum)
    assert not result.coverage.complete


def test_without_the_index_there_is_no_residual() -> None:
    result = take_apart([2], [1], [1])
    assert math.isnan(result.residual)
    assert not result.show_residual


@pytest.mark.parametrize(
    ("change", "shown"), [(1.004, False), (1.005, True), (0.995, True), (0.9951, False)]
)
def test_a_residual_shows_from_half_a_hundredth(change: float, shown: bool) -> None:
    assert take_apart([2], [1], [1], 1.0, index_change=change).show_residual is shown


def test_the_names_that_carried_a_rise() -> None:
    points = floats(33.33, NAN, 76.10, -47.77, 59.87, 0.0)
    result = leaders(points, 2, move=371.06)
    assert result.members.tolist() == [2, 4]
    assert result.sum == pytest.approx(135.97)
    assert result.share == pytest.approx(135.97 / 371.06)
    assert result.running.tolist() == pytest.approx([76.10, 135.97])
    assert leaders(points, 5, move=371.06, against=True).members.tolist() == [3]
    assert leaders(points, 9, move=371.06).members.tolist() == [2, 4, 0]


def test_the_names_that_carried_a_fall() -> None:
    result = leaders(floats(-5, 3, -10), 1, move=-12.0)
    assert result.members.tolist() == [2]
    assert result.share == pytest.approx(10 / 12)
    assert leaders(floats(-5, 3, -10), 1, move=-12.0, against=True).members.tolist() == [1]


@pytest.mark.parametrize("move", [NAN, 0.0, 0.004])
def test_where_the_index_is_unknown_or_unmoved_the_sum_tells_the_direction(move: float) -> None:
    result = leaders(floats(-5, 3, -10), 3, move=move)
    assert result.members.tolist() == [2, 0]
    assert math.isnan(result.share)


def test_equal_points_keep_the_order_of_the_members() -> None:
    assert leaders(floats(1, 2, 1, 2), 4, move=6.0).members.tolist() == [1, 3, 0, 2]


def test_no_leader_where_nothing_is_known() -> None:
    result = leaders(floats(NAN, NAN), 3, move=10.0)
    assert len(result.members) == 0
    assert result.sum == 0.0
    assert math.isnan(result.share)


PRICE = st.one_of(st.just(NAN), st.integers(1, 100_000).map(float))
MEMBER = st.tuples(PRICE, PRICE, st.sampled_from([NAN, 0.4, 1.0, 8.0, 24.0]), st.booleans())


@given(st.lists(MEMBER, max_size=40), st.floats(1.0, 50.0))
def test_sums_signs_and_coverage_hold_for_any_members(
    members: list[tuple[float, float, float, bool]], divisor: float
) -> None:
    prices, base, factors, derived = (
        (list(column) for column in zip(*members, strict=True)) if members else ([], [], [], [])
    )
    result = take_apart(prices, base, factors, divisor, derived=derived, index_change=10.0)
    coverage = result.coverage
    assert coverage.observed + coverage.derived + coverage.missing == coverage.total == len(members)
    known = result.points[~np.isnan(result.points)]
    assert len(known) == coverage.observed + coverage.derived
    rise = np.sign(np.array(prices) - np.array(base))[~np.isnan(result.points)]
    assert (np.sign(known) == rise).all()
    if len(known):
        exact = math.fsum(
            (p - b) * f / divisor
            for p, b, f, _ in members
            if not (math.isnan(p) or math.isnan(b) or math.isnan(f))
        )
        assert result.sum == exact
        assert result.residual == 10.0 - exact
        assert result.gains >= 0.0 >= result.losses
        assert result.gains + result.losses == pytest.approx(exact, abs=1e-6)
        shuffled = take_apart(prices[::-1], base[::-1], factors[::-1], divisor)
        assert shuffled.sum == result.sum


@given(st.lists(st.floats(-1e6, 1e6), max_size=30), st.floats(-1e6, 1e6), st.integers(0, 40))
def test_leaders_all_point_the_same_way_and_none_larger_is_left_out(
    points: list[float], move: float, count: int
) -> None:
    every = np.array(points)
    carried, against = (
        leaders(every, count, move=move),
        leaders(every, count, move=move, against=True),
    )
    assert len(carried.members) <= count
    assert (np.diff(np.abs(carried.points)) <= 0).all()
    assert not set(carried.members.tolist()) & set(against.members.tolist())
    if len(carried.members):
        assert len(set(np.sign(carried.points))) == 1
        if abs(move) >= 0.005:
            assert np.sign(carried.points[0]) == np.sign(move)
        same_way = every[np.sign(every) == np.sign(carried.points[0])]
        left = np.sort(np.abs(same_way))[: max(0, len(same_way) - count)]
        assert not len(left) or left.max() <= np.abs(carried.points[-1])
