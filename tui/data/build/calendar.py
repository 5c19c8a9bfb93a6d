"""Tables of the exchange's calendar: weekday closures by year, and trading hours.

The closures come from exchange-calendars' ``XTKS``, the hours from the gathered rules; both are
checked against each other before anything is written.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import exchange_calendars
from exchange_calendars import ExchangeCalendar

from tui.data.build.facts import write_table
from tui.data.calendar import FIRST_YEAR, LAST_YEAR, closures

_NEW_HOURS = date(2024, 11, 5)
_SINCE = re.compile(r"hours_since_(\d{4})_(\d{2})_(\d{2})$")


def build(facts: Path, out: Path) -> None:
    """Write ``calendar_closures.json`` and ``calendar_hours.json``.

    Raises:
        ValueError: The rules and the library disagree on a session's hours.
    """
    rules = json.loads((facts / "tse_rules.json").read_text(encoding="utf-8"))
    hours = list(_hours(rules))
    library = exchange_calendars.get_calendar(
        "XTKS", start=f"{FIRST_YEAR}-01-01", end=f"{LAST_YEAR}-12-31"
    )
    _check(library, hours)
    version = exchange_calendars.__version__
    write_table(
        out,
        "calendar_closures",
        title="Days on which the exchange is closed",
        vintage=None,
        origin=f"exchange-calendars {version}, XTKS",
        columns=["year", "weekdays without a session, and why"],
        rows=(
            [year, [[day.isoformat(), name] for day, name in closures(library, year)]]
            for year in range(FIRST_YEAR, LAST_YEAR + 1)
        ),
    )
    write_table(
        out,
        "calendar_hours",
        title="Trading hours",
        vintage=None,
        origin="Notices of securities firms on the exchange's hours",
        columns=["first", "open", "lunch from", "lunch to", "pre-closing", "close"],
        rows=hours,
    )


def _hours(rules: dict[str, dict[str, dict[str, str | None]]]) -> Iterator[list[str | None]]:
    """One row for each regime, the oldest first, times of day in Tokyo."""
    key = next(key for key in rules if _SINCE.search(key))
    match = _SINCE.search(key)
    assert match is not None  # noqa: S101 - the key was chosen by the same pattern
    if date(*map(int, match.groups())) != _NEW_HOURS:
        raise ValueError(f"{key} is not the regime that this script knows")
    now = rules[key]
    before = now["previous_regime_until_2024_11_04"]
    opens, lunch = now["morning"]["open"], now["lunch_break"]
    yield [
        date(FIRST_YEAR, 1, 1).isoformat(),
        _clock(opens),
        _clock(lunch["from"]),
        _clock(lunch["to"]),
        _clock(before["pre_closing"]),
        _clock(before["afternoon_close"]),
    ]
    yield [
        _NEW_HOURS.isoformat(),
        _clock(opens),
        _clock(lunch["from"]),
        _clock(lunch["to"]),
        _clock(now["pre_closing_no_execution"]["from"]),
        _clock(now["pre_closing_no_execution"]["to"]),
    ]


def _clock(text: str | None) -> str | None:
    return time.fromisoformat(text).isoformat() if text else None


def _check(library: ExchangeCalendar, hours: list[list[str | None]]) -> None:
    """Every session of the library opens, pauses and closes as the hours say."""
    ahead = timedelta(hours=9)
    columns = ("open", "break_start", "break_end", "close")
    for at, row in zip(library.schedule.index, library.schedule[list(columns)].values, strict=True):
        regime = max(each for each in hours if each[0] <= at.date().isoformat())
        expected = [regime[1], regime[2], regime[3], regime[5]]
        found = [(moment + ahead).time().isoformat() for moment in row]
        if found != expected:
            raise ValueError(f"{at.date()}: the library says {found}, the rules {expected}")
