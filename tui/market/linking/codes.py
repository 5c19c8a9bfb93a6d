"""Local codes and tickers, in every usual writing.

A code counts only where something says that it is one: brackets, an exchange, ``.T``, ``JP``, or
the company's own name beside it. A number alone never does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from tui.market.linking.link import How
from tui.market.linking.tags import TAG

_CODE: Final = r"([0-9][0-9A-Za-z][0-9][0-9A-Za-z][0-9]?)"
_EXCHANGE: Final = (
    r"(?:東証(?:プライム|スタンダード|グロース|[1-2]部|[PSG])?|TYO|TSE|JPX|XTKS|TOKYO|Tokyo|"
    r"証券コード(?:番号)?|銘柄コード|コード(?:番号)?|code|Code)"
)
_ABROAD: Final = r"(?:NYSE|Nyse|NASDAQ|Nasdaq|OTC(?:MKTS|QX|QB|PK)?|ADR)"

_SURE: Final = re.compile(
    rf"[【〈《<]\s*{_CODE}(?:\.T|:JP| JP)?\s*[】〉》>]"
    rf"|(?<![\w.$:@/-]){_CODE}\.[Tt](?![A-Za-z0-9])"
    rf"|(?<![\w.$:@/-]){_CODE}(?: |:)JP(?![A-Za-z0-9])(?: [Ee]quity)?"
    rf"|(?<![A-Za-z]){_EXCHANGE}\s*[::]?\s*{_CODE}(?![A-Za-z0-9])(?:\.T)?"
)
_ROUND: Final = re.compile(
    rf"(?<!-)[(\[「『〔]\s*{_CODE}(\.T|:JP| JP)?\s*[)\]」』〕](?!\s?[0-9]|-[0-9])"
)
_TICKER: Final = re.compile(rf"(?<![A-Za-z]){_ABROAD}\s?[::]\s?([A-Z]{{1,6}})(?![A-Za-z0-9])")
_COUNTED: Final = re.compile(r"\s?(?:人|円|年|名|件|社|校|個|台|票|ドル|点|回|号|番)")
_EARLIEST_YEAR: Final = 1600
_LATEST_YEAR: Final = 2150


class Place(NamedTuple):
    """A symbol at a place of a text."""

    start: int
    end: int
    symbol: str
    how: How


def find_tags(text: str, known: Callable[[str], str]) -> Iterator[Place]:
    """Cash-tags; what `known` maps to nothing is left out.

    Args:
        text: After NFKC.
        known: The symbol in Tokyo, or the symbol itself, of what a tag names; else empty.
    """
    for found in TAG.finditer(text):
        if symbol := known(found[1]):
            yield Place(*found.span(), symbol, "tag" if symbol == found[1] else "adr")


def find_tickers(text: str, receipts: Mapping[str, str]) -> Iterator[Place]:
    """Receipts by exchange and ticker, such as ``NYSE:TM``, led to their line in Tokyo."""
    for found in _TICKER.finditer(text):
        if symbol := receipts.get(found[1]):
            yield Place(*found.span(), symbol, "adr")


def find_codes(
    text: str, listed: Callable[[str], bool], named: Callable[[int, int, str], bool]
) -> Iterator[Place]:
    """Tokyo codes.

    Args:
        text: After NFKC.
        listed: Whether a code is listed.
        named: Whether the company of a code is named right before or after a place, given by its
            start and end: asked of a number in round brackets that may be a year or a count.
    """
    for found in _SURE.finditer(text):
        code = next(group for group in found.groups() if group).upper()
        if listed(code):
            yield Place(*found.span(), f"{code}.T", "code")
    for found in _ROUND.finditer(text):
        code = found[1].upper()
        if not listed(code):
            continue
        if found[2] or not _may_be_else(text, found, code) or named(*found.span(), code):
            yield Place(*found.span(), f"{code}.T", "code")


def _may_be_else(text: str, found: re.Match[str], code: str) -> bool:
    """Whether a number in round brackets may as well be a year, a count or part of another."""
    if text[max(0, found.start() - 1) : found.start()].isdigit():
        return True
    year = code.isdigit() and len(code) == 4 and _EARLIEST_YEAR <= int(code) <= _LATEST_YEAR
    return year or _COUNTED.match(text, found.end()) is not None
