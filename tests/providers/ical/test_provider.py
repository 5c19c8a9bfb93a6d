"""Files and links, over a real server on loopback."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tui.errors import BadPayload, ConfigError, ProviderError, Unavailable
from tui.providers.conformance import (
    Answer,
    CalendarConformance,
    LoopbackServer,
    ManualClock,
)
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import DatedEvent, Host
from tui.providers.ical import ICalCalendar

Document = Callable[..., bytes]
SPAN = date(2025, 6, 1), date(2025, 6, 30)
BOJ = "DTSTART;VALUE=DATE:20250617\nSUMMARY:BoJ decides"
FOMC = "DTSTART;VALUE=DATE:20250618\nSUMMARY:FOMC decides"
SAMPLE = Path(__file__).with_name("sample.ics")


def host(remarks: list[str] | None = None, **settings: Any) -> Host:
    told = [] if remarks is None else remarks
    return Host(
        clock=ManualClock(), instruments=FewInstruments(), settings=settings, remark=told.append
    )


async def asked(of: Host) -> list[DatedEvent]:
    calendar = ICalCalendar(of)
    try:
        return list(await calendar.events(*SPAN))
    finally:
        await calendar.close()


def test_files_and_links_are_read_together(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "own.ics"
    path.write_bytes(document(FOMC))

    async def run() -> list[DatedEvent]:
        async with LoopbackServer() as server:
            server.script("/boj.ics", Answer(body=document(BOJ)))
            return await asked(host(files=[str(path)], links=[f"{server.url}/boj.ics?key=1"]))

    assert [(event.title, event.source) for event in asyncio.run(run())] == [
        ("BoJ decides", "127.0.0.1"),
        ("FOMC decides", "own.ics"),
    ]


def test_one_that_fails_does_not_take_the_others_along(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "own.ics"
    path.write_bytes(document(FOMC))
    remarks: list[str] = []

    async def run() -> list[DatedEvent]:
        async with LoopbackServer() as server:
            server.script("/x.ics", Answer(status=503))
            missing = str(tmp_path / "missing.ics")
            return await asked(
                host(remarks, files=[str(path), missing], links=[f"{server.url}/x.ics"])
            )

    assert [event.title for event in asyncio.run(run())] == ["FOMC decides"]
    assert len(remarks) == 2
    assert any("missing.ics" in remark for remark in remarks)


def test_a_body_beyond_the_bound_is_refused() -> None:
    async def run() -> list[DatedEvent]:
        async with LoopbackServer() as server:
            server.script("/big.ics", Answer(body=b"BEGIN:VCALENDAR\r\n" + b"X" * (2 << 20)))
            return await asked(host(links=[f"{server.url}/big.ics"]))

    with pytest.raises(BadPayload, match="more than"):
        asyncio.run(run())


def test_where_none_can_be_read_the_source_has_failed(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"none\.ics"):
        asyncio.run(asked(host(files=[str(tmp_path / "none.ics")])))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"files": 3}, "list of texts"),
        ({"links": [""]}, "list of texts"),
        ({"links": ["ftp://example.com/a.ics"]}, "http or https"),
        ({"links": ["webcal://example.com/a.ics"]}, "https://"),
        ({"links": ["https://[broken"]}, "http or https"),
        ({"files": ["a.ics"] * 21}, "more than 20"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        ICalCalendar(host(**settings))
    assert said in str(raised.value)
    assert "providers.ical" in str(raised.value)
    assert not isinstance(raised.value, ProviderError)


class TestConformance(CalendarConformance):
    span: ClassVar[tuple[date, date]] = SPAN

    def make(self, host: Host) -> ICalCalendar:
        return ICalCalendar(
            Host(
                clock=host.clock,
                instruments=host.instruments,
                settings={"files": [str(SAMPLE)]},
                remark=host.remark,
            )
        )
