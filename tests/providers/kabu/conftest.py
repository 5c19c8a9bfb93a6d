"""kabu STATION as it is known from recorded shapes, on a real server, and a desk to try it on."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tui.market.quotes import QuoteBatch, Update
from tui.market.times import JST
from tui.providers.conformance import (
    Answer,
    FewInstruments,
    Line,
    LoopbackServer,
    ManualClock,
    Request,
    check_quotes,
)
from tui.providers.contracts import Host
from tui.providers.kabu import KabuQuotes

PASSWORD = "geheim-0815"  # noqa: S105 - a made-up one, to look for where it must not be
MORNING = datetime(2025, 5, 26, 10, 0, tzinfo=JST).astimezone(UTC)


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 26) -> str:
    """A time in Tokyo in May 2025, as the application writes it."""
    return datetime(2025, 5, day, hour, minute, second, tzinfo=JST).isoformat()


def board(code: str = "7203", last: float | str | None = 2500.5, **more: Any) -> dict[str, Any]:
    """A share in continuous trading: buyers at 2500, sellers at 2501, named as the service does."""
    told: dict[str, Any] = {
        "Symbol": code,
        "SymbolName": "試験用",
        "Exchange": 1,
        "ExchangeName": "東証プ",
        "CurrentPrice": last,
        "CurrentPriceTime": at(9, 59, 58),
        "CurrentPriceChangeStatus": "0057",
        "CurrentPriceStatus": 1,
        "CalcPrice": last,
        "PreviousClose": 2480.0,
        "PreviousCloseTime": at(0, day=23),
        "ChangePreviousClose": 20.5,
        "ChangePreviousClosePer": 0.83,
        "OpeningPrice": 2490.0,
        "OpeningPriceTime": at(9),
        "HighPrice": 2510.0,
        "HighPriceTime": at(9, 30),
        "LowPrice": 2485.0,
        "LowPriceTime": at(9, 5),
        "TradingVolume": 1_234_500.0,
        "TradingVolumeTime": at(9, 59, 58),
        "VWAP": 2498.1234,
        "TradingValue": 3_083_932_800.0,
        "BidQty": 300.0,
        "BidPrice": 2501.0,
        "BidTime": at(9, 59, 59),
        "BidSign": "0101",
        "MarketOrderSellQty": 0.0,
        "Sell1": {"Time": at(9, 59, 59), "Sign": "0101", "Price": 2501.0, "Qty": 300.0},
        "Sell2": {"Price": 2501.5, "Qty": 800.0},
        "AskQty": 700.0,
        "AskPrice": 2500.0,
        "AskTime": at(9, 59, 59),
        "AskSign": "0101",
        "MarketOrderBuyQty": 0.0,
        "Buy1": {"Time": at(9, 59, 59), "Sign": "0101", "Price": 2500.0, "Qty": 700.0},
        "OverSellQty": 974900,
        "UnderBuyQty": 756000,
        "TotalMarketValue": 3266254659361.4,
        "SecurityType": 1,
    }
    return told | more


def index(code: str = "101", last: float = 37531.53, **more: Any) -> dict[str, Any]:
    """An index: no market, no volume, no book, no status."""
    told = {
        "Symbol": code,
        "SymbolName": "日経平均",
        "CurrentPrice": last,
        "CurrentPriceTime": at(9, 59, 55),
        "CurrentPriceChangeStatus": "0056",
        "CurrentPriceStatus": None,
        "CalcPrice": last,
        "PreviousClose": 37160.47,
        "PreviousCloseTime": at(0, day=23),
        "OpeningPrice": 37200.0,
        "HighPrice": 37600.0,
        "LowPrice": 37190.0,
        "SecurityType": 0,
    }
    return told | more


def refused(number: int, status: int = 400) -> Answer:
    return Answer.of({"Code": number, "Message": "試験"}, status)


@dataclass
class Station:
    """The application: it knows its boards, and holds fifty registrations.

    Attributes:
        boards: What it tells, by code; a code that is not here is unknown to it.
        logged_in: Whether somebody is.
        token: The one that counts now.
        registered: Codes, in order.
        most: How many there ever were.
        calls: Method and path of every call but those for tokens, with what it was answered.
        troubles: Answers that come instead, by path, one a call.
    """

    boards: dict[str, dict[str, Any]] = field(default_factory=dict)
    logged_in: bool = True
    token: str = ""
    tokens: int = 0
    registered: list[str] = field(default_factory=list)
    most: int = 0
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    troubles: dict[str, list[Answer]] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        path = request.path.removeprefix("/kabusapi")
        if path == "/token":
            return self._new_token(request)
        answer = self._answer(request, path)
        self.calls.append((request.method, path, answer.status))
        return answer

    def restart(self) -> None:
        """Forget the token and who is registered."""
        self.token = ""
        self.registered.clear()

    def asked(self, path: str) -> int:
        return sum(each == path for _, each, _ in self.calls)

    def _new_token(self, request: Request) -> Answer:
        assert request.method == "POST"
        if not self.logged_in:
            return refused(4001007, 401)
        if request.json() != {"APIPassword": PASSWORD}:
            return refused(4001013, 401)
        self.tokens += 1
        self.token = f"token{self.tokens}"
        return Answer.of({"ResultCode": 0, "Token": self.token})

    def _answer(self, request: Request, path: str) -> Answer:
        if troubles := self.troubles.get(path):
            return troubles.pop(0)
        if not self.token or request.headers.get("x-api-key") != self.token:
            return refused(4001009, 401)
        if path.startswith("/board/"):
            code, _, market = path.removeprefix("/board/").partition("@")
            assert request.method == "GET"
            assert market == "1"
            if code not in self.boards:
                return refused(4002001)
            return self._register([code]) or Answer.of(self.boards[code])
        assert request.method == "PUT"
        if path == "/unregister/all":
            self.registered.clear()
        elif path in {"/register", "/unregister"}:
            listed = request.json()["Symbols"]
            assert all(each["Exchange"] == 1 for each in listed)
            codes = [each["Symbol"] for each in listed]
            if path == "/register":
                if wrong := self._register(codes):
                    return wrong
            else:
                self.registered = [each for each in self.registered if each not in codes]
        else:
            return Answer(status=404)
        return Answer.of({"RegistList": [{"Symbol": c, "Exchange": 1} for c in self.registered]})

    def _register(self, codes: list[str]) -> Answer | None:
        if any(code not in self.boards for code in codes):
            return refused(4001019 if len(codes) > 1 else 4002001)
        wanted = self.registered + [code for code in codes if code not in self.registered]
        if len(wanted) > max(50, len(self.registered)):
            return refused(4002006)
        self.registered = wanted
        self.most = max(self.most, len(wanted))
        return None


@dataclass
class Desk:
    """A server that plays the application, a clock, and what was remarked."""

    server: LoopbackServer
    clock: ManualClock
    station: Station
    remarks: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)

    def host(self, **more: object) -> Host:
        return Host(
            clock=self.clock,
            instruments=FewInstruments(),
            settings={"base_url": f"{self.server.url}/kabusapi", **self.more, **more},
            secret={"kabu": PASSWORD}.get,
            remark=self.remarks.append,
        )

    def source(self, **more: object) -> KabuQuotes:
        return KabuQuotes(self.host(**more))

    def push(self, *scripts: Any) -> None:
        self.server.socket("/kabusapi/websocket", *scripts)

    async def read(self, stream: AsyncIterator[Update], step: float = 0.05) -> QuoteBatch:
        """The next batch; the clock goes on slowly enough for sockets to be heard."""

        async def one() -> Update:
            return await anext(stream)

        waiting = asyncio.ensure_future(one())
        try:
            async with asyncio.timeout(20.0):
                while not waiting.done():
                    await asyncio.sleep(0.001)
                    if not waiting.done():
                        await self.clock.advance(step)
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        batch = waiting.result()
        assert isinstance(batch, QuoteBatch)
        check_quotes(batch)
        return batch

    async def until(
        self,
        stream: AsyncIterator[Update],
        fits: Callable[[QuoteBatch], bool],
        step: float = 0.05,
    ) -> QuoteBatch:
        """The next batch that fits."""
        while not fits(batch := await self.read(stream, step)):
            pass
        return batch


async def silent(line: Line) -> None:
    await line.silent()


def saying(*messages: dict[str, Any] | str) -> Callable[[Line], Awaitable[None]]:
    """A line that says something once names have been registered, then nothing more."""

    async def script(line: Line) -> None:
        await line.send(*(each if isinstance(each, str) else json.dumps(each) for each in messages))
        await line.silent()

    return script


def figures(batch: QuoteBatch, field: Any) -> dict[str, float]:
    """One field by symbol."""
    values = batch.fields[field]
    return {
        batch.symbols[place]: float(value)
        for place, value in zip(batch.rows.tolist(), values, strict=True)
    }


def states(batch: QuoteBatch) -> dict[str, int]:
    assert batch.state is not None
    rows = batch.rows.tolist()
    return {batch.symbols[row]: int(each) for row, each in zip(rows, batch.state, strict=True)}


class Kabu:
    """Everything above, for tests to reach through one fixture."""

    password, morning = PASSWORD, MORNING
    board = staticmethod(board)
    index = staticmethod(index)
    at = staticmethod(at)
    refused = staticmethod(refused)
    figures = staticmethod(figures)
    states = staticmethod(states)
    silent = staticmethod(silent)
    saying = staticmethod(saying)
    station = Station
    desk = Desk

    def play(
        self,
        steps: Callable[[Desk], Awaitable[None]],
        start: datetime = MORNING,
        **settings: object,
    ) -> None:
        """Run steps against a fresh desk, whose push is silent."""

        async def whole() -> None:
            async with LoopbackServer() as server:
                codes = ("7203", "285A", "6758")
                station = Station({code: board(code) for code in codes} | {"101": index()})
                server.script("/kabusapi/*", station.answer)
                desk = Desk(server, ManualClock(start), station, more=settings)
                desk.push(silent)
                await steps(desk)

        asyncio.run(whole())

    @staticmethod
    def tokyo(hour: int, minute: int = 0, second: int = 0, *, day: int = 26) -> datetime:
        moment = datetime(2025, 5, day, hour, minute, tzinfo=JST) + timedelta(seconds=second)
        return moment.astimezone(UTC)


@pytest.fixture
def kabu() -> Kabu:
    return Kabu()
