"""The lines of an iCalendar document that are looked at.

The library that reads them takes its time with each line, so what cannot matter is taken out
before: other components, properties that are not used, and single events outside the span.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

MOST_LINES: Final = 20_000
"""Lines of events and zones that are kept; what comes later is left out."""
LONGEST_LINE: Final = 10_000
"""Bytes of a line that is kept."""
_MOST_OF_ONE: Final = 1_000
"""Lines of one event or zone; one with more is left out."""
_USED: Final = frozenset(
    {
        b"SUMMARY",
        b"DTSTART",
        b"RRULE",
        b"EXDATE",
        b"STATUS",
        b"CATEGORIES",
        b"UID",
        b"RECURRENCE-ID",
    }
)
_NAME: Final = re.compile(rb"[A-Za-z0-9-]+")
_SINGLE_DATE: Final = re.compile(rb"DTSTART[^:]*:(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
_ZONE_RULE: Final = re.compile(
    rb"RRULE:FREQ=YEARLY(;(BYMONTH=([1-9]|1[0-2])|BYDAY=[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)"
    rb"|INTERVAL=1|UNTIL=[0-9TZ]{8,16}|WKST=[A-Z]{2}))*",
    re.IGNORECASE,
)
"""How zones change their offset. The library follows any rule, however long that takes."""
_FOLD: Final = re.compile(rb"\r?\n[ \t]")


@dataclass(slots=True)
class Kept:
    """What is kept of a document.

    Attributes:
        lines: Of zones and events.
        left_out: Events and zones that are too long.
        cut: Whether there was more than is kept.
        whole: Whether a calendar begins, and the last one ends.
    """

    lines: list[bytes] = field(default_factory=list)
    left_out: int = 0
    cut: bool = False
    whole: bool = False

    def document(self) -> bytes:
        """A document of these lines."""
        return b"\r\n".join((b"BEGIN:VCALENDAR", *self.lines, b"END:VCALENDAR", b""))


def kept_lines(body: bytes, start: date, end: date) -> Kept:
    """What matters of a document for a span, both dates included."""
    kept = Kept()
    inside: list[bytes] = []
    part: list[bytes] = []
    for line in _unfolded(body):
        name = _name(line)
        if name == b"BEGIN":
            inside.append(_value(line))
            kept.whole = kept.whole and inside != [b"VCALENDAR"]
        of = inside[1] if len(inside) > 1 and inside[0] == b"VCALENDAR" else b""
        if of == b"VTIMEZONE" or (of == b"VEVENT" and len(inside) == 2 and name in _USED):
            part.append(line)
        if name == b"END" and inside and _value(line) == inside[-1]:
            inside.pop()
            if len(inside) == 1:
                _keep(kept, of, part, start, end)
                part = []
            elif inside == []:
                kept.whole = True
        if kept.cut:
            kept.whole = True
            break
    return kept


def _keep(kept: Kept, name: bytes, part: list[bytes], start: date, end: date) -> None:
    """Take in an event or a zone that matters."""
    if name == b"VEVENT":
        part = [b"BEGIN:VEVENT", *part, b"END:VEVENT"]
        if _elsewhere(part, start, end):
            return
    elif name == b"VTIMEZONE":
        part = [line for line in part if _name(line) != b"RRULE" or _ZONE_RULE.fullmatch(line)]
    else:
        return
    if len(part) > _MOST_OF_ONE or max(map(len, part)) > LONGEST_LINE:
        kept.left_out += 1
    elif len(kept.lines) + len(part) > MOST_LINES:
        kept.cut = True
    else:
        kept.lines += part


def _elsewhere(event: list[bytes], start: date, end: date) -> bool:
    """Whether it stands for nothing but a single date that is not in the span."""
    single = None
    for line in event:
        if _name(line) in {b"RRULE", b"RECURRENCE-ID"}:
            return False
        single = single or _SINGLE_DATE.match(line)
    try:
        on = single and date(*(int(number) for number in single.groups()))
    except ValueError:
        return False
    if on is None:
        return False
    # A date elsewhere may be another one in Tokyo.
    return not start.toordinal() - 1 <= on.toordinal() <= end.toordinal() + 1


def _unfolded(body: bytes) -> Iterator[bytes]:
    whole = _FOLD.sub(b"", body.removeprefix(b"\xef\xbb\xbf"))
    return (line.rstrip(b"\r") for line in whole.split(b"\n"))


def _name(line: bytes) -> bytes:
    found = _NAME.match(line)
    return found[0].upper() if found else b""


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper()
