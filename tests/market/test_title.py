"""Headlines taken apart: figures in every writing, periods, and nothing that is a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.title import similarity, title


@pytest.mark.parametrize(
    ("headline", "figures"),
    [
        ("Profit of 1.2 trillion yen", {("", 1.2e12)}),
        ("純利益1兆2000億円", {("", 1.2e12)}),
        ("売上高３，０００億円、12.5％増", {("", 3e11), ("%", 12.5)}),
        ("Buyback of up to ¥300bn", {("", 3e11)}),
        ("Net profit rises 12.5 percent", {("%", 12.5)}),
        ("500万株を取得", {("", 5e6)}),
        ("Toyota (7203) cuts 7203.T output by 5%", {("%", 5.0)}),
        ("2025年3月期 第1四半期決算短信", set()),
        ("May 26: shares close at 15:30", set()),
        ("FY2025 results", set()),
    ],
)
def test_figures_are_read_with_their_units_and_dates_are_none(
    headline: str, figures: set[tuple[str, float]]
) -> None:
    assert title(headline).figures == figures


@pytest.mark.parametrize(
    ("headline", "periods"),
    [
        ("Sony first-quarter profit", {"q1"}),
        ("第３四半期決算", {"q3"}),
        ("2Q results", {"q2"}),
        ("通期予想を修正", {"year"}),
        ("中間期の配当", {"half"}),
        ("Nissan sells a plant", set()),
    ],
)
def test_periods_are_read_in_either_language(headline: str, periods: set[str]) -> None:
    assert title(headline).periods == periods


@given(st.text(max_size=400))
def test_any_text_is_taken_apart_and_is_like_itself(text: str) -> None:
    told = title(text)
    assert similarity(told, told) == (1.0 if told.parts else 0.0)
    assert title(text.upper()).japanese == told.japanese
