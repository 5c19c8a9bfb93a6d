"""Feeds of the recorded shapes, and what makes hostile ones."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tui.providers.conformance import Answer, FewInstruments, LoopbackServer, ManualClock
from tui.providers.contracts import Host
from tui.providers.feeds import FeedsProvider

NOW = datetime(2026, 9, 11, tzinfo=UTC)

GOOGLE = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>"半導体" - Google ニュース</title>
<item>
  <title>半導体メモリー急伸 - 日本経済新聞</title>
  <link>https://news.google.com/rss/articles/AAA?oc=5</link>
  <pubDate>Sun, 06 Sep 2026 12:00:00 GMT</pubDate>
  <description>&lt;a href="https://news.google.com/x"&gt;半導体メモリー急伸&lt;/a&gt;&amp;nbsp;&lt;font&gt;日本経済新聞&lt;/font&gt;</description>
  <source url="https://nikkei.com">日本経済新聞</source>
</item>
</channel></rss>
"""

NHK = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:nhknews="http://www.nhk.or.jp/rss/rss2.0/modules/nhknews/"><channel>
<title>NHKニュース</title><ttl>20</ttl>
<item>
  <title><![CDATA[東京で地震]]></title>
  <description><![CDATA[詳細です]]></description>
  <link>https://www3.nhk.or.jp/news/html/20260719/k001.html</link>
  <guid isPermaLink="true">https://www3.nhk.or.jp/news/html/20260719/k001.html</guid>
  <pubDate>Sun, 19 Jul 2026 12:00:00 +0900</pubDate>
  <nhknews:new>1</nhknews:new>
</item>
</channel></rss>
"""


def rss(*items: str, head: str = "") -> bytes:
    """A feed of items, each what stands inside of it."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'>{head}<channel><title>Feed</title>{inside}</channel></rss>".encode()


Script = Callable[[Any], Awaitable[None]]


@pytest.fixture
def google() -> bytes:
    return GOOGLE.encode()


@pytest.fixture
def nhk() -> bytes:
    return NHK.encode()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(name="rss")
def make_rss() -> Callable[..., bytes]:
    return rss


@pytest.fixture
def read() -> Callable[..., Awaitable[Sequence[Any]]]:
    """Take the next delivery of a stream, moving the hands as it needs."""

    async def take(clock: ManualClock, stream: Any, limit: float = 4000.0) -> Sequence[Any]:
        return await clock.until(anext(stream), limit=limit)

    return take


@pytest.fixture
def play() -> Callable[..., None]:
    """Run a script against a source whose feeds are paths of a real server."""

    def run(script: Script, feeds: dict[str, Any], settings: dict[str, Any] | None = None) -> None:
        async def whole() -> None:
            clock, remarks = ManualClock(NOW), list[str]()
            async with LoopbackServer() as server:
                for name, answers in feeds.items():
                    each = answers if isinstance(answers, tuple) else (answers,)
                    server.script(f"/{name}", *(_answer(one) for one in each))
                source = FeedsProvider(
                    Host(
                        clock=clock,
                        instruments=FewInstruments(),
                        settings={
                            "urls": {name: f"{server.url}/{name}" for name in feeds},
                            **(settings or {}),
                        },
                        remark=remarks.append,
                    )
                )
                try:
                    await script(
                        SimpleNamespace(source=source, server=server, clock=clock, remarks=remarks)
                    )
                finally:
                    await source.close()

        asyncio.run(whole())

    return run


def _answer(given: Any) -> Any:
    if isinstance(given, bytes):
        return Answer(body=given, content_type="application/rss+xml")
    return given
