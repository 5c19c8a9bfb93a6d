"""What names and both indices did on a day: the session shown, or one gone by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tui.errors import DataError
from tui.market.arrays import Floats
from tui.market.indices import index_closes, session_bars
from tui.market.market import INDICES, NIKKEI, TOPIX, Market
from tui.market.past_days import PastDays
from tui.market.pricing import format_percent
from tui.market.quotes import Field
from tui.market.rules import price_limits

_LABELS = {NIKKEI: ("Nikkei 225", "日経平均"), TOPIX: ("TOPIX", "TOPIX")}


@dataclass(frozen=True, slots=True)
class DayMove:
    """What an instrument did on a day.

    Attributes:
        symbol: The instrument.
        label, label_ja: Its code, or the index's name in English and Japanese.
        percent: Against the base price, or the close before where only closes are held.
    """

    symbol: str
    label: str
    label_ja: str
    percent: float

    def words(self, language: str) -> str:
        """``6857 +4.20%``."""
        label = self.label_ja if language == "ja" else self.label
        return f"{label} {format_percent(self.percent)}"


class DayMoves:
    """The moves of any instruments on any day that is held.

    The session shown is read off the board. A day gone by is told from close to close: of the
    closes that ship, else of those that a source of history told. A name's close beyond the day's
    limits was split or has gone through something else, and is not told.

    Args:
        market: The market.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._board: tuple[object, Floats, Floats] = (None, np.empty(0), np.empty(0))
        self._shipped: dict[date, dict[str, float]] = {}
        self._days: PastDays | None = None
        self._rows: dict[str, int] = {}

    def of(self, on: date, symbols: Sequence[str]) -> tuple[DayMove, ...]:
        """The moves of some instruments on a day; those that are not known are left out."""
        market = self._market
        if on > market.session or not symbols:
            return ()
        if on == market.session:
            percents = [self._on_board(symbol) for symbol in symbols]
        else:
            percents = self._closed(on, symbols)
        return tuple(
            DayMove(symbol, *_labels(market, symbol), percent)
            for symbol, percent in zip(symbols, percents, strict=True)
            if np.isfinite(percent)
        )

    def _on_board(self, symbol: str) -> float:
        board = self._market.board
        key = board.revision, len(board.symbols)
        if self._board[0] != key:
            self._board = key, board.column(Field.LAST), board.base()
        row = board.row(symbol)
        _, last, base = self._board
        return float(last[row] / base[row] - 1) * 100 if row >= 0 and base[row] > 0 else np.nan

    def _closed(self, on: date, symbols: Sequence[str]) -> list[float]:
        """Changes from close to close, in per cent; NaN where unknown."""
        calendar = self._market.calendar
        try:
            before = calendar.previous(on) if calendar.is_session(on) else None
        except DataError:  # no calendar covers the year
            before = None
        if before is None:
            return [np.nan] * len(symbols)
        return [self._change(symbol, before, on) for symbol in symbols]

    def _change(self, symbol: str, before: date, on: date) -> float:
        for closes in (self._ships, self._told):
            earlier, close = closes(symbol, before), closes(symbol, on)
            if not (earlier > 0 and np.isfinite(close)):
                continue
            if symbol in INDICES or _within_limits(earlier, close):
                return (close / earlier - 1) * 100
        return np.nan

    def _ships(self, symbol: str, day: date) -> float:
        held = self._shipped.get(day)
        if held is None:
            bars = session_bars(day, self._market.reference)
            held = dict(zip(bars.symbols, bars.close.tolist(), strict=True))
            for index in INDICES:
                levels = index_closes(index, self._market.reference)
                place = np.flatnonzero(levels.dates == np.datetime64(day, "D"))
                if len(place):
                    held[index] = float(levels.close[place[0]])
            self._shipped[day] = held
        return held.get(symbol, np.nan)

    def _told(self, symbol: str, day: date) -> float:
        days = self._market.days
        if days is None:
            return np.nan
        if days is not self._days:
            self._days = days
            self._rows = {each: row for row, each in enumerate(days.history.symbols)}
        row = self._rows.get(symbol)
        place = int(np.searchsorted(days.history.dates, np.datetime64(day, "D")))
        if row is None or place >= len(days.history.dates):
            return np.nan
        if days.history.dates[place] != np.datetime64(day, "D"):
            return np.nan
        return float(days.history.close[row, place])


def _labels(market: Market, symbol: str) -> tuple[str, str]:
    if symbol in _LABELS:
        return _LABELS[symbol]
    instrument = market.universe.get(symbol)
    if instrument is None:
        return symbol, symbol
    if instrument.code:
        return instrument.code, instrument.code
    return instrument.name or symbol, instrument.name_ja or instrument.name or symbol


def _within_limits(before: float, close: float) -> bool:
    lower, upper = price_limits(np.array([before]), False)
    return not (close > upper[0] or close < lower[0])
