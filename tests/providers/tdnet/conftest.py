"""The list of disclosures as recorded, on a real server."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tui.market.text_rules import TextRules
from tui.providers.conformance import Answer, FewInstruments, LoopbackServer, ManualClock
from tui.providers.contracts import Host
from tui.providers.tdnet import TdnetProvider

NOW = datetime(2026, 8, 5, 7, tzinfo=UTC)
DETOUR = "https://webapi.yanoshin.jp/rd.php?"
RELEASE = "https://www.release.tdnet.info/inbs/"
PATH = "/list/recent.json"

RESULTS = {
    "id": "1270702",
    "pubdate": "2026-08-05 15:50:00",
    "company_code": "72200",
    "company_name": "武蔵精密",
    "title": "2027年３月期 第１四半期決算短信【日本基準】(連結)",
    "document_url": f"{DETOUR}{RELEASE}140120260805509240.pdf",
    "url_xbrl": f"{DETOUR}{RELEASE}081220260805509240.zip",
}
PLAN = {
    "id": "1228305",
    "pubdate": "2026-02-24 19:30:00",
    "company_code": "40120",
    "company_name": "アクシス",
    "title": "新中期経営計画「Go Beyond」策定に関するお知らせ",
    "document_url": f"{DETOUR}{RELEASE}140120260224568061.pdf",
    "url_report_type_summary": None,
    "url_xbrl": None,
    "markets_string": "東",
}


def listing(*rows: Any, total: Any = None, wrap: bool = True) -> bytes:
    items = [{"Tdnet": row} if wrap and isinstance(row, dict) else row for row in rows]
    count = len(items) if total is None else total
    return json.dumps({"total_count": count, "items": items}, ensure_ascii=False).encode()


@pytest.fixture(name="listing")
def make_listing() -> Callable[..., bytes]:
    return listing


@pytest.fixture
def results() -> dict[str, Any]:
    return dict(RESULTS)


@pytest.fixture
def plan() -> dict[str, Any]:
    return dict(PLAN)


@pytest.fixture
def play() -> Callable[..., None]:
    """Run a script against the source and a server with these answers."""

    def run(
        script: Callable[[Any], Awaitable[None]],
        *answers: Any,
        rules: TextRules | None = None,
        **settings: Any,
    ) -> None:
        async def whole() -> None:
            clock, remarks = ManualClock(NOW), list[str]()
            async with LoopbackServer() as server:
                server.script(
                    PATH,
                    *(Answer(body=each) if isinstance(each, bytes) else each for each in answers),
                )
                source = TdnetProvider(
                    Host(
                        clock=clock,
                        instruments=FewInstruments(),
                        settings={"base_url": server.url, "timeout": 20.0, **settings},
                        remark=remarks.append,
                        rules=rules or TextRules(),
                    )
                )
                stream: Any = source.stream()
                at = SimpleNamespace(
                    source=source,
                    stream=stream,
                    server=server,
                    clock=clock,
                    remarks=remarks,
                    next=lambda limit=1000.0: clock.until(anext(stream), limit=limit),
                )
                try:
                    await script(at)
                finally:
                    await stream.aclose()
                    await source.close()

        asyncio.run(whole())

    return run
