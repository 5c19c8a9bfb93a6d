"""Large numbers as Japanese counts them, by ten thousands: 万, 億, 兆.

The short form is that of a screen, the full one that of a report. Both take what is not negative;
whoever writes the sign writes it before them.
"""

from typing import Final

MYRIAD: Final = 10_000
_UNITS: Final = ((1e12, "兆"), (1e8, "億"), (1e4, "万"))
_ROUNDS_UP: Final = 0.99995
"""What rounds to ten thousand of the smaller unit is one of the larger."""


def short_myriads(amount: float) -> str:
    """Three significant digits, or all four before the unit: ``2.56兆``, ``919億``, ``9,187億``.

    At most seven cells wide below a thousand 兆; below 万 all digits, and no unit.
    """
    for unit, word in _UNITS:
        if amount >= unit * _ROUNDS_UP:
            scaled = amount / unit
            decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{scaled:,.{decimals}f}{word}"
    return f"{amount:,.0f}"


def full_myriads(amount: float) -> str:
    """To the 億, each unit with its digits: ``2兆5614億``, ``856億``; below one 億 in 万."""
    oku = round(amount / 1e8)
    if not oku:
        man = round(amount / MYRIAD)
        return f"{man}万" if man else f"{amount:.0f}"
    cho, rest = divmod(oku, MYRIAD)
    return f"{f'{cho}兆' if cho else ''}{f'{rest}億' if rest else ''}"
