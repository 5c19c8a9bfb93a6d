"""The application's codes for the program's symbols."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

TOKYO: Final = 1
"""The market of Tokyo's shares, and of its indices."""

INDICES: Final[Mapping[str, str]] = MappingProxyType({"^N225": "101", "^TOPX": "151"})

_SHARE = re.compile(r"([0-9][0-9A-Z]{3,4})\.T")


@dataclass(frozen=True, slots=True)
class Code:
    """What the application calls an instrument.

    Attributes:
        symbol: Its code there.
        exchange: Its market.
    """

    symbol: str
    exchange: int = TOKYO

    @property
    def path(self) -> str:
        """As it stands in an address."""
        return f"{self.symbol}@{self.exchange}"

    def listed(self) -> dict[str, str | int]:
        """As it stands in a list of registrations."""
        return {"Symbol": self.symbol, "Exchange": self.exchange}


def code_of(symbol: str) -> Code | None:
    """The application's code for a symbol; None where it has none that is known."""
    if symbol in INDICES:
        return Code(INDICES[symbol])
    match = _SHARE.fullmatch(symbol)
    return Code(match[1]) if match else None
