"""The service's answers, put together for a few invented days, and a desk to try them on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tui.market.instruments import Instrument, InstrumentKind
from tui.market.quotes import QuoteBatch, Update
from tui.providers.conformance import Answer, FewInstruments, LoopbackServer, ManualClock
from tui.providers.contracts import Host

TOKYO_AFTERNOON = datetime(2025, 5, 26, 5, 0, tzinfo=UTC)
"""14:00 in Tokyo, so that the quotes are of 13:40."""

ASSEMBLED = (
    Instrument(symbol="7203.T", code="7203", name="Toyota Motor", name_ja="トヨタ自動車"),
    Instrument(
        symbol="JPY=X",
        name="USD/JPY",
        name_ja="ドル/円",
        kind=InstrumentKind.CURRENCY,
        exchange="",
    ),
    Instrument(symbol="SONY", name="Sony ADR", name_ja="ソニーADR", currency="USD"),
)


def stamp(hour: int, minute: int = 0, *, day: int = 26) -> int:
    """Seconds since 1970 of a time in Tokyo in May 2025."""
    return int(datetime(2025, 5, day, tzinfo=UTC).timestamp()) + (hour - 9) * 3600 + minute * 60


def row(symbol: str, last: float | str | None = 2500.5, **more: Any) -> dict[str, Any]:
    """One quote as the service writes it."""
    told: dict[str, Any] = {
        "language": "en-US",
        "quoteType": "EQUITY",
        "symbol": symbol,
        "currency": "JPY",
        "marketState": "REGULAR",
        "exchange": "JPX",
        "exchangeTimezoneName": "Asia/Tokyo",
        "exchangeDataDelayedBy": 20,
        "regularMarketPrice": last,
        "regularMarketTime": stamp(13, 40),
        "regularMarketPreviousClose": 2480.0,
        "regularMarketOpen": 2490.0,
        "regularMarketDayHigh": 2510.0,
        "regularMarketDayLow": 2481.5,
        "regularMarketVolume": 1_234_500,
        "bid": 2500.0,
        "ask": 2501.0,
        "bidSize": 0,
        "askSize": 0,
        "corporateActions": [],
    }
    return told | more


def currency_row(symbol: str = "JPY=X", **more: Any) -> dict[str, Any]:
    told = {
        "quoteType": "CURRENCY",
        "exchange": "CCY",
        "exchangeTimezoneName": "Europe/London",
        "exchangeDataDelayedBy": 0,
        "regularMarketTime": stamp(13, 59),
        "regularMarketPreviousClose": 142.5,
        "regularMarketOpen": 142.6,
        "regularMarketDayHigh": 143.1,
        "regularMarketDayLow": 142.4,
        "regularMarketVolume": 0,
        "bid": 142.84,
        "ask": 0,
    }
    return row(symbol, 142.85, **(told | more))


def quoted(*rows: dict[str, Any]) -> Answer:
    return Answer.of({"quoteResponse": {"result": list(rows), "error": None}})


UNAUTHORISED = Answer.of(
    {"finance": {"result": None, "error": {"code": "Unauthorized", "description": "No access"}}},
    401,
)


def meta(symbol: str, **more: Any) -> dict[str, Any]:
    """The head of a chart of 26 May."""
    hours = {"timezone": "JST", "start": stamp(9), "end": stamp(15, 30), "gmtoffset": 32400}
    return {
        "currency": "JPY",
        "symbol": symbol,
        "exchangeName": "JPX",
        "instrumentType": "EQUITY",
        "regularMarketTime": stamp(15, 30),
        "gmtoffset": 32400,
        "timezone": "JST",
        "exchangeTimezoneName": "Asia/Tokyo",
        "regularMarketPrice": 2505.0,
        "regularMarketDayHigh": 2510.0,
        "regularMarketDayLow": 2481.5,
        "regularMarketVolume": 5_000,
        "chartPreviousClose": 2480.0,
        "previousClose": 2480.0,
        "priceHint": 2,
        "currentTradingPeriod": {"regular": hours},
        "dataGranularity": "5m",
        "range": "1d",
    } | more


def chart(
    head: dict[str, Any], bars: list[tuple[int, Any, Any, Any, Any, Any]], **more: Any
) -> Answer:
    """Bars as (time, open, high, low, close, volume)."""
    columns = list(zip(*bars, strict=True)) if bars else [()] * 6
    names = ("open", "high", "low", "close", "volume")
    result: dict[str, Any] = {
        "meta": head,
        "indicators": {
            "quote": [dict(zip(names, map(list, columns[1:]), strict=True))] if bars else [{}]
        },
    }
    if bars:
        result["timestamp"] = list(columns[0])
    return Answer.of({"chart": {"result": [result | more], "error": None}})


def no_chart(status: int = 404, words: str = "No data found, symbol may be delisted") -> Answer:
    error = {"code": "Not Found", "description": words}
    return Answer.of({"chart": {"result": None, "error": error}}, status)


INTRADAY = [
    (stamp(9), 2490.0, 2500.0, 2488.0, 2495.0, 1000),
    (stamp(9, 5), 2495.0, 2510.0, 2494.0, 2507.0, 500),
    (stamp(11, 30), None, None, None, None, None),
    (stamp(12), None, None, None, None, None),
    (stamp(12, 30), 2507.0, 2508.0, 2499.0, 2500.0, 300),
    (stamp(15, 25), None, None, None, None, None),
    (stamp(15, 30), 2505.0, 2505.0, 2505.0, 2505.0, 0),
]


@dataclass
class Desk:
    """A server that plays the service, a clock, and what was remarked.

    Attributes:
        more: Settings besides the addresses; the stream is off unless one says otherwise.
    """

    server: LoopbackServer
    clock: ManualClock
    remarks: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)

    def host(self, **more: object) -> Host:
        url = self.server.url
        addresses = ("base_url", "cookie_url", "consent_url", "collect_url")
        return Host(
            clock=self.clock,
            instruments=FewInstruments(ASSEMBLED),
            settings={**dict.fromkeys(addresses, url), "stream": False, **self.more, **more},
            remark=self.remarks.append,
        )

    def greet(self) -> None:
        """Give cookies and crumbs to whoever asks."""
        cookie = {"Set-Cookie": "A3=d=AQABBB&S=xyz; Path=/; HttpOnly"}
        self.server.script("/", Answer(status=404, headers=cookie))
        self.server.script(CRUMB, Answer(body=b"Ab1.cD/2eF", content_type="text/plain"))

    def paths(self) -> list[str]:
        return [request.path for request in self.server.requests]

    async def read(self, stream: AsyncIterator[Update], count: int = 1) -> list[QuoteBatch]:
        """The next batches of a stream."""

        async def one() -> Update:
            return await anext(stream)

        found = [await self.clock.until(one(), limit=7200.0, patience=30.0) for _ in range(count)]
        return [each for each in found if isinstance(each, QuoteBatch)]


CRUMB = "/v1/test/getcrumb"
QUOTE = "/v7/finance/quote"
SEARCH = "/v1/finance/search"


def figures(batch: QuoteBatch, field: Any) -> dict[str, float]:
    """One field by symbol."""
    values = batch.fields[field]
    return {
        batch.symbols[place]: float(value)
        for place, value in zip(batch.rows.tolist(), values, strict=True)
    }


class Yahoo:
    """Everything above, for tests to reach through one fixture."""

    crumb, quote, find = CRUMB, QUOTE, SEARCH
    row = staticmethod(row)
    currency_row = staticmethod(currency_row)
    quoted = staticmethod(quoted)
    meta = staticmethod(meta)
    chart = staticmethod(chart)
    no_chart = staticmethod(no_chart)
    stamp = staticmethod(stamp)
    figures = staticmethod(figures)
    unauthorised = UNAUTHORISED
    intraday = INTRADAY
    instruments = ASSEMBLED
    afternoon = TOKYO_AFTERNOON
    desk = Desk

    def play(
        self,
        steps: Callable[[Desk], Awaitable[None]],
        start: datetime = TOKYO_AFTERNOON,
        **settings: object,
    ) -> None:
        """Run steps against a fresh desk."""

        async def whole() -> None:
            async with LoopbackServer() as server:
                await steps(Desk(server, ManualClock(start), more=settings))

        asyncio.run(whole())


@pytest.fixture
def yahoo() -> Yahoo:
    return Yahoo()
