import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.cash_tags import CashTags, half_width, tagged_symbol


@pytest.mark.parametrize(
    ("tag", "symbol"),
    [("TM", "7203.T"), ("SONY", "6758.T"), ("6501.T", "6501.T"), ("^N225", "^N225"),
     ("TOPIX", "^TOPX"), ("JPY=X", "JPY=X"), ("AAPL", "AAPL")],
)  # fmt: skip
def test_a_receipt_abroad_is_its_tokyo_line(tag: str, symbol: str) -> None:
    assert tagged_symbol(tag) == symbol


def test_links_tell_where_and_how_a_tag_is_written() -> None:
    text = "Ｓｏｎｙ（＄ＳＯＮＹ） and $TM; US$5"
    links = CashTags().link(text)
    assert [(link.symbol, link.as_written) for link in links] == [
        ("6758.T", "＄ＳＯＮＹ"), ("7203.T", "$TM"),
    ]  # fmt: skip
    assert all(text[link.start : link.end] == link.as_written for link in links)


@given(st.text(max_size=60))
def test_half_width_keeps_every_character_in_its_place(text: str) -> None:
    assert len(half_width(text)) == len(text)
    assert half_width(half_width(text)) == half_width(text)
