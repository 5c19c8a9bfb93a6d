"""A real source under the feed's supervision, against a service that fails over true sockets."""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tui.feed.backoff import Backoff, Pauses
from tui.feed.health import FeedState
from tui.feed.ledger import Ledger
from tui.feed.outbox import Outbox
from tui.feed.streams import Epochs, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.market.quotes import Field, QuoteBatch
from tui.providers.conformance import Answer, Fault, FewInstruments, LoopbackServer, ManualClock
from tui.providers.contracts import Role, no_secret
from tui.providers.yahoo.quotes import YahooQuotes

AFTERNOON = datetime(2025, 5, 26, 5, 0, tzinfo=UTC)
STAMP = int(AFTERNOON.timestamp()) - 20 * 60
QUOTE, CRUMB = "/v7/finance/quote", "/v1/test/getcrumb"
TRIES = 4
REQUESTS = 12
"""Requests of one attempt at most: a cookie, a crumb, quotes, and their redirects."""


def quoted(last: float = 2500.0, stamp: int = STAMP) -> Answer:
    row = {
        "symbol": "7203.T",
        "currency": "JPY",
        "marketState": "REGULAR",
        "exchangeTimezoneName": "Asia/Tokyo",
        "exchangeDataDelayedBy": 20,
        "regularMarketTime": stamp,
        "regularMarketPrice": last,
        "regularMarketPreviousClose": 2480.0,
    }
    return Answer.of({"quoteResponse": {"result": [row], "error": None}})


@dataclass
class Desk:
    """The source and its supervisor; the hands of its clock are moved from pause to pause."""

    server: LoopbackServer
    clock: ManualClock
    settings: dict[str, object] = field(default_factory=dict)
    outbox: Outbox = field(default_factory=Outbox)

    def __post_init__(self) -> None:
        self._changed = asyncio.Event()
        self.ledger = Ledger("yahoo", Role.QUOTES, self.clock, self._changed.set)
        addresses = ("base_url", "cookie_url", "consent_url", "collect_url")
        usual = {**dict.fromkeys(addresses, self.server.url), "stream": False, "timeout": 20.0}
        self.supervisor = QuoteSupervisor(
            YahooQuotes,
            usual | self.settings,
            ledger=self.ledger,
            backoff=Backoff(Pauses(), random.Random(3)),
            around=Surroundings(clock=self.clock, instruments=FewInstruments(()), secret=no_secret),
            symbols=lambda: ("7203.T",),
            outbox=self.outbox,
            epochs=Epochs(),
        )

    def greet(self) -> None:
        """Let the service be well."""
        self.server.script("/*", Answer(status=404))
        self.server.script(CRUMB, Answer(body=b"Ab1.cD/2eF", content_type="text/plain"))
        self.server.script(QUOTE, quoted())

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait, on true sockets, until the health says so."""
        async with asyncio.timeout(10):
            while not reached():
                self._changed.clear()
                await self._changed.wait()

    async def failed(self, count: int) -> float:
        """Wait until so many attempts have failed, and move on to the next; the pause."""
        await self.until(lambda: self.ledger.health.errors >= count)
        await self.clock.settle()
        retry_at = self.ledger.health.retry_at
        assert retry_at is not None, "it is asked again by itself"
        pause = (retry_at - self.clock.now()).total_seconds()
        # An instant is told to the microsecond, which may be a hair before the sleeper wakes.
        await self.clock.advance(pause + 0.01)
        return pause

    async def delivered(self) -> None:
        """Wait until quotes come."""
        await self.until(lambda: self.ledger.health.state.delivering)

    def last(self) -> float:
        """The newest price that came."""
        batches = [each for each in self.outbox.drain() if isinstance(each, QuoteBatch)]
        return float(batches[-1].fields[Field.LAST][0])


def play(steps: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    async def whole() -> None:
        async with LoopbackServer() as server:
            desk = Desk(server, ManualClock(AFTERNOON), settings)
            desk.greet()
            task = asyncio.ensure_future(desk.supervisor.run())
            try:
                await steps(desk)
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    asyncio.run(whole())


FAULTS: dict[str, tuple[Answer, str]] = {
    "reset": (quoted().failing(Fault.RESET), "the connection was cut by the other side"),
    "reset inside": (
        quoted().failing(Fault.RESET_INSIDE),
        "the connection was cut by the other side",
    ),
    "stall before": (quoted().failing(Fault.STALL_BEFORE), "answer within"),
    "stall inside": (quoted().failing(Fault.STALL_INSIDE), "answer within"),
    "truncate": (quoted().failing(Fault.TRUNCATE), "the connection ended before the answer did"),
    "garbage": (quoted().failing(Fault.GARBAGE), "the connection ended before the answer did"),
    "301 loop": (Answer.redirect(QUOTE, 301), "redirected more than 5 times"),
    "404": (Answer(status=404), "does not have what was asked (404)"),
    "429": (Answer.too_many(45), "asked too often (429)"),
    "500": (Answer(status=500), "a server error (500)"),
    "503": (Answer.too_many(45, 503), "asked too often (503)"),
    "web page": (Answer(body=b"<html>", content_type="text/html"), "a web page where JSON"),
    "deep": (Answer.deep(), "answered with"),
    "huge": (Answer.huge(5 << 20), "answered with more than 4,194,304 bytes"),
    "bomb": (Answer.bomb(64 << 20), "answered with more than 4,194,304 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_tried_again_ever_more_seldom_and_over_by_itself(name: str) -> None:
    fault, said = FAULTS[name]
    # Short only where its end is what comes of it, so that no slow machine meets it elsewhere.
    timeout = 0.4 if fault.fault in {Fault.STALL_BEFORE, Fault.STALL_INSIDE} else 20.0

    async def steps(desk: Desk) -> None:
        await desk.delivered()
        good = len(desk.server.requests)
        desk.server.script("/*", fault)
        desk.server.script(CRUMB, fault)
        desk.server.script(QUOTE, fault)
        await desk.clock.advance(10.0)
        pauses = [await desk.failed(count) for count in range(1, TRIES + 1)]
        assert said in desk.ledger.health.last_error
        assert all(pause > 0 for pause in pauses)
        assert pauses[-1] > pauses[0] or "too often" in said
        await desk.until(lambda: desk.ledger.health.errors > TRIES)
        assert len(desk.server.requests) - good <= REQUESTS * (TRIES + 1)
        desk.greet()
        desk.server.script(QUOTE, quoted(2510.0, STAMP + 60))
        await desk.failed(TRIES + 1)
        await desk.delivered()
        assert desk.last() == 2510.0

    play(steps, timeout=timeout)


def test_a_service_that_comes_and_goes_is_found_again() -> None:
    async def steps(desk: Desk) -> None:
        await desk.delivered()
        for errors in (1, 2):
            await desk.server.vanish()
            await desk.clock.advance(10.0)
            await desk.until(lambda errors=errors: desk.ledger.health.errors >= errors)  # type: ignore[misc]
            assert "the connection was refused" in desk.ledger.health.last_error
            await desk.server.listen()
            await desk.failed(errors)
            await desk.delivered()

    play(steps)


def test_a_name_that_cannot_be_found_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(*_: object, **__: object) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def steps(desk: Desk) -> None:
        await desk.failed(1)
        assert "its name cannot be found" in desk.ledger.health.last_error
        await desk.until(lambda: desk.ledger.health.errors >= 2)

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    play(steps, base_url="http://quotes.test:1", cookie_url="http://quotes.test:1")


def test_a_proxy_that_is_not_there_is_told_and_no_proxy_goes_round_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refused(desk: Desk) -> None:
        monkeypatch.setenv("HTTP_PROXY", desk.server.refusing_url)
        await desk.failed(1)
        assert "the connection was refused" in desk.ledger.health.last_error

    async def round_it(desk: Desk) -> None:
        monkeypatch.setenv("HTTP_PROXY", desk.server.refusing_url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        await desk.delivered()
        assert desk.ledger.health.errors == 0

    for name in ("no_proxy", "NO_PROXY", "ALL_PROXY", "all_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    play(refused)
    play(round_it)


def test_a_price_that_is_not_told_gives_its_time_to_no_older_one() -> None:
    async def steps(desk: Desk) -> None:
        await desk.delivered()
        desk.outbox.drain()
        desk.server.script(QUOTE, quoted(None, STAMP + 60))  # type: ignore[arg-type]
        await desk.clock.advance(10.0)
        await desk.server.asked(4)
        await desk.clock.asleep()
        later = [each for each in desk.outbox.drain() if isinstance(each, QuoteBatch)]
        assert all((batch.time != batch.time).all() for batch in later)
        assert desk.ledger.health.state is FeedState.DELAYED

    play(steps)


def test_an_answer_without_a_quote_of_what_was_quoted_before_is_told() -> None:
    async def steps(desk: Desk) -> None:
        await desk.delivered()
        desk.server.script(QUOTE, Answer.of({"quoteResponse": {"result": [], "error": None}}))
        await desk.clock.advance(10.0)
        await desk.failed(1)
        assert "without a single quote" in desk.ledger.health.last_error

    play(steps)
