"""TOPIX weights carried to the previous close."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.indices import TopixWeights
from tui.market.topix import Basis, Vintage, carry, vintage_of

NAN = float("nan")
PREVIOUS = date(2025, 7, 15)


def vintage(
    weights: list[float],
    closes: list[float],
    level: float = 2_800.0,
    day: date | None = date(2025, 6, 30),
    *,
    later: bool = False,
) -> Vintage:
    symbols = tuple(f"{1301 + place}.T" for place in range(len(weights)))
    published = TopixWeights(symbols, np.array(weights), day, later, "")
    return Vintage(weights=published, closes=np.array(closes), level=level)


def test_a_weight_moves_with_its_price_against_the_index() -> None:
    told = carry(
        vintage([0.04, 0.02], [1_000, 500]), PREVIOUS, np.array([1_100.0, 500.0]), 2_800.0 * 1.1
    )
    assert told.weights.tolist() == pytest.approx([0.04, 0.02 / 1.1])
    assert told.basis is Basis.CARRIED
    assert told.estimate


@pytest.mark.parametrize("level", [NAN, 2_800.0])
def test_without_prices_of_either_day_weights_stay_as_they_were(level: float) -> None:
    told = carry(vintage([0.04, 0.02], [NAN, NAN], level), PREVIOUS, np.array([1.0, 2.0]), level)
    assert told.weights.tolist() == [0.04, 0.02]
    assert told.basis is Basis.AS_PUBLISHED
    assert not told.carried.any()
    assert told.estimate


def test_a_price_that_may_have_been_split_carries_nothing() -> None:
    told = carry(vintage([0.04, 0.02], [1_000, 500]), PREVIOUS, np.array([500.0, 510.0]), 2_800.0)
    assert told.carried.tolist() == [False, True]
    assert told.weights[0] == 0.04
    assert told.basis is Basis.PARTLY_CARRIED


def test_names_without_a_price_now_do_not_count_against_the_basis() -> None:
    told = carry(vintage([0.04, 0.02], [1_000, NAN]), PREVIOUS, np.array([990.0, NAN]), 2_800.0)
    assert told.basis is Basis.CARRIED


def test_weights_of_the_very_close_are_no_estimate() -> None:
    told = carry(vintage([0.04], [1_000], day=PREVIOUS), PREVIOUS, np.array([2_000.0]), 2_000.0)
    assert told.weights.tolist() == [0.04]
    assert told.basis is Basis.PUBLISHED
    assert not told.estimate


def test_without_a_table_there_is_nothing_to_carry() -> None:
    told = carry(vintage([], [], NAN, None), PREVIOUS, np.empty(0), NAN)
    assert told.basis is Basis.NONE
    assert not told.estimate


@given(
    st.lists(
        st.tuples(st.floats(1e-4, 0.03), st.floats(100, 9_000), st.floats(0.8, 1.2)), min_size=1
    )
)
def test_weights_of_a_whole_index_still_sum_to_one_when_carried(
    names: list[tuple[float, float, float]],
) -> None:
    raw, closes, growth = (np.array(column) for column in zip(*names, strict=True))
    weights = raw / raw.sum()
    level = 2_800.0 * float((weights * growth).sum())
    told = carry(vintage(list(weights), list(closes)), PREVIOUS, closes * growth, level)
    if told.carried.all():
        assert told.weights.sum() == pytest.approx(1.0)


def test_the_bundled_session_has_weights_of_a_later_day_and_no_prices_of_that_day() -> None:
    told = vintage_of(date(2025, 5, 26))
    assert told.weights.vintage == date(2025, 6, 30)
    assert told.weights.later
    assert np.isnan(told.closes).all()


def test_prices_of_the_weights_day_are_found_where_they_ship() -> None:
    told = vintage_of(date(2025, 7, 1))
    assert told.weights.vintage == date(2025, 6, 30)
    assert not told.weights.later
    assert len(told.closes) == len(told.weights.symbols)
