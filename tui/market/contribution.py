"""Nikkei 225 contribution: by how many points each member moves a price-weighted index."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from tui.market.arrays import Flags, Floats, Ints

SMALLEST_SHOWN: Final = 0.005
"""Index points below which a figure rounds to 0.00: no residual to show, no move to share out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of an index stands behind a sum; ``observed + derived + missing`` is `total`.

    Attributes:
        observed: Members with an observed price, or not traded yet, with a base price.
        derived: Members whose price is solved from other figures.
        missing: Members without a price, a base price or a factor.
        total: Members of the index.
    """

    observed: int
    derived: int
    missing: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether no member is missing."""
        return self.missing == 0 < self.total


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contribution:
    """An index's change, taken apart by member.

    Attributes:
        points: ``float64[n]``, index points of each member, NaN where missing.
        sum: Of all points; NaN where no member is known.
        gains: Of the points above zero; NaN where no member is known.
        losses: Of the points below zero, zero or negative; NaN where no member is known.
        index_change: The index's own change, NaN where unknown.
        residual: `index_change` less `sum`; NaN where either is unknown.
        coverage: What stands behind the sum.
    """

    points: Floats
    sum: float
    gains: float
    losses: float
    index_change: float
    residual: float
    coverage: Coverage

    @property
    def show_residual(self) -> bool:
        """Whether the residual is large enough to be told as something that does not reconcile."""
        # Rounded first, so that a residual of half a hundredth is not lost to binary fractions.
        return round(abs(self.residual), 9) >= SMALLEST_SHOWN


def contribution(
    prices: Floats,
    base: Floats,
    factors: Floats,
    divisor: float,
    *,
    index_change: float,
    derived: Flags,
) -> Contribution:
    """Take an index's change apart.

    The points of a member are (price − base price) × price adjustment factor ÷ divisor. A member
    that has not traded yet stands at its base price, as the index itself has it: it adds nothing
    and counts as observed. A member without a price, a base price or a factor is missing: its
    points are NaN and the sum goes without it.

    Args:
        prices: ``float64[n]``, as `Board.price` gives them: special quote, else last, else base.
        base: ``float64[n]``, base prices.
        factors: ``float64[n]``, price adjustment factors, NaN where no table covers the member.
        divisor: The index's divisor, NaN where no table covers the date.
        index_change: The index's own change in points, NaN where unknown.
        derived: ``bool[n]``, members whose price is derived.
    """
    usable = divisor if math.isfinite(divisor) and divisor > 0 else math.nan
    points: Floats = (prices - base) * factors / usable
    known = np.isfinite(points)
    points = np.where(known, points, np.nan)
    present = points[known]
    count_derived = int(np.count_nonzero(known & derived))
    total = _sum(present)
    return Contribution(
        points=points,
        sum=total,
        gains=_sum(np.maximum(present, 0.0)),
        losses=_sum(np.minimum(present, 0.0)),
        index_change=index_change,
        residual=index_change - total,
        coverage=Coverage(
            observed=len(present) - count_derived,
            derived=count_derived,
            missing=len(points) - len(present),
            total=len(points),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaders:
    """The few names that carried a move: "4 names = +198.24 (53% of the move)".

    Attributes:
        members: ``int64[m]``, positions in the points, the largest first.
        points: ``float64[m]``, theirs, all of one sign.
        running: ``float64[m]``, the sum of the first one, two, … of them.
        shares: ``float64[m]``, `running` as a fraction of the move; NaN where that is unknown or
            rounds to 0.00.
    """

    members: Ints
    points: Floats
    running: Floats
    shares: Floats

    @property
    def sum(self) -> float:
        """Points of all of them together; 0 where there are none."""
        return math.fsum(self.points)

    @property
    def share(self) -> float:
        """Their sum as a fraction of the move; NaN where there are none or the move is unknown."""
        return float(self.shares[-1]) if len(self.shares) else math.nan


def leaders(points: Floats, count: int, *, move: float, against: bool = False) -> Leaders:
    """Find the names that carried a move.

    Args:
        points: ``float64[n]``, points by member, NaN where missing.
        count: At most how many names; fewer where fewer moved that way.
        move: The index's change that the names are measured against. Its sign says which names
            carried it; where it is NaN or rounds to 0.00, the sign of the points' sum does, and a
            sum of 0 reads as a rise.
        against: Whether to find the names that held most against the move instead.

    Returns:
        The names, the largest first; names of equal points in the order of the members.
    """
    told = np.where(np.isfinite(points), points, 0.0)
    measured = move if abs(move) >= SMALLEST_SHOWN else math.nan
    falls = (math.fsum(told) if math.isnan(measured) else measured) < 0
    size = -told if falls != against else told
    order = np.argsort(-size, kind="stable")[: max(count, 0)]
    members = order[size[order] > 0]
    running = np.cumsum(points[members])
    return Leaders(
        members=members, points=points[members], running=running, shares=running / measured
    )


def _sum(points: Floats) -> float:
    """The sum, rounded once, so that the order of the members cannot show; NaN of nothing."""
    return math.fsum(points) if len(points) else math.nan
