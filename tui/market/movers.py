"""What stands out among names: highs and lows, limits, gaps, turnover, unusual volume.

Positions are into the arrays given, which are of one length; what is unknown in them is NaN and
stands out in nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tui.market.arrays import Floats, Ints

TOP: Final = 10
"""How many names the concentration of turnover is told of."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HighsAndLows:
    """Names at the extremes of a stretch; `high` and `low` are positions, ``int64``, ascending."""

    high: Ints
    low: Ints


def day_extremes(last: Floats, high: Floats, low: Floats, base: Floats) -> HighsAndLows:
    """Names that stand at the day's high or low now.

    A name counts that has moved: its high is above its low, or it has known one price only and
    that is off the base price, as when it sits at a limit all day.

    Args:
        last: ``float64[n]``, last prices.
        high: ``float64[n]``, the day's highs.
        low: ``float64[n]``, the day's lows.
        base: ``float64[n]``, base prices.
    """
    ranged = high > low
    return HighsAndLows(
        high=np.flatnonzero((last >= high) & (ranged | (high > base))),
        low=np.flatnonzero((last <= low) & (ranged | (low < base))),
    )


def year_extremes(high: Floats, low: Floats, year_high: Floats, year_low: Floats) -> HighsAndLows:
    """Names that have made a new high or low of the year today; to equal the old one is none.

    Args:
        high: ``float64[n]``, the day's highs.
        low: ``float64[n]``, the day's lows.
        year_high: ``float64[n]``, the year's highs before today.
        year_low: ``float64[n]``, the year's lows before today.
    """
    return HighsAndLows(high=np.flatnonzero(high > year_high), low=np.flatnonzero(low < year_low))


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveVwap:
    """How many names trade above their day's average price.

    Attributes:
        above: Names whose last price is above it.
        known: Names whose last price and average are both known.
    """

    above: int
    known: int

    @property
    def share(self) -> float:
        """The fraction above; NaN where none is known."""
        return self.above / self.known if self.known else float("nan")


def above_vwap(last: Floats, vwap: Floats, turnover: Floats, volume: Floats) -> AboveVwap:
    """Count the names above their volume-weighted average price.

    Where a source does not tell the average it is turnover ÷ volume, which is the same thing.

    Args:
        last: ``float64[n]``, last prices.
        vwap: ``float64[n]``, as the source tells it.
        turnover: ``float64[n]``, of the day, in yen.
        volume: ``float64[n]``, of the day, in shares.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        average = np.where(np.isfinite(vwap), vwap, turnover / np.where(volume > 0, volume, np.nan))
    known = np.isfinite(last) & np.isfinite(average)
    return AboveVwap(
        above=int(np.count_nonzero(known & (last > average))), known=int(np.count_nonzero(known))
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concentration:
    """How much of the turnover the most traded names make.

    Attributes:
        members: ``int64[m]``, positions, the most traded first.
        turnover: ``float64[m]``, theirs.
        shares: ``float64[m]``, fractions of the whole.
        share: Of all of them together; NaN where no turnover is known.
        total: The whole, over the names where it is known; NaN where it is of none.
        names: How many names that is.
    """

    members: Ints
    turnover: Floats
    shares: Floats
    share: float
    total: float
    names: int


def concentration(turnover: Floats, count: int = TOP) -> Concentration:
    """Find the most traded names.

    Args:
        turnover: ``float64[n]``, of the day.
        count: At most how many; fewer where fewer have traded.
    """
    known = np.flatnonzero(turnover > 0)
    total = float(turnover[known].sum())
    members = known[np.argsort(-turnover[known], kind="stable")][: max(count, 0)]
    figures = turnover[members]
    names = int(np.count_nonzero(np.isfinite(turnover)))
    return Concentration(
        members=members,
        turnover=figures,
        shares=figures / total if total else np.empty(0),
        share=float(figures.sum()) / total if total else float("nan"),
        total=total if names else float("nan"),
        names=names,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gaps:
    """How names opened against their base prices.

    Attributes:
        members: ``int64[m]``, positions of those that have opened, from the highest gap up to the
            widest gap down.
        percent: ``float64[m]``, opening price against base price, in per cent.
        unknown: How many names have not opened, or do not tell.
    """

    members: Ints
    percent: Floats
    unknown: int


def gaps(opening: Floats, base: Floats) -> Gaps:
    """List the gaps at the open.

    Args:
        opening: ``float64[n]``, the day's opening prices.
        base: ``float64[n]``, base prices.
    """
    percent = _percent(opening, base)
    known = np.flatnonzero(np.isfinite(percent))
    members = known[np.argsort(-percent[known], kind="stable")]
    return Gaps(members=members, percent=percent[members], unknown=len(opening) - len(known))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AtLimits:
    """Names at the day's price limits; positions, ``int64``, ascending."""

    up: Ints
    down: Ints


def at_limits(price: Floats, lower: Floats, upper: Floats) -> AtLimits:
    """Find the names at a limit.

    Args:
        price: ``float64[n]``, special quotes where displayed, else last prices.
        lower: ``float64[n]``, lower limits.
        upper: ``float64[n]``, upper limits.
    """
    return AtLimits(up=np.flatnonzero(price >= upper), down=np.flatnonzero(price <= lower))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranked:
    """Names by one figure; `members` are positions, ``int64[m]``, and `values` their figures."""

    members: Ints
    values: Floats


def unusual(volume: Floats, usual: Floats, *, least: float = 2.0) -> Ranked:
    """Names that have traded far more than they usually have by this time, the most unusual first.

    Args:
        volume: ``float64[n]``, shares since the session's start.
        usual: ``float64[n]``, the mean of earlier sessions at the same time.
        least: How many times the usual counts as unusual.

    Returns:
        The names with volume ÷ usual volume.
    """
    ratio = volume_ratio(volume, usual)
    found = np.flatnonzero(ratio >= least)
    members = found[np.argsort(-ratio[found], kind="stable")]
    return Ranked(members=members, values=ratio[members])


def volume_ratio(volume: Floats, usual: Floats) -> Floats:
    """``float64[n]``: volume ÷ usual volume; NaN where either is unknown or the latter is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(usual > 0, volume / usual, np.nan)


def by_return(percent: Floats) -> Ranked:
    """Every name with a return, from the best to the worst.

    Args:
        percent: ``float64[n]``, returns in per cent.
    """
    known = np.flatnonzero(np.isfinite(percent))
    members = known[np.argsort(-percent[known], kind="stable")]
    return Ranked(members=members, values=percent[members])


def _percent(price: Floats, base: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(base > 0, (price / base - 1.0) * 100.0, np.nan)
