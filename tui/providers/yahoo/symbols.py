"""The program's symbols and Yahoo's: the same, but for what Yahoo does not surely have."""

import re
from typing import Final

PROXY: Final = "1306.T"
"""A fund that follows the TOPIX."""

NOT_SERVED: Final = frozenset({"^TOPX", "998405.T"})
"""Codes of the TOPIX, of which none is sure to answer or to mean the index everywhere."""

_SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9^=.&-]{0,23}")


def to_yahoo(symbol: str) -> str | None:
    """What Yahoo calls an instrument; None where it is not asked for it.

    Args:
        symbol: In the program's own form.
    """
    if symbol in NOT_SERVED or not _SYMBOL.fullmatch(symbol):
        return None
    return symbol


def from_yahoo(symbol: str) -> str | None:
    """The program's own form; None where it can have none."""
    plain = symbol.strip().upper()
    return plain if plain not in NOT_SERVED and _SYMBOL.fullmatch(plain) else None


def why_not(symbol: str) -> str:
    """Why `to_yahoo` gives none, in one line."""
    if symbol in NOT_SERVED:
        return f"{symbol} is not served by Yahoo; the fund {PROXY} follows the TOPIX"
    return f"{symbol} is no symbol that Yahoo could know"


def in_tokyo(symbol: str, zone: str = "") -> bool:
    """Whether an instrument keeps Tokyo's session.

    Args:
        symbol: In the program's own form.
        zone: Its exchange's time zone, where the service tells one.
    """
    if zone:
        return zone == "Asia/Tokyo"
    return symbol.endswith(".T") or symbol == "^N225"
