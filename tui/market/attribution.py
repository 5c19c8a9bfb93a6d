"""Why an index moved over a window: the points of every name, and what they leave unexplained."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from tui.market.arrays import Flags, Floats, Ints
from tui.market.contribution import SMALLEST_SHOWN, Coverage, contribution
from tui.market.held_quotes import at_rows
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.quotes import Field, Quality
from tui.market.topix import Basis, TopixMembers
from tui.market.windows import Moves

_GRID: Final = 2.0**37


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribution:
    """One index's change over a window, by name.

    Points are whole multiples of 2⁻³⁷, less than a hundred-thousand-millionth of a point. Up to
    65,536 points sums of such numbers are exact, so names, sectors and baskets with their
    complements add up to the very same figure in whatever order they are added.

    Attributes:
        index: ``^N225`` or ``^TOPX``.
        symbols: Its members on the board, in order of code.
        rows: ``int64[n]``, the board row of each.
        points: ``float64[n]``, index points of each; NaN where missing.
        percent: ``float64[n]``, each one's own move in per cent; NaN where it has not traded.
        weights: ``float64[n]``, fractions of the index at the previous close; NaN where unknown.
        sum: Of all points; NaN where no member is known.
        gains, losses: Of the points above and below zero; NaN where no member is known.
        start_level, level: The index when the window began, and now; NaN where unknown.
        index_change: The index's own change over the window; NaN where unknown.
        index_percent: The same in per cent of `start_level`.
        rest: `index_change` less `sum`: what no known name explains; NaN where either is unknown.
        coverage: What stands behind the sum, out of all members, on the board or not.
        vintage: The day that the members are of; None where there is no table.
        estimate: Whether the points are estimates by the nature of their weights.
        missing: Empty, or which table is missing, in words.
        board_rows: How many rows the board has.
    """

    index: str
    symbols: tuple[str, ...]
    rows: Ints
    points: Floats
    percent: Floats
    weights: Floats
    sum: float
    gains: float
    losses: float
    start_level: float
    level: float
    index_change: float
    index_percent: float
    rest: float
    coverage: Coverage
    vintage: date | None
    estimate: bool
    missing: str
    board_rows: int

    @property
    def show_rest(self) -> bool:
        """Whether the rest is large enough to be told."""
        return round(abs(self.rest), 9) >= SMALLEST_SHOWN

    def by_row(self) -> Floats:
        """``float64[board]``: the points by board row, NaN off the index."""
        found = np.full(self.board_rows, np.nan)
        found[self.rows] = self.points
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NikkeiAttribution(Attribution):
    """The Nikkei 225's change; exact wherever the tables cover the session.

    Attributes:
        current: Whether members, factors and divisor cover the session.
        derived: Whether the tables were derived rather than published.
    """

    current: bool
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TopixAttribution(Attribution):
    """The TOPIX's change; `rest` is the row of all names that are not covered, never spread.

    Attributes:
        basis: What the weights rest on.
        covered_share: The fraction of the index's weight whose points are known.
        rest_share: The fraction whose points are not; NaN where there are no weights.
    """

    basis: Basis
    covered_share: float
    rest_share: float


def nikkei_attribution(market: Market, moves: Moves) -> NikkeiAttribution:
    """Take the Nikkei 225's change over a window apart.

    The points of a member are (price − price when the window began) × price adjustment factor ÷
    divisor; since the base price they are those of `contribution`.

    Args:
        market: The market as it stands.
        moves: Of the same board, at the same revision.
    """
    members = market.members
    basket, rows = members.basket, members.rows.astype(np.int64)
    start, level, change = _index(market, moves, NIKKEI)
    result = contribution(
        moves.price[rows],
        moves.start[rows],
        basket.factors,
        basket.divisor if basket.divisor is not None else math.nan,
        index_change=change,
        derived=(market.board.quality[rows] & Quality.DERIVED) != 0,
    )
    base_level = float(at_rows(moves.base, market.board.rows((NIKKEI,)))[0])
    points = on_grid(result.points)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights = moves.base[rows] * members.points_per_yen[rows] / base_level
    return NikkeiAttribution(
        index=NIKKEI,
        symbols=basket.symbols,
        rows=rows,
        points=points,
        percent=moves.percent[rows],
        weights=weights,
        **_sums(points, change),
        start_level=start,
        level=level,
        index_change=change,
        index_percent=_percent(change, start),
        coverage=result.coverage,
        vintage=basket.vintage,
        estimate=False,
        missing=basket.missing,
        current=basket.current,
        derived=basket.derived,
        board_rows=len(moves.price),
    )


def topix_attribution(market: Market, members: TopixMembers, moves: Moves) -> TopixAttribution:
    """Take the TOPIX's change over a window apart.

    The points of a name are previous TOPIX × its weight at the previous close × its return. Over
    a window the return is (price − price when it began) ÷ base price, so that the points of
    windows that follow one another add up to those of the day.

    Args:
        market: The market as it stands.
        members: Those on the board, with their weights.
        moves: Of the same board, at the same revision.
    """
    rows = members.rows
    start, level, change = _index(market, moves, TOPIX)
    previous = float(at_rows(moves.base, market.board.rows((TOPIX,)))[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        returns = (moves.price[rows] - moves.start[rows]) / moves.base[rows]
        points = on_grid(previous * members.weight * returns)
    known = np.isfinite(points)
    derived: Flags = (market.board.quality[rows] & Quality.DERIVED) != 0
    count_derived = int(np.count_nonzero(known & derived))
    count = int(np.count_nonzero(known))
    weights = members.weights
    covered = math.fsum(members.weight[known].tolist())
    return TopixAttribution(
        index=TOPIX,
        symbols=members.symbols,
        rows=rows,
        points=points,
        percent=moves.percent[rows],
        weights=members.weight,
        **_sums(points, change),
        start_level=start,
        level=level,
        index_change=change,
        index_percent=_percent(change, start),
        coverage=Coverage(
            observed=count - count_derived,
            derived=count_derived,
            missing=len(weights.symbols) - count,
            total=len(weights.symbols),
        ),
        vintage=weights.vintage,
        estimate=weights.estimate,
        missing=weights.missing,
        basis=weights.basis,
        covered_share=covered,
        rest_share=max(0.0, 1.0 - covered) if len(weights.symbols) else math.nan,
        board_rows=len(moves.price),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What some names carried of an index's move: "4 names = +198.24 (53% of the move)".

    Attributes:
        names: How many of them have points.
        missing: How many do not: no price, or not in the index.
        points: Theirs together; NaN where none has any.
        share: `points` as a fraction of the move; NaN where that is unknown or rounds to 0.00.
    """

    names: int
    missing: int
    points: float
    share: float


def together(attribution: Attribution, symbols: Iterable[str]) -> Together:
    """Add up the points of a selection; a symbol that repeats counts once."""
    asked = frozenset(symbols)
    chosen = np.array([symbol in asked for symbol in attribution.symbols], np.bool_)
    points = attribution.points[chosen]
    known = points[np.isfinite(points)]
    total = math.fsum(known) if len(known) else math.nan
    move = attribution.index_change
    return Together(
        names=len(known),
        missing=len(asked) - len(known),
        points=total,
        share=total / move if abs(move) >= SMALLEST_SHOWN else math.nan,
    )


def _index(market: Market, moves: Moves, symbol: str) -> tuple[float, float, float]:
    """The index when the window began, now, and its change; NaN where it has not been told."""
    row = market.board.row(symbol)
    if row < 0:
        return math.nan, math.nan, math.nan
    # The level stands at its base until the source tells one: that is no level of today's.
    level = float(market.board.column(Field.LAST)[row])
    start = float(moves.start[row])
    return start, level, float(on_grid(np.array(level - start)))


def _sums(points: Floats, change: float) -> dict[str, float]:
    """What points on the grid add up to; there any order of adding gives the very same figure."""
    known = points[np.isfinite(points)]
    if not len(known):
        return {"sum": math.nan, "gains": math.nan, "losses": math.nan, "rest": math.nan}
    total = float(known.sum())
    return {
        "sum": total,
        "gains": float(np.maximum(known, 0.0).sum()),
        "losses": float(np.minimum(known, 0.0).sum()),
        "rest": change - total,
    }


def _percent(change: float, start: float) -> float:
    return change / start * 100.0 if start > 0 else math.nan


def on_grid(points: Floats) -> Floats:
    """Points as whole multiples of 2⁻³⁷; see `Attribution`."""
    return np.asarray(np.rint(points * _GRID) / _GRID)
