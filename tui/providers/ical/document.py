"""Reading one iCalendar document, whatever it holds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tui.errors import BadPayload
from tui.market.plaintext import plain
from tui.market.times import JST
from tui.providers.contracts import DatedEvent

if TYPE_CHECKING:
    from icalendar import Event

MOST_BYTES: Final = 1 << 20
MOST_EVENTS: Final = 5_000
MOST_REPEATING: Final = 200
"""Events that repeat, of one document; of further ones the first date alone counts."""
MOST_STEPS: Final = 5_000
"""Dates of one repetition that are gone through; what comes later is left out."""
_TITLE: Final = 200
_WORD: Final = 40
_EARLIEST: Final = 2000
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST", "BYSETPOS"}
)


def read_document(
    body: bytes, start: date, end: date, *, source: str
) -> tuple[list[DatedEvent], list[str]]:
    """The events of a document that begin in a span, both dates included.

    A date is taken as it stands; an instant counts on its date in Tokyo, one without a zone as in
    Tokyo. Events repeat by day, week, month or year; their exceptions are kept. What is cancelled
    is left out, and so is what cannot be read.

    Args:
        body: The document.
        start: The span's first date.
        end: Its last date.
        source: Who says so.

    Returns:
        The events in order of date, and what was left out, in words.

    Raises:
        BadPayload: It is no iCalendar document.
    """
    from icalendar import Calendar

    if b"BEGIN:VCALENDAR" not in body[:4096].upper():
        raise _no_calendar(source)
    try:
        calendar = Calendar.from_ical(body)
        entries: list[Any] = list(islice(calendar.walk("VEVENT"), MOST_EVENTS + 1))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_calendar(source) from error
    events: list[DatedEvent] = []
    unread = 0
    if len(entries) > MOST_EVENTS:
        entries.pop()
        remarks = [f"more than {MOST_EVENTS:,} events; the rest is left out"]
    else:
        remarks = []
    repeating = 0
    for entry in entries:
        try:
            repeating += "RRULE" in entry
            alone = repeating > MOST_REPEATING
            events += _events(entry, start, end, source=source, alone=alone)
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
            unread += 1
    if unread:
        remarks.append(f"{unread:,} events cannot be read and are left out")
    return sorted(events, key=lambda event: event.on), remarks


def _events(
    entry: "Event", start: date, end: date, *, source: str, alone: bool
) -> Iterator[DatedEvent]:
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return
    title = plain(str(entry.get("SUMMARY", "")), _TITLE)
    if not title:
        raise ValueError("no title")
    kinds = entry.get("CATEGORIES")
    words = [str(each) for each in getattr(kinds, "cats", ())]
    kind = plain(words[0], _WORD).lower() if words else ""
    first = entry.decoded("DTSTART")
    if not isinstance(first, date):
        raise TypeError("no date")
    for on in _dates(entry, first, end, alone=alone):
        if start <= on <= end:
            yield DatedEvent(on=on, title=title, kind=kind, source=source)


def _dates(entry: "Event", first: date, end: date, *, alone: bool) -> Iterator[date]:
    rule = entry.get("RRULE")
    if rule is None or alone:
        yield _in_tokyo(first)
        return
    parts = {str(key).upper() for key in rule}
    frequency = str(next(iter(rule.get("FREQ", [""])))).upper()
    if isinstance(rule, list) or not parts <= _PARTS or frequency not in _FREQUENCIES:
        raise ValueError("a repetition that is not read")
    if first.year < _EARLIEST:
        raise ValueError("a repetition from too long ago")
    from dateutil.rrule import rrulestr

    begin = _moment(first)
    text = rule.to_ical().decode()
    # A rule without dates would be looked for up to the year 9999.
    last = datetime.combine(end + timedelta(days=2), time(), UTC if begin.tzinfo else None)
    until = rule.get("UNTIL")
    if until:
        last = min(last, _like(_moment(next(iter(until))), begin))
    # However many are told, none is looked for beyond the span.
    bare = ";".join(
        part for part in text.split(";") if not part.upper().startswith(("UNTIL=", "COUNT="))
    )
    repeated: Any = rrulestr(bare, dtstart=begin, cache=False).replace(until=last)
    count = min(MOST_STEPS, int(next(iter(rule.get("COUNT", [MOST_STEPS])))))
    skipped = {_like(_moment(day), begin) for day in _exceptions(entry)}
    for moment in islice(repeated, max(count, 0)):
        if moment not in skipped:
            yield _in_tokyo(moment if isinstance(first, datetime) else moment.date())


def _exceptions(entry: "Event") -> Iterator[date]:
    held = entry.get("EXDATE")
    for group in held if isinstance(held, list) else [held] if held is not None else []:
        for each in group.dts:
            yield each.dt


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _like(moment: datetime, other: datetime) -> datetime:
    """An instant with a zone where another has one, and without where it has none."""
    if other.tzinfo is None:
        return moment.astimezone(JST).replace(tzinfo=None) if moment.tzinfo else moment
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_tokyo(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    return day.astimezone(JST).date() if day.tzinfo else day.date()


def _no_calendar(source: str) -> BadPayload:
    return BadPayload(
        "it is no iCalendar document",
        subject=source,
        remedy="Name a file or a link that ends in .ics as a rule.",
    )
