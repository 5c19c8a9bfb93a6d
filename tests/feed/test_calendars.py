"""Calendar sources asked through the feed: checked, plain, and survived."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import pytest

from tui.feed import calendars
from tui.feed.calendars import CalendarFault
from tui.feed.supervisor import Surroundings
from tui.market.quotes import Delay, DelayKind
from tui.providers.conformance import ManualClock
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import About, CalendarProvider, DatedEvent

START, END = date(2025, 5, 1), date(2025, 5, 31)


class Fake(CalendarProvider):
    about: ClassVar[About] = About(
        name="fake", title="Fake", summary="x", delay=Delay(DelayKind.UNKNOWN)
    )
    answer: ClassVar[Any] = ()
    closed: ClassVar[int] = 0

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        del start, end
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[no-any-return]

    async def close(self) -> None:
        type(self).closed += 1


def ask(monkeypatch: pytest.MonkeyPatch, answer: object, name: str = "fake") -> Any:
    def load(role: object, wanted: str) -> type[CalendarProvider]:
        del role, wanted
        return type("One", (Fake,), {"answer": answer})

    if name == "fake":
        monkeypatch.setattr("tui.providers.registry.load", load)
    around = Surroundings(
        clock=ManualClock(), instruments=FewInstruments(), secret=lambda _: "hush-hush"
    )
    return asyncio.run(calendars.calendar_events(name, {}, around, START, END))


def test_events_are_plain_inside_the_span_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    events = ask(
        monkeypatch,
        [
            DatedEvent(on=date(2025, 5, 20), title="late\x1b[31m\u202e"),
            DatedEvent(on=date(2025, 5, 2), title="[b]early[/]", source="desk"),
            DatedEvent(on=date(2025, 6, 2), title="outside"),
            DatedEvent(on=date(2025, 5, 3), title="\u200b"),
        ],
    )
    assert [(event.title, event.source) for event in events] == [
        ("[b]early[/]", "desk"),
        ("late", "fake"),
    ]


@pytest.mark.parametrize("answer", [["text"], None, 3, RuntimeError("key hush\x1b[2J")])
def test_what_breaks_the_contract_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    with pytest.raises(CalendarFault) as raised:
        ask(monkeypatch, answer)
    assert str(raised.value).isprintable()
    assert "fake" in str(raised.value)


def test_a_name_that_nobody_has_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CalendarFault, match="nobody"):
        ask(monkeypatch, (), "nobody")


def test_a_real_source_answers() -> None:
    around = Surroundings(clock=ManualClock(), instruments=FewInstruments(), secret=lambda _: None)
    found = asyncio.run(calendars.calendar_events("dates", {}, around, START, END))
    assert [event.kind for event in found] == ["sq"]
