"""The three roles pass the suite that ships, against a server that plays the service."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tui.providers.conformance import (
    Answer,
    HistoryConformance,
    Line,
    LoopbackServer,
    QuoteConformance,
    Request,
    SearchConformance,
)
from tui.providers.contracts import Host
from tui.providers.yahoo import YahooHistory, YahooQuotes, YahooSearch


class Played:
    """Starts the server, and points a source at it."""

    yahoo: Any
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _recorded(self, yahoo: Any) -> None:
        self.yahoo = yahoo

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        cookie = {"Set-Cookie": "A3=d=AQ; Path=/"}
        self.server.script("/", Answer(status=404, headers=cookie))
        self.server.script(self.yahoo.crumb, Answer(body=b"crumb1", content_type="text/plain"))
        self.server.script(self.yahoo.quote, self.quote)
        self.server.script("/v8/finance/chart/*", self.chart)
        self.server.script(self.yahoo.find, self.found)
        self.server.socket("/", self.push)

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def at(self, url: str, host: Host, **more: object) -> Host:
        keys = ("base_url", "cookie_url", "consent_url", "collect_url")
        socket = url.replace("http:", "ws:")
        return replace(host, settings={**dict.fromkeys(keys, url), "stream_url": socket, **more})

    def quote(self, request: Request) -> Any:
        asked = request.params["symbols"].split(",")
        known = {
            "7203.T": self.yahoo.row("7203.T"),
            "^N225": self.yahoo.row("^N225", 37531.5, quoteType="INDEX", regularMarketVolume=0),
            "JPY=X": self.yahoo.currency_row(),
        }
        return self.yahoo.quoted(*(row for symbol, row in known.items() if symbol in asked))

    def chart(self, request: Request) -> Any:
        symbol = request.path.rpartition("/")[2].replace("%5E", "^")
        if symbol not in {"7203.T", "^N225", "285A.T"}:
            return self.yahoo.no_chart()
        if request.params["interval"] != "1d":
            return self.yahoo.chart(self.yahoo.meta(symbol), self.yahoo.intraday)
        days = [(self.yahoo.stamp(9, day=day), 10.0, 12.0, 9.0, 11.0, 900) for day in (20, 23, 26)]
        return self.yahoo.chart(self.yahoo.meta(symbol, dataGranularity="1d"), days)

    def found(self, _: Request) -> Any:
        hits = [
            {"symbol": "7203.T", "quoteType": "EQUITY", "shortname": "TOYOTA", "exchange": "JPX"},
            {"symbol": "7203.T", "quoteType": "EQUITY", "shortname": "TOYOTA", "exchange": "JPX"},
            {"symbol": "TM", "quoteType": "EQUITY", "longname": "Toyota ADR", "exchange": "NYQ"},
        ]
        return Answer.of({"quotes": hits})

    async def push(self, line: Line) -> None:
        await line.silent()


class TestQuotes(Played, QuoteConformance):
    symbols = ("7203.T", "^N225", "JPY=X")

    def make(self, host: Host) -> YahooQuotes:
        return YahooQuotes(self.at(self.server.url, host, stream=False))

    def make_broken(self, host: Host) -> YahooQuotes:
        return YahooQuotes(self.at(self.server.refusing_url, host, stream=False))


class TestQuotesBesideTheStream(TestQuotes):
    def make(self, host: Host) -> YahooQuotes:
        return YahooQuotes(self.at(self.server.url, host))


class TestQuotesFromCharts(Played, QuoteConformance):
    symbols = ("7203.T", "^N225")

    def quote(self, _: Request) -> Any:
        return self.yahoo.unauthorised

    def make(self, host: Host) -> YahooQuotes:
        return YahooQuotes(self.at(self.server.url, host, stream=False))


class TestHistory(Played, HistoryConformance):
    symbols = ("7203.T", "^N225")

    def make(self, host: Host) -> YahooHistory:
        return YahooHistory(self.at(self.server.url, host))

    def make_broken(self, host: Host) -> YahooHistory:
        return YahooHistory(self.at(self.server.refusing_url, host))

    # The suite's clock stands on the morning of the 26th, whose bar is not over.
    span = (date(2025, 5, 19), date(2025, 5, 25))


class TestSearch(Played, SearchConformance):
    finds = (("toyota", "7203.T"), ("TM", "TM"))

    def make(self, host: Host) -> YahooSearch:
        return YahooSearch(self.at(self.server.url, host))

    def make_broken(self, host: Host) -> YahooSearch:
        return YahooSearch(self.at(self.server.refusing_url, host))
