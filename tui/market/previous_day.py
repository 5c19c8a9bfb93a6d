"""The points of the session before, to set today's against."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tui.data.reader import ReferenceTables
from tui.errors import DataError
from tui.market.arrays import Floats
from tui.market.indices import NIKKEI, TOPIX, index_closes, nikkei_basket, session_bars
from tui.market.session import TokyoCalendar
from tui.market.topix import carry, vintage_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayPoints:
    """What each member added to an index over one whole session, from close to close.

    Attributes:
        index: ``^N225`` or ``^TOPX``.
        session: The session's date.
        symbols: The members whose two closes are known.
        points: ``float64[n]``, index points.
        sum: Of them.
        index_change: The index's own change; NaN where its closes do not ship.
        members: How many members the index has.
        estimate: Whether the points are estimates by the nature of their weights.
    """

    index: str
    session: date
    symbols: tuple[str, ...]
    points: Floats
    sum: float
    index_change: float
    members: int
    estimate: bool

    def of(self, symbols: Sequence[str]) -> Floats:
        """``float64[n]``: the points of some names, NaN where unknown."""
        held = dict(zip(self.symbols, self.points, strict=True))
        return np.array([held.get(symbol, np.nan) for symbol in symbols], np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousDay:
    """The session before; an index is None where the bars of it and of the one before do not ship.

    Attributes:
        nikkei, topix: The points of each index.
    """

    nikkei: DayPoints | None = None
    topix: DayPoints | None = None


def previous_day(
    session: date, calendar: TokyoCalendar, reference: ReferenceTables | None = None
) -> PreviousDay:
    """Compute the points of the session before one, from the bars that ship.

    Returns are from close to close: base prices of past sessions do not ship, so a name that went
    ex-rights that day shows its whole drop.
    """
    try:
        day = calendar.previous(session)
        before = calendar.previous(day)
    except DataError:
        return PreviousDay()
    today, earlier = session_bars(day, reference), session_bars(before, reference)
    if not today.symbols or not earlier.symbols:
        return PreviousDay()
    closes = dict(zip(today.symbols, today.close, strict=True))
    bases = dict(zip(earlier.symbols, earlier.close, strict=True))
    return PreviousDay(
        nikkei=_nikkei(day, before, closes, bases, reference),
        topix=_topix(day, before, closes, bases, reference),
    )


def _nikkei(
    day: date,
    before: date,
    closes: dict[str, float],
    bases: dict[str, float],
    reference: ReferenceTables | None,
) -> DayPoints | None:
    basket = nikkei_basket(day, reference)
    if not basket.symbols or not basket.divisor:
        return None
    close, base = _lookup(closes, basket.symbols), _lookup(bases, basket.symbols)
    points = (close - base) * basket.factors / basket.divisor
    first, last = _levels(NIKKEI, before, day, reference)
    return _told(NIKKEI, day, basket.symbols, points, last - first, estimate=False)


def _topix(
    day: date,
    before: date,
    closes: dict[str, float],
    bases: dict[str, float],
    reference: ReferenceTables | None,
) -> DayPoints | None:
    first, last = _levels(TOPIX, before, day, reference)
    vintage = vintage_of(day, reference)
    symbols = vintage.weights.symbols
    if not symbols or math.isnan(first):
        return None
    base = _lookup(bases, symbols)
    weights = carry(vintage, before, base, first)
    points = first * weights.weights * (_lookup(closes, symbols) / base - 1.0)
    return _told(TOPIX, day, symbols, points, last - first, estimate=weights.estimate)


def _told(
    index: str,
    day: date,
    symbols: tuple[str, ...],
    points: Floats,
    change: float,
    *,
    estimate: bool,
) -> DayPoints | None:
    known = np.flatnonzero(np.isfinite(points))
    if not len(known):
        return None
    return DayPoints(
        index=index,
        session=day,
        symbols=tuple(symbols[place] for place in known),
        points=points[known],
        sum=math.fsum(points[known]),
        index_change=change,
        members=len(symbols),
        estimate=estimate,
    )


def _lookup(prices: dict[str, float], symbols: tuple[str, ...]) -> Floats:
    return np.array([prices.get(symbol, np.nan) for symbol in symbols], np.float64)


def _levels(
    index: str, before: date, day: date, reference: ReferenceTables | None
) -> tuple[float, float]:
    """What the index closed at on two sessions; NaN where that does not ship."""
    bars = index_closes(index, reference)
    held = dict(zip(bars.dates.tolist(), bars.close.tolist(), strict=True))
    return held.get(before, math.nan), held.get(day, math.nan)
