"""Venues abroad: certain states, their own daylight saving, and which quotes are old."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.universe import Universe
from tui.market.venues import (
    CME,
    FX,
    NYSE,
    OTC,
    RECENT,
    VOLATILITY,
    YIELDS,
    Venue,
    VenueState,
    last_close,
    quote_age,
    venue_of,
    venue_state,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def just(venue: Venue, text: str) -> str:
    """The state where a quote has come this minute."""
    return venue_state(venue, utc(text), utc(text)).value


@pytest.mark.parametrize(
    ("at", "state"),
    [
        # In summer New York opens at 13:30 UTC, in winter at 14:30; Tokyo knows no such change.
        ("2025-07-01T13:29", "closed"),
        ("2025-07-01T13:30", "open"),
        ("2025-07-01T19:59", "open"),
        ("2025-07-01T20:00", "closed"),
        ("2025-01-15T13:30", "closed"),
        ("2025-01-15T14:30", "open"),
        ("2025-01-15T20:59", "open"),
        ("2025-01-15T21:00", "closed"),
        # The clocks go forward on the night to Sunday 9 March, before the Monday's open.
        ("2025-03-07T13:45", "closed"),
        ("2025-03-10T13:45", "open"),
        ("2025-07-05T15:00", "closed"),
    ],
)
def test_new_york(at: str, state: str) -> None:
    assert just(NYSE, at) == state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-05-26T20:59", "open"),
        ("2025-05-26T21:00", "break"),
        ("2025-05-26T21:59", "break"),
        ("2025-05-26T22:00", "open"),
        ("2025-05-30T20:59", "open"),
        ("2025-05-30T21:00", "closed"),
        ("2025-06-01T21:59", "closed"),
        ("2025-06-01T22:00", "open"),
        ("2025-12-01T21:59", "open"),
        ("2025-12-01T22:00", "break"),
        ("2025-12-01T23:00", "open"),
    ],
)
def test_futures(at: str, state: str) -> None:
    assert just(CME, at) == state


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-05-30T20:59", "open"),
        ("2025-05-30T21:00", "closed"),
        ("2025-06-01T20:59", "closed"),
        ("2025-06-01T21:00", "open"),
        ("2025-06-03T21:00", "open"),
    ],
)
def test_currencies(at: str, state: str) -> None:
    assert just(FX, at) == state


def test_within_its_hours_a_venue_is_open_only_where_a_quote_shows_it() -> None:
    now = utc("2025-07-04T15:00")  # a holiday in New York, of which no table tells
    assert venue_state(NYSE, now, None) is VenueState.UNKNOWN
    assert venue_state(NYSE, now, now - RECENT - timedelta(seconds=1)) is VenueState.UNKNOWN
    assert venue_state(NYSE, now, now - RECENT) is VenueState.OPEN


def test_a_quote_from_before_the_open_does_not_show_that_it_has_opened() -> None:
    now = utc("2025-07-01T13:35")
    assert venue_state(NYSE, now, utc("2025-07-01T13:29")) is VenueState.UNKNOWN


def test_over_the_counter_the_hours_around_the_exchanges_are_not_certain() -> None:
    assert just(OTC, "2025-07-01T15:00") == "open"
    assert just(OTC, "2025-07-01T21:00") == ""
    assert just(OTC, "2025-07-05T15:00") == "closed"


def test_an_unknown_venue_has_no_state() -> None:
    assert venue_state(None, utc("2025-07-05T15:00"), None) is VenueState.UNKNOWN


def test_the_last_price_of_friday_is_not_old_on_sunday_but_thursdays_is() -> None:
    sunday = utc("2025-06-01T12:00")
    assert quote_age(NYSE, sunday, utc("2025-05-30T19:58")) is None
    assert quote_age(NYSE, sunday, utc("2025-05-29T19:58")) == timedelta(
        days=2, hours=16, minutes=2
    )
    assert quote_age(NYSE, sunday, None) is None


def test_a_quote_that_stands_still_within_the_hours_is_old() -> None:
    now = utc("2025-07-01T15:00")
    assert quote_age(NYSE, now, utc("2025-07-01T14:00")) == timedelta(hours=1)
    assert quote_age(NYSE, now, utc("2025-07-01T14:40")) is None
    assert quote_age(None, now, utc("2025-07-01T14:00")) == timedelta(hours=1)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from([NYSE, OTC, CME, FX, VOLATILITY, YIELDS]),
)
def test_the_last_close_is_past_and_what_is_of_it_is_never_old_while_closed(
    moment: datetime, venue: Venue
) -> None:
    now = moment.replace(tzinfo=UTC)
    closed = last_close(venue, now)
    assert closed is not None
    assert timedelta(0) <= now - closed <= timedelta(days=4)
    state = venue_state(venue, now, None)
    assert state is not VenueState.OPEN
    if state in {VenueState.CLOSED, VenueState.BREAK}:
        assert quote_age(venue, now, closed) is None


@pytest.mark.parametrize(
    ("symbol", "venue"),
    [
        ("TM", NYSE), ("NTDOY", OTC), ("NIY=F", CME), ("JPY=X", FX), ("^GSPC", NYSE),
        ("^TNX", YIELDS), ("^VIX", VOLATILITY), ("7203.T", None),
    ],
)  # fmt: skip
def test_where_an_instrument_is_traded(symbol: str, venue: Venue | None) -> None:
    instrument = Universe().get(symbol)
    assert instrument is not None
    assert venue_of(instrument) is venue


@pytest.mark.parametrize("venue", [VOLATILITY, YIELDS])
def test_over_the_weekend_a_yield_is_closed_and_not_old(venue: Venue) -> None:
    friday = datetime(2025, 5, 23, 20, 0, tzinfo=UTC)
    sunday = datetime(2025, 5, 25, 12, 0, tzinfo=UTC)
    assert venue_state(venue, sunday, friday) is VenueState.CLOSED
    assert quote_age(venue, sunday, friday) is None
    # In a night between two weekdays something may be dealt in, so nothing is claimed.
    monday_night = datetime(2025, 5, 27, 4, 0, tzinfo=UTC)
    assert venue_state(venue, monday_night, friday) is VenueState.UNKNOWN
    assert quote_age(venue, monday_night, friday) == monday_night - friday
