"""Daily bars from Stooq."""

from datetime import date
from typing import ClassVar

import numpy as np

from tui.errors import NotSupported
from tui.market.quotes import DailyBars, Delay, DelayKind
from tui.providers.contracts import About, HistoryProvider, Host
from tui.providers.stooq.service import LIMIT, NAME, Row, client_for, own_symbol, rows_of
from tui.providers.web import WebClient


async def daily_rows(
    client: WebClient, host: Host, symbol: str, start: date, end: date
) -> list[Row]:
    """The rows of a span, both dates included, oldest first, each date once.

    Raises:
        NotSupported: Stooq has no such symbol, or no bar in the span.
        ProviderError: It failed.
    """
    own = own_symbol(symbol)
    rows: list[Row] = []
    if own is not None:
        answer = await client.get(
            "/q/d/l/",
            params={"s": own.lower(), "i": "d", "d1": f"{start:%Y%m%d}", "d2": f"{end:%Y%m%d}"},
            limit=LIMIT,
        )
        held = {row.on: row for row in rows_of(answer, host) if start <= row.on <= end}
        rows = [held[day] for day in sorted(held)]
    if not rows:
        raise NotSupported(
            f"no daily bars between {start} and {end}",
            subject=symbol,
            remedy="Choose another source of history.",
        )
    return rows


class StooqHistory(HistoryProvider):
    """Daily bars, unadjusted as far as Stooq tells; turnover is not given.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="Stooq",
        summary="Daily bars of Tokyo, New York and currencies; free, few calls a day.",
        delay=Delay(DelayKind.END_OF_DAY),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._client = client_for(host)

    async def close(self) -> None:
        """Release the connections."""
        await self._client.close()

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        """Daily bars of one instrument."""
        rows = await daily_rows(self._client, self.host, symbol, start, end)
        figures = np.array(
            [[row.open, row.high, row.low, row.close, row.volume] for row in rows],
            dtype=np.float64,
        ).T
        return DailyBars(
            symbol=symbol,
            dates=np.array([row.on for row in rows], dtype="datetime64[D]"),
            open=figures[0],
            high=figures[1],
            low=figures[2],
            close=figures[3],
            volume=figures[4],
            turnover=np.full(len(rows), np.nan),
            source=NAME,
        )
