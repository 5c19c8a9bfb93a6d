"""The suite that ships, against a real server that plays the application."""

from dataclasses import replace
from typing import Any

import pytest

from tui.providers.conformance import LoopbackServer, QuoteConformance
from tui.providers.contracts import Host
from tui.providers.kabu import KabuQuotes


class TestQuotes(QuoteConformance):
    symbols = ("7203.T", "285A.T", "^N225")
    kabu: Any
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _recorded(self, kabu: Any) -> None:
        self.kabu = kabu
        type(self).secrets = {"kabu": kabu.password}

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        boards = {code: self.kabu.board(code) for code in ("7203", "285A")}
        station = self.kabu.station({**boards, "101": self.kabu.index()})
        self.server.script("/kabusapi/*", station.answer)
        self.server.socket("/kabusapi/websocket", self.kabu.silent)

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def make(self, host: Host) -> KabuQuotes:
        return self.at(self.server.url, host)

    def make_broken(self, host: Host) -> KabuQuotes:
        return self.at(self.server.refusing_url, host)

    def at(self, url: str, host: Host) -> KabuQuotes:
        return KabuQuotes(replace(host, settings={"base_url": f"{url}/kabusapi"}))


class TestQuotesWithoutAPush(TestQuotes):
    async def prepare(self) -> None:
        await super().prepare()
        # Port and path answer, but not as a WebSocket.
        self.server.socket("/kabusapi/websocket", self.kabu.refused(4001001, 503))
