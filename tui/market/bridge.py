"""From New York's night to Tokyo's morning: receipts in yen, their gaps, what futures imply.

Every unknown is NaN and stays NaN through the arithmetic; nothing here is taken for zero.
"""

from dataclasses import dataclass

import numpy as np

from tui.market.arrays import Flags, Floats


def parity(receipt: Floats, shares: Floats, rate: float) -> Floats:
    """``float64[n]``: what one Tokyo share costs in yen by the price of its receipt.

    Args:
        receipt: ``float64[n]``, prices of one receipt, in the currency that `rate` is of.
        shares: ``float64[n]``, Tokyo shares for one receipt: 10 for one that stands for ten
            shares, 0.5 for one that stands for half a share.
        rate: Yen for one unit of that currency.
    """
    good = np.where((receipt > 0) & (shares > 0), receipt, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        per_share: Floats = good / np.where(shares > 0, shares, np.nan)
    return per_share * (rate if rate > 0 else np.nan)


def gap(price: Floats, close: Floats) -> tuple[Floats, Floats]:
    """How far prices are from the closes: ``float64[n]`` in yen, and in per cent."""
    known = np.where(close > 0, close, np.nan)
    away = price - known
    return away, away / known * 100.0


@dataclass(frozen=True, slots=True)
class Impact:
    """What gaps would add to an index whose members have only those.

    Attributes:
        points: Their sum in index points; NaN where none counts.
        names: How many members it covers.
        members: How many members the index has.
        weight: The part of the index's level that those names make up, 0 to 1; NaN where
            unknown.
    """

    points: float
    names: int
    members: int
    weight: float


def impact(
    gaps: Floats, closes: Floats, per_yen: Floats, counts: Flags, members: int, level: float
) -> Impact:
    """Sum the gaps of the members that count.

    Args:
        gaps: ``float64[n]``, in yen.
        closes: ``float64[n]``, in yen.
        per_yen: ``float64[n]``, index points for one yen: price adjustment factor ÷ divisor; NaN
            off the index.
        counts: ``bool[n]``, which of them may count; a name at most once.
        members: How many members the index has.
        level: Where the index closed.
    """
    points = gaps * per_yen
    taken = counts & np.isfinite(points)
    names = int(np.count_nonzero(taken))
    if not names:
        return Impact(float("nan"), 0, members, float("nan"))
    weight = float((closes * per_yen)[taken].sum()) / level if level > 0 else float("nan")
    return Impact(float(points[taken].sum()), names, members, weight)


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an index would open if a future were right; NaN where unknown.

    Attributes:
        level: The future's price.
        points: From the index's close.
        percent: The same in per cent.
    """

    level: float
    points: float
    percent: float


def implied_opening(future: float, close: float) -> Opening:
    """Set a future against the close of its index.

    The difference also holds the future's carry, dividends and interest up to its expiry, which
    is not taken out.
    """
    if not (future > 0 and close > 0):
        return Opening(float("nan"), float("nan"), float("nan"))
    return Opening(future, future - close, (future - close) / close * 100.0)
