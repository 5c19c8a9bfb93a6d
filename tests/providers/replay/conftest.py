"""A clock whose hands the test turns, and a stream that is listened to while they turn."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tui.market.instruments import Instrument
from tui.market.quotes import MinuteBatch, QuoteBatch, Update
from tui.providers.contracts import Host
from tui.providers.replay import RecordedSession, ReplayProvider


class NoTables:
    def get(self, symbol: str) -> Instrument | None:  # noqa: ARG002 - nothing is known
        return None

    def search(self, query: str, limit: int = 20) -> Sequence[Instrument]:  # noqa: ARG002 - as above
        return ()


class Hands:
    """A manual clock; `sleepers` says who waits on it."""

    def __init__(self) -> None:
        self.hand = 100.0
        self._count = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    @property
    def sleepers(self) -> int:
        return sum(not future.done() for _, _, future in self._sleepers)

    def now(self) -> datetime:
        return datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=self.hand)

    def monotonic(self) -> float:
        return self.hand

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.hand + seconds, next(self._count), future))
        await future

    async def turn(self, seconds: float) -> None:
        """Move the hands, waking each sleeper at its own moment."""
        until = self.hand + seconds
        await settled()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                self.hand = max(self.hand, due)
                future.set_result(None)
                await settled()
        self.hand = until


async def settled() -> None:
    """Let every task run until it waits again."""
    for _ in range(20):
        await asyncio.sleep(0)


class Listening:
    """What a stream has delivered so far."""

    def __init__(self, provider: ReplayProvider, hands: Hands) -> None:
        self.provider = provider
        self.hands = hands
        self.updates: list[Update] = []

    @property
    def quotes(self) -> list[QuoteBatch]:
        return [update for update in self.updates if isinstance(update, QuoteBatch)]

    @property
    def minutes(self) -> list[MinuteBatch]:
        return [update for update in self.updates if isinstance(update, MinuteBatch)]


@asynccontextmanager
async def listening(
    provider: ReplayProvider, hands: Hands, symbols: Sequence[str]
) -> AsyncIterator[Listening]:
    heard = Listening(provider, hands)

    async def listen() -> None:
        async for update in provider.stream(symbols):
            heard.updates.append(update)

    task = asyncio.create_task(listen())
    await settled()
    try:
        yield heard
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def listen(
    hands: Hands,
) -> Callable[[ReplayProvider, Sequence[str]], AbstractAsyncContextManager[Listening]]:
    return lambda provider, symbols: listening(provider, hands, symbols)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def remarks() -> list[str]:
    return []


@pytest.fixture
def make(hands: Hands, remarks: list[str]) -> Callable[..., ReplayProvider]:
    def start(**settings: object) -> ReplayProvider:
        host = Host(clock=hands, instruments=NoTables(), settings=settings, remark=remarks.append)
        return ReplayProvider(host)

    return start


@pytest.fixture(scope="session")
def recorded() -> RecordedSession:
    return RecordedSession.load()
