"""The movers of the bundled session."""

from datetime import date, datetime

import numpy as np
import pytest

from tui.market.constituents import Constituents
from tui.market.history_stats import DailyHistory
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.quotes import Field
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.universe import Universe
from tui.providers.replay import RecordedSession
from tui.report.movers import Past, index_movers, movers_report

SESSION = date(2025, 5, 26)
CALENDAR = TokyoCalendar()
RECORDED = RecordedSession.load()


def bundled(text: str) -> tuple[Market, datetime]:
    now = parse_at(text, SESSION)
    market = Market(Universe(), CALENDAR, SESSION)
    market.apply(RECORDED.snapshot(now, market.board.symbols), 0.0)
    return market, now


def test_the_nikkei_at_the_close() -> None:
    market, now = bundled("15:30")
    told = index_movers(market, Constituents(market), Past(market), NIKKEI, now)
    assert (told.breadth.up, told.breadth.down, told.breadth.unchanged) == (147, 77, 1)
    assert told.breadth.missing == 0
    best = told.symbols[told.ranked.members[0]]
    assert best == "9009.T"
    assert round(float(told.ranked.values[0]), 2) == 5.77
    assert len(told.limits.up) == len(told.limits.down) == 0
    assert told.turnover.names == 224
    assert told.turnover.total == pytest.approx(2.56e12, rel=0.005)
    assert 0.3 < told.turnover.share < 0.6
    assert told.vwap.known == 224
    assert len(told.gaps.members) == 224
    assert told.gaps.unknown == 1
    assert (np.diff(told.gaps.percent) <= 0).all()


def test_what_needs_more_history_than_ships_is_absent() -> None:
    market, now = bundled("15:30")
    told = index_movers(market, Constituents(market), Past(market), NIKKEI, now)
    assert told.ratio is None
    assert told.year is None
    assert told.year_since is None
    assert told.unusual is None
    assert told.volume_ratio is None


def test_names_at_the_days_high_stand_there() -> None:
    market, now = bundled("13:00")
    facts = index_movers(market, Constituents(market), Past(market), NIKKEI, now)
    rows = market.board.rows(facts.symbols)
    last, high = (market.board.column(field)[rows] for field in (Field.LAST, Field.HIGH))
    assert len(facts.day.high)
    assert (last[facts.day.high] == high[facts.day.high]).all()
    assert not set(facts.day.high.tolist()) & set(facts.day.low.tolist())


def test_of_the_topix_the_names_without_a_price_are_missing() -> None:
    market, now = bundled("15:30")
    told = index_movers(market, Constituents(market), Past(market), TOPIX, now)
    assert (told.breadth.total, told.breadth.missing) == (1681, 1681 - 225)


def test_before_the_open_nothing_stands_out() -> None:
    market, now = bundled("08:55")
    told = index_movers(market, Constituents(market), Past(market), NIKKEI, now)
    assert told.breadth.missing == 225
    assert len(told.ranked.members) == len(told.gaps.members) == 0
    assert len(told.day.high) == len(told.day.low) == 0
    assert np.isnan(told.turnover.share)


def test_a_history_that_reaches_back_gives_the_years_highs_and_the_ratio() -> None:
    market, now = bundled("15:30")
    days, day = [], SESSION
    while (day := CALENDAR.previous(day)).year == SESSION.year:
        days.append(day)
    symbols = market.members.basket.symbols
    base = market.board.base()[market.members.rows]
    table = np.repeat(base[:, np.newaxis], len(days), axis=1)
    history = DailyHistory(
        symbols=symbols,
        dates=np.array(days[::-1], "datetime64[D]"),
        high=table * 1.01,
        low=table * 0.99,
        close=table,
    )
    told = movers_report(market, Past(market, history), symbols, now)
    assert told.year_since == date(2025, 1, 6)
    assert told.year is not None
    assert symbols.index("6857.T") in told.year.high
    assert told.ratio == pytest.approx(147 / 77 * 100)
