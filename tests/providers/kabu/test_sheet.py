"""What is held, and what of it belongs to the session."""

import json
import math
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest

from tui.market.quotes import Field, Quality, QuoteState
from tui.market.session import SessionState
from tui.providers.conformance import check_quotes
from tui.providers.kabu.shapes import Board
from tui.providers.kabu.sheet import Sheet
from tui.providers.kabu.told import told

MONDAY, TUESDAY = date(2025, 5, 26), date(2025, 5, 27)
NAMES = ("7203.T", "^N225")


class Page:
    """A sheet, what was remarked, and its last batch as figures."""

    def __init__(self, kabu: Any) -> None:
        self.kabu = kabu
        self.remarks: list[str] = []
        self.sheet = Sheet(NAMES, self.remarks.append)

    def put(self, symbol: str, message: dict[str, Any], now: Any = None) -> bool:
        one = told(msgspec.json.decode(json.dumps(message), type=Board))
        return self.sheet.put(symbol, one, now or self.kabu.tokyo(10))

    def batch(
        self,
        session: date = MONDAY,
        phase: SessionState = SessionState.MORNING,
        *,
        everything: bool = False,
    ) -> Any:
        batch = self.sheet.batch(session, 1, phase, everything=everything)
        if batch is not None:
            check_quotes(batch)
        return batch

    def one(self, batch: Any, field: Field, symbol: str = "7203.T") -> float:
        found: float = self.kabu.figures(batch, field)[symbol]
        return found


@pytest.fixture
def page(kabu: Any) -> Page:
    return Page(kabu)


def test_a_board_becomes_figures(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    batch = page.batch()
    assert {field.name: page.one(batch, field) for field in batch.fields} == pytest.approx(
        {
            "LAST": 2500.5, "BASE": 2480.0, "PREVIOUS_CLOSE": 2480.0, "OPEN": 2490.0,
            "HIGH": 2510.0, "LOW": 2485.0, "VWAP": 2498.1234, "VOLUME": 1_234_500.0,
            "TURNOVER": 3_083_932_800.0, "BID": 2500.0, "ASK": 2501.0, "BID_SIZE": 700.0,
            "ASK_SIZE": 300.0, "SPECIAL": math.nan, "INDICATIVE": math.nan,
        },
        nan_ok=True,
    )  # fmt: skip
    assert batch.time.tolist() == [kabu.tokyo(9, 59, 58).replace(tzinfo=None)]
    assert batch.quality.tolist() == [Quality.BASE_IS_PREVIOUS_CLOSE]
    assert batch.state.tolist() == [QuoteState.TRADING]


def test_an_index_has_its_previous_close_for_a_base(page: Page, kabu: Any) -> None:
    page.put("^N225", kabu.index())
    batch = page.batch()
    assert page.one(batch, Field.BASE, "^N225") == 37160.47
    assert batch.quality.tolist() == [Quality.OBSERVED]
    assert math.isnan(page.one(batch, Field.VOLUME, "^N225"))


def test_an_estimate_is_marked(page: Page, kabu: Any) -> None:
    page.put("^N225", kabu.index(CurrentPriceStatus=10))
    assert page.batch().quality.tolist() == [Quality.DERIVED]


def test_only_what_differs_is_delivered(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    page.put("^N225", kabu.index())
    assert page.batch(everything=True).rows.tolist() == [0, 1]
    page.put("7203.T", kabu.board())
    assert page.batch() is None
    page.put("^N225", kabu.index(last=37540.0, CurrentPriceTime=kabu.at(10)))
    assert page.batch().rows.tolist() == [1]


def test_older_news_is_dropped(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    old = dict.fromkeys(
        ("CurrentPriceTime", "TradingVolumeTime", "BidTime", "AskTime"), kabu.at(9, 30)
    )
    assert not page.put("7203.T", kabu.board(last=1.0, **old))
    assert page.one(page.batch(), Field.LAST) == 2500.5


def test_a_time_still_to_come_does_not_keep_out_what_follows(page: Page, kabu: Any) -> None:
    ahead = dict.fromkeys(
        ("CurrentPriceTime", "TradingVolumeTime", "BidTime", "AskTime"), kabu.at(14)
    )
    page.put("7203.T", kabu.board(last=2600.0, **ahead))
    page.put("7203.T", kabu.board())
    assert page.one(page.batch(), Field.LAST) == 2500.5


def test_a_price_of_an_earlier_session_is_none_of_this(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    page.batch()
    batch = page.batch(TUESDAY, SessionState.PRE_OPEN)
    for field in (Field.LAST, Field.OPEN, Field.VOLUME, Field.BID, Field.SPECIAL):
        assert math.isnan(page.one(batch, field))
    # The application has not rolled over yet, so that price is what returns count from.
    assert page.one(batch, Field.BASE) == 2500.5
    assert np.isnat(batch.time).all()
    assert batch.state.tolist() == [QuoteState.PRE_OPEN]


def test_a_rolled_board_has_its_own_previous_close(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    page.batch()
    gone = dict.fromkeys(
        ("CurrentPriceTime", "TradingVolumeTime", "BidTime", "AskTime", "BidPrice", "AskPrice")
    )
    rolled = kabu.board(last=None, **gone, PreviousClose=2498.0, PreviousCloseTime=kabu.at(0))
    page.put("7203.T", rolled, kabu.tokyo(8, 1, day=27))
    batch = page.batch(TUESDAY, SessionState.PRE_OPEN)
    assert page.one(batch, Field.BASE) == 2498.0
    assert math.isnan(page.one(batch, Field.LAST))


def test_a_close_rolled_over_early_is_no_base_for_its_own_session(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board(PreviousClose=2500.5, PreviousCloseTime=kabu.at(0)))
    assert math.isnan(page.one(page.batch(phase=SessionState.CLOSED), Field.BASE))


def test_before_its_first_trade_a_name_bears_its_books_time(page: Page, kabu: Any) -> None:
    gone = dict.fromkeys(("CurrentPriceTime", "TradingVolumeTime", "OpeningPrice"))
    page.put("7203.T", kabu.board(last=None, **gone, AskSign="0102"))
    batch = page.batch()
    assert batch.time.tolist() == [kabu.tokyo(9, 59, 59).replace(tzinfo=None)]
    assert batch.state.tolist() == [QuoteState.SPECIAL_BID]
    assert page.one(batch, Field.SPECIAL) == 2500.0


def test_a_halt_shows_no_special_quote(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board(CurrentPriceStatus=6, AskSign="0102"))
    batch = page.batch()
    assert batch.state.tolist() == [QuoteState.HALTED]
    assert math.isnan(page.one(batch, Field.SPECIAL))


def test_a_phase_alone_changes_states(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board())
    page.batch()
    assert page.batch(phase=SessionState.LUNCH).state.tolist() == [QuoteState.BREAK]
    assert page.batch(phase=SessionState.LUNCH) is None


def test_a_book_that_contradicts_itself_is_left_blank_and_told_once(page: Page, kabu: Any) -> None:
    page.put("7203.T", kabu.board(AskPrice=2501.0, BidPrice=2500.0))
    page.put("7203.T", kabu.board(AskPrice=2502.0, BidPrice=2500.0))
    batch = page.batch()
    assert math.isnan(page.one(batch, Field.BID))
    assert math.isnan(page.one(batch, Field.ASK))
    assert page.one(batch, Field.LAST) == 2500.5
    assert len(page.remarks) == 1
    assert "7203.T" in page.remarks[0]
