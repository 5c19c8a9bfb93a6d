"""Headlines taken apart: figures in every writing, periods, and nothing that is a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market import title as module
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


FRAGMENTS = st.sampled_from(
    ["第1四半期", "4～6月期", "１Q", "first-half", "full-year", "annual", "本決算", "下半期",
     "interim", "5月26日", "3月期", "Sept. 5", "12 mar", "15:30", "2025年", "FY'25", "令和7年",
     "20%", "12.5 percent", "1兆2000億", "300万株", "¥300bn", "1,234.5", "(7203)", "7203.T",
     "Toyota", "上方修正", "h1", "2h", " ", "/", "-", "増益", "cuts"]
)  # fmt: skip


@given(
    st.lists(FRAGMENTS, max_size=8).map("".join) | st.text("123,.%年月日期四半兆億qh", max_size=15)
)
def test_what_is_not_looked_for_is_not_there(headline: str) -> None:
    taken = title.__wrapped__(headline)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_any_of", lambda _words, _text: True)
        assert taken == title.__wrapped__(headline)
