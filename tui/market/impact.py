"""What the names of catalysts did since: the arithmetic, over all catalysts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import numpy as np

from tui.market.arrays import Flags, Floats, Ints
from tui.market.attribution import on_grid
from tui.market.catalysts import Catalyst
from tui.market.groups import Grouping
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.quotes import Field
from tui.market.session import Session
from tui.market.times import to_datetime
from tui.market.topix import TopixMembers


class Since(Enum):
    """What the impact of a catalyst is measured against; the value is the word for machines."""

    BASE = "base"
    """Base prices: no source gives a time of day."""
    MOMENT = "moment"
    """The prices in force when it came."""
    FIRST_TRADE = "first trade"
    """Each name's first trade after it, as it came outside hours."""
    UNKNOWN = "unknown"
    """Nothing: no trade can have followed it yet, or its session is not the one held."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """From when a move is measured.

    Attributes:
        since: Against what.
        at: The instant, aware: of the catalyst, or of the auction that follows it; None for base
            prices and where it is unknown.
    """

    since: Since
    at: datetime | None = None


def anchor_of(catalyst: Catalyst, session: Session | None, reached: datetime) -> Anchor:
    """From when the impact of a catalyst is measured.

    Args:
        catalyst: The catalyst.
        session: The hours of the session held; None where there is none.
        reached: Up to when the market is known, aware: with a delayed source, not the clock's.
    """
    if catalyst.time is None:
        return Anchor(Since.BASE)
    if session is None or catalyst.time >= session.close or catalyst.time > reached:
        return Anchor(Since.UNKNOWN)
    if catalyst.time < session.open:
        return Anchor(Since.FIRST_TRADE, session.open)
    if session.lunch_from <= catalyst.time < session.lunch_to:
        return Anchor(Since.FIRST_TRADE, session.lunch_to)
    return Anchor(Since.MOMENT, catalyst.time)


def reached(market: Market, now: datetime) -> datetime:
    """Up to when the market is known: the newest trade of the index's members, or the clock."""
    times = market.board.time[market.members.rows]
    times = times[~np.isnat(times)]
    newest = to_datetime(times.max()) if len(times) else None
    return now if newest is None else min(now, newest)


def starts(market: Market, anchor: Anchor, now: datetime) -> Floats:
    """``float64[board]``: what every row is measured against; NaN where that is not known.

    Of a name that has not traded since an instant outside hours it is not known. The first trade
    of the day is the opening price where the source tells it, any other the price at the end of
    the first minute in which the name traded.
    """
    base = market.board.base()
    if anchor.at is None:
        return base.copy() if anchor.since is Since.BASE else np.full(len(base), np.nan)
    if anchor.since is Since.MOMENT:
        return market.minutes.since(anchor.at, base)
    first = market.minutes.first(anchor.at, now)
    session = market.calendar.session(market.session)
    if session is None or anchor.at > session.open:
        return first
    opened = market.board.column(Field.OPEN)
    return np.where(np.isfinite(opened), opened, first)


def prices_before(market: Market, anchor: Anchor) -> Floats:
    """``float64[board]``: where every row stood before what it is measured against.

    Before the day's first trade that is the base price, before that of the afternoon the
    morning's last one; elsewhere there is no gap, and it is unknown.
    """
    if anchor.since is Since.FIRST_TRADE and anchor.at is not None:
        return market.minutes.since(anchor.at, market.board.base())
    return np.full(len(market.board), np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baskets:
    """The names of several catalysts, laid end to end.

    Attributes:
        count: How many catalysts.
        rows: ``int64[m]``, board rows.
        place: ``int64[m]``, the catalyst that each belongs to.
        anchor: ``int64[count]``, the row of the starts that each catalyst is measured against.
        pair: ``int64[m]``, which stretch of a sector each name is set against, −1 for none.
        sector_rows: ``int64[k]``, the board rows of the sectors' names, stretch after stretch.
        sector_pair: ``int64[k]``, the stretch that each belongs to.
        sector_anchor: ``int64[k]``, the row of the starts of each.
        sector_edge: ``int64``, where in those each stretch that has names begins.
        pairs: How many stretches.
    """

    count: int
    rows: Ints
    place: Ints
    anchor: Ints
    pair: Ints
    sector_rows: Ints
    sector_pair: Ints
    sector_anchor: Ints
    sector_edge: Ints
    pairs: int


def baskets(
    market: Market, names: Sequence[Sequence[str]], anchors: Sequence[int], sectors: Grouping
) -> Baskets:
    """Lay baskets out for `measure`.

    Indices and rates that a catalyst names are no part of its basket where it names a share, too.

    Args:
        market: Whose board it is for.
        names: The symbols of each catalyst.
        anchors: For each the row of the starts.
        sectors: The names by sector.
    """
    board = market.board
    kept = [_shares(symbols) for symbols in names]
    place = np.repeat(np.arange(len(kept)), np.array([len(each) for each in kept], np.int64))
    rows = board.rows([symbol for each in kept for symbol in each]).astype(np.int64)
    place, rows = place[rows >= 0], rows[rows >= 0]
    anchor = np.asarray(anchors, np.int64)
    sector = np.full(len(board), -1)
    sector[sectors.rows] = sectors.place
    # A stretch is a sector since an instant; many catalysts share one.
    of_name, since = sector[rows], anchor[place]
    width = len(sectors.groups) + 1
    stretches = {key: i for i, key in enumerate(dict.fromkeys((since * width + of_name).tolist()))}
    members = [sectors.rows[sectors.place == group] for group in range(len(sectors.groups))]
    listed: list[tuple[int, int, Ints]] = []
    pair = np.full(len(rows), -1)
    for at, key in enumerate((since * width + of_name).tolist()):
        if of_name[at] >= 0:
            pair[at] = stretches[key]
    for key, number in stretches.items():
        group = key % width
        if group < len(members):
            listed.append((number, key // width, members[group]))
    listed = [each for each in listed if len(each[2])]
    sizes = np.array([len(each[2]) for each in listed], np.int64)
    return Baskets(
        count=len(kept),
        rows=rows,
        place=place,
        anchor=anchor,
        pair=pair,
        sector_rows=np.concatenate([np.empty(0, np.int64), *(each[2] for each in listed)]),
        sector_pair=np.repeat(np.array([each[0] for each in listed], np.int64), sizes),
        sector_anchor=np.repeat(np.array([each[1] for each in listed], np.int64), sizes),
        sector_edge=np.cumsum(sizes) - sizes,
        pairs=len(stretches),
    )


def _shares(symbols: Sequence[str]) -> tuple[str, ...]:
    each = tuple(dict.fromkeys(symbols))
    shares = tuple(symbol for symbol in each if not symbol.startswith("^") and "=" not in symbol)
    return shares or each


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Impacts:
    """What the names of catalysts did; ``float64[count]`` unless told otherwise, unknown is NaN.

    Attributes:
        percent: The mean return of the names, in per cent, each counting alike.
        nikkei_percent, topix_percent: The indices' own over the same stretch.
        vs_nikkei, vs_topix: `percent` less those, in points of per cent.
        vs_sector: The mean of each name's return less that of its sector of the 33.
        nikkei, topix: Points of the names to each index, NaN where none is in it.
        gap: The mean move from the prices before to where the measure begins.
        known: ``int64[count]``, names whose return is known.
        name_percent: ``float64[m]``, the return of each name of `Baskets.rows`.
        name_start: ``float64[m]``, what it is measured against.
        furthest: The largest return of a name against the TOPIX, whichever its sign.
    """

    percent: Floats
    nikkei_percent: Floats
    topix_percent: Floats
    vs_nikkei: Floats
    vs_topix: Floats
    vs_sector: Floats
    nikkei: Floats
    topix: Floats
    gap: Floats
    known: Ints
    name_percent: Floats
    name_start: Floats
    furthest: Floats


def measure(
    market: Market, members: TopixMembers, laid: Baskets, since: Floats, before: Floats
) -> Impacts:
    """Measure baskets, all at once.

    Points follow the arithmetic of `nikkei_attribution` and `topix_attribution` to the digit, so
    that they are the same figures wherever the stretch is the same. A sector's return is weighted
    by what its names were worth in the TOPIX when the stretch began, as in the table of sectors;
    the plain average stands in where none has a weight.

    Args:
        market: The market as it stands.
        members: The TOPIX's names on the board.
        laid: The baskets.
        since: ``float64[anchors, board]``, what rows are measured against.
        before: ``float64[anchors, board]``, where rows stood before that, for the gap.
    """
    board = market.board
    price, base = board.price(), board.base()
    quoted = np.isfinite(board.column(Field.LAST)) | np.isfinite(board.column(Field.SPECIAL))
    rows, place, count = laid.rows, laid.place, laid.count
    start = since[laid.anchor[place], rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        told = quoted[rows] & (start > 0)
        percent = np.where(told, (price[rows] - start) / start * 100.0, np.nan)
        prior = before[laid.anchor[place], rows]
        jump = np.where(told, (start - prior) / prior * 100.0, np.nan)
        divisor = market.basket.divisor
        factors = np.full(len(board), np.nan)
        factors[market.members.rows] = market.basket.factors
        nikkei = on_grid((price[rows] - start) * factors[rows] / (divisor or np.nan))
        previous = _at(base, board.row(TOPIX))
        returns = (price[rows] - start) / base[rows]
        topix = on_grid(previous * members.on_board[rows] * returns)
        sector = _sector_percent(laid, since, price, quoted, members.on_board / base)
    against = percent - np.where(laid.pair >= 0, sector[laid.pair], np.nan)
    mean, known = _mean(percent, place, count)
    index = [_index_percent(market, symbol, since)[laid.anchor] for symbol in (NIKKEI, TOPIX)]
    beyond = percent - index[1][place]
    return Impacts(
        percent=mean,
        nikkei_percent=index[0],
        topix_percent=index[1],
        vs_nikkei=mean - index[0],
        vs_topix=mean - index[1],
        vs_sector=_mean(against, place, count)[0],
        nikkei=_added(nikkei, place, count),
        topix=_added(topix, place, count),
        gap=_mean(jump, place, count)[0],
        known=known,
        name_percent=percent,
        name_start=start,
        furthest=_values(beyond, furthest(beyond, place, count)),
    )


def _sector_percent(
    laid: Baskets, since: Floats, price: Floats, quoted: Flags, worth: Floats
) -> Floats:
    """``float64[pairs]``; one more at the end, so that −1 finds nothing."""
    rows = laid.sector_rows
    # Many names of many stretches: taken from flat, which costs a fraction of two indices.
    start = since.ravel().take(laid.sector_anchor * since.shape[1] + rows)
    with np.errstate(invalid="ignore"):
        start = np.where(start > 0, start, np.nan)
    gain = np.where(quoted, price, np.nan).take(rows) - start
    weight = worth.take(rows)
    found = np.full(laid.pairs + 1, np.nan)
    edge = laid.sector_edge
    if not len(edge):
        return found
    moved = weight * gain
    told = np.isfinite(moved)
    weighted = np.add.reduceat(np.where(told, moved, 0.0), edge) / np.add.reduceat(
        np.where(told, weight * start, 0.0), edge
    )
    if not np.isfinite(weighted).all():
        known = np.isfinite(gain)
        plain = np.add.reduceat(np.where(known, gain / start, 0.0), edge) / np.add.reduceat(
            known, edge, dtype=np.int64
        )
        weighted = np.where(np.isfinite(weighted), weighted, plain)
    found[laid.sector_pair[edge]] = weighted * 100.0
    return found


def _index_percent(market: Market, symbol: str, since: Floats) -> Floats:
    """``float64[anchors]``: what an index did since each instant."""
    row = market.board.row(symbol)
    if row < 0:
        return np.full(len(since), np.nan)
    level, start = float(market.board.column(Field.LAST)[row]), since[:, row]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(start > 0, (level - start) / start * 100.0, np.nan))


def _mean(values: Floats, place: Ints, count: int) -> tuple[Floats, Ints]:
    known = np.isfinite(values)
    number = np.bincount(place[known], minlength=count)
    sums = np.bincount(place[known], values[known], count)
    return np.where(number > 0, sums / np.maximum(number, 1), np.nan), number


def _added(values: Floats, place: Ints, count: int) -> Floats:
    known = np.isfinite(values)
    sums = np.bincount(place[known], values[known], count)
    return np.where(np.bincount(place[known], minlength=count) > 0, sums, np.nan)


def furthest(values: Floats, place: Ints, count: int) -> Ints:
    """Of each catalyst where among the names the value farthest from zero is, −1 for none.

    Args:
        values: ``float64[m]``, of the names of `Baskets.rows`.
        place: ``int64[m]``, the catalyst of each, in order.
        count: How many catalysts.
    """
    found = np.full(count, -1)
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return found
    size, of = np.abs(values[known]), place[known]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    largest = np.full(count, np.nan)
    largest[of[first]] = np.maximum.reduceat(size, first)
    # The last of several assignments stands.
    most = size == largest[of]
    found[of[most]] = known[most]
    return found


def _values(values: Floats, at: Ints) -> Floats:
    """Those at places; NaN for −1."""
    return np.append(values, np.nan)[at]


def _at(values: Floats, row: int) -> float:
    return float(values[row]) if row >= 0 else float("nan")
