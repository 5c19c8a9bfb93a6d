"""Weights of the TOPIX at the previous close, as near as what is published allows."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

import numpy as np

from tui.data.reader import ReferenceTables
from tui.market.arrays import Flags, Floats, Ints
from tui.market.indices import TOPIX, TopixWeights, index_closes, session_bars, weights_topix

_SPLIT: Final = 0.7, 1.45
"""A price that left this range against the index since the weights' day may have been split."""


class Basis(Enum):
    """What weights at the previous close rest on; the value is the word for machines."""

    NONE = "none"
    """There are no weights."""
    PUBLISHED = "published"
    """Published for that very close."""
    CARRIED = "carried"
    """Of another day, each carried to the previous close by its price against the index."""
    PARTLY_CARRIED = "partly carried"
    """As above where prices are known, the others as they were."""
    AS_PUBLISHED = "as published"
    """Of another day, used as they are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vintage:
    """Published weights with the prices of their day.

    Attributes:
        weights: As published.
        closes: ``float64[n]``, what each member closed at on that day; NaN where unknown.
        level: What the index closed at on that day; NaN where unknown.
    """

    weights: TopixWeights
    closes: Floats
    level: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreviousWeights:
    """Weights at the close before a session.

    Attributes:
        symbols: Members in order of code.
        weights: ``float64[n]``, fractions of the index.
        carried: ``bool[n]``, whether each was carried by its price.
        basis: What they rest on.
        vintage: The day that the published weights are of; None where there are none.
        later: Whether that day is the session's own or a later one.
        missing: Empty, or which table is missing, in words.
    """

    symbols: tuple[str, ...]
    weights: Floats
    carried: Flags
    basis: Basis
    vintage: date | None
    later: bool
    missing: str

    @property
    def estimate(self) -> bool:
        """Whether they are estimates: not of the close before, or known only from later."""
        return self.basis is not Basis.NONE and (self.later or self.basis is not Basis.PUBLISHED)


def vintage_of(session: date, reference: ReferenceTables | None = None) -> Vintage:
    """The weights nearest to a session, with the closes of their day where these ship."""
    weights = weights_topix(session, reference)
    closes, level = np.full(len(weights.symbols), np.nan), float("nan")
    if weights.vintage is not None:
        bars = session_bars(weights.vintage, reference)
        held = dict(zip(bars.symbols, bars.close, strict=True))
        if held:
            closes = np.array([held.get(symbol, np.nan) for symbol in weights.symbols])
        index = index_closes(TOPIX, reference)
        day = np.flatnonzero(index.dates == np.datetime64(weights.vintage, "D"))
        if len(day):
            level = float(index.close[day[0]])
    return Vintage(weights=weights, closes=closes, level=level)


def carry(vintage: Vintage, previous: date, closes: Floats, level: float) -> PreviousWeights:
    """Carry weights to the previous close.

    A weight moves with its price against the index. Where the price of either day or the level of
    the index is unknown the weight stays as it was; so it does where a price has moved so far
    against the index that a split is likelier, since closes are not adjusted.

    Args:
        vintage: The weights with the prices of their day.
        previous: The session whose close is meant.
        closes: ``float64[n]``, what each member closed at then; NaN where unknown.
        level: What the index closed at then; NaN where unknown.
    """
    published = vintage.weights
    weights = published.weights
    carried = np.zeros(len(weights), np.bool_)
    if not len(weights):
        basis = Basis.NONE
    elif published.vintage == previous:
        basis = Basis.PUBLISHED
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            drift = (closes / vintage.closes) / (level / vintage.level)
            carried = (drift > _SPLIT[0]) & (drift < _SPLIT[1])
        weights = np.where(carried, weights * drift, weights)
        basis = _carried_basis(carried, np.isfinite(closes))
    return PreviousWeights(
        symbols=published.symbols,
        weights=weights,
        carried=carried,
        basis=basis,
        vintage=published.vintage,
        later=published.later,
        missing=published.missing,
    )


def _carried_basis(carried: Flags, priced: Flags) -> Basis:
    """A name without a price has no points, so its weight does not matter here."""
    if not carried.any():
        return Basis.AS_PUBLISHED
    return Basis.CARRIED if carried[priced].all() else Basis.PARTLY_CARRIED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TopixMembers:
    """The TOPIX's members that stand on the board.

    Attributes:
        weights: Of all members, on the board or not.
        symbols: Those on the board, in order of code.
        rows: ``int64[m]``, the board row of each.
        weight: ``float64[m]``, the weight of each at the previous close.
        on_board: ``float64[board]``, the same by row; NaN off the index.
    """

    weights: PreviousWeights
    symbols: tuple[str, ...]
    rows: Ints
    weight: Floats
    on_board: Floats
