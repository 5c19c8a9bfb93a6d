"""Reading a document: dates in Tokyo, repetitions within bounds, and hostile ones survived."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import BadPayload
from tui.providers.ical.document import read_document

Document = Callable[..., bytes]
START, END = date(2025, 5, 1), date(2025, 8, 31)


def days(body: bytes) -> list[str]:
    return [f"{event.on:%m-%d} {event.title}" for event in read(body)[0]]


def read(body: bytes) -> tuple[list, list[str]]:  # type: ignore[type-arg]
    return read_document(body, START, END, source="test")


def test_dates_stand_and_instants_count_on_their_date_in_tokyo(document: Document) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250613\nSUMMARY:BoJ\nCATEGORIES:Policy,Other",
        "DTSTART;TZID=America/New_York:20250610T203000\nSUMMARY:Late in New York",
        "DTSTART:20250611T150000Z\nSUMMARY:Midnight",
        "DTSTART:20250612T150000\nSUMMARY:No zone",
    )
    assert days(body) == [
        "06-11 Late in New York", "06-12 Midnight", "06-12 No zone", "06-13 BoJ",
    ]  # fmt: skip
    assert read(body)[0][-1].kind == "policy"


def test_what_repeats_is_told_inside_the_span_but_for_its_exceptions(document: Document) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250415\nSUMMARY:Monthly\nRRULE:FREQ=MONTHLY;COUNT=4",
        "DTSTART;TZID=Asia/Tokyo:20250602T100000\nSUMMARY:Weekly\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20250620T000000Z\nEXDATE;TZID=Asia/Tokyo:20250609T100000",
    )
    assert days(body) == [
        "05-15 Monthly", "06-02 Weekly", "06-15 Monthly", "06-16 Weekly", "07-15 Monthly",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:garbage\nSUMMARY:x",
        "SUMMARY:no start",
        "DTSTART;VALUE=DATE:20250613",
        "DTSTART;VALUE=DATE:20250613\nSUMMARY:\u202e\u200b",
        "DTSTART:20250613T000000Z\nSUMMARY:each second\nRRULE:FREQ=SECONDLY",
        "DTSTART:20250613T000000Z\nSUMMARY:x\nRRULE:FREQ=DAILY;BYSECOND=1,2,3",
        "DTSTART:00010101T000000Z\nSUMMARY:x\nRRULE:FREQ=DAILY",
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(document: Document, lines: str) -> None:
    events, remarks = read(document(lines, "DTSTART;VALUE=DATE:20250701\nSUMMARY:Good"))
    assert [event.title for event in events] == ["Good"]
    assert "1 events cannot be read" in remarks[0]


def test_a_rule_that_never_fits_ends(document: Document) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250101\nSUMMARY:Never\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
    )
    assert days(body) == []


def test_what_is_cancelled_is_left_out(document: Document) -> None:
    assert days(document("DTSTART;VALUE=DATE:20250613\nSUMMARY:Off\nSTATUS:CANCELLED")) == []


def test_titles_are_plain(document: Document) -> None:
    ((event),), _ = read(document("DTSTART;VALUE=DATE:20250613\nSUMMARY:a\x1b[2J\u202eb [red]c[/]"))
    assert event.title == "ab [red]c[/]"


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"BEGIN:VCALENDAR", b"\xff" * 50])
def test_what_is_no_calendar_is_refused(body: bytes) -> None:
    if body == b"BEGIN:VCALENDAR":
        with pytest.raises(BadPayload):
            read_document(body + b"\r\nbroken line", START, END, source="x")
        return
    with pytest.raises(BadPayload, match="no iCalendar"):
        read(body)


@given(st.binary(max_size=300))
def test_any_bytes_are_events_or_a_refusal(body: bytes) -> None:
    try:
        events, _ = read(b"BEGIN:VCALENDAR\r\n" + body)
    except BadPayload:
        return
    assert all(START <= event.on <= END for event in events)
