"""The suite that ships, against a real server that speaks J-Quants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tui.providers.conformance import (
    CalendarConformance,
    HistoryConformance,
    LoopbackServer,
    SearchConformance,
)
from tui.providers.contracts import Host
from tui.providers.jquants import JQuantsCalendar, JQuantsHistory, JQuantsSearch

Script = Callable[[LoopbackServer], None]


class OnJQuants:
    """The server of one check."""

    script: Script
    key: str
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _scripted(self, scripted: Script, key: str) -> None:
        self.script, self.key = scripted, key

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        self.script(self.server)

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def at(self, host: Host, url: str) -> Host:
        return replace(
            host, settings={"base_url": url, "plan": "premium"}, secret=lambda _: self.key
        )


class TestHistory(OnJQuants, HistoryConformance):
    symbols = ("7203.T", "285A.T")

    def make(self, host: Host) -> JQuantsHistory:
        return JQuantsHistory(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> JQuantsHistory:
        return JQuantsHistory(self.at(host, self.server.refusing_url))


class TestSearch(OnJQuants, SearchConformance):
    finds = (("7203", "7203.T"), ("newly", "999A.T"), ("トヨタ", "7203.T"))

    def make(self, host: Host) -> JQuantsSearch:
        return JQuantsSearch(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> JQuantsSearch:
        return JQuantsSearch(self.at(host, self.server.refusing_url))


class TestCalendar(OnJQuants, CalendarConformance):
    span = (date(2025, 5, 26), date(2025, 5, 30))

    def make(self, host: Host) -> JQuantsCalendar:
        return JQuantsCalendar(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> JQuantsCalendar:
        return JQuantsCalendar(self.at(host, self.server.refusing_url))
