"""A catalyst that its source left bare gets its symbols and its kind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tui.market.catalysts import Catalyst
from tui.market.kinds import LONGEST_TEXT, Kinds
from tui.market.linking.link import Link, sectors_of, symbols_of
from tui.market.linking.linker import Linker
from tui.market.linking.tags import MOST_SYMBOLS

MOST_MEMBERS: Final = 16
"""The largest companies of a sector that stand for it."""

_COMPANY: Final = frozenset({"tag", "code", "adr", "name"})


def enrich(catalyst: Catalyst, linker: Linker, kinds: Kinds) -> Catalyst:
    """Fill in symbols and kind where the source gave none; what it gave stands.

    The symbols are those that the headline names. Where it names a sector or basket and no
    company, the largest of its members stand for it. Only where the headline names nothing is
    the body asked. Never raises.

    Args:
        catalyst: As its source gave it.
        linker: Finds what it names.
        kinds: Files it.

    Returns:
        The same object where there is nothing to add.
    """
    symbols = catalyst.symbols or _symbols(catalyst, linker)
    kind, rule = catalyst.kind, catalyst.rule
    if not kind:
        kind, rule = kinds.classify(catalyst.headline, catalyst.text)
    if (symbols, kind, rule) == (catalyst.symbols, catalyst.kind, catalyst.rule):
        return catalyst
    return replace(catalyst, symbols=symbols, kind=kind, rule=rule)


def _symbols(catalyst: Catalyst, linker: Linker) -> tuple[str, ...]:
    links = linker.link(catalyst.headline)
    if not links and catalyst.text:
        links = linker.link(catalyst.text[:LONGEST_TEXT])
    return named(links, linker)


def named(links: Sequence[Link], linker: Linker) -> tuple[str, ...]:
    """The symbols that links come to, at most 64, sectors as their largest members.

    A sector beside companies adds none: in "Banks rise: MUFG, Mizuho" the two are what is meant.
    """
    symbols = symbols_of(links)
    if not any(link.how in _COMPANY for link in links):
        members = (linker.members(sector, MOST_MEMBERS) for sector in sectors_of(links))
        symbols += tuple(symbol for each in members for symbol in each)
    return tuple(dict.fromkeys(symbols))[:MOST_SYMBOLS]
