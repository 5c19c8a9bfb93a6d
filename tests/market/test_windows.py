"""Windows: when each begins, and what a move over it is measured against."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.market import NIKKEI, Market
from tui.market.quotes import Field
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.universe import Universe
from tui.market.windows import WINDOWS, Window, WindowKind, moves
from tui.providers.replay import RecordedSession

SESSION = date(2025, 5, 26)
CALENDAR = TokyoCalendar()
RECORDED = RecordedSession.load()
HOURS = CALENDAR.session(SESSION)


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


def bundled(text: str) -> Market:
    market = Market(Universe(), CALENDAR, SESSION)
    market.apply(RECORDED.snapshot(at(text), market.board.symbols), 0.0)
    market.apply(RECORDED.minutes(at(text), market.board.symbols), 0.0)
    return market


@pytest.mark.parametrize(
    ("kind", "now", "start"),
    [
        (WindowKind.OPEN, "10:00", "09:01"),
        (WindowKind.LUNCH, "14:00", "12:30"),
        (WindowKind.LAST_30, "10:00", "09:30"),
        (WindowKind.LAST_5, "15:30", "15:25"),
        (WindowKind.LAST_30, "15:30", "15:00"),
        (WindowKind.LAST_30, "18:00", "15:00"),
        (WindowKind.LAST_30, "12:00", "11:00"),
        (WindowKind.LAST_30, "12:35", "11:05"),
        (WindowKind.LAST_30, "13:00", "12:30"),
        (WindowKind.LAST_5, "12:30", "11:25"),
        (WindowKind.LAST_30, "09:10", "09:00"),
        (WindowKind.LAST_5, "08:00", "08:00"),
    ],
)
def test_a_window_begins(kind: WindowKind, now: str, start: str) -> None:
    assert HOURS is not None
    assert Window(kind).start(HOURS, at(now)) == at(start)


def test_the_day_is_measured_against_base_prices() -> None:
    assert HOURS is not None
    assert Window().start(HOURS, at("10:00")) is None


@given(st.integers(0, 24 * 60), st.sampled_from([WindowKind.LAST_5, WindowKind.LAST_30]))
def test_a_window_of_minutes_never_begins_after_now_nor_in_a_break(
    minute: int, kind: WindowKind
) -> None:
    assert HOURS is not None
    now = datetime(2025, 5, 25, 15, tzinfo=UTC) + timedelta(minutes=minute)
    start = Window(kind).start(HOURS, now)
    assert start is not None
    assert start <= now
    if now >= HOURS.open:
        assert HOURS.open <= start <= HOURS.lunch_from or HOURS.lunch_to <= start <= HOURS.close


@pytest.mark.parametrize(
    ("window", "english", "japanese"),
    [
        (Window(), "on the day", "前日比"),
        (Window(WindowKind.LUNCH), "since lunch", "後場"),
        (Window(WindowKind.LAST_5), "last 5 minutes", "直近5分"),
        (Window(WindowKind.SINCE, at("13:05")), "since 13:05", "13:05以降"),
    ],
)
def test_a_window_says_what_it_is(window: Window, english: str, japanese: str) -> None:
    assert (window.words(), window.words("ja")) == (english, japanese)


def test_every_window_that_is_switched_through_has_words() -> None:
    assert len({each.words() for each in WINDOWS}) == len({e.words("ja") for e in WINDOWS}) == 5


@pytest.mark.parametrize(
    ("kind", "since"),
    [
        (WindowKind.SINCE, None),
        (WindowKind.OPEN, at("10:00")),
        (WindowKind.SINCE, datetime(2025, 5, 26, 10)),
    ],
)
def test_an_instant_belongs_to_its_own_kind_and_has_a_zone(
    kind: WindowKind, since: datetime | None
) -> None:
    with pytest.raises(ValueError, match="instant"):
        Window(kind, since)


def test_the_afternoon_is_measured_against_the_mornings_last_prices() -> None:
    market = bundled("14:00")
    told = moves(market, Window(WindowKind.LUNCH), at("14:00"))
    row = market.board.row(NIKKEI)
    noon = bundled("12:00")
    assert told.start[row] == noon.board.price()[noon.board.row(NIKKEI)]
    assert told.percent[row] == pytest.approx((told.price[row] / told.start[row] - 1) * 100)


def test_of_a_window_that_has_not_begun_nothing_is_known() -> None:
    told = moves(bundled("10:00"), Window(WindowKind.LUNCH), at("10:00"))
    assert not told.begun
    assert np.isnan(told.start).all()
    assert np.isnan(told.percent).all()


def test_where_no_minute_was_seen_the_base_price_does_not_stand_in() -> None:
    market = Market(Universe(), CALENDAR, SESSION)
    market.apply(RECORDED.snapshot(at("14:00"), market.board.symbols), 0.0)
    assert np.isnan(moves(market, Window(WindowKind.LUNCH), at("14:00")).start).all()
    since = Window(WindowKind.SINCE, at("08:30"))
    assert np.isfinite(moves(market, since, at("14:00")).start).all()


def test_a_name_that_has_not_traded_has_no_return() -> None:
    told = moves(bundled("08:59"), Window(), at("08:59"))
    assert np.isnan(told.percent).all()
    assert np.isfinite(told.price).all()


def test_a_window_s_turnover_is_what_was_traded_in_it() -> None:
    market = bundled("14:30")
    day = moves(market, Window(), at("14:30")).turnover
    assert np.array_equal(day, market.board.column(Field.TURNOVER), equal_nan=True)
    since = moves(market, Window(WindowKind.SINCE, at("13:05")), at("14:30")).turnover
    before = bundled("13:05").board.column(Field.TURNOVER)
    known = np.isfinite(since) & np.isfinite(before)
    assert known.sum() == 224
    # The minutes hold eight digits; a trade at 13:05 sharp is not in the minute that ended then.
    apart = np.abs((since + before)[known] / day[known] - 1)
    assert (apart < 1e-7).sum() == 221
    assert (apart < 0.01).all()
    assert (since[known] >= 0).all()
    unbegun = moves(market, Window(WindowKind.SINCE, at("15:00")), at("14:30")).turnover
    assert np.isnan(unbegun).all()


def test_a_window_from_the_opening_on_has_the_turnover_of_the_day() -> None:
    market = bundled("10:00")
    opened = moves(market, Window(WindowKind.SINCE, at("09:00")), at("10:00")).turnover
    day = moves(market, Window(), at("10:00")).turnover
    assert np.array_equal(opened, day, equal_nan=True)
