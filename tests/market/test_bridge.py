"""Receipts in yen, their gaps, and what futures imply: arithmetic that keeps unknowns unknown."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.arrays import Floats
from tui.market.bridge import gap, impact, implied_opening, parity

NAN = float("nan")
PRICES = st.floats(0.01, 1e6)
RATIOS = st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.6, 1.0, 2.0, 5.0, 10.0])
RATES = st.floats(50, 400)


def floats(*values: float) -> Floats:
    return np.array(values, float)


def test_a_receipt_for_ten_shares_and_one_for_half_a_share() -> None:
    at_parity = parity(floats(180.0, 13.0), floats(10.0, 0.5), 150.0)
    assert at_parity.tolist() == [2_700.0, 3_900.0]


@given(PRICES, RATIOS, RATES)
def test_what_a_share_costs_by_its_receipt_costs_the_receipt_again(
    price: float, ratio: float, rate: float
) -> None:
    (yen,) = parity(floats(price), floats(ratio), rate)
    assert yen * ratio / rate == pytest.approx(price)


@given(PRICES, RATIOS, RATES, st.floats(-0.2, 0.2))
def test_a_receipt_at_a_gap_shows_that_gap(
    close: float, ratio: float, rate: float, away: float
) -> None:
    receipt = close * (1 + away) * ratio / rate
    yen, percent = gap(parity(floats(receipt), floats(ratio), rate), floats(close))
    assert percent[0] == pytest.approx(away * 100, abs=1e-6)
    assert yen[0] == pytest.approx(close * away, abs=1e-6 * close)


@pytest.mark.parametrize(
    ("price", "ratio", "rate", "close"),
    [
        (NAN, 1, 150, 3_000),
        (20, NAN, 150, 3_000),
        (20, 1, NAN, 3_000),
        (20, 1, 150, NAN),
        (0, 1, 150, 3_000),
        (20, 0, 150, 3_000),
        (20, 1, 0, 3_000),
        (20, 1, 150, 0),
    ],
)
def test_what_is_unknown_leaves_no_gap(
    price: float, ratio: float, rate: float, close: float
) -> None:
    yen, percent = gap(parity(floats(price), floats(ratio), rate), floats(close))
    assert math.isnan(yen[0])
    assert math.isnan(percent[0])


def test_the_sum_takes_only_members_that_count_and_tells_how_much_it_covers() -> None:
    told = impact(
        floats(10, -20, 30, NAN),
        floats(1_000, 2_000, 3_000, 4_000),
        floats(0.1, 0.2, NAN, 0.4),
        np.array([True, True, True, True]),
        225,
        5_000,
    )
    assert told.points == pytest.approx(-3.0)
    assert (told.names, told.members) == (2, 225)
    assert told.weight == pytest.approx((100 + 400) / 5_000)
    without = impact(
        floats(10, -20), floats(1_000, 2_000), floats(0.1, 0.2), np.array([True, False]), 225, NAN
    )
    assert without.points == pytest.approx(1.0)
    assert math.isnan(without.weight)


def test_no_gap_adds_nothing_known_rather_than_zero() -> None:
    told = impact(floats(NAN), floats(1_000), floats(0.1), np.array([True]), 225, 5_000)
    assert math.isnan(told.points)
    assert told.names == 0


@given(st.floats(5_000, 90_000), st.floats(5_000, 90_000))
def test_points_and_per_cent_of_the_implied_opening_agree(future: float, close: float) -> None:
    told = implied_opening(future, close)
    assert told.level == future
    assert close + told.points == pytest.approx(future)
    assert close * (1 + told.percent / 100) == pytest.approx(future)


@pytest.mark.parametrize(("future", "close"), [(NAN, 1.0), (1.0, NAN), (0.0, 1.0), (1.0, 0.0)])
def test_nothing_is_implied_by_half_of_it(future: float, close: float) -> None:
    assert math.isnan(implied_opening(future, close).points)
