"""The day's wrap: every figure that a market writer needs, computed, before any words.

The figures of the indices, of breadth and of the Nikkei 225's names are those of the `Summary`, and
those of the rows are those of `rows_report`; so the wrap, the screen and the print-out agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

import numpy as np

from tui.data.baskets import shipped_baskets
from tui.market.arrays import Floats
from tui.market.attribution import Together
from tui.market.constituents import Constituents
from tui.market.contribution import SMALLEST_SHOWN, leaders
from tui.market.groups import GroupTable, Scheme
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.movers import at_limits
from tui.market.quotes import Quality
from tui.market.session import SessionState
from tui.market.streak import streak
from tui.report.attribution import AttributionReport, attribution_report, group_report, selected
from tui.report.feed import FeedReport
from tui.report.impact import CatalystImpacts, ImpactReport
from tui.report.indices import IndexReport
from tui.report.summary import Summary, summarise
from tui.report.timeline import Entry, ahead, timeline
from tui.report.wrap_catalysts import CatalystMoves, catalyst_moves
from tui.report.wrap_names import Mover, Names

YEN: Final = "JPY=X"
"""Yen for one US dollar, where a provider quotes it."""

_LEADERS: Final = 5
_BASKET_NAMES: Final = 3
_MOST_DUE: Final = 5
_MOST_FOR_HALF: Final = 10
_USUAL_FOR_SHARE: Final = 4


class Stage(Enum):
    """Where the session stands; the value is the word for machines."""

    BEFORE = "before_open"
    TRADING = "trading"
    BREAK = "lunch"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMove:
    """What a sector or a basket did on the day.

    Attributes:
        key, name, name_ja: Who it is.
        percent: Its return in per cent, weighted by the TOPIX's weights where there are any.
        nikkei, topix: Points to each index; NaN where none of its names has any.
        up, down, unchanged, missing: Its names by their direction; they add up to all of them.
        movers: The names that carried its direction, the heaviest first; empty for a sector.
    """

    key: str
    name: str
    name_ja: str
    percent: float
    nikkei: float
    topix: float
    up: int
    down: int
    unchanged: int
    missing: int
    movers: tuple[Mover, ...] = ()

    @property
    def known(self) -> int:
        """How many of its names have a return."""
        return self.up + self.down + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wrap:
    """The report of a day, or of a day so far, as figures; unknown is NaN, None or empty.

    Attributes:
        summary: The market in a few figures, the object that the screen shows.
        feed: Where the figures come from; None where nobody says.
        attribution: Both indices taken apart by name over the whole day.
        stage: Where the session stands.
        told_at: The instant that the figures are of, aware: the market's time, or that of the
            newest quote where the session is over and no quote is of its close.
        before: Each index's streak up to the session before, by symbol, where it is known.
        leaders, laggards: The Nikkei 225's names that carried its move, and those most against it.
        leading: What the fewest names that made half of the move made together; of four names
            where it takes more than ten.
        topix_leaders, topix_laggards: The same for the TOPIX, whose points may be estimates.
        baskets: The baskets with a return, the best first.
        sectors: The exchange's 33 sectors with a return, the best first.
        sector_names: How many names stand behind the sectors' returns.
        limit_up, limit_down: The Nikkei 225's names at a price limit.
        limits_known: For how many of them that can be told.
        yen: Yen for one US dollar; None where no source quotes it.
        catalysts: The day's, with what their names did, as the screen has it.
        due: What falls due next, the soonest first: a few entries of the timeline.
        derived: The Nikkei 225's names whose price is solved from other figures.
        modelled: Whether prices shown are of a modelled path.
        remarks: What has to be said about missing tables and the like, a line each.
        source_remarks: What the source of quotes survived; for machines.
    """

    summary: Summary
    feed: FeedReport | None
    attribution: AttributionReport
    stage: Stage
    told_at: datetime
    before: dict[str, int]
    leaders: tuple[Mover, ...]
    laggards: tuple[Mover, ...]
    leading: Together
    topix_leaders: tuple[Mover, ...]
    topix_laggards: tuple[Mover, ...]
    baskets: tuple[GroupMove, ...]
    sectors: tuple[GroupMove, ...]
    sector_names: int
    limit_up: tuple[Mover, ...]
    limit_down: tuple[Mover, ...]
    limits_known: int
    yen: Mover | None
    catalysts: tuple[CatalystMoves, ...]
    due: tuple[Entry, ...]
    derived: tuple[Mover, ...]
    modelled: bool
    remarks: tuple[str, ...]
    source_remarks: tuple[str, ...]

    @property
    def nikkei(self) -> IndexReport:
        """The Nikkei 225, the summary's own."""
        return next(index for index in self.summary.indices if index.symbol == NIKKEI)

    @property
    def topix(self) -> IndexReport:
        """The TOPIX, the summary's own."""
        return next(index for index in self.summary.indices if index.symbol == TOPIX)


def wrap_report(
    market: Market,
    now: datetime,
    *,
    summary: Summary | None = None,
    feed: FeedReport | None = None,
    constituents: Constituents | None = None,
    remarks: Sequence[str] = (),
    source_remarks: Sequence[str] = (),
    impacts: ImpactReport | None = None,
    dates: Sequence[Entry] | None = None,
) -> Wrap:
    """Compute the wrap from the board as it stands.

    Args:
        market: The market.
        now: The market's time, aware.
        summary: What the screen shows, of the same revision; computed where it is not given.
        feed: Where the figures come from.
        constituents: The market's own, with the user's baskets; those that ship otherwise.
        remarks: What has to be said besides, a line each.
        source_remarks: What the source survived, a line each.
        impacts: The catalysts as the screen has them, of the same revision; measured otherwise.
        dates: The timeline that the screen has; of the catalysts' own dates otherwise.
    """
    summary = summary or summarise(market, now)
    constituents = constituents or Constituents(market, shipped_baskets().rows)
    attribution = attribution_report(market, constituents, now)
    names = Names(market, attribution, now)
    stage, told_at = _stage(market, summary, feed, now)
    nikkei = _ladder(
        summary.members, summary.contribution.points, summary.contribution.index_change
    )
    if impacts is None:
        impacts = CatalystImpacts(market, lambda: constituents).report(now)
    if dates is None:
        dates = timeline(market, now)
    weight = attribution.topix
    topix = _ladder(weight.symbols, weight.points, weight.index_change)
    sectors = _groups(group_report(constituents, attribution, Scheme.SECTOR33).table)
    limits = _at_limits(market, summary)
    board = market.board
    rows = market.members.rows
    quality = board.quality[rows]
    return Wrap(
        summary=summary,
        feed=feed,
        attribution=attribution,
        stage=stage,
        told_at=told_at,
        before=_before(market),
        leaders=names.of(nikkei[0]),
        laggards=names.of(nikkei[1]),
        leading=_half(summary, attribution),
        topix_leaders=names.of(topix[0]),
        topix_laggards=names.of(topix[1]),
        baskets=_groups(group_report(constituents, attribution, Scheme.BASKETS).table, names),
        sectors=sectors,
        sector_names=sum(sector.known for sector in sectors),
        limit_up=names.of(limits[0]),
        limit_down=names.of(limits[1]),
        limits_known=limits[2],
        yen=_yen(names),
        catalysts=catalyst_moves(impacts, names, attribution),
        due=ahead(dates, _MOST_DUE),
        derived=names.of(
            symbol
            for symbol, bits in zip(summary.members, quality, strict=True)
            if bits & Quality.DERIVED
        ),
        modelled=any(index.modelled for index in summary.indices)
        or bool((quality & Quality.MODELLED).any()),
        remarks=tuple(remarks),
        source_remarks=tuple(source_remarks),
    )


def _stage(
    market: Market, summary: Summary, feed: FeedReport | None, now: datetime
) -> tuple[Stage, datetime]:
    """Where the session stands, and the instant that the figures are of."""
    session = market.calendar.session(market.session)
    if session is None:
        return Stage.TRADING, now
    if now < session.open:
        return Stage.BEFORE, now
    if now >= session.close:
        newest = feed.data_time if feed is not None else None
        if newest is not None and newest < session.close:
            # A closing print that is not held cannot be spoken of.
            return Stage.TRADING, newest
        if summary.status.state is not SessionState.CLOSING_AUCTION:
            return Stage.CLOSED, now
        return Stage.TRADING, now
    return (Stage.BREAK if session.lunch_from <= now < session.lunch_to else Stage.TRADING), now


def _ladder(symbols: Sequence[str], points: Floats, move: float) -> tuple[list[str], list[str]]:
    """Who carried a move and who was most against it, as far as their points do not read 0.00."""

    def side(*, against: bool) -> list[str]:
        found = leaders(points, _LEADERS, move=move, against=against)
        told = zip(found.members, found.points, strict=True)
        return [symbols[place] for place, own in told if abs(own) >= SMALLEST_SHOWN]

    return side(against=False), side(against=True)


def _before(market: Market) -> dict[str, int]:
    closes = {symbol: market.closes(symbol) for symbol in (NIKKEI, TOPIX)}
    return {symbol: streak(close) for symbol, close in closes.items() if len(close) > 1}


def _half(summary: Summary, attribution: AttributionReport) -> Together:
    """The fewest names that made half of the move, where ten are enough; else four."""
    points, move = summary.contribution.points, summary.contribution.index_change
    found = leaders(points, _MOST_FOR_HALF, move=move)
    reached = np.flatnonzero(found.shares >= 0.5)
    count = int(reached[0]) + 1 if len(reached) else _USUAL_FOR_SHARE
    return selected(attribution.nikkei, [summary.members[place] for place in found.members[:count]])


def _at_limits(market: Market, summary: Summary) -> tuple[list[str], list[str], int]:
    """Symbols at the upper and at the lower limit, and of how many it can be told."""
    rows = market.members.rows
    price = market.board.price()[rows]
    lower, upper = (limit[rows] for limit in market.limits())
    found = at_limits(price, lower, upper)
    known = np.isfinite(upper) & np.isfinite(summary.member_change)
    members = summary.members
    return (
        [members[place] for place in found.up],
        [members[place] for place in found.down],
        int(np.count_nonzero(known)),
    )


def _groups(table: GroupTable, names: Names | None = None) -> tuple[GroupMove, ...]:
    """The groups with a return, the best first."""
    known = np.flatnonzero(np.isfinite(table.percent))
    order = known[np.argsort(-table.percent[known], kind="stable")]
    return tuple(
        GroupMove(
            key=group.key,
            name=group.name,
            name_ja=group.name_ja,
            percent=float(table.percent[place]),
            nikkei=float(table.nikkei[place]),
            topix=float(table.topix[place]),
            up=int(table.up[place]),
            down=int(table.down[place]),
            unchanged=int(table.unchanged[place]),
            missing=int(table.missing[place]),
            movers=()
            if names is None
            else names.carrying(group.symbols, float(table.percent[place]), _BASKET_NAMES),
        )
        for place in order
        for group in (table.groups[place],)
    )


def _yen(names: Names) -> Mover | None:
    found = names.of((YEN,))
    return found[0] if found and np.isfinite(found[0].last) else None
