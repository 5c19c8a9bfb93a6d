"""Breadth: how many names of a list are up, down and unchanged."""

from dataclasses import dataclass

import numpy as np

from tui.market.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """Names by the direction of their day; the four add up to the names counted.

    Attributes:
        up, down, unchanged: Names whose last price is above, below or at the base price.
        missing: Names that have not traded, or whose base price is unknown.
    """

    up: int
    down: int
    unchanged: int
    missing: int

    @property
    def total(self) -> int:
        """How many names were counted."""
        return self.up + self.down + self.unchanged + self.missing


def breadth(last: Floats, base: Floats) -> Breadth:
    """Count names against their base prices.

    A name that has not traded is missing, not unchanged; so the last price is wanted here, and not
    the price of index arithmetic, which falls back on the base price.

    Args:
        last: ``float64[n]``, last prices, NaN before the first trade.
        base: ``float64[n]``, base prices, NaN where unknown.
    """
    up = int(np.count_nonzero(last > base))
    down = int(np.count_nonzero(last < base))
    unchanged = int(np.count_nonzero(last == base))
    return Breadth(up=up, down=down, unchanged=unchanged, missing=len(last) - up - down - unchanged)
