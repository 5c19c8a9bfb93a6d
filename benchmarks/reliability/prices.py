"""Prices that follow from symbol and time alone, so that it can be told if one is true."""

from datetime import datetime
from zlib import crc32

REACH = 40
"""Yen, or hundredths of what is not of Tokyo: no price is further from its base."""
STEP = 5
"""Seconds for which a price stands."""


def base(symbol: str) -> float:
    """The base price: the same every day."""
    return float(1_000 + crc32(symbol.encode()) % 1_900)


def last(symbol: str, stamp: int) -> float:
    """The last price at an instant in whole seconds since 1970."""
    turn = stamp // STEP + crc32(symbol.encode())
    return base(symbol) + float((turn * 7) % (2 * REACH + 1) - REACH)


def traded_at(moment: datetime, delay: float) -> int:
    """When the newest trade was that a source can tell of, in seconds since 1970.

    Args:
        moment: Now, aware.
        delay: Seconds by which the source is behind.
    """
    stamp = int(moment.timestamp() - delay)
    return stamp - stamp % STEP
