"""Dates by rule, checked against days that were."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.session import TokyoCalendar
from tui.market.timeline import countdown, last_with_rights, rule_dates, sq_date

CALENDAR = TokyoCalendar()


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2025, 3, 14), (2025, 6, 13), (2024, 9, 13), (2016, 3, 11), (2022, 2, 10), (2024, 10, 11)],
)
def test_sq_is_the_second_friday_or_the_session_before(year: int, month: int, day: int) -> None:
    # 11 February 2022, a Friday, was National Foundation Day.
    assert sq_date(CALENDAR, year, month) == date(year, month, day)


@pytest.mark.parametrize(
    ("record", "trade"),
    [
        (date(2025, 3, 31), date(2025, 3, 27)),
        (date(2024, 3, 31), date(2024, 3, 27)),
        (date(2025, 9, 30), date(2025, 9, 26)),
        (date(2019, 3, 31), date(2019, 3, 26)),
    ],
)
def test_the_last_day_with_rights_settles_by_the_record_date(record: date, trade: date) -> None:
    assert last_with_rights(CALENDAR, record) == trade


def test_the_rules_of_half_a_year() -> None:
    found = [
        (f"{each.on:%m-%d}", each.kind)
        for each in rule_dates(CALENDAR, date(2025, 3, 1), date(2025, 7, 31))
    ]
    assert found == [
        ("03-14", "sq"), ("03-27", "rights"), ("03-28", "rights"), ("04-01", "rebalance"),
        ("04-11", "sq"), ("04-30", "rebalance"), ("05-09", "sq"), ("06-13", "sq"),
        ("07-11", "sq"), ("07-31", "rebalance"),
    ]  # fmt: skip


def test_only_quarterly_ones_are_major() -> None:
    year = rule_dates(CALENDAR, date(2025, 1, 1), date(2025, 12, 31))
    major = [each.on.month for each in year if each.title.startswith("Major SQ")]
    assert major == [3, 6, 9, 12]


@given(st.dates(date(2016, 1, 1), date(2026, 12, 1)), st.integers(0, 120))
def test_every_rule_gives_a_session_inside_the_span_in_order(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = rule_dates(CALENDAR, start, end)
    assert all(start <= each.on <= end and CALENDAR.is_session(each.on) for each in found)
    assert [each.on for each in found] == sorted(each.on for each in found)


@pytest.mark.parametrize(
    ("days", "english", "japanese"),
    [(0, "today", "本日"), (1, "tomorrow", "明日"), (3, "in 3 days", "あと3日"),
     (-1, "yesterday", "昨日"), (-4, "4 days ago", "4日前")],
)  # fmt: skip
def test_how_far_off_a_date_is(days: int, english: str, japanese: str) -> None:
    today = date(2025, 5, 26)
    assert countdown(today + timedelta(days=days), today) == english
    assert countdown(today + timedelta(days=days), today, "ja") == japanese
