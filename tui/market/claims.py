"""What a text states of the market in figures, so that it can be held against the market."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_SCREEN: Final = 2
"""Decimal places of levels and per cent on the screens that writers read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Figures that a text states of one instrument, of the session it writes about.

    A figure keeps the precision it is stated with: ``1.00`` per cent is not ``1``, and *about
    37,500* is ``3.75E+4``. What is not stated is None.

    Attributes:
        symbol: The instrument, in the program's own form.
        as_written: How the text names it: ``$SONY``, ``Nikkei 225``.
        level: The level or price at the close, in the instrument's currency.
        change: Points, or currency, from the base price; below zero where it fell.
        percent: The same in per cent.
        text: The sentence, as stated.
    """

    symbol: str
    as_written: str = ""
    level: Decimal | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    text: str = ""

    @property
    def figures(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Level, change, per cent."""
        return self.level, self.change, self.percent


def rounds_to(stated: Decimal, figure: float) -> bool:
    """Whether a figure, rounded as finely as the stated one is, may read as stated.

    Half a unit of the last stated place is allowed either way, both ends included. What is stated
    more coarsely than the two places of a screen may have been read off one: 1.5477 stands there
    as 1.55, and is told as 1.6.

    Args:
        stated: A finite figure.
        figure: The market's, unrounded and finite.
    """
    exponent = stated.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    # A quoted figure is a decimal fraction that a float holds only nearly.
    most = 10.0**-places / 2 + 1e-9 * max(1.0, abs(figure))
    readings = (figure, round(figure, _SCREEN)) if places < _SCREEN else (figure,)
    return any(abs(reading - float(stated)) <= most for reading in readings)
