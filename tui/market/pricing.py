"""Figures as text: prices by their tick and currency, changes, sums of money, quantities.

What is unknown (NaN, infinite) is an empty string. A minus is U+2212, as wide as a plus. These
run for every visible cell of every frame, so they take plain floats and build no objects.
"""

from functools import cache
from math import inf

from tui.data.rules import tick_table
from tui.market.myriads import short_myriads

MINUS = "−"

_PLAIN = tuple(f"{{:,.{decimals}f}}".format for decimals in range(6))
_SIGNED = tuple(f"{{:+,.{decimals}f}}".format for decimals in range(6))
_HALF = tuple(0.5 / 10**decimals for decimals in range(6))
_SCALE = (1.0, 10.0)

_NO_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})
_RATE_DECIMALS = {"JPY": 3, "KRW": 2, "": 4}
_MINOR = 2
_SLACK = 0.005
"""Less than this is rounding of a source that computes in single precision, not a digit."""


@cache
def _tenths_upto() -> tuple[float, float]:
    """The highest price with a tick below one yen: of other names, and of fine ones."""
    rows = tick_table().rows
    other = [row.upto or inf for row in rows if row.other < 1]
    fine = [row.upto or inf for row in rows if row.fine < 1]
    return max(other, default=0.0), max(fine, default=0.0)


def price_decimals(price: float, currency: str = "JPY", *, fine: bool = False) -> int:
    """How many decimals a price is shown with.

    In yen, as many as its tick has: one up to 3,000 yen for a name of the TOPIX 500, else none,
    whether the price itself ends in a zero or not, so that a running price keeps its width. A
    price off the grid (an average, an index level) gets the decimals it needs, at most two; so
    no digit is hidden. Other currencies have two, those without a smaller unit none.

    Args:
        price: The price; NaN reads as 0.
        currency: ISO 4217, or empty where unknown, which reads as one with two decimals.
        fine: Whether the ticks of the TOPIX 500 apply.
    """
    if currency not in _NO_MINOR_UNIT:
        return _MINOR
    if not -inf < price < inf:
        return 0
    tenths = currency == "JPY" and 0 < price <= _tenths_upto()[fine]
    decimals = 1 if tenths else 0
    if (price * _SCALE[decimals]).is_integer():
        return decimals
    return _needed(price, decimals)


def _needed(price: float, decimals: int) -> int:
    """At least so many decimals, and more where the price has more, at most two."""
    while decimals < _MINOR:
        scaled = price * _SCALE[decimals]
        if abs(scaled - round(scaled)) < _SLACK * _SCALE[decimals]:
            break
        decimals += 1
    return decimals


def change_decimals(
    change: float, price: float, currency: str = "JPY", *, fine: bool = False
) -> int:
    """Decimals of a change: those of the price or of what it changed from, whichever has more."""
    now = price_decimals(price, currency, fine=fine)
    if currency != "JPY" or not -inf < change < inf:
        return now
    return max(now, price_decimals(price - change, currency, fine=fine))


def format_price(price: float, currency: str = "JPY", *, fine: bool = False) -> str:
    """A price without its currency's sign: ``2,500``, ``856.3``, ``2,732.5``, ``101.25``."""
    if not -inf < price < inf:
        return ""
    return _plain(price, price_decimals(price, currency, fine=fine))


def format_change(change: float, price: float, currency: str = "JPY", *, fine: bool = False) -> str:
    """A change of a price, with its sign: ``+286``, ``−1.5``, and ``0`` without one.

    Args:
        change: The change.
        price: The price after it.
        currency: As in `price_decimals`.
        fine: As in `price_decimals`.
    """
    return _signed(change, change_decimals(change, price, currency, fine=fine))


def format_percent(percent: float, decimals: int = 2) -> str:
    """``+1.00%``; ``0.00%`` without a sign."""
    text = _signed(percent, decimals)
    return f"{text}%" if text else ""


def format_points(points: float, decimals: int = 2) -> str:
    """Points of an index with their sign: ``+76.10``."""
    return _signed(points, decimals)


def format_level(level: float, decimals: int = 2) -> str:
    """The level of an index: ``37,531.53``."""
    return _plain(level, decimals) if -inf < level < inf else ""


def format_rate(rate: float, currency: str = "JPY") -> str:
    """A rate of exchange, in so much of a currency: three decimals in yen, four in most others."""
    if not -inf < rate < inf:
        return ""
    return _plain(rate, _RATE_DECIMALS.get(currency, _RATE_DECIMALS[""]))


def format_yen(amount: float, language: str = "en", *, unit: bool = True) -> str:
    """A sum of yen in three digits or so: ``¥91.9bn``, ``¥2.56tn``; ``919億円``, ``2.56兆円``.

    Args:
        amount: The sum.
        language: ``en`` or ``ja``.
        unit: Whether 円 is written in Japanese; a column whose heading tells money needs none.
    """
    if not -inf < amount < inf:
        return ""
    minus = MINUS if amount < 0 else ""
    if language == "ja":
        return f"{minus}{short_myriads(abs(amount))}{'円' if unit else ''}"
    return f"{minus}¥{_short(abs(amount))}"


def format_quantity(quantity: float, language: str = "en") -> str:
    """A number of shares in three digits or so: ``12.4m``, ``857k``, ``900``; ``1,240万``."""
    if not -inf < quantity < inf:
        return ""
    shown = short_myriads if language == "ja" else _short
    return f"{MINUS if quantity < 0 else ''}{shown(abs(quantity))}"


def _plain(value: float, decimals: int) -> str:
    """A figure whose sign shows only where it is negative as written."""
    if value > -_HALF[decimals]:
        return _PLAIN[decimals](abs(value))
    return MINUS + _PLAIN[decimals](-value)


def _signed(value: float, decimals: int) -> str:
    if not -inf < value < inf:
        return ""
    if value < 0:
        if value > -_HALF[decimals]:
            return _PLAIN[decimals](0.0)
        return MINUS + _PLAIN[decimals](-value)
    if value < _HALF[decimals]:
        return _PLAIN[decimals](0.0)
    return _SIGNED[decimals](value)


_UNITS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))


def _short(amount: float) -> str:
    """Three significant digits and a unit; all digits below a thousand and above 1,000 tn."""
    for unit, word in _UNITS:
        # What rounds to a thousand of the smaller unit is one of this.
        if amount >= unit * 0.9995:
            scaled = amount / unit
            decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return _PLAIN[decimals](scaled) + word
    return _PLAIN[0](amount)
