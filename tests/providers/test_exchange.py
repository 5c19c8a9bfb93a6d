import asyncio
from datetime import date

import pytest

from tui.errors import NotSupported
from tui.providers.conformance import CalendarConformance, ManualClock
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import DatedEvent, Host
from tui.providers.exchange import ExchangeCalendar


def events(start: date, end: date) -> list[DatedEvent]:
    calendar = ExchangeCalendar(Host(clock=ManualClock(), instruments=FewInstruments()))
    return list(asyncio.run(calendar.events(start, end)))


def test_a_span_holds_its_closures_in_order_of_date() -> None:
    golden_week = events(date(2025, 4, 29), date(2025, 5, 6))
    assert [(event.on, event.title) for event in golden_week] == [
        (date(2025, 4, 29), "Tokyo closed: Showa Day"),
        (date(2025, 5, 5), "Tokyo closed: Children's Day"),
        (date(2025, 5, 6), "Tokyo closed: Greenery Day"),
    ]
    assert {event.kind for event in golden_week} == {"holiday"}


def test_the_turn_of_the_year_holds_last_and_first_session() -> None:
    turn = events(date(2024, 12, 30), date(2025, 1, 6))
    assert [event.on for event in turn if event.kind == "session"] == [
        date(2024, 12, 30),
        date(2025, 1, 6),
    ]
    assert [event.on for event in turn] == sorted(event.on for event in turn)


def test_a_span_without_any_is_empty() -> None:
    assert events(date(2025, 5, 26), date(2025, 5, 30)) == []
    assert events(date(2025, 5, 30), date(2025, 5, 26)) == []


def test_years_beyond_every_calendar_are_not_supported() -> None:
    with pytest.raises(NotSupported, match="2050"):
        events(date(2050, 1, 1), date(2050, 12, 31))


class TestConformance(CalendarConformance):
    def make(self, host: Host) -> ExchangeCalendar:
        return ExchangeCalendar(host)
