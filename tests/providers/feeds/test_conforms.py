"""The suite that ships, against a real server with a feed."""

from dataclasses import replace

import pytest

from tui.providers.conformance import Answer, LoopbackServer, NewsConformance
from tui.providers.contracts import Host
from tui.providers.feeds import FeedsProvider


class TestFeeds(NewsConformance):
    body: bytes
    server: LoopbackServer

    @pytest.fixture(autouse=True)
    def _bodied(self, google: bytes) -> None:
        self.body = google

    async def prepare(self) -> None:
        self.server = await LoopbackServer().__aenter__()
        self.server.script("/rss", Answer(body=self.body, content_type="text/xml"))

    async def release(self) -> None:
        await self.server.__aexit__(None, None, None)

    def at(self, host: Host, url: str) -> Host:
        return replace(host, settings={"urls": {"google": f"{url}/rss"}})

    def make(self, host: Host) -> FeedsProvider:
        return FeedsProvider(self.at(host, self.server.url))

    def make_broken(self, host: Host) -> FeedsProvider:
        return FeedsProvider(self.at(host, self.server.refusing_url))
