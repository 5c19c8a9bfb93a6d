"""A link from a place in a text to what it names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

How = Literal["tag", "code", "adr", "name", "index", "currency", "sector"]
"""By what a text names it: a cash-tag, a Tokyo code, a receipt's ticker abroad, a company's name,
the name of an index, future or rate, a currency pair, or a sector or basket."""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that a text names.

    Attributes:
        symbol: The program's own form: ``7203.T``, ``^N225``, ``JPY=X``; empty for a sector.
        as_written: The place in the text as it stands there.
        start, end: Where in the text: ``text[start:end] == as_written``.
        how: By what it is named.
        sector: For ``how == "sector"``: ``sector:3450`` for one of the exchange's 33 sectors,
            ``basket:autos`` for one of the baskets; else empty.
    """

    symbol: str
    as_written: str
    start: int
    end: int
    how: How
    sector: str = ""


def symbols_of(links: Iterable[Link]) -> tuple[str, ...]:
    """The symbols of links, each once, in the order of the text; sectors have none."""
    return tuple(dict.fromkeys(link.symbol for link in links if link.symbol))


def sectors_of(links: Iterable[Link]) -> tuple[str, ...]:
    """The sectors and baskets of links, each once, in the order of the text."""
    return tuple(dict.fromkeys(link.sector for link in links if link.sector))
