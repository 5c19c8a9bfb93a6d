"""Breadth by sector: of an index's names, or a list's, how many are up in each of the 33."""

from dataclasses import dataclass

import numpy as np

from tui.data.reader import ReferenceTables, shipped
from tui.market.arrays import Floats, Ints
from tui.market.held_quotes import at_rows
from tui.market.market import Market
from tui.market.windows import Moves

_UNCLASSIFIED = "unclassified", "Unclassified", "未分類"
_KEPT = 8
"""Of how many lists of names it is kept who belongs where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector of the exchange and the names counted in it.

    Attributes:
        key: The exchange's code of it; ``unclassified`` for names without one.
        name, name_ja: For people.
        symbols: The names, whether on the board or not.
    """

    key: str
    name: str
    name_ja: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectorBreadth:
    """Names by sector and direction; every column has an entry a sector.

    Attributes:
        sectors: The sectors that hold any of the names, in the exchange's order.
        up, down, unchanged, missing: ``int64``; the four add up to a sector's names.
    """

    sectors: tuple[Sector, ...]
    up: Ints
    down: Ints
    unchanged: Ints
    missing: Ints


class SectorCounts:
    """Counts names by sector; who belongs where is looked up once for each tuple of names.

    Args:
        market: Where instruments and prices are.
        reference: The tables with the sectors' names; those that ship unless told otherwise.
    """

    def __init__(self, market: Market, reference: ReferenceTables | None = None) -> None:
        self._market = market
        self._labels = {
            row.name_ja: (row.code, row.name_en, row.name_ja)
            for row in (reference or shipped()).sectors.rows
            if row.scheme == 33
        }
        self._held: dict[tuple[str, ...], tuple[tuple[Sector, ...], Ints]] = {}

    def of(self, symbols: tuple[str, ...], moved: Moves) -> SectorBreadth:
        """Count names over a window.

        Args:
            symbols: The names; pass the same tuple again where they have not changed.
            moved: What the board did.
        """
        held = self._held.get(symbols)
        if held is None:
            if len(self._held) >= _KEPT:
                self._held.clear()
            held = self._held[symbols] = self._arrange(symbols)
        sectors, place = held
        rows = self._market.board.rows(symbols)
        last, start = at_rows(moved.last, rows), at_rows(moved.start, rows)
        return _counted(sectors, place, last, start)

    def _arrange(self, symbols: tuple[str, ...]) -> tuple[tuple[Sector, ...], Ints]:
        universe = self._market.universe
        words = []
        for symbol in symbols:
            instrument = universe.get(symbol)
            word = instrument.sector33 if instrument is not None else ""
            words.append(word if word in self._labels else "")
        found: dict[str, list[str]] = {}
        for word, symbol in zip(words, symbols, strict=True):
            found.setdefault(word, []).append(symbol)
        present = [word for word in (*self._labels, "") if word in found]
        sectors = []
        for word in present:
            key, name, name_ja = self._labels.get(word, _UNCLASSIFIED)
            sectors.append(Sector(key=key, name=name, name_ja=name_ja, symbols=tuple(found[word])))
        places = {word: place for place, word in enumerate(present)}
        return tuple(sectors), np.array([places[word] for word in words], np.int64)


def _counted(
    sectors: tuple[Sector, ...], place: Ints, last: Floats, start: Floats
) -> SectorBreadth:
    count = len(sectors)
    up, down, unchanged = (
        np.bincount(place[flags], minlength=count)
        for flags in (last > start, last < start, last == start)
    )
    return SectorBreadth(
        sectors=sectors,
        up=up,
        down=down,
        unchanged=unchanged,
        missing=np.bincount(place, minlength=count) - up - down - unchanged,
    )
