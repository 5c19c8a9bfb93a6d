"""Reading one iCalendar document, whatever it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tui.errors import BadPayload
from tui.market.plaintext import plain
from tui.market.times import JST
from tui.providers.contracts import DatedEvent
from tui.providers.ical.lines import kept_lines
from tui.providers.ical.repetition import Allowance, read_rule, repeated

if TYPE_CHECKING:
    from icalendar import Event

MOST_BYTES: Final = 1 << 20
MOST_EVENTS: Final = 5_000
MOST_REPEATING: Final = 200
"""Events that repeat, of one document; of further ones the first date alone counts."""
MOST_STEPS: Final = 100_000
"""Periods and days that are gone through for the repetitions of one document."""
STEPS_OF_ONE: Final = 20_000
"""Those for one repetition; only one that counts its dates from long ago needs so many."""
_TITLE: Final = 200
_WORD: Final = 40
_EARLIEST: Final = 1900
_EDGE: Final = 2


@dataclass(slots=True)
class _Reading:
    """What reading one document comes to.

    Attributes:
        start: The span's first date.
        end: Its last date.
        source: Who says so.
        moved: Instants of repetitions that have an event of their own, by identity.
        steps: Periods and days that may still be gone through.
        repeating: Events that repeat.
        endless: Repetitions that were given up.
    """

    start: date
    end: date
    source: str
    moved: dict[str, list[date]] = field(default_factory=dict)
    steps: int = MOST_STEPS
    repeating: int = 0
    endless: int = 0


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
    kept = kept_lines(body, start, end)
    if not kept.whole:
        raise _no_calendar(source)
    try:
        calendar = Calendar.from_ical(kept.document())
        entries: list[Any] = list(islice(calendar.walk("VEVENT"), MOST_EVENTS + 1))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_calendar(source) from error
    reading = _Reading(start, end, source)
    events: list[DatedEvent] = []
    unread = kept.left_out
    for entry in entries[:MOST_EVENTS]:
        _note_moved(entry, reading)
    for entry in entries[:MOST_EVENTS]:
        try:
            events += list(_events(entry, reading))
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
            unread += 1
    remarks = []
    if kept.cut or len(entries) > MOST_EVENTS:
        remarks.append(f"more than {min(len(entries), MOST_EVENTS):,} events; the rest is left out")
    if unread:
        remarks.append(f"{unread:,} events cannot be read and are left out")
    if reading.repeating > MOST_REPEATING:
        remarks.append(
            f"more than {MOST_REPEATING} events repeat; of the rest the first date alone counts"
        )
    if reading.endless:
        remarks.append(f"{reading.endless:,} repetitions are too long to follow to their end")
    return sorted(events, key=lambda event: event.on), remarks


def _note_moved(entry: "Event", reading: _Reading) -> None:
    if "RECURRENCE-ID" in entry and "UID" in entry:
        try:
            instant = entry.decoded("RECURRENCE-ID")
        except (ValueError, TypeError, AttributeError, KeyError):
            return
        if isinstance(instant, date):
            reading.moved.setdefault(str(entry["UID"]), []).append(instant)


def _events(entry: "Event", reading: _Reading) -> Iterator[DatedEvent]:
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
    for on in _dates(entry, first, reading):
        if reading.start <= on <= reading.end:
            yield DatedEvent(on=on, title=title, kind=kind, source=reading.source)


def _dates(entry: "Event", first: date, reading: _Reading) -> Iterator[date]:
    told = entry.get("RRULE")
    reading.repeating += told is not None
    if told is None or reading.repeating > MOST_REPEATING:
        yield _in_tokyo(first)
        return
    rule = read_rule(told.to_ical().decode())
    if first.year < _EARLIEST:
        raise ValueError("a repetition from too long ago")
    begin = _moment(first)
    until = told.get("UNTIL")
    last = _like(_moment(next(iter(until))), begin) if until else None
    skipped = {_like(_moment(day), begin) for day in _exceptions(entry)}
    skipped |= {
        _like(_moment(day), begin) for day in reading.moved.get(str(entry.get("UID", "")), ())
    }
    # A date elsewhere may be another one in Tokyo.
    start, end = (
        date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
        for day, days in ((reading.start, -_EDGE), (reading.end, _EDGE))
    )
    allowance = Allowance(min(reading.steps, STEPS_OF_ONE))
    granted = allowance.left
    for day in repeated(rule, begin.date(), start, end, allowance):
        moment = datetime.combine(day, begin.timetz())
        if last is not None and moment > last:
            break
        if moment not in skipped:
            yield _in_tokyo(moment if isinstance(first, datetime) else day)
    reading.steps -= granted - allowance.left
    reading.endless += allowance.spent


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
