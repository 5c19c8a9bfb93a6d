"""Dates that follow from the exchange's calendar and standing rules, and how far off a date is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tui.market.session import TokyoCalendar

_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4
_MAJOR: Final = frozenset({3, 6, 9, 12})
_NIKKEI_REVIEW: Final = frozenset({4, 10})
_FREE_FLOAT: Final = frozenset({1, 4, 7, 10})
_BOOK_CLOSING: Final = frozenset({3, 9})
_TWO_DAYS_SINCE: Final = date(2019, 7, 16)
"""From this trade date on a purchase settles two sessions later; before it, three."""


@dataclass(frozen=True, slots=True)
class RuleDate:
    """A date that a standing rule gives.

    Attributes:
        on: The date in Tokyo.
        title, title_ja: In English and in Japanese.
        kind: ``sq``, ``rebalance`` or ``rights``.
    """

    on: date
    title: str
    title_ja: str
    kind: str


def sq_date(calendar: TokyoCalendar, year: int, month: int) -> date:
    """The day of the special quotation of a month: its second Friday, or the session before."""
    first = date(year, month, 1)
    second = first + timedelta(days=(_FRIDAY - first.weekday()) % 7 + 7)
    return second if calendar.is_session(second) else calendar.previous(second)


def last_with_rights(calendar: TokyoCalendar, record: date) -> date:
    """The last day on which a purchase is entered in the register of a record date.

    A purchase is, once it has settled: two sessions after the trade, three for trades before
    16 July 2019. The register of a day without a session is that of the session before.
    """
    day = record if calendar.is_session(record) else calendar.previous(record)
    two = calendar.previous(calendar.previous(day))
    return two if two >= _TWO_DAYS_SINCE else calendar.previous(two)


def rule_dates(calendar: TokyoCalendar, start: date, end: date) -> list[RuleDate]:
    """Every date that the rules give in a span, both dates included, in order.

    Raises:
        DataError: The span reaches into years that no calendar covers.
    """
    if end < start:
        return []
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    found = [each for month in months for each in _of_month(calendar, month // 12, month % 12 + 1)]
    return sorted((each for each in found if start <= each.on <= end), key=lambda each: each.on)


def _of_month(calendar: TokyoCalendar, year: int, month: int) -> Iterator[RuleDate]:
    first = calendar.next(date(year, month, 1) - _DAY)
    month_end = date(year + month // 12, month % 12 + 1, 1) - _DAY
    last = month_end if calendar.is_session(month_end) else calendar.previous(month_end)
    major = month in _MAJOR
    yield RuleDate(
        sq_date(calendar, year, month),
        "Major SQ: futures and options" if major else "SQ: options",
        "メジャーSQ（先物・オプション）" if major else "SQ（オプション）",
        "sq",
    )
    if month in _NIKKEI_REVIEW:
        title = "Nikkei 225 periodic review takes effect"
        yield RuleDate(first, title, "日経平均の定期見直し実施", "rebalance")
    if month in _FREE_FLOAT:
        title = "TOPIX free-float review takes effect"
        yield RuleDate(last, title, "TOPIXの浮動株比率見直し実施", "rebalance")
    if month in _BOOK_CLOSING:
        with_rights = last_with_rights(calendar, month_end)
        book = f"for books closing at the end of {month_end:%B}"
        book_ja = f"（{month}月末決算）"
        last_day, ex_day = f"権利付き最終日{book_ja}", f"権利落ち日{book_ja}"
        yield RuleDate(with_rights, f"Last day with rights, {book}", last_day, "rights")
        yield RuleDate(calendar.next(with_rights), f"Ex-rights day, {book}", ex_day, "rights")


def countdown(on: date, today: date, language: str = "en") -> str:
    """``today``, ``tomorrow``, ``in 3 days``, ``2 days ago``; 本日, 明日, あと3日, 2日前."""
    days = (on - today).days
    japanese = language == "ja"
    if abs(days) <= 1:
        words = ("yesterday", "today", "tomorrow"), ("昨日", "本日", "明日")
        return words[japanese][days + 1]
    if days > 0:
        return f"あと{days}日" if japanese else f"in {days} days"
    return f"{-days}日前" if japanese else f"{-days} days ago"
