"""Codes and the clock, turned into states."""

import json
import math
from typing import Any

import msgspec
import pytest

from tui.market.quotes import QuoteState
from tui.market.session import SessionState
from tui.providers.kabu.shapes import Board
from tui.providers.kabu.states import indicative_price, special_price, state_of
from tui.providers.kabu.told import told

MORNING = SessionState.MORNING


def read(message: dict[str, Any]) -> Any:
    return told(msgspec.json.decode(json.dumps(message), type=Board))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *((each, QuoteState.TRADING) for each in (1, 2, 7, 13, 14, 15, 17, 19, 22, 23)),
        *((each, QuoteState.HALTED) for each in (4, 5, 6, 9, 12, 16, 18, 21)),
        (3, QuoteState.AUCTION),
        (8, QuoteState.CLOSED),
        (None, QuoteState.TRADING),
        (999, QuoteState.TRADING),
    ],
)
def test_the_status_of_the_price(kabu: Any, status: int | None, state: QuoteState) -> None:
    one = read(kabu.board(CurrentPriceStatus=status))
    assert state_of(one, MORNING, traded=True, index=False) == state


@pytest.mark.parametrize(
    ("sell", "buy", "state", "special"),
    [
        ("0101", "0102", QuoteState.SPECIAL_BID, 2500.0),
        ("0102", "0101", QuoteState.SPECIAL_ASK, 2501.0),
        ("0101", "0108", QuoteState.SPECIAL_BID, 2500.0),
        # Where both bear the sign, the larger side is in excess: 700 buyers, 300 sellers.
        ("0102", "0102", QuoteState.SPECIAL_BID, 2500.0),
        ("0118", "0101", QuoteState.SEQUENTIAL, math.nan),
        ("0101", "0119", QuoteState.SEQUENTIAL, math.nan),
        ("0107", "0107", QuoteState.AUCTION, math.nan),
        ("0101", "0101", QuoteState.TRADING, math.nan),
        ("0120", "0101", QuoteState.TRADING, math.nan),
        ("0103", "0103", QuoteState.TRADING, math.nan),
    ],
)
def test_the_signs_of_the_book(
    kabu: Any, sell: str, buy: str, state: QuoteState, special: float
) -> None:
    one = read(kabu.board(BidSign=sell, AskSign=buy))
    assert state_of(one, MORNING, traded=True, index=False) == state
    assert special_price(one) == pytest.approx(special, nan_ok=True)


@pytest.mark.parametrize(
    ("phase", "sign", "status", "state"),
    [
        (SessionState.PRE_OPEN, "0107", 8, QuoteState.PRE_OPEN),
        (SessionState.PRE_OPEN, "0117", None, QuoteState.PRE_OPEN),
        (SessionState.LUNCH, "0107", 8, QuoteState.BREAK),
        (SessionState.LUNCH, "0101", 6, QuoteState.HALTED),
        (SessionState.PRE_CLOSING, "0107", 1, QuoteState.AUCTION),
        (SessionState.CLOSING_AUCTION, "0101", 1, QuoteState.AUCTION),
        (SessionState.CLOSED, "0109", 8, QuoteState.CLOSED),
        (SessionState.CLOSED, "0102", 1, QuoteState.CLOSED),
        (SessionState.HOLIDAY, "0101", 1, QuoteState.CLOSED),
    ],
)
def test_the_clock_decides_where_nobody_trades(
    kabu: Any, phase: SessionState, sign: str, status: int | None, state: QuoteState
) -> None:
    one = read(kabu.board(BidSign=sign, AskSign=sign, CurrentPriceStatus=status))
    assert state_of(one, phase, traded=True, index=False) == state


def test_a_name_without_trade_or_quote_is_of_no_known_state(kabu: Any) -> None:
    one = read(kabu.board(last=None, BidSign=None, AskSign="0000", Sell1=None, Buy1=None))
    assert state_of(one, MORNING, traded=False, index=False) == QuoteState.UNKNOWN


def test_an_index_has_no_auction(kabu: Any) -> None:
    one = read(kabu.index())
    found = [
        state_of(one, phase, traded=True, index=True)
        for phase in (MORNING, SessionState.PRE_CLOSING, SessionState.LUNCH, SessionState.CLOSED)
    ]
    assert found == [
        QuoteState.TRADING,
        QuoteState.TRADING,
        QuoteState.BREAK,
        QuoteState.CLOSED,
    ]


@pytest.mark.parametrize(
    ("sell", "buy", "signs", "expected"),
    [
        (2505.0, 2505.0, "0107", 2505.0),
        (2505.0, 2505.0, "0117", 2505.0),
        (2505.0, 2505.0, "0116", math.nan),
        (2506.0, 2505.0, "0107", math.nan),
        (None, 2505.0, "0107", math.nan),
        (2505.0, 2505.0, "0101", math.nan),
    ],
)
def test_an_auctions_price_is_known_where_both_sides_show_it(
    kabu: Any, sell: float | None, buy: float, signs: str, expected: float
) -> None:
    one = read(
        kabu.board(BidPrice=sell, AskPrice=buy, BidSign=signs, AskSign=signs, Sell1=None, Buy1=None)
    )
    assert indicative_price(one) == pytest.approx(expected, nan_ok=True)
