"""The bars around the recorded session."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

import numpy as np

from tui.data.session import Bar, FactsFile, IndexDay
from tui.errors import DataError, NotSupported, Unavailable
from tui.market.quotes import DailyBars, MinuteBatch
from tui.providers.contracts import About, HistoryProvider, Host
from tui.providers.replay.recorded import DELAY, SOURCE, RecordedSession
from tui.providers.replay.timeline import from_ms

_REMEDY: Final = "Choose another source of history."


class ReplayHistory(HistoryProvider):
    """Real daily bars up to the recorded session, and the session's modelled minutes.

    The names have the days from 19 May 2025, the two indices those from 1 April 2025.

    Raises:
        Unavailable: The bundled session is not there.
    """

    about: ClassVar[About] = About(
        name=SOURCE,
        title="Replay",
        summary="Daily bars of the Nikkei 225's names in the week before 26 May 2025; free.",
        delay=DELAY,
        note="path modelled",
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        try:
            self._recorded = RecordedSession.load()
        except DataError as error:
            raise _unavailable(error) from error

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        """Daily bars of a name or an index; days that are not held are left out.

        Raises:
            NotSupported: The symbol is not held, or no day of the span is.
        """
        held = _days(self._recorded.facts.file, symbol)
        days = [(day, bar) for day, bar in held if start <= day <= end]
        if not days:
            what = f"no daily bars between {start} and {end}" if held else "no daily bars"
            raise NotSupported(what, subject=symbol, remedy=_REMEDY)
        figures = np.array(
            [[bar.open, bar.high, bar.low, bar.close, *_amounts(bar)] for _, bar in days],
            dtype=np.float64,
        ).T
        return DailyBars(
            symbol=symbol,
            dates=np.array([day for day, _ in days], dtype="datetime64[D]"),
            open=figures[0],
            high=figures[1],
            low=figures[2],
            close=figures[3],
            volume=figures[4],
            turnover=figures[5],
            source=SOURCE,
        )

    async def minutes(self, symbols: Sequence[str], session: date) -> MinuteBatch | None:
        """The recorded session's minutes; None of any other day.

        Raises:
            Unavailable: The modelled paths are not there.
        """
        if session != self._recorded.date:
            return None
        try:
            return self._recorded.minutes(from_ms(self._recorded.timeline.last), symbols)
        except DataError as error:
            raise _unavailable(error) from error


def _days(file: FactsFile, symbol: str) -> list[tuple[date, Bar | IndexDay]]:
    """Every day held of a symbol, oldest first."""
    if symbol in file.indices:
        return [(bar.day, bar) for bar in file.indices[symbol]]
    for name in file.names:
        if name.symbol == symbol:
            return list(zip(file.dates, name.bars, strict=True))
    return []


def _amounts(bar: Bar | IndexDay) -> tuple[int | None, int | None]:
    """Volume and turnover, which an index does not have."""
    return (bar.volume, bar.turnover) if isinstance(bar, Bar) else (None, None)


def _unavailable(error: DataError) -> Unavailable:
    return Unavailable(error.what, subject=error.subject, remedy=error.remedy)
