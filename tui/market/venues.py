"""When venues abroad trade, by the hours of their weekdays, with their own daylight saving.

Their holidays are not known here. So a venue is surely closed outside its hours, and open within
them only where a quote has just come; else its state is unknown, and nothing is said.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tui.market.instruments import Instrument, InstrumentKind

NEW_YORK = "America/New_York"
CHICAGO = "America/Chicago"

RECENT = timedelta(minutes=30)
"""A quote no older than this shows that a venue trades; sources are up to 20 minutes behind."""

_DAY = timedelta(days=1)
_LOOK = 4
"""Days within which a trading day has ended and another begins, whatever the weekday."""
_LONGEST_BREAK = timedelta(hours=2)


class VenueState(Enum):
    """What a venue is doing; the value is the word for machines and the English screen."""

    UNKNOWN = ""
    OPEN = "open"
    BREAK = "break"
    CLOSED = "closed"

    @property
    def word_ja(self) -> str:
        """In Japanese."""
        return {"open": "取引中", "break": "休止", "closed": "終了"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Venue:
    """The regular hours of a place of trade, in its own time.

    Attributes:
        zone: The IANA name of its time zone.
        opens, closes: Of one trading day; where `closes` is not later, it closes the day after.
        days: Weekdays on which a trading day begins, Monday 0.
        surely: Whether nothing is traded outside these hours, so that it is closed then.
    """

    zone: str
    opens: time
    closes: time
    days: frozenset[int]
    surely: bool = True


_WEEKDAYS = frozenset(range(5))
_FROM_SUNDAY = frozenset({6, 0, 1, 2, 3})

NYSE = Venue(NEW_YORK, time(9, 30), time(16, 0), _WEEKDAYS)
"""New York's regular session, Nasdaq's too; before and after it there are no regular prices."""
OTC = Venue(NEW_YORK, time(9, 30), time(16, 0), _WEEKDAYS, surely=False)
"""Over the counter: dealt in before and after the exchange's hours as well."""
CME = Venue(CHICAGO, time(17, 0), time(16, 0), _FROM_SUNDAY)
"""Futures on Globex: from Sunday evening on, with an hour's break each afternoon."""
FX = Venue(NEW_YORK, time(17, 0), time(17, 0), _FROM_SUNDAY)
"""Currencies: round the clock from Sunday evening to Friday evening in New York."""
VOLATILITY = Venue(CHICAGO, time(8, 30), time(15, 15), _WEEKDAYS, surely=False)
"""The VIX: with the options on the S&P 500, which trade in the night as well."""
YIELDS = Venue(CHICAGO, time(7, 20), time(14, 0), _WEEKDAYS, surely=False)
"""Cboe's yields of Treasuries: in the hours of that market's day, and on no day off."""


@dataclass(frozen=True, slots=True)
class _Hours:
    """Where an instant stands among a venue's trading days; instants are aware, in UTC.

    Attributes:
        opened: When the trading day began that is on; None outside the hours.
        closed: When the last one ended that is over.
        reopens: When the next one begins.
    """

    opened: datetime | None
    closed: datetime
    reopens: datetime


def last_close(venue: Venue, now: datetime) -> datetime | None:
    """The end of the last regular trading day that is over, aware, in UTC.

    Args:
        venue: The venue.
        now: The instant, aware.

    Returns:
        The instant, though a holiday may have had no trading before it. None where the system
        has no time zones.
    """
    hours = _hours(venue, now)
    return hours.closed if hours is not None else None


def venue_state(venue: Venue | None, now: datetime, quoted: datetime | None) -> VenueState:
    """What a venue is doing, as far as that is certain.

    Args:
        venue: The venue; None where it is not known.
        now: The instant, aware.
        quoted: The time of the newest quote from there, aware; None where there is none.
    """
    hours = _hours(venue, now) if venue is not None else None
    if venue is None or hours is None:
        return VenueState.UNKNOWN
    if hours.opened is not None:
        recent = quoted is not None and quoted >= hours.opened and now - quoted <= RECENT
        return VenueState.OPEN if recent else VenueState.UNKNOWN
    if not venue.surely and now.astimezone(ZoneInfo(venue.zone)).weekday() in venue.days:
        return VenueState.UNKNOWN
    short = hours.reopens - hours.closed <= _LONGEST_BREAK
    return VenueState.BREAK if short else VenueState.CLOSED


def quote_age(venue: Venue | None, now: datetime, quoted: datetime | None) -> timedelta | None:
    """How old a quote is, where its venue's hours do not explain it; None where it is not old.

    A quote of the end of the last trading day is not old while the venue is closed; one from
    before that, or one that stands still within the hours, is. A quote without a time is not
    called old: its age is unknown.

    Args:
        venue: The venue; None where it is not known, so that the clock alone counts.
        now: The instant, aware.
        quoted: The quote's time, aware; None where unknown.
    """
    if quoted is None or now - quoted <= RECENT:
        return None
    hours = _hours(venue, now) if venue is not None else None
    explained = hours is not None and hours.opened is None and quoted >= hours.closed - RECENT
    return None if explained else now - quoted


@lru_cache(maxsize=64)
def _day(venue: Venue, day: date) -> tuple[datetime, datetime] | None:
    """Beginning and end of the trading day that begins on a date; None where none does."""
    if day.weekday() not in venue.days:
        return None
    zone = ZoneInfo(venue.zone)
    until = day if venue.closes > venue.opens else day + _DAY
    return (
        datetime.combine(day, venue.opens, zone).astimezone(UTC),
        datetime.combine(until, venue.closes, zone).astimezone(UTC),
    )


def _hours(venue: Venue, now: datetime) -> _Hours | None:
    """Where an instant stands; None where the system has no time zones."""
    try:
        today = now.astimezone(ZoneInfo(venue.zone)).date()
    except (ZoneInfoNotFoundError, OSError):
        return None
    around = [_day(venue, today + days * _DAY) for days in range(-_LOOK, _LOOK + 1)]
    days = [each for each in around if each is not None]
    return _Hours(
        opened=next((opens for opens, closes in days if opens <= now < closes), None),
        closed=max(closes for _, closes in days if closes <= now),
        reopens=min(opens for opens, _ in days if opens > now),
    )


_BY_EXCHANGE = {"NYSE": NYSE, "OTC": OTC, "CME": CME, "NYM": CME, "CMX": CME}
_BY_SYMBOL = {
    **dict.fromkeys(("^GSPC", "^IXIC", "^DJI", "^SOX"), NYSE),
    "^VIX": VOLATILITY,
    "^TNX": YIELDS,
}


def venue_of(instrument: Instrument) -> Venue | None:
    """Where an instrument abroad is traded; None where its hours are not known here."""
    if instrument.kind is InstrumentKind.CURRENCY:
        return FX
    return _BY_SYMBOL.get(instrument.symbol) or _BY_EXCHANGE.get(instrument.exchange)
