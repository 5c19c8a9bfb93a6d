"""What names and both indices did on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from tui.market.past_days import past_days
from tui.market.quotes import DailyBars
from tui.report.day_moves import DayMoves

Days = Callable[[str], Any]
FRIDAY, BEFORE = date(2025, 5, 23), date(2025, 5, 22)


@pytest.fixture
def market(day: Days) -> Any:
    return day("15:30").market(catalysts=())


def words(found: Any, language: str = "en") -> list[str]:
    return [each.words(language) for each in found]


def test_the_session_shown_is_read_off_the_board(market: Any) -> None:
    found = DayMoves(market).of(market.session, ("6857.T", "^N225", "NONE"))
    assert words(found) == ["6857 +4.20%", "Nikkei 225 +1.00%"]
    assert words(found, "ja")[1] == "日経平均 +1.00%"


def test_a_day_gone_by_is_told_from_close_to_close(market: Any) -> None:
    assert words(DayMoves(market).of(BEFORE, ("6857.T", "^N225"))) == [
        "6857 −3.22%", "Nikkei 225 −0.84%",
    ]  # fmt: skip


@pytest.mark.parametrize("on", [date(2025, 5, 24), date(2025, 5, 27), date(2025, 4, 1)])
def test_what_is_no_session_or_not_held_is_left_out(market: Any, on: date) -> None:
    assert DayMoves(market).of(on, ("6857.T", "^N225")) == ()


def test_what_a_source_of_history_told_fills_in_but_no_split(market: Any) -> None:
    def bars(symbol: str, *closes: float) -> DailyBars:
        dates = np.array([BEFORE, FRIDAY], "datetime64[D]")
        close = np.array(closes)
        return DailyBars(symbol=symbol, dates=dates, open=close, high=close, low=close,
                         close=close, volume=close, turnover=close, source="x")  # fmt: skip

    moves = DayMoves(market)
    assert moves.of(FRIDAY, ("1234.T",)) == ()
    market.days = past_days("x", [bars("1234.T", 1000.0, 1050.0), bars("1235.T", 1000.0, 500.0)])
    assert words(moves.of(FRIDAY, ("1234.T", "1235.T"))) == ["1234.T +5.00%"]
