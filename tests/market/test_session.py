from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import DataError
from tui.market.session import SessionState, TokyoCalendar
from tui.market.times import JST

DAY = date(2025, 5, 26)
CALENDAR = TokyoCalendar()


def jst(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), JST)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        ("00:00", SessionState.CLOSED),
        ("07:59:59", SessionState.CLOSED),
        ("08:00", SessionState.PRE_OPEN),
        ("08:59:59", SessionState.PRE_OPEN),
        ("09:00", SessionState.MORNING),
        ("11:29:59", SessionState.MORNING),
        ("11:30", SessionState.LUNCH),
        ("12:29:59", SessionState.LUNCH),
        ("12:30", SessionState.AFTERNOON),
        ("15:24:59", SessionState.AFTERNOON),
        ("15:25", SessionState.PRE_CLOSING),
        ("15:29:59", SessionState.PRE_CLOSING),
        ("15:30", SessionState.CLOSED),
        ("23:59:59", SessionState.CLOSED),
    ],
)
def test_each_state_begins_on_the_exchange_s_own_minute(clock: str, state: SessionState) -> None:
    assert CALENDAR.status(jst(clock)).state is state


def test_the_opening_auction_lasts_until_a_print_is_held() -> None:
    waiting = CALENDAR.status(jst("09:04"), opened=False)
    assert waiting.state is SessionState.OPENING_AUCTION
    assert (waiting.next_change, waiting.next_state) == (jst("11:30"), SessionState.LUNCH)
    assert CALENDAR.status(jst("12:30"), opened=False).state is SessionState.AFTERNOON


def test_the_closing_auction_lasts_until_the_closing_print_is_held() -> None:
    assert CALENDAR.status(jst("15:30"), closed=False).state is SessionState.CLOSING_AUCTION
    assert CALENDAR.status(jst("15:30"), closed=True).state is SessionState.CLOSED


def test_the_afternoon_runs_to_15_00_without_pre_closing_before_5_november_2024() -> None:
    before = date(2024, 11, 1)
    assert CALENDAR.status(jst("14:59:59", before)).state is SessionState.AFTERNOON
    assert CALENDAR.status(jst("15:00", before)).state is SessionState.CLOSED
    after = date(2024, 11, 5)
    assert CALENDAR.status(jst("15:00", after)).state is SessionState.AFTERNOON
    assert CALENDAR.status(jst("15:25", after)).state is SessionState.PRE_CLOSING


def test_a_closed_friday_evening_turns_into_a_holiday_and_then_monday_s_pre_open() -> None:
    evening = CALENDAR.status(jst("20:00", date(2025, 5, 23)))
    assert evening.state is SessionState.CLOSED
    assert evening.next_change == jst("00:00", date(2025, 5, 24))
    weekend = CALENDAR.status(jst("10:00", date(2025, 5, 24)))
    assert weekend.state is SessionState.HOLIDAY
    assert weekend.next_change == jst("00:00", DAY)
    assert weekend.next_state is SessionState.CLOSED


def test_a_closed_evening_before_a_session_ends_with_its_pre_open() -> None:
    status = CALENDAR.status(jst("20:00"))
    assert status.next_change == jst("08:00", date(2025, 5, 27))
    assert status.next_state is SessionState.PRE_OPEN


def test_the_date_is_tokyo_s() -> None:
    assert CALENDAR.status(datetime(2025, 5, 25, 23, 0, tzinfo=UTC)).date == DAY


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 1),
        date(2025, 5, 6),
        date(2025, 12, 31),
        date(2020, 10, 1),
        date(2019, 5, 1),
        date(2025, 5, 24),
    ],
)
def test_holidays_and_weekends_have_no_session(day: date) -> None:
    assert not CALENDAR.is_session(day)
    assert CALENDAR.session(day) is None
    assert CALENDAR.status(jst("10:00", day)).state is SessionState.HOLIDAY
    assert len(CALENDAR.minute_axis(day)) == 0


def test_neighbouring_sessions_skip_weekends_and_golden_week() -> None:
    assert CALENDAR.previous(DAY) == date(2025, 5, 23)
    assert CALENDAR.next(DAY) == date(2025, 5, 27)
    assert CALENDAR.next(date(2025, 5, 2)) == date(2025, 5, 7)
    assert CALENDAR.previous(date(2025, 1, 6)) == date(2024, 12, 30)


def test_hours_are_aware_and_in_utc() -> None:
    session = CALENDAR.session(DAY)
    assert session is not None
    assert session.open == datetime(2025, 5, 26, 0, 0, tzinfo=UTC)
    assert session.lunch_from == jst("11:30")
    assert session.lunch_to == jst("12:30")
    assert session.pre_closing == jst("15:25")
    assert session.close == jst("15:30")
    assert session.open.utcoffset() == timedelta(0)


def test_the_minute_axis_holds_continuous_minutes_and_both_closing_prints() -> None:
    axis = CALENDAR.minute_axis(DAY)
    clocks = [str(minute + np.timedelta64(9, "h"))[-5:] for minute in axis]
    assert axis.dtype == np.dtype("datetime64[m]")
    assert clocks[0] == "09:00"
    assert clocks[149:153] == ["11:29", "11:30", "12:30", "12:31"]
    assert clocks[-2:] == ["15:24", "15:30"]
    assert len(axis) == 151 + 175 + 1


def test_the_minute_axis_of_the_old_hours_ends_with_15_00() -> None:
    axis = CALENDAR.minute_axis(date(2024, 11, 1))
    assert axis[-1] == np.datetime64("2024-11-01T06:00")
    assert axis[-2] == np.datetime64("2024-11-01T05:59")
    assert bool((np.diff(axis) > np.timedelta64(0)).all())


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.status(datetime(2025, 5, 26, 10, 0))


def test_a_year_that_no_calendar_covers_is_an_error_that_says_so() -> None:
    with pytest.raises(DataError, match="2099"):
        CALENDAR.is_session(date(2099, 6, 1))


@pytest.mark.filterwarnings("ignore:Series.values returning")
def test_a_year_outside_the_table_comes_from_the_library() -> None:
    assert not CALENDAR.is_session(date(2010, 9, 20))
    assert CALENDAR.is_session(date(2010, 9, 21))
    session = CALENDAR.session(date(2010, 9, 21))
    assert session is not None
    assert session.close == jst("15:00", date(2010, 9, 21))


INSTANTS = st.datetimes(
    datetime(2024, 10, 1),
    datetime(2027, 12, 1),
    timezones=st.just(UTC),
)


@given(now=INSTANTS, opened=st.booleans(), closed=st.booleans(), share=st.floats(0, 1))
def test_the_state_holds_until_the_next_change_and_differs_there(
    now: datetime, opened: bool, closed: bool, share: float
) -> None:
    status = CALENDAR.status(now, opened=opened, closed=closed)
    assert status.next_change > now
    there = CALENDAR.status(status.next_change, opened=opened, closed=closed)
    assert there.state is status.next_state is not status.state
    between = now + (status.next_change - now - timedelta(microseconds=1)) * share
    same = CALENDAR.status(between, opened=opened, closed=closed)
    assert (same.state, same.next_change) == (status.state, status.next_change)


@given(now=INSTANTS)
def test_trading_states_lie_inside_a_session_s_hours(now: datetime) -> None:
    status = CALENDAR.status(now)
    session = CALENDAR.session(status.date)
    assert (session is None) == (status.state is SessionState.HOLIDAY)
    if session is not None and status.state.trading:
        assert session.open <= now < session.close
        assert not session.lunch_from <= now < session.lunch_to
        assert np.datetime64(now.replace(tzinfo=None), "m") in CALENDAR.minute_axis(status.date)


def test_every_state_has_words_in_both_languages() -> None:
    assert len({state.word for state in SessionState}) == len(SessionState)
    assert len({state.word_ja for state in SessionState}) == len(SessionState)
    assert SessionState.CLOSED.word_ja == "大引け"
