"""How many sessions in a row something has risen or fallen."""

import numpy as np

from tui.market.arrays import Floats


def streak(closes: Floats) -> int:
    """Count the sessions of one direction that end with the newest close.

    Args:
        closes: ``float64[n]``, daily closes, oldest first, NaN where unknown.

    Returns:
        2 for the second rise in a row, -3 for the third fall; 0 where the newest close is
        unchanged, or where it or the one before is unknown. An unchanged day and an unknown one
        both end the count.
    """
    signs = np.sign(np.diff(np.asarray(closes, np.float64)))
    if not len(signs) or not np.isfinite(signs[-1]) or signs[-1] == 0:
        return 0
    others = np.flatnonzero(signs != signs[-1])
    length = len(signs) - (int(others[-1]) + 1 if len(others) else 0)
    return int(signs[-1]) * length


def streak_words(count: int, language: str = "en") -> str:
    """A streak in words, as market reports put it.

    Args:
        count: As `streak` returns it.
        language: ``en``: ``2nd session up``; ``ja``: 反発, 続伸, 3日続伸, and 反落, 続落, 3日続落.
    """
    return _japanese(count) if language == "ja" else _english(count)


def _english(count: int) -> str:
    if not count:
        return "unchanged"
    return f"{ordinal(abs(count))} session {'up' if count > 0 else 'down'}"


def _japanese(count: int) -> str:
    if not count:
        return "変わらず"
    first, again = ("反発", "続伸") if count > 0 else ("反落", "続落")
    match abs(count):
        case 1:
            return first
        case 2:
            return again
        case days:
            return f"{days}日{again}"


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``11th``."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
