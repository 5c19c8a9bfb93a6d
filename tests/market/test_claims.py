from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.claims import Claim, rounds_to


@pytest.mark.parametrize(
    ("stated", "figure", "agrees"),
    [
        ("0.6", 0.5991, True), ("0.60", 0.5991, True), ("0.60", 0.6051, False),
        ("1.5", 1.4737, True), ("1.55", 1.5476, True), ("1.54", 1.5476, False),
        ("1.6", 1.5477, True), ("1.6", 1.5449, False), ("1.60", 1.5477, False),
        ("37531.53", 37531.53, True), ("37531.53", 37531.54, False), ("37532", 37531.53, True),
        ("3.75E+4", 37531.53, True), ("3.76E+4", 37531.53, False),
        ("-0.4", -0.38, True), ("-0.4", 0.38, False), ("0.5", 0.55, True), ("0.5", 0.45, True),
    ],
)  # fmt: skip
def test_a_figure_agrees_within_the_rounding_it_is_stated_with(
    stated: str, figure: float, agrees: bool
) -> None:
    assert rounds_to(Decimal(stated), figure) is agrees


@given(st.decimals(-99_999, 99_999, places=4), st.integers(0, 4))
def test_whatever_is_rounded_agrees_with_what_it_was_rounded_from(
    exact: Decimal, places: int
) -> None:
    assert rounds_to(round(exact, places), float(exact))
    assert not rounds_to(round(exact, places) + Decimal(2).scaleb(-places), float(exact))


def test_figures_stand_in_their_order() -> None:
    claim = Claim(symbol="^N225", level=Decimal(1), percent=Decimal(3))
    assert claim.figures == (Decimal(1), None, Decimal(3))
