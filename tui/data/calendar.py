"""The exchange's calendar as it ships, and the library that knows the years around it."""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from tui.data.reader import FOLDER, Table
from tui.data.rows import TableFile
from tui.errors import DataError

FIRST_YEAR, LAST_YEAR = 2015, 2027
"""Years that ship."""

FIRST_KNOWN, LAST_KNOWN = 1997, 2040
"""Years for which the library holds the equinoxes, and so every holiday."""

_SATURDAY = 5
_SPORTS_DAY_SINCE = 2020


class ClosureYear(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One year of the exchange.

    Attributes:
        year: The year.
        closures: Weekdays without a session, in order, each with its reason in English.
    """

    year: int
    closures: tuple[tuple[date, str], ...]


class HoursRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """Trading hours from a date on, as times of day in Tokyo.

    Attributes:
        first: First date on which they hold.
        open: The opening auction.
        lunch_from, lunch_to: The break.
        pre_closing: When orders stop being matched before the closing auction; None where
            trading goes on until the close.
        close: The closing auction.
    """

    first: date
    open: time
    lunch_from: time
    lunch_to: time
    pre_closing: time | None
    close: time


HOURS_NOW = HoursRow(
    first=date(2024, 11, 5),
    open=time(9, 0),
    lunch_from=time(11, 30),
    lunch_to=time(12, 30),
    pre_closing=time(15, 25),
    close=time(15, 30),
)
"""The hours in force, which stand in where the table cannot be used."""


def check_closures(years: Sequence[ClosureYear]) -> str:
    """Years that follow one another, each with weekdays of its own, in order."""
    if any(right.year != left.year + 1 for left, right in pairwise(years)):
        return "years are missing or out of order"
    for each in years:
        days = [day for day, _ in each.closures]
        if days != sorted(set(days)):
            return f"the days of {each.year} are out of order"
        if any(day.year != each.year or day.weekday() >= _SATURDAY for day in days):
            return f"{each.year} holds a day that is not one of its weekdays"
    return ""


def check_hours(rows: Sequence[HoursRow]) -> str:
    """Dates in order, and times in order within each."""
    days = [row.first for row in rows]
    if days != sorted(set(days)):
        return "dates are out of order"
    for row in rows:
        marks = [row.open, row.lunch_from, row.lunch_to, row.pre_closing, row.close]
        known = [mark for mark in marks if mark is not None]
        if known != sorted(set(known)):
            return f"the hours from {row.first} are out of order"
    return ""


@cache
def closure_table() -> Table[ClosureYear]:
    """The table of closures that ships."""
    return Table(
        FOLDER,
        "calendar_closures",
        "Days on which the exchange is closed",
        TableFile[ClosureYear],
        check_closures,
    )


@cache
def hours_table() -> Table[HoursRow]:
    """The table of trading hours that ships."""
    return Table(FOLDER, "calendar_hours", "Trading hours", TableFile[HoursRow], check_hours)


def library_closures(year: int) -> tuple[tuple[date, str], ...]:
    """Weekdays of a year without a session, from exchange-calendars.

    The library and pandas are imported here, which takes about a second; the years that ship
    need neither.

    Raises:
        DataError: The library does not know the year.
    """
    if not FIRST_KNOWN <= year <= LAST_KNOWN:
        raise DataError(
            f"no exchange calendar covers {year}",
            subject="Tokyo's calendar",
            remedy=f"Choose a date from {FIRST_KNOWN} to {LAST_KNOWN}, or set the clock right.",
        )
    try:
        import exchange_calendars
    except ImportError as error:
        raise DataError(
            f"the exchange calendar of {year} needs exchange-calendars, which does not load",
            subject="Tokyo's calendar",
            remedy="Reinstall zaraba.",
        ) from error
    library = exchange_calendars.get_calendar("XTKS", start=f"{year}-01-01", end=f"{year}-12-31")
    return closures(library, year)


def closures(library: Any, year: int) -> tuple[tuple[date, str], ...]:
    """Weekdays of a year without a session, each with its reason.

    Args:
        library: The ``XTKS`` calendar of exchange-calendars; it must span the year.
        year: The year.
    """
    open_days = {stamp.date() for stamp in library.sessions}
    first, last = date(year, 1, 1), date(year, 12, 31)
    names = library.regular_holidays.holidays(first, last, return_name=True)
    reasons = {stamp.date(): _plain_name(name, year) for stamp, name in names.items()}
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return tuple(
        (day, reasons.get(day) or _irregular(day))
        for day in days
        if day.weekday() < _SATURDAY and day not in open_days
    )


def _plain_name(name: str, year: int) -> str:
    """The library's name of a holiday without its span of years, as the day is called then."""
    plain = re.sub(r"\s*\(.*\)", "", name).strip()
    if plain.startswith("Emperor "):
        return "Emperor's Birthday"
    if plain == "Health and Sports Day" and year >= _SPORTS_DAY_SINCE:
        return "Sports Day"
    return plain.replace("Labor", "Labour")


def _irregular(day: date) -> str:
    """The reason of a closure that follows no yearly rule."""
    from exchange_calendars import xtks_holidays

    known = (
        ("VernalEquinoxes", "Vernal Equinox Day"),
        ("AutumnalEquinoxes", "Autumnal Equinox Day"),
        ("CitizensHolidaySilverWeek", "Citizens' Holiday"),
        ("EquityTradingSystemFailure", "Failure of the trading system"),
    )
    for attribute, reason in known:
        if any(stamp.date() == day for stamp in getattr(xtks_holidays, attribute, ())):
            return reason
    return "Special holiday"
