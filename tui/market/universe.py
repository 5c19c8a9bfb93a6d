"""Every instrument that the reference tables name, and the search over them."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from msgspec import Struct

from tui.data.reader import ReferenceTables, shipped
from tui.data.rows import AdrRow, ForeignRow, ListedRow
from tui.market.folding import fold
from tui.market.instruments import Instrument, InstrumentKind

_TOKYO = ".T"

_WEIGHT_OF_SIZE = {
    "TOPIX Core30": 1,
    "TOPIX Large70": 2,
    "TOPIX Mid400": 3,
    "TOPIX Small 1": 5,
    "TOPIX Small 2": 6,
}
"""Order of instruments that match equally well: the better known first."""

_WEIGHT_OF_BENCHMARK = 0
_WEIGHT_OF_NIKKEI_NAME = 4
_WEIGHT_OF_RECEIPT = 7
_WEIGHT_OF_OTHER_SHARE = 8
_WEIGHT_OF_FUND = 9

_SHORTEST_FUZZY = 4
"""Below this many characters a query is matched only literally."""

_FUZZY_CUTOFF = 74.0
"""Per cent of likeness, on rapidfuzz's scale, that counts as a match."""


class _Entry(Struct, frozen=True, gc=False):
    """What the search knows of one instrument, all of it folded."""

    weight: int
    symbol: str
    key: str
    names: tuple[str, ...]
    haystack: str
    tokyo: bool


class Universe:
    """The instruments of the reference tables. May be read from any thread.

    Building it costs nothing: each table is read, and each instrument made, when it is first
    asked for.

    Args:
        reference: The tables; those that ship unless told otherwise.
        session: The date whose list of issues counts where there are several; the newest counts
            unless told otherwise.
    """

    def __init__(
        self, reference: ReferenceTables | None = None, session: date | None = None
    ) -> None:
        self._reference = reference or shipped()
        self._session = session or date.max
        self._made: dict[str, Instrument] = {}
        self._told: tuple[_Entry, ...] = ()

    def learn(self, told: Instrument) -> None:
        """Take up an instrument that a source tells of; one that a table names stands as it is."""
        if self.get(told.symbol) is None:
            self._made[told.symbol] = told
            names = told.name, told.name_ja
            tokyo = told.symbol.endswith(_TOKYO)
            entry = _entry(_WEIGHT_OF_OTHER_SHARE, told.symbol, names, tokyo=tokyo)
            # Another tuple, as a search may be going through this one in another thread.
            self._told = (*self._told, entry)

    def get(self, symbol: str) -> Instrument | None:
        """The instrument of a symbol in the program's own form, or None if no table has it."""
        held = self._made.get(symbol)
        if held is None and (made := self._make(symbol)) is not None:
            held = self._made.setdefault(symbol, made)
        return held

    def resolve(self, text: str) -> Instrument | None:
        """The instrument that a code or symbol means, however it is typed.

        ``7203``, ``7203.T``, ``285a``, ``７２０３``, ``^N225``, ``n225`` and ``jpy=x`` are
        understood; a name is not, that is what `search` is for.
        """
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        for symbol in (plain, plain + _TOKYO, "^" + plain, self._aliases.get(plain, "")):
            if symbol and (found := self.get(symbol)) is not None:
                return found
        return None

    def search(self, query: str, limit: int = 20) -> Sequence[Instrument]:
        """Instruments by code or name in any usual writing, best first.

        The beginning of a code comes first, then a whole name, the beginning of a name, of a word
        in it, any part, all words in any order; what is merely alike fills up the rest. Among
        equals benchmarks and large companies lead.

        Args:
            query: Code, English or Japanese; width, case and kind of kana do not matter.
            limit: The most to return.
        """
        wanted = fold(query)
        if not wanted or limit <= 0:
            return []
        tiers: list[list[str]] = [[] for _ in range(7)]
        words = wanted.split()
        for entry in chain(self._entries, self._told):
            if wanted in entry.haystack:
                tier = _tier(entry, wanted)
                if tier is not None:
                    tiers[tier].append(entry.symbol)
            elif len(words) > 1 and all(word in entry.haystack for word in words):
                tiers[6].append(entry.symbol)
        found = [symbol for tier in tiers for symbol in tier][:limit]
        if len(found) < limit and len(wanted) >= _SHORTEST_FUZZY:
            found += self._alike(wanted, limit - len(found), frozenset(found))
        return [made for symbol in found if (made := self.get(symbol)) is not None]

    def symbols(self) -> tuple[str, ...]:
        """Every symbol: benchmarks, then Tokyo in order of code, then receipts abroad."""
        return (*self._foreign, *(code + _TOKYO for code in self._listed), *self._receipts)

    def sector_en(self, name_ja: str) -> str:
        """English name of one of the 33 or 17 sectors; empty where it is not known."""
        return self._sector_english.get(name_ja, "")

    def prepare(self) -> None:
        """Do ahead, off the interface thread, what the first search would wait for."""
        self.search("zaraba", 1)

    @cached_property
    def _listed(self) -> dict[str, ListedRow]:
        every = {row.code: row for row in self._reference.listed.rows}
        return every | {row.code: row for row in self._reference.listed_on(self._session)}

    @cached_property
    def _foreign(self) -> dict[str, ForeignRow]:
        return {row.symbol: row for row in self._reference.foreign.rows}

    @cached_property
    def _receipts(self) -> dict[str, AdrRow]:
        return {row.symbol: row for row in self._reference.adr.rows}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {other: row.symbol for row in self._foreign.values() for other in row.yahoo}

    @cached_property
    def _sectors(self) -> dict[str, tuple[str, str]]:
        """Japanese names of the 33-sector and of its 17-sector, by code of the former."""
        rows = self._reference.sectors.rows
        of17 = {row.code: row.name_ja for row in rows if row.scheme == 17}
        return {
            row.code: (row.name_ja, of17.get(row.sector17, "")) for row in rows if row.scheme == 33
        }

    @cached_property
    def _sector_english(self) -> dict[str, str]:
        return {row.name_ja: row.name_en for row in self._reference.sectors.rows}

    @cached_property
    def _nikkei_sectors(self) -> dict[str, str]:
        return {row.code: row.sector_en for row in self._reference.nikkei_names.rows}

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        nikkei = self._nikkei_sectors
        entries = [
            *(
                _entry(_WEIGHT_OF_BENCHMARK, row.symbol, (row.name_en, row.name_ja))
                for row in self._foreign.values()
            ),
            *(
                _entry(
                    _weight(row, row.code in nikkei),
                    row.code + _TOKYO,
                    (row.name_en, row.name_ja),
                    tokyo=True,
                )
                for row in self._listed.values()
            ),
            *(
                _entry(_WEIGHT_OF_RECEIPT, row.symbol, self._receipt_names(row))
                for row in self._receipts.values()
            ),
        ]
        entries.sort(key=lambda entry: entry.weight)
        return tuple(entries)

    def _make(self, symbol: str) -> Instrument | None:
        listed = self._listed.get(symbol.removesuffix(_TOKYO)) if symbol.endswith(_TOKYO) else None
        if listed is not None:
            return self._make_listed(symbol, listed)
        if (foreign := self._foreign.get(symbol)) is not None:
            return Instrument(
                symbol=symbol,
                name=foreign.name_en,
                name_ja=foreign.name_ja,
                kind=InstrumentKind(foreign.kind),
                exchange=foreign.exchange,
                currency=foreign.currency,
            )
        if (receipt := self._receipts.get(symbol)) is not None:
            name, name_ja = self._receipt_names(receipt)
            return Instrument(
                symbol=symbol,
                name=name,
                name_ja=name_ja,
                exchange=receipt.venue,
                currency="USD",
            )
        return None

    def _make_listed(self, symbol: str, row: ListedRow) -> Instrument:
        sector33, sector17 = self._sectors.get(row.sector33, ("", ""))
        return Instrument(
            symbol=symbol,
            code=row.code,
            name=row.name_en or row.name_ja,
            name_ja=row.name_ja,
            kind=InstrumentKind(row.kind),
            lot=row.lot,
            segment=row.segment,
            sector33=sector33,
            sector17=sector17,
            nikkei_sector=self._nikkei_sectors.get(row.code, ""),
            size_class=row.size_class,
        )

    def _receipt_names(self, receipt: AdrRow) -> tuple[str, str]:
        share = self._listed.get(receipt.code)
        if share is None:
            return f"{receipt.symbol} ADR", f"{receipt.symbol} ADR"
        return f"{share.name_en or share.name_ja} ADR", f"{share.name_ja} ADR"

    def _alike(self, wanted: str, limit: int, found: frozenset[str]) -> list[str]:
        from rapidfuzz import fuzz, process

        # A name much shorter than the query would be found inside it, which is no likeness; and
        # a receipt's name would come before that of its share for being longer.
        names = {
            (index, place): name
            for index, entry in enumerate(self._entries)
            if entry.weight != _WEIGHT_OF_RECEIPT
            for place, name in enumerate(entry.names)
            if len(name) >= len(wanted) - 1
        }
        scored = process.extract(
            wanted,
            names,
            scorer=fuzz.partial_ratio,
            limit=limit + len(found),
            score_cutoff=_FUZZY_CUTOFF,
        )
        alike: dict[str, None] = {}
        for _, _, (index, _) in scored:
            symbol = self._entries[index].symbol
            if symbol not in found:
                alike[symbol] = None
        return list(alike)[:limit]


def _entry(weight: int, symbol: str, names: tuple[str, str], *, tokyo: bool = False) -> _Entry:
    key = fold(symbol)
    folded = tuple(dict.fromkeys(fold(name) for name in names if name))
    return _Entry(weight, symbol, key, folded, "\n".join((key, *folded)), tokyo)


def _weight(row: ListedRow, nikkei: bool) -> int:
    if row.kind == "equity":
        rest = _WEIGHT_OF_NIKKEI_NAME if nikkei else _WEIGHT_OF_OTHER_SHARE
        return _WEIGHT_OF_SIZE.get(row.size_class, rest)
    return _WEIGHT_OF_FUND


def _tier(entry: _Entry, wanted: str) -> int | None:
    """How well an entry that holds the query matches it, 0 best; None where only by accident."""
    if entry.tokyo and entry.key.startswith(wanted):
        return 0
    if wanted in entry.names:
        return 1
    if entry.key.startswith(wanted) or any(name.startswith(wanted) for name in entry.names):
        return 2
    if any(f" {wanted}" in name for name in entry.names):
        return 3
    if any(wanted in name for name in entry.names):
        return 4
    return None if entry.tokyo else 5
