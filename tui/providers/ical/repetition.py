"""Repetitions by day, week, month or year, at a cost that the rule cannot raise.

A rule of iCalendar may be written so that it never holds, or holds for thousands of years. Here it
is gone through only inside a span, period by period, and each period and day that is looked at is
taken from an allowance.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST", "BYSETPOS"}
)
LONGEST: Final = 2_000
"""Characters of a rule; a longer one is not read."""
_LARGEST: Final = 10_000_000
"""Days, and so periods, in all of the calendar's years, and more; a larger number means no more."""
_FURTHEST: Final = 366
"""From the first or the last day of its period on, how far a day is counted at most."""


@dataclass(slots=True)
class Allowance:
    """Periods and days that may still be looked at.

    Attributes:
        left: How many.
        spent: Whether one was asked for when none was left; what it was for has an open end.
    """

    left: int
    spent: bool = False

    def take(self) -> bool:
        """Whether one more may be looked at."""
        if self.left <= 0:
            self.spent = True
            return False
        self.left -= 1
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of repetition.

    Attributes:
        frequency: One of `FREQUENCIES`.
        interval: Each how many periods.
        count: How many dates there are; None without a limit.
        months: 1 to 12; empty for any.
        month_days: 1 to 31, or −1 to −31 from the month's end; empty for any.
        weekdays: From 0 for Monday, each with which of them it is in month or year, 0 for each;
            empty for any.
        positions: Which of a period's dates count, from 1, or from −1 at its end; empty for all.
        week_start: The weekday with which a week begins.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0


def read_rule(text: str) -> Rule:
    """The rule that a text in the form of iCalendar states, but for UNTIL, which is not looked at.

    Raises:
        ValueError: It is no rule, is finer than by day, or has parts that are not read.
    """
    if len(text) > LONGEST:
        raise ValueError("a rule that is too long")
    parts: dict[str, list[str]] = {}
    for part in text.upper().split(";"):
        name, told, value = part.partition("=")
        if not told or name not in PARTS or name in parts:
            raise ValueError("a rule that is not read")
        parts[name] = value.split(",")
    frequency = "".join(parts.get("FREQ", []))
    if frequency not in FREQUENCIES:
        raise ValueError("a repetition finer than by day")
    return Rule(
        frequency=frequency,
        interval=_number(parts.get("INTERVAL", ["1"]), 1),
        count=_number(parts["COUNT"], 0) if "COUNT" in parts else None,
        months=_numbers(parts, "BYMONTH", 12, back=False),
        month_days=_numbers(parts, "BYMONTHDAY", 31),
        weekdays=frozenset(_weekday(each) for each in parts.get("BYDAY", [])),
        positions=_numbers(parts, "BYSETPOS", _FURTHEST),
        week_start=WEEKDAYS.index("".join(parts.get("WKST", ["MO"]))),
    )


def repeated(
    rule: Rule, first: date, start: date, end: date, allowance: Allowance
) -> Iterator[date]:
    """The dates of a rule inside a span, both ends included, in order.

    The first date counts only where it fits the rule itself. Where the rule tells how many dates
    there are, they are counted from the first date on; else nothing before the span is looked at.
    It ends early where the allowance is used up.
    """
    fits = _test(rule, first)
    unlimited = rule.count is None
    left = rule.count if rule.count is not None else 1
    skipped = _periods_before(rule, first, start) if unlimited else 0
    low, high = start.toordinal(), end.toordinal()
    period = skipped - skipped % rule.interval
    while left > 0 and allowance.take():
        opening, closing = _period(rule, first, period)
        if opening > high:
            return
        found = []
        for ordinal in range(opening, min(closing, date.max.toordinal() + 1)):
            if not allowance.take():
                return
            if fits(day := date.fromordinal(ordinal)):
                found.append(day)
        if rule.positions:
            found = [
                day
                for place, day in enumerate(found)
                if place + 1 in rule.positions or place - len(found) in rule.positions
            ]
        for day in found:
            if day < first or left <= 0:
                continue
            left -= not unlimited
            if low <= day.toordinal() <= high:
                yield day
        period += rule.interval


def _periods_before(rule: Rule, first: date, start: date) -> int:
    """How many whole periods of one lie between the first date's and that of a later one."""
    if start <= first:
        return 0
    if rule.frequency == "DAILY":
        return (start - first).days
    if rule.frequency == "WEEKLY":
        return (start.toordinal() - _week(rule, first)) // 7
    if rule.frequency == "MONTHLY":
        return (start.year - first.year) * 12 + start.month - first.month
    return start.year - first.year


def _period(rule: Rule, first: date, number: int) -> tuple[int, int]:
    """A period's first day and the one after its last, as ordinals; past all dates where it is."""
    beyond = date.max.toordinal() + 1, date.max.toordinal() + 1
    if rule.frequency == "DAILY":
        opening = first.toordinal() + number
        return opening, opening + 1
    if rule.frequency == "WEEKLY":
        opening = _week(rule, first) + 7 * number
        return max(opening, 1), opening + 7
    if rule.frequency == "MONTHLY":
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        if year > date.max.year:
            return beyond
        opening = date(year, month + 1, 1).toordinal()
        return opening, opening + _days_in(date(year, month + 1, 1))
    year = first.year + number
    if year > date.max.year:
        return beyond
    opening = date(year, 1, 1).toordinal()
    return opening, opening + _days_in_year(year)


def _week(rule: Rule, day: date) -> int:
    return day.toordinal() - (day.weekday() - rule.week_start) % 7


def _test(rule: Rule, first: date) -> Callable[[date], bool]:
    """Whether a day fits; what the rule leaves open is as on the first date."""
    months, month_days, weekdays = rule.months, rule.month_days, rule.weekdays
    if not month_days and not weekdays:
        if rule.frequency == "WEEKLY":
            weekdays = frozenset({(0, first.weekday())})
        elif rule.frequency != "DAILY":
            month_days = frozenset({first.day})
            if rule.frequency == "YEARLY" and not months:
                months = frozenset({first.month})
    counted = rule.frequency in {"MONTHLY", "YEARLY"}
    of_year = rule.frequency == "YEARLY" and not months
    each = frozenset(weekday for nth, weekday in weekdays if not (nth and counted))

    def fits(day: date) -> bool:
        if months and day.month not in months:
            return False
        if month_days and not month_days & {day.day, day.day - _days_in(day) - 1}:
            return False
        if not weekdays or day.weekday() in each:
            return True
        if not counted:
            return False
        place = day.timetuple().tm_yday if of_year else day.day
        size = _days_in_year(day.year) if of_year else _days_in(day)
        weekday = day.weekday()
        return ((place + 6) // 7, weekday) in weekdays or (
            -((size - place) // 7 + 1),
            weekday,
        ) in weekdays

    return fits


def _days_in(day: date) -> int:
    if day.month == 12:
        return 31
    return (day.replace(month=day.month + 1, day=1) - timedelta(1)).day


def _days_in_year(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def _number(given: list[str], least: int) -> int:
    (text,) = given
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ValueError("a number that is not read")
    return min(int(text), _LARGEST)


def _numbers(
    parts: Mapping[str, list[str]], name: str, most: int, *, back: bool = True
) -> frozenset[int]:
    found = set()
    for text in parts.get(name, []):
        bare = text.removeprefix("-") if back else text
        number = _number([bare.removeprefix("+")], 1)
        if number > most:
            raise ValueError("a number that is not read")
        found.add(-number if bare != text else number)
    return frozenset(found)


def _weekday(text: str) -> tuple[int, int]:
    nth = text[:-2]
    number = _number([nth.lstrip("+-")], 1) if nth else 0
    if number > 53 or len(nth) - len(nth.lstrip("+-")) > 1:
        raise ValueError("a weekday that is not read")
    return -number if nth.startswith("-") else number, WEEKDAYS.index(text[-2:])
