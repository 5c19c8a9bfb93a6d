"""Stooq as it is known from recorded shapes: two tables of text on a real server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import parse_qs

import pytest

from tui.providers.conformance import Answer, LoopbackServer
from tui.providers.conformance.loopback import Request


@dataclass
class Stooq:
    """The rows it holds, by its own symbols."""

    quotes: dict[str, str] = field(
        default_factory=lambda: {
            "7203.JP": "2025-05-26,08:30:00,2590.5,2625,2588,2610,12000300",
            "6758.JP": "2025-05-26,08:30:00,3720,3772,3711,3765,9000100",
            "285A.JP": "2025-05-23,08:00:00,2010,2050,2000,2041,500000",
            "USDJPY": "2025-05-26,08:31:05,142.5,143.1,142.2,142.8,",
        }
    )
    bars: dict[str, list[str]] = field(
        default_factory=lambda: {
            symbol: [
                f"{day},100,120,90,{100 + number},5000"
                for number, day in enumerate(
                    ("2025-05-19", "2025-05-20", "2025-05-21", "2025-05-22", "2025-05-23")
                )
            ]
            for symbol in ("7203.JP", "6758.JP", "285A.JP")
        }
    )

    def quote(self, request: Request) -> Answer:
        symbols = parse_qs(request.query)["s"][0].upper().split()
        rows = [
            f"{each},{self.quotes.get(each, 'N/D,N/D,N/D,N/D,N/D,N/D,N/D')}" for each in symbols
        ]
        return table("Symbol,Date,Time,Open,High,Low,Close,Volume", rows)

    def daily(self, request: Request) -> Answer:
        asked = parse_qs(request.query)
        held = self.bars.get(asked["s"][0].upper(), [])
        first, last = (datetime.strptime(asked[key][0], "%Y%m%d").date() for key in ("d1", "d2"))
        rows = [row for row in held if first <= date.fromisoformat(row[:10]) <= last]
        return table("Date,Open,High,Low,Close,Volume", rows) if rows else text("No data")


def text(words: str) -> Answer:
    return Answer(body=words.encode(), content_type="text/plain")


def table(header: str, rows: list[str]) -> Answer:
    return text("\r\n".join([header, *rows, ""]))


@pytest.fixture
def stooq() -> Stooq:
    return Stooq()


@pytest.fixture
def scripted(stooq: Stooq) -> Callable[[LoopbackServer], None]:
    def script(server: LoopbackServer) -> None:
        server.script("/q/l/", stooq.quote)
        server.script("/q/d/l/", stooq.daily)

    return script
