"""Names put together: by sector, by size, by basket; and what each group did."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import Final

import numpy as np

from tui.data.baskets import Basket
from tui.data.reader import ReferenceTables
from tui.market.arrays import Flags, Floats, Ints
from tui.market.attribution import Attribution
from tui.market.instruments import Instrument
from tui.market.market import Market
from tui.market.topix import TopixMembers
from tui.market.windows import Moves


class Scheme(Enum):
    """How names are put together; the value is the word for machines."""

    SECTOR33 = "sector33"
    SECTOR17 = "sector17"
    NIKKEI6 = "nikkei6"
    SIZE = "size"
    BASKETS = "baskets"

    def words(self, language: str = "en") -> str:
        """For people."""
        return _WORDS[self][language == "ja"]


_WORDS: Final = {
    Scheme.SECTOR33: ("33 sectors", "33業種"),
    Scheme.SECTOR17: ("17 sectors", "17業種"),
    Scheme.NIKKEI6: ("Nikkei's six sectors", "日経6分類"),
    Scheme.SIZE: ("TOPIX size", "TOPIX規模別"),
    Scheme.BASKETS: ("Baskets", "バスケット"),
}
_SIZES: Final = ("TOPIX Core30", "TOPIX Large70", "TOPIX Mid400", "TOPIX Small 1", "TOPIX Small 2")
_UNCLASSIFIED: Final = "unclassified", "Unclassified", "未分類"

_Label = tuple[str, str, str]
"""Key, English and Japanese name of a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Names that are looked at together.

    Attributes:
        key: For machines: the exchange's code of a sector, or a short word; unique in its scheme.
        name, name_ja: For people.
        symbols: The names, those that are not on the board included.
    """

    key: str
    name: str
    name_ja: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """All groups of one scheme, and where their names stand on the board.

    Attributes:
        scheme: The scheme.
        groups: The groups in the scheme's own order; those without a name are left out.
        rows: ``int64[m]``, board rows, group after group; one of several baskets repeats.
        place: ``int64[m]``, the group that each belongs to.
        absent: ``int64[groups]``, how many names of each are not on the board.
        scope: ``int64[k]``, the board rows of all names of the indices.
    """

    scheme: Scheme
    groups: tuple[Group, ...]
    rows: Ints
    place: Ints
    absent: Ints
    scope: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupTable:
    """What the groups of one scheme did over a window; every column has an entry a group.

    Attributes:
        scheme: The scheme.
        groups: Who they are.
        nikkei, topix: ``float64``, points to each index; NaN where no name of the group has any.
        percent: ``float64``, the group's return in per cent, weighted by what its names were
            worth in the TOPIX when the window began; where none of them has a weight, the plain
            average. NaN before one has traded.
        plain_average: ``bool``, whether it is that average.
        up, down, unchanged, missing: ``int64``, names by their last price against the window's
            beginning; missing where either is unknown. The four add up to the group's names.
        turnover: ``float64``, of the window, in yen; NaN where none is known.
        turnover_share: ``float64``, as a fraction of the turnover of all names of the indices in
            the window.
        leader, laggard: The symbols with the best and the worst return; empty where none is
            known, the latter also where only one is.
        leader_percent, laggard_percent: ``float64``, their returns in per cent.
    """

    scheme: Scheme
    groups: tuple[Group, ...]
    nikkei: Floats
    topix: Floats
    percent: Floats
    plain_average: Flags
    up: Ints
    down: Ints
    unchanged: Ints
    missing: Ints
    turnover: Floats
    turnover_share: Floats
    leader: tuple[str, ...]
    leader_percent: Floats
    laggard: tuple[str, ...]
    laggard_percent: Floats

    def __len__(self) -> int:
        return len(self.groups)

    def place(self, key: str) -> int:
        """Where a group stands, −1 where there is none of that key."""
        return next((i for i, group in enumerate(self.groups) if group.key == key), -1)


def grouping(
    scheme: Scheme,
    market: Market,
    scope: Ints,
    baskets: Sequence[Basket],
    reference: ReferenceTables,
) -> Grouping:
    """Put names together.

    Sectors and sizes part the names of the indices, so that nothing is counted twice or lost: a
    name that a scheme does not place is unclassified. Baskets may overlap, and may hold names
    that are in no index or not on the board.

    Args:
        scheme: How.
        market: Whose board it is for.
        scope: ``int64[k]``, the board rows of the indices' names.
        baskets: The baskets.
        reference: The tables with the sectors' names.
    """
    if scheme is Scheme.BASKETS:
        return _arrange(scheme, market, scope, [_of_basket(basket) for basket in baskets])
    labels = _labels(scheme, reference)
    members: dict[str, list[str]] = {}
    for row in scope:
        symbol = market.board.symbols[row]
        word = _word(scheme, market.universe.get(symbol))
        members.setdefault(word if word in labels else "", []).append(symbol)
    return _arrange(
        scheme,
        market,
        scope,
        [
            Group(key=key, name=name, name_ja=name_ja, symbols=tuple(members[word]))
            for word, (key, name, name_ja) in labels.items()
            if word in members
        ],
    )


def complements(baskets: Grouping, symbols: tuple[str, ...], scope: Ints) -> Grouping:
    """For each basket the indices' names outside it, so that the two add up to the sum of names.

    Args:
        baskets: The baskets.
        symbols: The board's symbols.
        scope: ``int64[k]``, the board rows of the indices' names.
    """
    outside = [
        np.setdiff1d(scope, baskets.rows[baskets.place == place], assume_unique=True)
        for place in range(len(baskets.groups))
    ]
    return Grouping(
        scheme=baskets.scheme,
        groups=tuple(
            Group(
                key=f"not {group.key}",
                name=f"All but {group.name}",
                name_ja=f"{group.name_ja}以外",
                symbols=tuple(symbols[row] for row in rows),
            )
            for group, rows in zip(baskets.groups, outside, strict=True)
        ),
        rows=_joined(outside),
        place=_places(outside),
        absent=np.zeros(len(outside), np.int64),
        scope=scope,
    )


def group_table(
    names: Grouping,
    moves: Moves,
    topix_members: TopixMembers,
    nikkei: Attribution,
    topix: Attribution,
) -> GroupTable:
    """Compute what each group did.

    Args:
        names: The groups.
        moves: Of the same board, at the same revision.
        topix_members: Whose weights weigh the returns.
        nikkei: The points to the Nikkei 225 over the same window.
        topix: Those to the TOPIX.
    """
    rows, place, count = names.rows, names.place, len(names.groups)

    def added(values: Floats) -> Floats:
        """Sums by group; NaN where no figure of a group is known."""
        known = np.isfinite(values)
        sums = np.bincount(place[known], values[known], count)
        return np.where(np.bincount(place[known], minlength=count) > 0, sums, np.nan)

    def counted(flags: Flags) -> Ints:
        return np.bincount(place[flags], minlength=count)

    last, start = moves.last[rows], moves.start[rows]
    up, down, unchanged = counted(last > start), counted(last < start), counted(last == start)
    percent = moves.percent[rows]
    weighted, plain = _returns(names, moves, topix_members), added(percent)
    traded = counted(np.isfinite(percent))
    with np.errstate(invalid="ignore", divide="ignore"):
        plain /= traded
    by_plain: Flags = np.isnan(weighted) & (traded > 0)
    turnover = moves.turnover
    whole = turnover[names.scope]
    best, worst = _extremes(percent, place, count)
    sums = added(turnover[rows])
    return GroupTable(
        scheme=names.scheme,
        groups=names.groups,
        nikkei=added(nikkei.by_row()[rows]),
        topix=added(topix.by_row()[rows]),
        percent=np.where(traded > 0, np.where(by_plain, plain, weighted), np.nan),
        plain_average=by_plain,
        up=up,
        down=down,
        unchanged=unchanged,
        missing=np.bincount(place, minlength=count) + names.absent - up - down - unchanged,
        turnover=sums,
        turnover_share=sums / (float(np.nansum(whole)) or np.nan),
        leader=_named(moves.symbols, rows, best),
        leader_percent=_picked(percent, best),
        laggard=_named(moves.symbols, rows, worst),
        laggard_percent=_picked(percent, worst),
    )


def _returns(names: Grouping, moves: Moves, members: TopixMembers) -> Floats:
    """``float64[groups]``: per cent, weighted by worth at the window's beginning."""
    rows = names.rows
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = members.on_board[rows] / moves.base[rows]
        gain, held = worth * (moves.price - moves.start)[rows], worth * moves.start[rows]
        known = np.isfinite(gain)
        place, count = names.place[known], len(names.groups)
        total = np.bincount(place, gain[known], count) / np.bincount(place, held[known], count)
    return np.asarray(total * 100.0)


def _extremes(percent: Floats, place: Ints, count: int) -> tuple[Ints, Ints]:
    """Positions of each group's best and worst; of equals the first; −1 where there is none."""
    known = np.flatnonzero(np.isfinite(percent))
    told, group = percent[known], place[known]
    found = []
    for extreme, start in ((np.maximum, -np.inf), (np.minimum, np.inf)):
        values = np.full(count, start)
        extreme.at(values, group, told)
        # Of several assignments the last stands, so the foremost must come last.
        at = known[told == values[group]][::-1]
        positions = np.full(count, -1)
        positions[place[at]] = at
        found.append(positions)
    best, worst = found
    worst[worst == best] = -1
    return best, worst


def _named(symbols: tuple[str, ...], rows: Ints, positions: Ints) -> tuple[str, ...]:
    return tuple(symbols[rows[at]] if at >= 0 else "" for at in positions)


def _picked(values: Floats, positions: Ints) -> Floats:
    found = np.full(len(positions), np.nan)
    there = positions >= 0
    found[there] = values[positions[there]]
    return found


def _arrange(scheme: Scheme, market: Market, scope: Ints, groups: Iterable[Group]) -> Grouping:
    kept = tuple(group for group in groups if group.symbols)
    found = [market.board.rows(group.symbols).astype(np.int64) for group in kept]
    held = [rows[rows >= 0] for rows in found]
    return Grouping(
        scheme=scheme,
        groups=kept,
        rows=_joined(held),
        place=_places(held),
        absent=np.array([int((rows < 0).sum()) for rows in found], np.int64),
        scope=scope,
    )


def _joined(rows: Sequence[Ints]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *rows])


def _places(rows: Sequence[Ints]) -> Ints:
    return np.repeat(np.arange(len(rows)), np.array([len(each) for each in rows], np.int64))


def _of_basket(basket: Basket) -> Group:
    return Group(key=basket.key, name=basket.name, name_ja=basket.name_ja, symbols=basket.symbols)


def _word(scheme: Scheme, instrument: Instrument | None) -> str:
    """What an instrument says of its place in a scheme."""
    if instrument is None:
        return ""
    match scheme:
        case Scheme.SECTOR33:
            return instrument.sector33
        case Scheme.SECTOR17:
            return instrument.sector17
        case Scheme.NIKKEI6:
            return instrument.nikkei_sector
        case _:
            return instrument.size_class


def _labels(scheme: Scheme, reference: ReferenceTables) -> dict[str, _Label]:
    """The groups of a scheme in order, by the word of instruments; the last takes the rest."""
    return dict(chain(_told(scheme, reference), [("", _UNCLASSIFIED)]))


def _told(scheme: Scheme, reference: ReferenceTables) -> Iterator[tuple[str, _Label]]:
    if scheme is Scheme.SIZE:
        for size in _SIZES:
            plain = size.removeprefix("TOPIX ")
            yield size, (plain.replace(" ", "").lower(), plain, plain)
    elif scheme is Scheme.NIKKEI6:
        sectors = {row.sector_en: row.sector_ja for row in reference.nikkei_names.rows}
        for name in sorted(sectors):
            if name != _UNCLASSIFIED[1]:
                yield name, (name.split("/")[0].split(" ")[0].lower(), name, sectors[name])
    else:
        wanted = 33 if scheme is Scheme.SECTOR33 else 17
        for row in reference.sectors.rows:
            if row.scheme == wanted:
                yield row.name_ja, (row.code, row.name_en, row.name_ja)
