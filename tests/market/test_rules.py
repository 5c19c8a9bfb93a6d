from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.reader import Table
from tui.data.rows import TableFile
from tui.data.rules import TickRow, check_ticks
from tui.market import rules
from tui.market.rules import (
    LimitState,
    Rounding,
    limit_distance,
    limit_state,
    price_limits,
    round_to_tick,
    tick_size,
    ticks_between,
)

FINE = st.booleans()
PRICES = st.floats(0.05, 60_000_000)


@pytest.mark.parametrize(
    ("price", "fine", "tick"),
    [
        (999.9, True, 0.1),
        (1000, True, 0.1),
        (1000.5, True, 0.5),
        (3000, True, 0.5),
        (3001, True, 1),
        (10_000, True, 1),
        (10_005, True, 5),
        (30_000, True, 5),
        (30_010, True, 10),
        (100_050, True, 50),
        (60_000_000, True, 10_000),
        (999, False, 1),
        (3000, False, 1),
        (3005, False, 5),
        (5000, False, 5),
        (5010, False, 10),
        (30_050, False, 50),
        (60_000_000, False, 100_000),
    ],
)
def test_ticks_change_above_each_band_s_end(price: float, fine: bool, tick: float) -> None:
    assert float(tick_size(price, fine)) == tick


@pytest.mark.parametrize(
    ("base", "fine", "lower", "upper"),
    [
        (99, False, 69, 129),
        (100, False, 50, 150),
        (700, False, 550, 850),
        (1000, True, 700, 1300),
        (3987, True, 3287, 4687),
        (22_755, True, 17_755, 27_755),
        (55_000_000, False, 45_000_000, 65_000_000),
    ],
)
def test_limits_lie_one_width_from_the_base_price(
    base: float, fine: bool, lower: float, upper: float
) -> None:
    assert [float(limit) for limit in price_limits(base, fine)] == [lower, upper]


@pytest.mark.parametrize(
    ("base", "fine", "upper"),
    [(2732, False, 3235), (2633, False, 3135), (2702.5, True, 3203)],
)
def test_an_upper_limit_off_the_grid_is_rounded_up_as_on_known_limit_days(
    base: float, fine: bool, upper: float
) -> None:
    assert float(price_limits(base, fine)[1]) == upper


def test_the_lower_limit_stays_on_the_grid_above_zero() -> None:
    assert float(price_limits(20, False)[0]) == 1
    assert float(price_limits(20, True)[0]) == 0.1


@pytest.mark.parametrize("base", [np.nan, 0.0, -5.0, np.inf])
def test_what_is_no_price_has_neither_tick_nor_limit_nor_state(base: float) -> None:
    lower, upper = price_limits(base, True)
    assert np.isnan(tick_size(base, True))
    assert np.isnan(lower)
    assert np.isnan(upper)
    assert int(limit_state(100.0, lower, upper)) == LimitState.NONE


def test_columns_are_answered_with_columns_of_their_own() -> None:
    base = np.array([2732.0, np.nan, 2702.5, 0.0])
    fine = np.array([False, False, True, True])
    lower, upper = price_limits(base, fine)
    np.testing.assert_array_equal(upper, [3235, np.nan, 3203, np.nan])
    np.testing.assert_array_equal(lower, [2232, np.nan, 2202.5, np.nan])
    lower[0] = 0
    assert float(price_limits(2732.0, False)[0]) == 2232


def test_limit_states_are_told_per_row() -> None:
    price = np.array([3235.0, 2232.0, 3000.0, np.nan, 3240.0])
    states = limit_state(price, np.full(5, 2232.0), np.full(5, 3235.0))
    assert states.tolist() == [
        LimitState.UP,
        LimitState.DOWN,
        LimitState.NONE,
        LimitState.NONE,
        LimitState.UP,
    ]


def test_distance_to_a_limit_counts_ticks_across_bands() -> None:
    distance = limit_distance(2990.0, 2732.0, False)
    # 10 steps of 1 yen to 3,000, then 47 of 5 yen to 3,235.
    assert float(distance.up_ticks) == 10 + 47
    assert float(distance.down_ticks) == 2990 - 2232
    assert float(distance.up_percent) == pytest.approx((3235 / 2990 - 1) * 100)
    assert float(distance.down_percent) == pytest.approx((1 - 2232 / 2990) * 100)


def test_distance_is_unknown_where_the_price_is() -> None:
    distance = limit_distance(np.array([np.nan]), np.array([2732.0]), np.array([False]))
    assert np.isnan(distance.up_ticks).all()
    assert np.isnan(distance.down_percent).all()


@given(price=PRICES, fine=FINE)
def test_rounding_stays_within_a_tick_and_on_the_grid(price: float, fine: bool) -> None:
    up = float(round_to_tick(price, fine, Rounding.UP))
    down = float(round_to_tick(price, fine, Rounding.DOWN))
    near = float(round_to_tick(price, fine))
    tick = float(tick_size(price, fine))
    slack = 2e-6 * tick + 1e-9 * price
    assert price - slack <= up < price + tick + slack
    assert down <= max(price, tick) + slack
    assert near in {up, down}
    for rounded in (up, down, near):
        for way in Rounding:
            assert float(round_to_tick(rounded, fine, way)) == rounded


@given(start=st.integers(1, 100_000), stop=st.integers(1, 100_000), fine=FINE)
def test_counting_ticks_agrees_with_walking_the_grid(start: int, stop: int, fine: bool) -> None:
    low, high = sorted((start, start + stop % 40))
    price = float(round_to_tick(low, fine))
    target = float(round_to_tick(high, fine))
    walked, at = 0, price
    while at < target:
        # The step up from a band's end is the next band's tick.
        at = float(np.rint((at + float(tick_size(at + 0.05, fine))) * 10) / 10)
        walked += 1
    assert float(ticks_between(price, target, fine)) == walked
    assert float(ticks_between(target, price, fine)) == -walked


@given(price=PRICES, fine=FINE)
def test_limits_enclose_the_base_price_on_the_grid(price: float, fine: bool) -> None:
    base = float(round_to_tick(price, fine))
    lower, upper = (float(limit) for limit in price_limits(base, fine))
    assert 0 < lower <= base < upper
    assert float(round_to_tick(lower, fine)) == lower
    assert float(round_to_tick(upper, fine)) == upper
    width = upper - base
    assert base - lower <= width + 1e-6


@given(st.lists(st.tuples(PRICES, FINE), min_size=1, max_size=20))
def test_a_column_is_the_same_as_its_rows(rows: list[tuple[float, bool]]) -> None:
    prices = np.array([price for price, _ in rows])
    fine = np.array([each for _, each in rows])
    np.testing.assert_array_equal(
        tick_size(prices, fine), [float(tick_size(price, each)) for price, each in rows]
    )
    upper = price_limits(prices, fine)[1]
    np.testing.assert_array_equal(upper, [float(price_limits(*row)[1]) for row in rows])


def test_without_the_tables_ticks_and_limits_are_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_grid", lambda: None)
    monkeypatch.setattr(rules, "_widths", lambda: None)
    prices = np.array([100.0, np.nan])
    lower, upper = price_limits(prices, False)
    distance = limit_distance(prices, prices, False)
    for unknown in (tick_size(prices, True), lower, upper, distance.up_ticks, distance.up_percent):
        assert unknown.shape == (2,)
        assert np.isnan(unknown).all()
    assert Table(tmp_path, "rules_ticks", "", TableFile[TickRow], check_ticks).problem == "missing"
