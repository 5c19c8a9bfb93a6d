"""The linker: from a headline to the instruments and sectors that it names."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Final

from tui.data.aliases import Aliases, shipped_aliases
from tui.data.baskets import Baskets, shipped_baskets
from tui.data.reader import ReferenceTables, shipped
from tui.data.rows import ListedRow
from tui.market.linking import beside
from tui.market.linking.codes import find_codes, find_tags, find_tickers
from tui.market.linking.currencies import find_pairs
from tui.market.linking.forms import Form, make_forms, spellings
from tui.market.linking.link import Link
from tui.market.linking.matcher import Matcher
from tui.market.linking.tags import OTHER_TAGS
from tui.market.linking.talk import Talk
from tui.market.linking.writing import Writing

LONGEST_TEXT: Final = 8_000
"""Characters of a text that are looked at."""

_SIZES: Final = ("TOPIX Core30", "TOPIX Large70", "TOPIX Mid400", "TOPIX Small 1", "TOPIX Small 2")
_TOKYO: Final = ".T"
_SHORTEST_NAME: Final = 3
"""Letters of a cash-tag that is a company's name rather than a ticker: ``$NTT``, ``$KDDI``."""


class Linker:
    """Finds what a text names. May be used from any thread.

    Making one costs nothing: tables are read and forms are made at the first text, or by
    `prepare`, which takes some tenths of a second and so belongs off the interface thread.

    Args:
        reference: The tables; those that ship unless told otherwise.
        aliases: What companies and sectors are called; what ships unless told otherwise, and
            `tui.data.aliases.read_aliases` lays the user's own over that.
        baskets: What `members` knows of baskets; those that ship unless told otherwise.
    """

    def __init__(
        self,
        reference: ReferenceTables | None = None,
        aliases: Aliases | None = None,
        baskets: Baskets | None = None,
    ) -> None:
        self._reference = reference or shipped()
        self._aliases = aliases
        self._given_baskets = baskets

    def prepare(self) -> None:
        """Do ahead what the first text would wait for."""
        self.link("Zaraba")

    def link(self, text: str) -> tuple[Link, ...]:
        """Everything that a text names, in the order of the text, without overlap.

        Never raises. Half- and full-width writing are alike. One thing named twice is two links;
        `symbols_of` and `sectors_of` give each once.

        Args:
            text: A headline, or some sentences; of a longer text the first 8,000 characters.
        """
        writing = Writing(text[:LONGEST_TEXT])
        plain = writing.text
        names = list(self._names(plain))
        taken: list[tuple[int, int]] = []
        links: list[Link] = []
        explicit = chain(
            find_tags(plain, self._of_tag),
            find_tickers(plain, self._receipts),
            find_codes(plain, self._listed.__contains__, _Beside(plain, names, self._listed)),
        )
        for place in explicit:
            if _free(place.start, place.end, taken):
                taken.append((place.start, place.end))
                links.append(_link(writing, place.start, place.end, Form(place.symbol, place.how)))
        for start, end, form in names:
            if form.meaning and _free(start, end, taken):
                links.append(_link(writing, start, end, form))
        for pair in find_pairs(plain):
            if pair.symbol not in {link.symbol for link in links}:
                links.append(_link(writing, pair.start, pair.end, Form(pair.symbol, pair.how)))
        links.sort(key=lambda link: (link.start, link.end))
        return tuple(links)

    def members(self, sector: str, limit: int = 64) -> tuple[str, ...]:
        """The symbols of a sector or basket as a `Link` names it, the largest companies first.

        Args:
            sector: ``sector:3450`` or ``basket:autos``; of any other there are none.
            limit: The most to return.
        """
        scheme, _, key = sector.partition(":")
        if scheme == "basket":
            return self._baskets.get(key, ())[:limit]
        return self._sectors.get(key, ())[:limit] if scheme == "sector" else ()

    def _names(self, text: str) -> Iterator[tuple[int, int, Form]]:
        talk = Talk(text)
        found = list(self._matcher.find(text, _Fits(text, talk)))
        others = {form.meaning for *_, form in found if form.how == "name" and not form.broker}
        rated = bool(others) and talk.rating
        for start, end, form in found:
            if rated and form.broker and others - {form.meaning}:
                continue
            group = beside.GROUP.match(text, end) if form.how == "name" else None
            yield start, group.end() if group else end, form

    def _of_tag(self, tag: str) -> str:
        """What a cash-tag names, in Tokyo where it is a receipt; empty where no table knows it."""
        if tag in self._receipts:
            return self._receipts[tag]
        if tag in self._outside or (tag.endswith(_TOKYO) and tag[: -len(_TOKYO)] in self._listed):
            return tag
        other = OTHER_TAGS.get(tag, "")
        if other in self._outside:
            return other
        form = self._matcher.get(tag) if len(tag) >= _SHORTEST_NAME else None
        named = form is not None and form.how == "name" and not form.doubtful
        return form.meaning if form is not None and named else ""

    @cached_property
    def _matcher(self) -> Matcher[Form]:
        return Matcher(make_forms(self._reference, self._aliases or shipped_aliases()))

    @cached_property
    def _listed(self) -> dict[str, ListedRow]:
        return {row.code: row for row in self._reference.listed.rows}

    @cached_property
    def _receipts(self) -> dict[str, str]:
        rows = self._reference.adr.rows
        return {row.symbol: row.code + _TOKYO for row in rows if row.code in self._listed}

    @cached_property
    def _outside(self) -> frozenset[str]:
        return frozenset(row.symbol for row in self._reference.foreign.rows)

    @cached_property
    def _sectors(self) -> dict[str, tuple[str, ...]]:
        by_sector: dict[str, list[ListedRow]] = {}
        for row in self._reference.listed.rows:
            if row.kind == "equity" and row.sector33:
                by_sector.setdefault(row.sector33, []).append(row)
        return {
            sector: tuple(row.code + _TOKYO for row in sorted(rows, key=_by_size))
            for sector, rows in by_sector.items()
        }

    @cached_property
    def _baskets(self) -> dict[str, tuple[str, ...]]:
        baskets = self._given_baskets or shipped_baskets()
        return {basket.key: basket.symbols for basket in baskets.rows}


class _Fits:
    """Whether a form is what it names at a place of one text."""

    def __init__(self, text: str, talk: Talk) -> None:
        self._text = text
        self._talk = talk

    def __call__(self, start: int, end: int, form: Form) -> bool:
        text = self._text
        if form.how == "name":
            group = beside.GROUP.match(text, end)
            whole = group.end() if group and form.meaning else end
            if not beside.whole(text, start, whole):
                return False
            if not form.meaning:
                return True
            if beside.elsewhere(text, start, whole):
                return False
            return not form.doubtful or group is not None or self._talk.company(start, whole)
        if not beside.whole(text, start, end):
            return False
        if form.how == "index":
            return not beside.newspaper(text, start, end) and (
                not form.doubtful or self._talk.company(start, end)
            )
        return form.how != "sector" or beside.at_home(text, start)


class _Beside:
    """Whether a company is named right before or after a place of one text."""

    def __init__(
        self, text: str, found: list[tuple[int, int, Form]], listed: Mapping[str, ListedRow]
    ) -> None:
        self._text = text
        self._ends = {end: form.meaning for _, end, form in found}
        self._starts = {start: form.meaning for start, _, form in found}
        self._listed = listed

    def __call__(self, start: int, end: int, code: str) -> bool:
        beside = (
            self._ends.get(start),
            self._ends.get(start - 1),
            self._starts.get(end),
            self._starts.get(end + 1),
        )
        if code + _TOKYO in beside:
            return True
        # A name too short or too common to be linked by itself is one beside its own code.
        row = self._listed[code]
        before = self._text[:start].rstrip()
        after = self._text[end:].lstrip()
        return any(
            before.endswith(name) or after.startswith(name)
            for name in spellings(row.name_ja, row.name_en)
        )


def _link(writing: Writing, start: int, end: int, form: Form) -> Link:
    first, last = writing.span(start, end)
    sector = form.meaning if form.how == "sector" else ""
    symbol = "" if sector else form.meaning
    return Link(symbol, writing.written(start, end), first, last, form.how, sector)


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= each[0] or start >= each[1] for each in taken)


def _by_size(row: ListedRow) -> tuple[int, str]:
    size = row.size_class
    return (_SIZES.index(size) if size in _SIZES else len(_SIZES), row.code)
