"""The indices: level, change, streak, path."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tui.market.arrays import Floats
from tui.market.market import INDICES, NIKKEI, TOPIX, Market
from tui.market.quotes import Field, Quality
from tui.market.streak import streak
from tui.market.times import to_datetime
from tui.report.rows import stale


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """One index; every unknown figure is NaN, an unknown streak is None.

    Attributes:
        symbol: ``^N225``, ``^TOPX``.
        name, name_ja: Its names.
        last, base, change, percent: Level, previous close, points and per cent.
        open, high, low: Of the day.
        streak: +2 for the second rise in a row, -3 for the third fall, 0 for unchanged.
        path: ``float64[k]``, its level in each minute of the session.
        modelled: Whether the path inside the day is modelled.
        estimate: The level that the constituents' indicative prices imply, outside continuous
            trading; NaN where no source gives any.
        estimate_coverage: How many members have an indicative price.
        age: How old the level is where that is more than trading hours and the source's delay
            explain; None where it is not old.
    """

    symbol: str
    name: str
    name_ja: str
    last: float
    base: float
    change: float
    percent: float
    open: float
    high: float
    low: float
    streak: int | None
    path: Floats
    modelled: bool
    estimate: float = float("nan")
    estimate_coverage: int = 0
    age: timedelta | None = None


def index_reports(market: Market, now: datetime) -> tuple[IndexReport, ...]:
    """The Nikkei 225 and TOPIX, in that order."""
    return tuple(_report(market, symbol, now) for symbol in INDICES)


def nt_ratio(reports: tuple[IndexReport, ...]) -> float:
    """Nikkei 225 ÷ TOPIX; NaN where either is unknown."""
    levels = {report.symbol: report.last for report in reports}
    topix = levels.get(TOPIX, float("nan"))
    return levels.get(NIKKEI, float("nan")) / topix if topix > 0 else float("nan")


def _report(market: Market, symbol: str, now: datetime) -> IndexReport:
    board = market.board
    row = board.row(symbol)
    instrument = market.universe.get(symbol)

    def value(field: Field) -> float:
        return float(board.column(field)[row])

    last = value(Field.LAST)
    base = float(board.base()[row])
    closes = market.closes(symbol)
    rising = None
    if len(closes) and np.isfinite(last):
        rising = streak(np.append(closes, last))
    estimate, coverage = (
        _implied(market, base) if symbol == NIKKEI and auction(market, now) else (np.nan, 0)
    )
    return IndexReport(
        symbol=symbol,
        name=instrument.name if instrument else symbol,
        name_ja=instrument.name_ja if instrument else symbol,
        last=last,
        base=base,
        change=last - base,
        percent=(last / base - 1) * 100 if base > 0 else float("nan"),
        open=value(Field.OPEN),
        high=value(Field.HIGH),
        low=value(Field.LOW),
        streak=rising,
        path=market.minutes.path(row),
        modelled=bool(board.quality[row] & Quality.MODELLED),
        estimate=estimate,
        estimate_coverage=coverage,
        age=_age(market, row, now),
    )


def _age(market: Market, row: int, now: datetime) -> timedelta | None:
    """The age of an index's level, where its row in a table would be marked as old."""
    time = to_datetime(market.board.time[row])
    if time is None or not stale(market, np.array([row]), now)[0]:
        return None
    return now - time


def auction(market: Market, now: datetime) -> bool:
    """Whether orders are being matched at one price, so that indicative prices mean something."""
    return market.status(now).state.auction


def _implied(market: Market, base: float) -> tuple[float, int]:
    """The level that indicative prices imply, and how many members have one.

    A member without one counts at the price that the index itself would use.
    """
    members = market.members
    divisor = members.basket.divisor
    indicative = market.board.column(Field.INDICATIVE)[members.rows]
    known = np.isfinite(indicative)
    if divisor is None or not known.any():
        return float("nan"), 0
    prices = np.where(known, indicative, market.board.price()[members.rows])
    moved = (prices - market.board.base()[members.rows]) * members.basket.factors / divisor
    return base + float(np.nansum(moved)), int(known.sum())
