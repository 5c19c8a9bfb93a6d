"""The divisor solved from a close and prices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.divisor import solve_divisor
from tui.data.reader import shipped
from tui.data.rows import FactorSet
from tui.errors import DataError, UsageError

SESSION = date(2025, 5, 26)
PAIR = FactorSet(SESSION, SESSION, SESSION, "published", ("6857", "7203"), (8.0, 5.0))


def test_the_bundled_close_gives_the_published_divisor() -> None:
    members = shipped().nikkei_factors.rows[0]
    prices = {row.code: row.close or 0.0 for row in shipped().daily.rows if row.date == SESSION}
    solved = solve_divisor(37_531.53, prices, members)
    assert solved.members == 225
    assert solved.lowest < 30.06422294 < solved.highest
    assert solved.highest - solved.lowest < 1e-5


@given(
    prices=st.tuples(st.integers(1, 99_999), st.integers(1, 99_999)),
    divisor=st.floats(20, 40),
)
def test_the_true_divisor_lies_within_what_is_told(prices: tuple[int, int], divisor: float) -> None:
    total = 8 * prices[0] + 5 * prices[1]
    close = round(total / divisor, 2)
    if close <= 0.01:
        return
    solved = solve_divisor(close, {"6857": prices[0], "7203": prices[1]}, PAIR)
    assert solved.lowest * (1 - 1e-12) <= divisor <= solved.highest * (1 + 1e-12)
    assert round(total / solved.divisor, 2) == close


@pytest.mark.parametrize("price", [None, float("nan"), 0.0, -1.0, float("inf")])
def test_a_member_without_a_price_is_named(price: float | None) -> None:
    prices = {"6857": 7_101.0} | ({} if price is None else {"7203": price})
    with pytest.raises(DataError, match="1 of 2 members have no price: 7203"):
        solve_divisor(37_531.53, prices, PAIR)


@pytest.mark.parametrize("close", [0.0, -1.0, float("nan"), float("inf")])
def test_a_close_that_is_none_is_refused(close: float) -> None:
    with pytest.raises(UsageError, match="is no level"):
        solve_divisor(close, {}, PAIR)
