"""Repetitions: the dates that a well-known library finds, and bounded work for any rule."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tui.providers.ical.repetition import Allowance, read_rule, repeated

MANY = 1_000_000


def dates(rule: str, first: date, start: date, end: date, allowance: int = MANY) -> list[date]:
    return list(repeated(read_rule(rule), first, start, end, Allowance(allowance)))


def of_dateutil(rule: str, first: date, start: date, end: date) -> list[date]:
    found = rrulestr(rule, dtstart=datetime.combine(first, time()))
    found = found.replace(until=datetime.combine(end, time())) if "COUNT" not in rule else found
    return [each.date() for each in found if start <= each.date() <= end]


FIRST = st.dates(date(2019, 1, 1), date(2025, 6, 1))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def sane_rules(draw: st.DrawFn) -> str:
    """Rules that programs write, each of which holds now and then."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(0, 60))}")
    if draw(st.booleans()):
        months = draw(st.sets(st.integers(1, 12), min_size=3, max_size=8))
        parts.append("BYMONTH=" + ",".join(map(str, sorted(months))))
    by = draw(st.sampled_from(["", "BYMONTHDAY", "BYDAY", "nth"]))
    if by == "BYMONTHDAY" and frequency != "WEEKLY":
        of_month = draw(st.sets(st.sampled_from([1, 2, 15, 28, -1, -2, -28]), min_size=1))
        parts.append("BYMONTHDAY=" + ",".join(map(str, of_month)))
    if by == "BYDAY" or (by == "nth" and frequency in {"DAILY", "WEEKLY"}):
        weekdays = draw(st.sets(st.sampled_from(DAYS), min_size=1))
        parts.append("BYDAY=" + ",".join(weekdays))
    elif by == "nth":
        nth = draw(st.sampled_from(["1", "2", "+3", "4", "-1", "-2"]))
        parts.append(f"BYDAY={nth}{draw(st.sampled_from(DAYS))}")
    if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    return ";".join(parts)


@given(sane_rules(), FIRST, st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 500))
def test_sane_rules_hold_on_the_dates_that_dateutil_finds(
    rule: str, first: date, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    assert dates(rule, first, start, end) == of_dateutil(rule, first, start, end)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["05-30", "06-30", "07-31"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["06-13"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["05-31", "07-31"]),
        ("FREQ=YEARLY;BYDAY=20MO", ["05-19"]),
        ("FREQ=YEARLY;BYMONTH=6,7;BYDAY=2FR", ["06-13", "07-11"]),
        ("FREQ=MONTHLY;BYDAY=MO,1TU;BYMONTH=6", ["06-02", "06-03", "06-09", "06-16", "06-23",
                                                 "06-30"]),
        ("FREQ=WEEKLY;INTERVAL=4;BYDAY=SU,MO;WKST=SU", ["05-11", "05-12", "06-08", "06-09",
                                                        "07-06", "07-07"]),
    ],
)  # fmt: skip
def test_rules_as_desks_write_them(rule: str, expected: list[str]) -> None:
    found = dates(rule, date(2025, 1, 20), date(2025, 5, 1), date(2025, 7, 31))
    assert [f"{day:%m-%d}" for day in found] == expected


def test_the_29th_of_february_comes_in_leap_years() -> None:
    found = dates("FREQ=YEARLY", date(2000, 2, 29), date(2023, 1, 1), date(2032, 12, 31))
    assert [day.year for day in found] == [2024, 2028, 2032]


LISTS = st.lists(st.integers(-400, 400).filter(bool), min_size=1, max_size=5)
HUGE = st.sampled_from([0, 1, 7, 10**6, 10**12, 10**40])


@st.composite
def any_rules(draw: st.DrawFn) -> str:
    """Rules of any parts: impossible, rare, huge, or no rules at all."""
    frequencies = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "X"]
    parts = {"FREQ": draw(st.sampled_from(frequencies))}
    for name in draw(st.sets(st.sampled_from(["INTERVAL", "COUNT"]))):
        parts[name] = str(draw(HUGE))
    names = ["BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYDAY", "BYWEEKNO", "BYYEARDAY", "BYEASTER"]
    for name in draw(st.sets(st.sampled_from(names), max_size=3)):
        numbers = draw(LISTS)
        if name == "BYMONTH":
            numbers = [abs(number) % 12 + 1 for number in numbers]
        elif name == "BYMONTHDAY":
            numbers = [number % 31 + 1 for number in numbers]
        tail = draw(st.sampled_from(DAYS)) if name == "BYDAY" else ""
        parts[name] = ",".join(f"{number}{tail}" for number in numbers)
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(
    any_rules(),
    st.dates(date(1900, 1, 1), date.max),
    st.dates(date(1950, 1, 1), date.max - timedelta(400)),
    st.integers(0, 400),
)
def test_any_rule_costs_no_more_than_its_span_and_the_dates_it_counts(
    rule: str, first: date, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    try:
        told = read_rule(rule)
    except ValueError:
        return
    allowance = Allowance(MANY)
    found = list(repeated(told, first, start, end, allowance))
    assert all(start <= day <= end and first <= day for day in found)
    since = min(start, first) if told.count is None else first
    # A year more on either side, and a period for each day at most.
    looked = max((end - (since if told.count is not None else start)).days, 0) + 2 * 366
    assert MANY - allowance.left <= 2 * looked + 2


@given(any_rules(), st.integers(0, 500))
def test_no_more_is_looked_at_than_is_allowed(rule: str, allowed: int) -> None:
    try:
        told = read_rule(rule)
    except ValueError:
        return
    allowance = Allowance(allowed)
    found = list(repeated(told, date(1990, 1, 1), date(2025, 1, 1), date.max, allowance))
    assert len(found) <= allowed
    assert allowance.left >= 0
    assert allowance.spent is False or allowance.left == 0


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_a_refusal(text: str) -> None:
    for rule in (text, f"FREQ=DAILY;{text}"):
        try:
            read_rule(rule)
        except ValueError:
            continue
