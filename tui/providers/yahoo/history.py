"""The role history: daily bars, and the minutes of a recent session."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from tui.errors import DataError, NotSupported
from tui.market.quotes import DailyBars, MinuteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import JST
from tui.providers.contracts import HistoryProvider, Host
from tui.providers.yahoo.bars import daily_bars, grid, minute_path
from tui.providers.yahoo.quotes import ABOUT
from tui.providers.yahoo.service import Service
from tui.providers.yahoo.settings import NAME, Settings
from tui.providers.yahoo.symbols import in_tokyo, to_yahoo, why_not

_ONE_MINUTE_DAYS: Final = 6
_FIVE_MINUTE_DAYS: Final = 58
"""Days back for which the service keeps bars of one and of five minutes, with some to spare."""
_MOST: Final = 100
"""Instruments whose minutes are fetched at once: each is a request of its own."""


class YahooHistory(HistoryProvider):
    """Charts: daily bars as far back as the service has them, minutes of about sixty days."""

    about = ABOUT

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._service = Service(host, Settings.read(host.settings))
        self._calendar = TokyoCalendar()

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        """Daily bars, unadjusted; turnover is not told.

        Raises:
            NotSupported: The symbol is unknown, or the service has nothing of the span.
            ProviderError: The service failed.
        """
        name = to_yahoo(symbol)
        if name is None:
            raise NotSupported(why_not(symbol), subject=NAME, remedy="Choose another source.")
        now = self.host.clock.now()
        params = {
            "interval": "1d",
            # A day more at either end, for exchanges on the other side of the date line; to
            # today, because only so are all splits told.
            "period1": str(_stamp(start) - 86_400),
            "period2": str(max(_stamp(end), int(now.timestamp())) + 2 * 86_400),
            "events": "split",
            "includePrePost": "false",
        }
        chart = await self._service.chart(name, params)
        return daily_bars(symbol, chart, start, end, now)

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        """Minutes of one session; None where it is too long ago or has not begun.

        The newest week comes in minutes, what is older every five. Symbols without any are left
        out and remarked upon, and so are those beyond the first hundred.

        Raises:
            ProviderError: The service failed.
        """
        now = self.host.clock.now()
        age = (now.astimezone(JST).date() - session).days
        if not 0 <= age <= _FIVE_MINUTE_DAYS:
            return None
        midnight = int(datetime(session.year, session.month, session.day, tzinfo=JST).timestamp())
        params = {
            "interval": "1m" if age <= _ONE_MINUTE_DAYS else "5m",
            "period1": str(midnight),
            "period2": str(midnight + 86_400),
            "includePrePost": "false",
        }
        close = self._close(session)
        vocabulary = tuple(symbols)
        if len(vocabulary) > _MOST:
            self.host.remark(f"minutes of {len(vocabulary) - _MOST:,} names are left out")
        rows, paths = [], []
        for row, symbol in enumerate(vocabulary[:_MOST]):
            name = to_yahoo(symbol)
            try:
                if name is None:
                    raise NotSupported(why_not(symbol))
                chart = await self._service.chart(name, params)
                path = minute_path(chart, session, close if in_tokyo(symbol) else None)
            except NotSupported as error:
                self.host.remark(error.what)
                continue
            if path:
                rows.append(row)
                paths.append(path)
        if not rows:
            return None
        minutes, last, volume = grid(paths)
        return MinuteBatch(
            symbols=vocabulary,
            rows=np.array(rows, dtype=np.int32),
            minutes=minutes,
            last=last,
            volume=volume,
            turnover=np.full_like(last, np.nan),
            source=NAME,
            epoch=1,
            session=session,
        )

    def _close(self, session: date) -> datetime | None:
        try:
            hours = self._calendar.session(session)
        except DataError:
            return None
        return hours.close if hours is not None else None

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()


def _stamp(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
