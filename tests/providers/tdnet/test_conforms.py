"""The suite that ships, against a real server with a list of disclosures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tui.providers.conformance import Answer, LoopbackServer, NewsConformance
from tui.providers.contracts import Host
from tui.providers.tdnet import TdnetProvider


class TestTdnet(NewsConformance):
    body: bytes
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _bodied(
        self, listing: Callable[..., bytes], results: dict[str, Any], plan: dict[str, Any]
    ) -> None:
        self.body = listing(results, plan)

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        self.server.script("/list/recent.json", Answer(body=self.body))

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def make(self, host: Host) -> TdnetProvider:
        return TdnetProvider(replace(host, settings={"base_url": self.server.url}))

    def make_broken(self, host: Host) -> TdnetProvider:
        return TdnetProvider(replace(host, settings={"base_url": self.server.refusing_url}))
