"""Unusual volume: what it is set against, and that it is blank where history is too short."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tui.market.market import Market
from tui.market.quotes import Field, MinuteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.universe import Universe
from tui.market.usual_volume import DayVolumes
from tui.providers.replay import RecordedSession
from tui.report.movers import Past
from tui.report.unusual import UsualVolumes

CALENDAR = TokyoCalendar()
SESSION = date(2025, 5, 26)
RECORDED = RecordedSession.load()


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


def bundled(text: str) -> Market:
    market = Market(Universe(), CALENDAR, SESSION)
    market.apply(RECORDED.snapshot(at(text), market.board.symbols), 0.0)
    return market


def test_after_the_close_the_day_is_set_against_five_whole_days() -> None:
    market = bundled("15:30")
    told = UsualVolumes(market, Past(market)).at(at("15:30"))
    assert told.basis == "days"
    assert told.words() == "against the mean of 5 sessions"
    row = market.board.row("7203.T")
    volume = market.board.column(Field.VOLUME)[row]
    assert told.usual[row] == pytest.approx(19_919_640.0)
    assert told.ratio[row] == pytest.approx(volume / 19_919_640.0)
    # Its volume is not observed.
    assert np.isnan(told.ratio[market.board.row("9613.T")])


@pytest.mark.parametrize("clock", ["10:00", "12:00", "15:29"])
def test_before_the_close_whole_days_say_nothing(clock: str) -> None:
    market = bundled(clock)
    told = UsualVolumes(market, Past(market)).at(at(clock))
    assert told.basis == ""
    assert np.isnan(told.ratio).all()
    assert told.words() == "needs minutes of 5 earlier sessions, or the close"
    assert told.words("ja") == "過去5日の分足が必要（日足では大引け後）"


def test_earlier_minutes_come_first_and_serve_at_any_time() -> None:
    market = bundled("10:00")
    earlier, day = [], SESSION
    for _ in range(5):
        day = CALENDAR.previous(day)
        axis = CALENDAR.minute_axis(day)
        figures = np.arange(1.0, len(axis) + 1)[np.newaxis]
        earlier.append(
            MinuteBatch(
                symbols=("7203.T",),
                rows=np.zeros(1, np.int32),
                minutes=axis,
                last=np.full(figures.shape, np.nan),
                volume=figures,
                turnover=np.full(figures.shape, np.nan),
                source="test",
                epoch=0,
                session=day,
            )
        )
    told = UsualVolumes(market, Past(market, minutes=earlier)).at(at("10:00"))
    assert told.basis == "minutes"
    row = market.board.row("7203.T")
    assert told.usual[row] == 60.0
    assert told.ratio[row] == market.board.column(Field.VOLUME)[row] / 60.0


def test_groups_weigh_their_names_by_worth() -> None:
    market = bundled("15:30")
    symbols = ("7203.T", "9984.T", "9613.T")
    days = DayVolumes(
        symbols=symbols,
        dates=np.array([SESSION - timedelta(days=n) for n in (7, 6, 5, 4, 3)], "datetime64[D]"),
        volume=np.full((3, 5), 1_000_000.0),
        close=np.full((3, 5), 1_000.0),
    )
    told = UsualVolumes(market, Past(market), days).at(at("15:30"))
    rows = market.board.rows(symbols).astype(np.int64)
    grouped = told.grouped(market, rows, np.array([0, 0, 1]), 3)
    base, volume = market.board.base()[rows], market.board.column(Field.VOLUME)[rows]
    worth = base[:2] * 1_000_000.0
    assert grouped[0] == pytest.approx((volume[:2] * base[:2]).sum() / worth.sum())
    assert np.isnan(grouped[1:]).all()
