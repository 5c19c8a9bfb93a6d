"""The days gone by of many names, as a source of history told them, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tui.market.arrays import Floats, Times
from tui.market.history_stats import DailyHistory, history_of
from tui.market.quotes import DailyBars
from tui.market.usual_volume import DayVolumes

LONGEST = 5_000
"""Bars of one name; more are refused."""
_APRIL = 4
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastDays:
    """Daily bars of many names before a session.

    Attributes:
        source: Who told them, as registered.
        history: Highs, lows and closes.
        volumes: Volumes, with the closes by which a split is noticed.
    """

    source: str
    history: DailyHistory
    volumes: DayVolumes

    def closes(self, symbol: str) -> tuple[Times, Floats]:
        """``datetime64[D][k]``, the days on which a name's close is known, and the closes."""
        if symbol not in self.history.symbols:
            return np.empty(0, "datetime64[D]"), np.empty(0)
        close = self.history.close[self.history.symbols.index(symbol)]
        known = np.isfinite(close)
        return self.history.dates[known], close[known]


def past_days(source: str, bars: Iterable[DailyBars]) -> PastDays:
    """Put the bars of several names side by side; names without any are left out."""
    told = [each for each in bars if len(each.dates)]
    history = history_of(told)
    volume = np.full(history.close.shape, np.nan)
    for row, each in enumerate(told):
        if len(each.volume):
            volume[row, np.searchsorted(history.dates, each.dates)] = each.volume
    volumes = DayVolumes(
        symbols=history.symbols, dates=history.dates, volume=volume, close=history.close
    )
    return PastDays(source=source, history=history, volumes=volumes)


def first_day(session: date) -> date:
    """From when bars are needed: a year back, and from the first day that a year's high counts."""
    year = session.year if session.month >= _APRIL else session.year - 1
    return min(date(year, 1, 1), session - _YEAR)


def bars_fault(bars: object, symbol: str, start: date, end: date) -> str:
    """What is wrong with what a source calls daily bars, in words; empty where nothing is.

    Args:
        bars: What it returned.
        symbol: What it was asked for.
        start: The first day asked for.
        end: The last one.
    """
    if not isinstance(bars, DailyBars):
        return f"{type(bars).__name__} is no daily bars"
    if bars.symbol != symbol:
        return "the bars are of another name"
    dates: object = bars.dates
    if not isinstance(dates, np.ndarray) or dates.dtype != "datetime64[D]" or dates.ndim != 1:
        return "the dates are not an array of days"
    if len(dates) > LONGEST:
        return f"{len(dates):,} bars are more than {LONGEST:,}"
    if np.isnat(dates).any() or (np.diff(dates.view(np.int64)) <= 0).any():
        return "the days do not ascend"
    if len(dates) and not (dates[0] >= np.datetime64(start) and dates[-1] <= np.datetime64(end)):
        return "a day is outside the span asked for"
    for name, figures in _figures(bars):
        if not isinstance(figures, np.ndarray) or figures.dtype != np.float64:
            return f"{name} is not an array of float64"
        spared = name in {"volume", "turnover"} and not len(figures)
        if not spared and figures.shape != dates.shape:
            return f"{name} has the shape {figures.shape}, not {dates.shape}"
    return ""


def cleaned(bars: DailyBars) -> DailyBars:
    """Bars without figures that cannot be true, and with a volume for each day.

    A price that is not above zero, a negative volume and an infinity are unknown; so are the
    prices of a day whose close is outside its high and low.
    """
    size = len(bars.dates)
    prices = [_above(each, 0.0) for each in (bars.open, bars.high, bars.low, bars.close)]
    _, high, low, close = prices
    odd = (high < low) | (close > high) | (close < low)
    first, high, low, close = (np.where(odd, np.nan, each) for each in prices)
    volume, turnover = (
        _above(each, -1e-9) if len(each) else np.full(size, np.nan)
        for each in (bars.volume, bars.turnover)
    )
    return DailyBars(
        symbol=bars.symbol,
        dates=bars.dates,
        open=first,
        high=high,
        low=low,
        close=close,
        volume=volume,
        turnover=turnover,
        source=bars.source,
    )


def no_bars(symbol: str, source: str) -> DailyBars:
    """What a source has of a name that it does not have."""
    none = np.empty(0)
    return DailyBars(
        symbol=symbol,
        dates=np.empty(0, "datetime64[D]"),
        open=none,
        high=none,
        low=none,
        close=none,
        volume=none,
        turnover=none,
        source=source,
    )


def _figures(bars: DailyBars) -> Sequence[tuple[str, object]]:
    names = ("open", "high", "low", "close", "volume", "turnover")
    return [(name, getattr(bars, name)) for name in names]


def _above(figures: Floats, least: float) -> Floats:
    return np.where((figures > least) & np.isfinite(figures), figures, np.nan)
