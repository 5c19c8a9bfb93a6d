"""Breadth and movers: who is up, at a high, at a limit, gapping, unusually busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tui.market.arrays import Floats
from tui.market.breadth import Breadth, breadth
from tui.market.constituents import Constituents
from tui.market.held_quotes import at_rows
from tui.market.history_stats import (
    DailyHistory,
    YearRange,
    advance_decline_ratio,
    shipped_history,
    usual_volume,
    year_range,
)
from tui.market.market import NIKKEI, Market
from tui.market.movers import (
    AboveVwap,
    AtLimits,
    Concentration,
    Gaps,
    HighsAndLows,
    Ranked,
    above_vwap,
    at_limits,
    by_return,
    concentration,
    day_extremes,
    gaps,
    unusual,
    volume_ratio,
    year_extremes,
)
from tui.market.quotes import Field, MinuteBatch


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MoversReport:
    """The names of an index or a list at an instant; positions are into `symbols`.

    Attributes:
        as_of: The market's time, aware, in UTC.
        symbols: The names, whether on the board or not.
        percent: ``float64[n]``, each one's return against its base price; NaN before it trades.
        breadth: Up, down, unchanged, missing.
        ranked: Every name with a return, from the best to the worst.
        day: Names at the day's high and low.
        year: Names that made a new high or low of the year today; None where history does not
            reach back that far.
        year_since: The first session of that year; None likewise.
        ratio: The advance-decline ratio over 25 sessions, in per cent; None where history is
            shorter.
        vwap: How many trade above their average price.
        turnover: How much of the turnover the ten most traded make.
        limits: Names at a price limit.
        gaps: Openings against base prices.
        volume_ratio: ``float64[n]``, volume against the mean at this time of earlier sessions;
            None where too few are known.
        unusual: Names at twice that or more, the most unusual first; None likewise.
    """

    as_of: datetime
    symbols: tuple[str, ...]
    percent: Floats
    breadth: Breadth
    ranked: Ranked
    day: HighsAndLows
    year: HighsAndLows | None
    year_since: date | None
    ratio: float | None
    vwap: AboveVwap
    turnover: Concentration
    limits: AtLimits
    gaps: Gaps
    volume_ratio: Floats | None
    unusual: Ranked | None


class Past:
    """The days gone by that movers are set against; what follows from them is computed once.

    Args:
        market: The market that it is for.
        history: Daily bars; those that ship unless told otherwise.
        minutes: The minutes of earlier sessions, one batch each.
    """

    def __init__(
        self,
        market: Market,
        history: DailyHistory | None = None,
        minutes: Sequence[MinuteBatch] = (),
    ) -> None:
        self._market = market
        self._given = history
        self._minutes = tuple(minutes)
        self._session: date | None = None
        self._history: DailyHistory | None = None
        self._year: YearRange | None = None
        self._usual: tuple[object, Floats | None] | None = None

    def ratio(self, symbols: tuple[str, ...], today: Breadth) -> float | None:
        """The advance-decline ratio over 25 sessions of some names; None without the history."""
        market, history = self._market, self._days()
        return advance_decline_ratio(
            history.of(symbols), market.calendar, market.session, today.up, today.down
        )

    def year(self) -> YearRange | None:
        """The year's highs and lows before today; None without the history."""
        self._days()
        return self._year

    def usual(self, symbols: tuple[str, ...], now: datetime) -> Floats | None:
        """Usual volumes at this minute of the day; None without earlier minutes."""
        if not self._minutes:
            return None
        market = self._market
        key = (symbols, market.session, now.replace(second=0, microsecond=0))
        if self._usual is None or self._usual[0] != key:
            told = usual_volume(self._minutes, symbols, market.calendar, now, market.session)
            self._usual = key, told
        return self._usual[1]

    def _days(self) -> DailyHistory:
        market = self._market
        if self._history is None or self._session != market.session:
            self._session = market.session
            self._history = self._given or shipped_history(market.session)
            self._year = year_range(self._history, market.calendar, market.session)
        return self._history


def index_movers(
    market: Market, constituents: Constituents, past: Past, index: str, now: datetime
) -> MoversReport:
    """The movers among an index's members, all of them, whether on the board or not."""
    symbols = (
        market.members.basket.symbols if index == NIKKEI else constituents.topix.weights.symbols
    )
    return movers_report(market, past, symbols, now)


def movers_report(
    market: Market, past: Past, symbols: tuple[str, ...], now: datetime
) -> MoversReport:
    """The movers among some names.

    Args:
        market: The market as it stands.
        past: The days gone by.
        symbols: The names; pass the same tuple again where they have not changed.
        now: The market's time, aware.
    """
    board = market.board
    rows = board.rows(symbols)

    def told(field: Field) -> Floats:
        return at_rows(board.column(field), rows)

    last, base, special = told(Field.LAST), at_rows(board.base(), rows), told(Field.SPECIAL)
    high, low = told(Field.HIGH), told(Field.LOW)
    turnover, volume = told(Field.TURNOVER), told(Field.VOLUME)
    shown = np.where(np.isfinite(special), special, last)
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = np.where(base > 0, (shown - base) / base * 100.0, np.nan)
    lower, upper = (at_rows(limit, rows) for limit in market.limits())
    counted = breadth(last, base)
    year, usual = past.year(), past.usual(symbols, now)
    return MoversReport(
        as_of=now,
        symbols=symbols,
        percent=percent,
        breadth=counted,
        ranked=by_return(percent),
        day=day_extremes(last, high, low, base),
        year=_of_year(year, symbols, high, low) if year is not None else None,
        year_since=year.since if year is not None else None,
        ratio=past.ratio(symbols, counted),
        vwap=above_vwap(last, told(Field.VWAP), turnover, volume),
        turnover=concentration(turnover),
        limits=at_limits(shown, lower, upper),
        gaps=gaps(told(Field.OPEN), base),
        volume_ratio=volume_ratio(volume, usual) if usual is not None else None,
        unusual=unusual(volume, usual) if usual is not None else None,
    )


def _of_year(year: YearRange, symbols: tuple[str, ...], high: Floats, low: Floats) -> HighsAndLows:
    rows = {symbol: row for row, symbol in enumerate(year.symbols)}
    at = np.array([rows.get(symbol, -1) for symbol in symbols], np.int64)
    return year_extremes(high, low, at_rows(year.high, at), at_rows(year.low, at))
