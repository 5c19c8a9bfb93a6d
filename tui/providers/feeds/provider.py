"""Feeds as a source of news."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar, Final

from tui.market.catalysts import Catalyst
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, Host, NewsProvider
from tui.providers.feeds.settings import NAME, SECTION, FeedTerms, feed_terms
from tui.providers.feeds.visit import Visit, failure
from tui.providers.web import WebClient, web_terms

AT_ONCE: Final = 4
"""Feeds that are visited at the same time at most."""

_CALLS, _SPAN = 10, 60.0
"""To one host, redirects included; there may be several feeds of one publisher."""


class FeedsProvider(NewsProvider):
    """RSS 0.9 to 2.0, Atom and JSON feeds, each visited at its own pace.

    A feed that has not changed is asked for with its validators and answers so. One that fails
    is told of by `Host.remark`, with its name, and is tried again by itself; the others go on.
    The stream fails only where every feed does and none has ever been read.

    Raises:
        ConfigError: A setting cannot be used, or no feed is named.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="Feeds",
        summary="Headlines of any RSS, Atom or JSON feed that you switch on; free.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._clients: dict[str, WebClient] = {}
        self._visits = [
            Visit(terms, host, self._client(terms)) for terms in feed_terms(host.settings)
        ]

    async def close(self) -> None:
        """Release the connections."""
        for client in self._clients.values():
            await client.close()

    async def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        """Deliver what is known, then each feed's news as they come."""
        for visit in self._visits:
            if visit.held:
                yield list(visit.held.values())
        news: asyncio.Queue[list[Catalyst]] = asyncio.Queue(maxsize=1)
        turns = asyncio.Semaphore(AT_ONCE)
        tasks = [asyncio.ensure_future(self._follow(visit, turns, news)) for visit in self._visits]
        try:
            while True:
                fresh = await _next(news, tasks)
                if fresh:
                    yield fresh
                elif all(visit.error is not None and not visit.seen for visit in self._visits):
                    raise failure(self._visits)
                news.task_done()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(
        self, visit: Visit, turns: asyncio.Semaphore, news: "asyncio.Queue[list[Catalyst]]"
    ) -> None:
        """Visit a feed again and again; an empty delivery says that a visit is over."""
        waits = visit.due > self.host.clock.monotonic()
        if waits and visit.error is not None and not visit.seen:
            # The stream was started again: whether all have failed is known before the wait.
            await news.put([])
            await news.join()
        while True:
            await visit.wait()
            async with turns:
                fresh = await visit.look()
            await news.put(fresh)
            # No next visit before what this one brought has been taken.
            await news.join()

    def _client(self, terms: FeedTerms) -> WebClient:
        """The client of a feed's host, which all its feeds share."""
        settings = {
            key: value for key, value in self.host.settings.items() if key in {"timeout", "ca_file"}
        }
        client = self._clients.get(terms.origin)
        if client is None:
            client = self._clients[terms.origin] = WebClient(
                NAME,
                web_terms(settings, SECTION, terms.origin),
                clock=self.host.clock,
                budget=self.host.budgets.of(
                    f"{NAME} {terms.origin}",
                    self.host.clock,
                    calls=_CALLS,
                    seconds=_SPAN,
                    patience=300.0,
                ),
            )
        return client


async def _next(
    news: "asyncio.Queue[list[Catalyst]]", tasks: "Sequence[asyncio.Future[None]]"
) -> list[Catalyst]:
    """The next delivery; what a task raises, which no failure of a feed is, is raised here."""
    waiting = asyncio.ensure_future(news.get())
    try:
        every: list[asyncio.Future[Any]] = [waiting, *tasks]
        await asyncio.wait(every, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
        return await waiting
    finally:
        waiting.cancel()
