"""Instruments that a text names with cash-tags, and what any linker of texts looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from tui.data.reader import shipped
from tui.market.linking.tags import MOST_SYMBOLS, OTHER_TAGS, TAG


class Linked(Protocol):
    """One place in a text that names an instrument."""

    @property
    def symbol(self) -> str:
        """The instrument, of a receipt abroad its Tokyo line; empty where it is none."""
        ...

    @property
    def as_written(self) -> str:
        """The place itself."""
        ...

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        ...


class Linker(Protocol):
    """Finds the instruments that a text names."""

    def link(self, text: str) -> Sequence[Linked]:
        """Every place that names an instrument, in order, none overlapping another."""
        ...


@dataclass(frozen=True, slots=True)
class TagLink:
    """A cash-tag in a text."""

    symbol: str
    as_written: str
    start: int
    end: int


class CashTags:
    """A linker that knows cash-tags and nothing else: ``$6501.T``, ``$^N225``, ``$SONY``."""

    def link(self, text: str) -> Sequence[TagLink]:
        """The text's cash-tags; full-width writing is read as well."""
        return [
            TagLink(tagged_symbol(found[1]), text[found.start() : found.end()], *found.span())
            for found in TAG.finditer(half_width(text))
        ]


def named_symbols(text: str, linker: Linker) -> tuple[str, ...]:
    """The instruments that a text names, each once, in order."""
    found = dict.fromkeys(link.symbol for link in linker.link(text) if link.symbol)
    return tuple(found)[:MOST_SYMBOLS]


def tagged_symbol(tag: str) -> str:
    """The instrument that a cash-tag means, a receipt abroad mapped to its Tokyo line.

    Args:
        tag: Without its dollar sign.
    """
    return OTHER_TAGS.get(tag) or _tokyo_lines().get(tag, tag)


@lru_cache(maxsize=1)
def _tokyo_lines() -> dict[str, str]:
    return {row.symbol: f"{row.code}.T" for row in shipped().adr.rows}


_HALF: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: 0x20,
    0xA0: 0x20,
    0x2212: 0x2D,
    0xFFE5: 0xA5,
}


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, every character in its place.

    The minus sign becomes a hyphen. Unlike a normal form the result is as long as the text, so
    that places in the one are places in the other.
    """
    return text if text.isascii() else text.translate(_HALF)
