"""Yahoo as it is played on the loopback address: cookie, crumb, quotes, charts and the stream."""

import asyncio
import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote

from benchmarks.reliability import prices
from tui.providers.conformance import Answer, Line, Request

CRUMB: Final = "/v1/test/getcrumb"
QUOTE: Final = "/v7/finance/quote"
CHART: Final = "/v8/finance/chart/"
STREAM: Final = "/stream"
_PUSHED: Final = 20
"""Symbols that the stream carries."""
_EVERY: Final = 5.0
"""Seconds between two messages of one symbol."""

Now = Callable[[], datetime]


def answer(request: Request, now: datetime) -> Answer:
    """What the healthy service says to a request.

    Args:
        request: The request.
        now: The time, aware.
    """
    if request.path == "/":
        return Answer(status=404, cookies=("A3=d=AQABBB&S=xyz; Path=/; HttpOnly",))
    if request.path == CRUMB:
        return Answer(body=b"Ab1.cD/2eF", content_type="text/plain")
    stamp = prices.traded_at(now, 0)
    if request.path == QUOTE:
        symbols = [each for each in request.params.get("symbols", "").split(",") if each]
        return quoted([row(symbol, stamp) for symbol in symbols])
    if request.path.startswith(CHART):
        symbol = unquote(request.path.removeprefix(CHART))
        return Answer.of({"chart": {"result": [chart(symbol, stamp)], "error": None}})
    return Answer(status=404)


def quoted(rows: Sequence[dict[str, Any]]) -> Answer:
    """A batch of quotes."""
    return Answer.of({"quoteResponse": {"result": list(rows), "error": None}})


def row(symbol: str, stamp: int) -> dict[str, Any]:
    """One quote, true for the time it bears."""
    last, base = prices.last(symbol, stamp), prices.base(symbol)
    return {
        "symbol": symbol,
        "quoteType": "EQUITY",
        "currency": "JPY",
        "marketState": "REGULAR",
        "exchangeTimezoneName": "Asia/Tokyo" if _tokyo(symbol) else "Europe/London",
        "exchangeDataDelayedBy": 0,
        "regularMarketTime": stamp,
        "regularMarketPrice": last,
        "regularMarketPreviousClose": base,
        "regularMarketOpen": base,
        "regularMarketDayHigh": base + prices.REACH,
        "regularMarketDayLow": base - prices.REACH,
        "regularMarketVolume": 100 * (stamp % 86_400),
        "bid": last - 1,
        "ask": last + 1,
    }


def chart(symbol: str, stamp: int) -> dict[str, Any]:
    """The head of a chart; it has no bars."""
    told = row(symbol, stamp)
    begins = stamp - stamp % 86_400
    regular = {"start": begins, "end": begins + 6 * 3600 + 1800}
    copied = ("symbol", "currency", "exchangeTimezoneName", "regularMarketTime",
              "regularMarketPrice", "regularMarketDayHigh", "regularMarketDayLow",
              "regularMarketVolume")  # fmt: skip
    meta = {name: told[name] for name in copied}
    meta["chartPreviousClose"] = told["regularMarketPreviousClose"]
    meta["currentTradingPeriod"] = {"regular": regular}
    return {"meta": meta, "indicators": {"quote": [{}]}}


def _tokyo(symbol: str) -> bool:
    return symbol.endswith(".T") or symbol == "^N225"


class Pushes:
    """Messages of the stream.

    Args:
        now: The time.
    """

    def __init__(self, now: Now) -> None:
        from tui.providers.yahoo import pricing

        # The description of the message is the source's own: what is played is what it can read.
        self._kind = pricing._message_class()  # noqa: SLF001 - as said
        self._now = now

    def message(self, symbol: str, last: float | None = None, seconds: float = 0.0) -> str:
        """A message of one symbol.

        Args:
            symbol: Whose.
            last: The price; the true one unless given.
            seconds: By how much the time that it bears differs from now.
        """
        stamp = prices.traded_at(datetime.fromtimestamp(self._now().timestamp() + seconds, UTC), 0)
        value: Any = self._kind()
        value.id = symbol
        value.price = prices.last(symbol, stamp) if last is None else last
        value.time = stamp * 1000
        value.market_hours = 1
        return json.dumps({"message": base64.b64encode(value.SerializeToString()).decode()})

    async def play(self, line: Line, pause: Callable[[float], Any]) -> None:
        """Push, to whoever has subscribed, what its symbols trade at.

        Args:
            line: The line.
            pause: Waits so many seconds on the service's clock.
        """
        symbols = subscribed(await line.receive())
        while True:
            for symbol in symbols:
                await line.send(self.message(symbol))
            await pause(_EVERY)


def subscribed(message: str | bytes) -> list[str]:
    """The first symbols that a message subscribes to."""
    asked: dict[str, list[str]] = json.loads(message)
    return [symbol for symbol in asked.get("subscribe", []) if symbol.endswith(".T")][:_PUSHED]


async def never() -> None:
    """Wait for ever."""
    await asyncio.get_running_loop().create_future()
