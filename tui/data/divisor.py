"""The divisor of the Nikkei 225, solved from one session's close and prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum, isfinite

from tui.data.rows import FactorSet
from tui.errors import DataError, UsageError

_HALF_STEP = 0.005
"""The index is published to two decimals."""


@dataclass(frozen=True, slots=True)
class SolvedDivisor:
    """A divisor, and how sure it is.

    Attributes:
        divisor: The sum of price × factor over the index's level.
        lowest, highest: What else would round to the same level.
        total: The sum, in yen.
        close: The index's level.
        members: How many names it sums over.
        vintage: The day of the list of members and factors.
    """

    divisor: float
    lowest: float
    highest: float
    total: float
    close: float
    members: int
    vintage: date


def solve_divisor(close: float, prices: Mapping[str, float], members: FactorSet) -> SolvedDivisor:
    """Solve the divisor that makes the names give the index's level.

    Args:
        close: The index's level, to two decimals.
        prices: Yen by code; each member's is needed.
        members: Members and factors of that session.

    Raises:
        UsageError: The level is not positive.
        DataError: A member has no price.
    """
    if not (isfinite(close) and close > _HALF_STEP):
        raise UsageError(f"{close:g} is no level of the index", subject="--close")
    missing = [code for code in members.codes if not _priced(prices.get(code))]
    if missing:
        shown = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
        raise DataError(
            f"{len(missing)} of {len(members.codes)} members have no price: {shown}",
            remedy="Every member's price is needed; one left out would falsify the divisor.",
        )
    total = fsum(
        prices[code] * factor for code, factor in zip(members.codes, members.factors, strict=True)
    )
    return SolvedDivisor(
        divisor=total / close,
        lowest=total / (close + _HALF_STEP),
        highest=total / (close - _HALF_STEP),
        total=total,
        close=close,
        members=len(members.codes),
        vintage=members.vintage,
    )


def _priced(price: float | None) -> bool:
    return price is not None and isfinite(price) and price > 0
