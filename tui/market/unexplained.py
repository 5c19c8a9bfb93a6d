"""Names that moved beyond what their sector and the market explain."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tui.market.arrays import Flags, Floats, Ints
from tui.market.groups import Grouping
from tui.market.topix import TopixMembers
from tui.market.windows import Moves

DEVIATIONS: Final = 3.5
"""Usual deviations from which a move is out of the ordinary."""
LEAST: Final = 1.0
"""Per cent below which no move is, on however quiet a day."""
_FEWEST_NAMES: Final = 20
_FEWEST_PEERS: Final = 3
_NORMAL: Final = 1.4826
"""What makes the median deviation of a normal spread its standard deviation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residuals:
    """What sector and market leave of each name's move.

    A name's residual is its return less that of the rest of its sector or less the market's,
    whichever is nearer to zero; nothing where the two have different signs, and the market's alone
    where the sector has fewer than three others. A move is out of the ordinary where its residual
    is beyond 3.5 of the day's usual deviations (1.4826 × the median of all residuals without
    their signs) and beyond one per cent.

    Attributes:
        rows: ``int64[k]``, the board rows of the indices' names.
        percent: ``float64[k]``, their returns in per cent; NaN where unknown.
        market_percent: The market's, in per cent: of all these names together.
        sector_percent: ``float64[k]``, that of the rest of each one's sector; NaN where it has
            too few.
        residual: ``float64[k]``, in points of per cent; NaN where unknown.
        deviation: The usual one; NaN where fewer than 20 residuals are known.
        threshold: From where a residual is out of the ordinary; NaN likewise.
    """

    rows: Ints
    percent: Floats
    market_percent: float
    sector_percent: Floats
    residual: Floats
    deviation: float
    threshold: float

    @property
    def unusual(self) -> Flags:
        """``bool[k]``: which are out of the ordinary."""
        return np.asarray(np.abs(self.residual) >= self.threshold)


def residuals(moves: Moves, members: TopixMembers, sectors: Grouping) -> Residuals:
    """Take sector and market out of every name's move.

    Args:
        moves: Over any window.
        members: The TOPIX's names on the board, whose weights weigh sector and market.
        sectors: The names by sector.
    """
    rows, place, count = sectors.rows, sectors.place, len(sectors.groups)
    percent = moves.percent[rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = members.on_board[rows] / moves.base[rows] * moves.start[rows]
        known = np.isfinite(percent)
        # Without weights every name counts alike.
        weighted = known & np.isfinite(weight)
        if not weighted.any():
            weight, weighted = np.ones(len(rows)), known
        held = np.where(weighted, weight, 0.0)
        gain = held * np.where(weighted, percent, 0.0)
        total, moved = held.sum(), gain.sum()
        market = np.where(total > held, (moved - gain) / (total - held), np.nan)
        sector_held = np.bincount(place, held, count)[place] - held
        sector_gain = np.bincount(place, gain, count)[place] - gain
        peers = np.bincount(place, weighted, count)[place] - weighted
        sector = np.where(peers >= _FEWEST_PEERS, sector_gain / sector_held, np.nan)
    left, apart = percent - market, percent - sector
    both = np.where(np.sign(left) == np.sign(apart), 1.0, 0.0)
    nearer = np.where(np.abs(left) < np.abs(apart), left, apart) * both
    residual = np.where(np.isfinite(sector), nearer, left)
    told = np.abs(residual[np.isfinite(residual)])
    deviation = _NORMAL * float(np.median(told)) if len(told) >= _FEWEST_NAMES else np.nan
    return Residuals(
        rows=rows,
        percent=percent,
        market_percent=float(moved / total) if total > 0 else np.nan,
        sector_percent=sector,
        residual=residual,
        deviation=deviation,
        threshold=max(LEAST, DEVIATIONS * deviation) if np.isfinite(deviation) else np.nan,
    )
