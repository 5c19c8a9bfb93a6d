"""What stands out among names."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.arrays import Floats
from tui.market.movers import (
    above_vwap,
    at_limits,
    by_return,
    concentration,
    day_extremes,
    gaps,
    unusual,
    volume_ratio,
    year_extremes,
)

NAN = float("nan")


def floats(*values: float) -> Floats:
    return np.array(values, float)


def test_names_at_the_days_high_and_low() -> None:
    told = day_extremes(
        last=floats(110, 90, 100, NAN, 105),
        high=floats(110, 105, 110, NAN, NAN),
        low=floats(95, 90, 90, NAN, NAN),
        base=floats(100, 100, 100, 100, 100),
    )
    assert told.high.tolist() == [0]
    assert told.low.tolist() == [1]


def test_a_name_at_one_price_all_day_is_at_an_extreme_only_off_its_base_price() -> None:
    price = floats(130, 70, 100)
    told = day_extremes(price, price, price, floats(100, 100, 100))
    assert told.high.tolist() == [0]
    assert told.low.tolist() == [1]


def test_a_high_of_the_year_is_above_the_old_one() -> None:
    told = year_extremes(
        floats(101, 100, 99, 105), floats(99, 98, 80, 100), floats(100, 100, 100, NAN),
        floats(90, 90, 90, NAN),
    )  # fmt: skip
    assert told.high.tolist() == [0]
    assert told.low.tolist() == [2]


def test_the_share_above_the_average_price() -> None:
    told = above_vwap(
        last=floats(101, 99, 100, 101, NAN, 101),
        vwap=floats(100, 100, 100, NAN, 100, NAN),
        turnover=floats(NAN, NAN, NAN, 1_000, 1, 1),
        volume=floats(NAN, NAN, NAN, 10, 1, 0),
    )
    assert (told.above, told.known) == (2, 4)
    assert told.share == 0.5
    assert math.isnan(above_vwap(*[floats(NAN)] * 4).share)


def test_how_much_of_the_turnover_few_names_make() -> None:
    told = concentration(floats(10, NAN, 50, 0, 40), 2)
    assert told.members.tolist() == [2, 4]
    assert told.shares.tolist() == [0.5, 0.4]
    assert (told.share, told.total, told.names) == (0.9, 100.0, 4)
    nothing = concentration(floats(NAN, NAN))
    assert math.isnan(nothing.share)
    assert math.isnan(nothing.total)
    assert len(nothing.members) == nothing.names == 0


def test_gaps_run_from_the_highest_up_to_the_widest_down() -> None:
    told = gaps(floats(102, NAN, 95, 100), floats(100, 100, 100, NAN))
    assert told.members.tolist() == [0, 2]
    assert told.percent.tolist() == pytest.approx([2.0, -5.0])
    assert told.unknown == 2


def test_names_at_their_limits() -> None:
    told = at_limits(floats(130, 70, 100, NAN), floats(70, 70, 70, 70), floats(130, 130, 130, 130))
    assert (told.up.tolist(), told.down.tolist()) == ([0], [1])


def test_unusual_volume_is_a_multiple_of_the_usual() -> None:
    told = unusual(floats(300, 150, 500, NAN, 10), floats(100, 100, 100, 100, 0))
    assert told.members.tolist() == [2, 0]
    assert told.values.tolist() == [5.0, 3.0]
    assert np.isnan(volume_ratio(floats(10), floats(0))).all()


FIGURES = st.lists(st.one_of(st.just(NAN), st.floats(0, 1e12)), max_size=30)


@given(FIGURES, st.integers(0, 12))
def test_the_most_traded_are_no_less_than_those_left_out(figures: list[float], count: int) -> None:
    turnover = floats(*figures)
    told = concentration(turnover, count)
    assert len(told.members) <= count
    assert (np.diff(told.turnover) <= 0).all()
    left = np.delete(turnover, told.members)
    assert not len(told.members) or not (left > told.turnover[-1]).any()
    assert math.isnan(told.share) or -1e-9 <= told.share <= 1 + 1e-9


@given(st.lists(st.one_of(st.just(NAN), st.floats(-30, 30)), max_size=30))
def test_every_name_with_a_return_is_ranked_once(percent: list[float]) -> None:
    told = by_return(floats(*percent))
    assert sorted(told.members.tolist()) == [i for i, p in enumerate(percent) if p == p]
    assert (np.diff(told.values) <= 0).all()
