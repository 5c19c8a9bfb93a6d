"""How tables of the user's own lie over those that ship.

What has dates is chosen by date, not by owner: on any day the entry that began last holds, and it
ends where the next begins. Only between two of the same day does the user's count for more.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec

from tui.data.rows import DivisorRow, FactorSet, ListedRow, NikkeiNameRow, WeightSet


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Spanned = TypeVar("Spanned", bound=FactorSet | DivisorRow)
Coded = TypeVar("Coded", bound=_Coded)

_DAY = timedelta(days=1)


def lay_spans(under: Sequence[Spanned], over: Sequence[Spanned]) -> tuple[Spanned, ...]:
    """Entries with spans, each ending at the latest on the day before the next begins.

    Args:
        under: Those that ship, or what was there.
        over: Those that count for more where two begin on the same day.
    """
    by_first: dict[date, Spanned] = {row.first: row for row in under}
    by_first.update({row.first: row for row in over})
    days: list[date] = sorted(by_first)
    ended = [_ended(by_first[day], following - _DAY) for day, following in pairwise(days)]
    return (*ended, *(by_first[day] for day in days[-1:]))


def _ended(row: Spanned, day: date) -> Spanned:
    return row if row.last <= day else msgspec.structs.replace(row, last=day)


def lay_weights(under: Sequence[WeightSet], over: Sequence[WeightSet]) -> tuple[WeightSet, ...]:
    """One set of weights for each vintage, oldest first."""
    by_vintage = {each.vintage: each for each in (*under, *over)}
    return tuple(by_vintage[vintage] for vintage in sorted(by_vintage))


def lay_names(
    under: Sequence[NikkeiNameRow], over: Sequence[NikkeiNameRow]
) -> tuple[NikkeiNameRow, ...]:
    """One classification for each code; the user's counts for more."""
    return _lay_codes(under, over)


def lay_listed(under: Sequence[ListedRow], over: Sequence[ListedRow]) -> tuple[ListedRow, ...]:
    """Every issue that either list knows, so that one delisted since can still be shown.

    Args:
        under: The older list.
        over: The newer list.
    """
    return _lay_codes(under, over)


def _lay_codes(under: Sequence[Coded], over: Sequence[Coded]) -> tuple[Coded, ...]:
    by_code = {row.code: row for row in (*under, *over)}
    return tuple(by_code[code] for code in sorted(by_code))


def last_before_review(day: date) -> date:
    """The last day that a list of members of the Nikkei 225 surely may hold.

    Members and factors are reviewed on the first business days of April and October.
    """
    if day.month <= 3:
        return date(day.year, 3, 31)
    if day.month <= 9:
        return date(day.year, 9, 30)
    return date(day.year + 1, 3, 31)


def first_of_review(day: date) -> date:
    """The first day of the half-year that `last_before_review` ends."""
    if day.month <= 3:
        return date(day.year - 1, 10, 1)
    return date(day.year, 4 if day.month <= 9 else 10, 1)


_MONTHLY = 62
_SELDOM = 200
_AGE = {"listed": _MONTHLY, "topix_weights": _MONTHLY, "nikkei_names": _SELDOM}
"""Days after which a table is out of date: two are published every month, one changes seldom."""


def out_of_date(name: str, vintage: date | None, until: date | None, today: date) -> str:
    """Why a table is out of date, or nothing.

    A table of what hardly changes, such as sectors, or of the past, such as daily bars, never is.

    Args:
        name: The table's.
        vintage: The day on which its figures stood so.
        until: The last day that its entries cover; None where they have no spans.
        today: The day in Tokyo.
    """
    if until is not None:
        return f"covers no day after {until}" if until < today else ""
    days = _AGE.get(name)
    if days is None or vintage is None:
        return ""
    age = (today - vintage).days
    return f"{age} days old" if age > days else ""
