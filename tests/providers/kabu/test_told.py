"""What a board says: sides, times, numbers."""

import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.providers.kabu.shapes import Board, code, figure, moment, price, quantity
from tui.providers.kabu.told import told

DECODER = msgspec.json.Decoder(Board, strict=False)


def read(message: dict[str, Any]) -> Any:
    return told(DECODER.decode(json.dumps(message)))


def test_its_bid_is_the_sellers_side_and_its_ask_the_buyers(kabu: Any) -> None:
    one = read(kabu.board())
    assert (one.buy.price, one.buy.size) == (2500.0, 700.0)
    assert (one.sell.price, one.sell.size) == (2501.0, 300.0)
    assert one.buy.price < one.sell.price


def test_the_signs_go_with_their_sides(kabu: Any) -> None:
    one = read(kabu.board(BidSign="0101", AskSign="0102"))
    assert (one.buy.sign, one.sell.sign) == ("0102", "0101")


def test_the_rows_of_the_book_stand_in_for_a_best_quote_that_is_missing(kabu: Any) -> None:
    missing = dict.fromkeys(("BidPrice", "BidQty", "BidSign", "AskPrice", "AskQty", "AskSign"))
    one = read(kabu.board(**missing))
    assert (one.buy.price, one.buy.size, one.buy.sign) == (2500.0, 700.0, "0101")
    assert (one.sell.price, one.sell.size, one.sell.sign) == (2501.0, 300.0, "0101")


def test_rows_of_zeros_do_not_replace_a_best_quote(kabu: Any) -> None:
    rows = {"Price": 0.0, "Qty": 0.0, "Sign": None, "Time": None}
    one = read(kabu.board(Sell1=rows, Buy1=rows))
    assert (one.buy.price, one.sell.price) == (2500.0, 2501.0)


def test_null_and_missing_fields_are_unknown(kabu: Any) -> None:
    blank = read({"Symbol": "7203"})
    nulls = read(dict.fromkeys(kabu.board()) | {"Symbol": "7203"})
    for one in (blank, nulls):
        assert all(math.isnan(value) for value in (one.last, one.volume, one.previous_close))
    assert blank.blank
    assert nulls.blank
    assert nulls.stamp is None
    assert math.isnan(nulls.buy.price)
    assert math.isnan(nulls.sell.size)


def test_numbers_may_stand_as_text_and_zero_is_no_price(kabu: Any) -> None:
    one = read(kabu.board(last="2500.5", TradingVolume="1200", OpeningPrice=0, HighPrice=-1))
    assert one.last == 2500.5
    assert one.volume == 1200.0
    assert math.isnan(one.open)
    assert math.isnan(one.high)


def test_a_volume_of_nothing_is_nothing_and_not_unknown(kabu: Any) -> None:
    assert read(kabu.board(TradingVolume=0)).volume == 0.0


def test_the_time_of_the_last_price_is_the_later_of_its_own_and_the_volumes(kabu: Any) -> None:
    one = read(kabu.board(TradingVolumeTime=kabu.at(9, 59, 59)))
    assert one.last_at == int(kabu.tokyo(9, 59, 59).timestamp() * 1000)


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-26T10:00:00+09:00",
        "2025-05-26T10:00:00",
        # A PC abroad puts its own offset behind Tokyo's clock.
        "2025-05-26T10:00:00+08:00",
        "2025-05-26T10:00:00-04:00",
        "2025-05-26T10:00:00.0000000+09:00",
        "2025-05-26T01:00:00Z",
    ],
)
def test_times_are_tokyos(text: str) -> None:
    assert moment(text) == 1_748_221_200_000


@pytest.mark.parametrize(
    "text", [None, "", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "10:00", "x" * 10_000]
)
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert moment(text) is None


@given(st.text(max_size=50))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or 0 < found < 4_102_444_800_000


@given(st.one_of(st.floats(), st.integers(), st.text(max_size=20), st.none(), st.booleans()))
def test_any_number_is_finite_or_unknown(value: Any) -> None:
    for read_one in (figure, price, quantity):
        assert not math.isinf(read_one(value))
    assert not price(value) <= 0
    assert not quantity(value) < 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0102", "0102"), (102, "0102"), (" 0101 ", "0101"), (None, ""), ("x", ""), ("12345", "")],
)
def test_a_sign_has_four_digits(value: Any, expected: str) -> None:
    assert code(value) == expected


def test_times_ahead_of_our_clock_order_nothing(kabu: Any) -> None:
    one = read(kabu.board(CurrentPriceTime=kabu.at(9, day=30), TradingVolumeTime=None))
    limit = int(kabu.tokyo(10).timestamp() * 1000)
    assert one.until(limit).last_at is None
    assert one.until(limit).book_at == one.book_at


def test_buyers_that_outbid_sellers_are_found_in_continuous_trading_only(kabu: Any) -> None:
    assert read(kabu.board(AskPrice=2501.0)).crossed
    assert not read(kabu.board()).crossed
    assert not read(kabu.board(AskPrice=2600.0, AskSign="0107", BidSign="0107")).crossed
    assert not read(kabu.board(AskPrice=None, Buy1=None)).crossed
