"""The suite that ships, against a real server that speaks Stooq's tables."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tui.providers.conformance import HistoryConformance, LoopbackServer, QuoteConformance
from tui.providers.contracts import Host
from tui.providers.stooq import StooqHistory, StooqQuotes

Script = Callable[[LoopbackServer], None]


class OnStooq:
    """The server of one check."""

    script: Script
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _scripted(self, scripted: Script) -> None:
        self.script = scripted

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        self.script(self.server)

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def at(self, host: Host, url: str) -> Host:
        return replace(host, settings={"base_url": url})


class TestQuotes(OnStooq, QuoteConformance):
    symbols = ("7203.T", "285A.T", "JPY=X")

    def make(self, host: Host) -> StooqQuotes:
        return StooqQuotes(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> StooqQuotes:
        return StooqQuotes(self.at(host, self.server.refusing_url))


class TestHistory(OnStooq, HistoryConformance):
    symbols = ("7203.T", "6758.T")
    span = (date(2025, 5, 19), date(2025, 5, 23))

    def make(self, host: Host) -> StooqHistory:
        return StooqHistory(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> StooqHistory:
        return StooqHistory(self.at(host, self.server.refusing_url))
