"""Breadth and movers: who is up, at a high, at a limit, gapping, unusually busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tui.market.arrays import Flags, Floats
from tui.market.breadth import Breadth, breadth
from tui.market.constituents import Constituents
from tui.market.held_quotes import at_rows
from tui.market.history_stats import (
    DailyHistory,
    YearRange,
    advance_decline_ratio,
    ratio_known,
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
from tui.market.windows import Moves, Window, moves

_KEPT = 8
"""Of how many lists of names what does not change is kept."""
_ENOUGH = 0.9
"""The share of the names whose past must be known for a ratio of all of them."""
_SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MoversReport:
    """The names of an index or a list at an instant; positions are into `symbols`.

    Attributes:
        as_of: The market's time, aware, in UTC.
        symbols: The names, whether on the board or not.
        window: What `percent`, `breadth` and `ranked` are measured over; the rest is of the day.
        percent: ``float64[n]``, each one's return over the window; NaN before it trades.
        breadth: Up, down, unchanged, missing over the window.
        ranked: Every name with a return, from the best to the worst.
        day: Names at the day's high and low.
        year: Names that made a new high or low of the year today; None where history does not
            reach back that far.
        year_since: The first session of that year; None likewise.
        year_known: Of how many names the year's range is known.
        ratio: The advance-decline ratio over 25 sessions, in per cent; None where history is
            shorter, or lacks too many names.
        ratio_known: How many names it counts.
        vwap: How many trade above their average price.
        turnover: How much of the turnover the ten most traded make.
        limits: Names at a price limit.
        gaps: Openings against base prices.
        volume_ratio: ``float64[n]``, volume against the mean at this time of earlier sessions;
            None where too few are known.
        unusual: Names at twice that or more, the most unusual first; None likewise.
        traded: How many have traded today, or show a special quote.
        sessions: Of how many earlier sessions daily bars are at hand.
        minute_sessions: Of how many earlier sessions minutes are at hand.
    """

    as_of: datetime
    symbols: tuple[str, ...]
    window: Window
    percent: Floats
    breadth: Breadth
    ranked: Ranked
    day: HighsAndLows
    year: HighsAndLows | None
    year_since: date | None
    year_known: int
    ratio: float | None
    ratio_known: int
    vwap: AboveVwap
    turnover: Concentration
    limits: AtLimits
    gaps: Gaps
    volume_ratio: Floats | None
    unusual: Ranked | None
    traded: int
    sessions: int
    minute_sessions: int


class Past:
    """The days gone by that movers are set against; what follows from them is computed once.

    Args:
        market: The market that it is for.
        history: Daily bars; the market's from a source of history, or else those that ship,
            unless told otherwise.
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
        self._key: tuple[date, object] | None = None
        self._history: DailyHistory | None = None
        self._year: YearRange | None = None
        self._usual: tuple[object, Floats | None] | None = None
        self._of: dict[tuple[str, ...], tuple[DailyHistory, Flags]] = {}
        self._ranges: dict[tuple[str, ...], tuple[Floats, Floats, Floats]] = {}

    @property
    def sessions(self) -> int:
        """Of how many earlier sessions daily bars are at hand."""
        return len(self._days().dates)

    @property
    def minute_sessions(self) -> int:
        """Of how many earlier sessions minutes are at hand."""
        session = self._market.session
        return len({batch.session for batch in self._minutes if batch.session < session})

    def ratio(
        self, symbols: tuple[str, ...], last: Floats, base: Floats
    ) -> tuple[float | None, int]:
        """The advance-decline ratio over 25 sessions of some names.

        Names whose past is not known, or does not compare, count neither then nor today.

        Args:
            symbols: The names.
            last: ``float64[n]``, their last prices.
            base: ``float64[n]``, their base prices.

        Returns:
            The ratio, None where history is too short or known of too few; and of how many names
            it is known.
        """
        market, history = self._market, self._days()
        own = self._of.get(symbols)
        if own is None:
            if len(self._of) >= _KEPT:
                self._of.clear()
            whole = history.of(symbols)
            known = ratio_known(whole, market.session)
            named = [symbol for symbol, each in zip(symbols, known, strict=True) if each]
            own = self._of[symbols] = whole.of(named), known
        named_history, known = own
        count = int(np.count_nonzero(known))
        if not count or count < _ENOUGH * len(symbols):
            return None, count
        today = breadth(last[known], base[known])
        ratio = advance_decline_ratio(
            named_history, market.calendar, market.session, today.up, today.down
        )
        return ratio, count

    def year_range(self, symbols: tuple[str, ...]) -> tuple[Floats, Floats, Floats] | None:
        """The year's range before today of some names; None without the history.

        Returns:
            ``float64[n]`` each: highs, lows, and the last closes, with which today's base prices
            must agree for the others to compare.
        """
        year = self.year()
        if year is None:
            return None
        told = self._ranges.get(symbols)
        if told is None:
            if len(self._ranges) >= _KEPT:
                self._ranges.clear()
            rows = {symbol: row for row, symbol in enumerate(year.symbols)}
            at = np.array([rows.get(symbol, -1) for symbol in symbols], np.int64)
            told = self._ranges[symbols] = (
                at_rows(year.high, at),
                at_rows(year.low, at),
                at_rows(year.close, at),
            )
        return told

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
        key = market.session, market.days
        if self._history is None or self._key != key:
            self._key = key
            told = market.days.history if market.days is not None else None
            history = self._given or told or shipped_history(market.session)
            self._history = history.before(market.session)
            self._of, self._ranges = {}, {}
            self._year = year_range(self._history, market.calendar, market.session)
        return self._history


def index_symbols(market: Market, constituents: Constituents, index: str) -> tuple[str, ...]:
    """An index's members, all of them; the same tuple until the session or its tables change."""
    if index == NIKKEI:
        return market.members.basket.symbols
    return constituents.topix.weights.symbols


def index_movers(
    market: Market,
    constituents: Constituents,
    past: Past,
    index: str,
    now: datetime,
    moved: Moves | None = None,
) -> MoversReport:
    """The movers among an index's members, all of them, whether on the board or not."""
    return movers_report(market, past, index_symbols(market, constituents, index), now, moved)


def movers_report(
    market: Market,
    past: Past,
    symbols: tuple[str, ...],
    now: datetime,
    moved: Moves | None = None,
) -> MoversReport:
    """The movers among some names.

    Args:
        market: The market as it stands.
        past: The days gone by.
        symbols: The names; pass the same tuple again where they have not changed.
        now: The market's time, aware.
        moved: What the board did over a window, at the same revision; over the day where None.
    """
    board = market.board
    rows = board.rows(symbols)
    moved = moved or moves(market, Window(), now)

    def told(field: Field) -> Floats:
        return at_rows(board.column(field), rows)

    last, base, special = told(Field.LAST), at_rows(moved.base, rows), told(Field.SPECIAL)
    high, low = told(Field.HIGH), told(Field.LOW)
    turnover, volume = told(Field.TURNOVER), told(Field.VOLUME)
    shown = np.where(np.isfinite(special), special, last)
    percent = at_rows(moved.percent, rows)
    lower, upper = (at_rows(limit, rows) for limit in market.limits())
    usual = past.usual(symbols, now)
    year = _comparable_range(past.year_range(symbols), base)
    known = past.year()
    ratio, counted = past.ratio(symbols, last, base)
    return MoversReport(
        as_of=now,
        symbols=symbols,
        window=moved.window,
        percent=percent,
        breadth=breadth(last, at_rows(moved.start, rows)),
        ranked=by_return(percent),
        day=day_extremes(last, high, low, base),
        year=year_extremes(high, low, *year) if year is not None else None,
        year_since=known.since if known is not None else None,
        year_known=int(np.isfinite(year[0]).sum()) if year is not None else 0,
        ratio=ratio,
        ratio_known=counted,
        vwap=above_vwap(last, told(Field.VWAP), turnover, volume),
        turnover=concentration(turnover),
        limits=at_limits(shown, lower, upper),
        gaps=gaps(told(Field.OPEN), base),
        volume_ratio=volume_ratio(volume, usual) if usual is not None else None,
        unusual=unusual(volume, usual) if usual is not None else None,
        traded=int(np.count_nonzero(np.isfinite(shown))),
        sessions=past.sessions,
        minute_sessions=past.minute_sessions,
    )


def _comparable_range(
    year: tuple[Floats, Floats, Floats] | None, base: Floats
) -> tuple[Floats, Floats] | None:
    """The year's highs and lows of the names whose base price is their last close.

    Where it is another one the name is split or goes ex-rights today, and its range does not
    compare.
    """
    if year is None:
        return None
    high, low, close = year
    same = np.abs(base - close) <= _SAME * close
    return np.where(same, high, np.nan), np.where(same, low, np.nan)
