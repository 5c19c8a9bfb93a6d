"""Reading a document: dates in Tokyo, repetitions within bounds, and hostile ones survived."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import BadPayload
from tui.providers.ical.document import read_document
from tui.providers.ical.lines import MOST_LINES, kept_lines

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


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
@pytest.mark.parametrize("more", ["", ";COUNT=99999999", ";INTERVAL=99999999"])
def test_a_rule_that_never_fits_ends(document: Document, frequency: str, more: str) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250101\nSUMMARY:Never\n"
        f"RRULE:FREQ={frequency};BYMONTH=2;BYMONTHDAY=30{more}"
    )
    assert read(body) == ([], [])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYHOUR=25",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 3_000),
        "FREQ=DAILY;COUNT=99999999999999",
    ],
)
def test_a_rule_that_is_not_read_is_left_out_and_told(document: Document, rule: str) -> None:
    events, remarks = read(document(f"DTSTART:20250613T000000Z\nSUMMARY:x\nRRULE:{rule}"))
    assert events == []
    assert remarks == ["1 events cannot be read and are left out"]


def test_repetitions_that_count_from_long_ago_are_given_up_and_told(document: Document) -> None:
    one = "DTSTART;VALUE=DATE:19010101\nSUMMARY:Old\nRRULE:FREQ=DAILY;COUNT=99999999"
    events, remarks = read(document(*[one] * 250, "DTSTART;VALUE=DATE:20250701\nSUMMARY:Good"))
    assert [event.title for event in events] == ["Good"]
    assert remarks == [
        "more than 200 events repeat; of the rest the first date alone counts",
        "200 repetitions are too long to follow to their end",
    ]


def test_one_of_a_series_that_was_moved_is_told_on_its_new_date(document: Document) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250602\nSUMMARY:Weekly\nRRULE:FREQ=WEEKLY;COUNT=3",
        "DTSTART;VALUE=DATE:20250610\nSUMMARY:Moved\nRECURRENCE-ID;VALUE=DATE:20250609",
    ).replace(b"UID:1", b"UID:0")
    assert days(body) == ["06-02 Weekly", "06-10 Moved", "06-16 Weekly"]


ZONE = """\
BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
DTSTART:19701101T020000
{rule}
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Evening
DTSTART;TZID=Nowhere:20250613T103000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Late
DTSTART;TZID=Nowhere:20250613T113000
END:VEVENT
"""


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_zone_of_its_own_is_followed_but_for_a_hostile_rule(rule: str) -> None:
    text = f"BEGIN:VCALENDAR\n{ZONE.format(rule=rule)}END:VCALENDAR\n"
    assert days(text.replace("\n", "\r\n").encode()) == ["06-13 Evening", "06-14 Late"]


def test_of_too_many_lines_the_rest_is_left_out_and_told(document: Document) -> None:
    events, remarks = read(document(*["DTSTART;VALUE=DATE:20250613\nSUMMARY:x"] * 6_000))
    assert 0 < len(events) <= MOST_LINES // 5
    assert "the rest is left out" in remarks[0]


def test_lines_that_cannot_matter_are_not_given_to_the_library(document: Document) -> None:
    body = document(
        "DTSTART;VALUE=DATE:20250613\nSUMMARY:fol\n ded\nDESCRIPTION:long\n story\nX-A:1\n"
        "BEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM",
        "DTSTART;VALUE=DATE:20240613\nSUMMARY:Past",
        "DTSTART;VALUE=DATE:20250613\nSUMMARY:Flood\n" + "EXDATE:20250613\n" * 2_000,
    )
    kept = kept_lines(body, START, END)
    assert kept.lines == [
        b"BEGIN:VEVENT", b"UID:0", b"DTSTART;VALUE=DATE:20250613", b"SUMMARY:folded",
        b"END:VEVENT",
    ]  # fmt: skip
    assert (kept.left_out, kept.whole, kept.cut) == (1, True, False)


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
