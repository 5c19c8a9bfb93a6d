"""The catalysts of a session with what their names did since, and the moves without any."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

import msgspec
import numpy as np

from tui.market.arrays import Flags, Floats, Ints
from tui.market.catalysts import Catalyst
from tui.market.constituents import Constituents
from tui.market.groups import Grouping, Scheme
from tui.market.impact import (
    Anchor,
    Baskets,
    Impacts,
    Since,
    anchor_of,
    baskets,
    furthest,
    measure,
    prices_before,
    reached,
    starts,
)
from tui.market.market import INDICES, Market
from tui.market.session import Session
from tui.market.unexplained import residuals
from tui.market.windows import Window, moves
from tui.report.session_catalysts import session_catalysts

MOST_UNEXPLAINED: Final = 20
QUIET_AFTER: Final = 15
"""Minutes of trading after which a catalyst whose names did not move is said to be such."""


class Rank(Enum):
    """How catalysts are ordered; the value is the word for machines."""

    TIME = "time"
    """Newest first, then those without a time as they came."""
    IMPACT = "impact"
    """Those first whose names moved the indices most, as a share of the index; then those whose
    names went furthest against the Nikkei 225, then those of which nothing is known."""


class Impact(msgspec.Struct, frozen=True):
    """One catalyst with what its names did since; every unknown figure is NaN.

    Attributes:
        catalyst: The story.
        anchor: What it is measured against.
        percent: The mean return of its names in per cent.
        vs_nikkei, vs_topix: Less the index's return over the same stretch, in points of per cent.
        vs_sector: Less that of each name's sector.
        nikkei, topix: The names' points to each index.
        gap: For one that came outside hours: the names' mean move up to their first trade.
        names: How many of its names have a known return.
        lead: The name that moved furthest, and its return; empty and NaN where none is known.
        lead_percent: Its return in per cent.
        quiet: Whether none of its names left the TOPIX by more than is usual for the time since,
            a gap included; not said in the first quarter of an hour of trading.
        share: By what share of its base level the names moved an index, whichever they moved more;
            a fraction without a sign.
    """

    catalyst: Catalyst
    anchor: Anchor
    percent: float
    vs_nikkei: float
    vs_topix: float
    vs_sector: float
    nikkei: float
    topix: float
    gap: float
    names: int
    lead: str
    lead_percent: float
    quiet: bool
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """A name that moved beyond its sector and the market, with no catalyst that names it.

    Attributes:
        symbol: The name.
        percent: Its return on the day in per cent.
        residual: What sector and market leave of it, in points of per cent.
        sector_percent: What the rest of its sector did; NaN where it is too small.
    """

    symbol: str
    percent: float
    residual: float
    sector_percent: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImpactReport:
    """The session's catalysts known by now.

    Attributes:
        as_of: The market's time, aware, in UTC.
        reached: Up to when the market is known; earlier than `as_of` with a delayed source.
        impacts: Newest first, then those without a time.
        unexplained: The furthest first.
        threshold: From where a move is out of the ordinary, in points of per cent.
    """

    as_of: datetime
    reached: datetime
    impacts: tuple[Impact, ...]
    unexplained: tuple[Unexplained, ...]
    threshold: float

    def ranked(self, rank: Rank) -> tuple[Impact, ...]:
        """The catalysts in an order."""
        if rank is Rank.TIME:
            return self.impacts
        return tuple(sorted(self.impacts, key=_weight, reverse=True))


class CatalystImpacts:
    """Measures the catalysts again and again, at the cost of what has changed.

    To be used on the thread that writes the market.

    Args:
        market: The market.
        constituents: Who is in the indices, and in which sector; asked at each report.
    """

    def __init__(self, market: Market, constituents: Callable[[], Constituents]) -> None:
        self._market = market
        self._constituents = constituents
        self._key: object = None
        self._report: ImpactReport | None = None
        self._plan: _Plan | None = None

    def report(self, now: datetime) -> ImpactReport:
        """The catalysts known at the market's time; computed once a change and second."""
        market, board = self._market, self._market.board
        second = now.replace(microsecond=0)
        key = (
            board.revision, board.epoch, market.minutes.generation, second,
            market.stories.revision, market.session, id(board.symbols),
        )  # fmt: skip
        if self._report is None or key != self._key:
            self._key = key
            self._report = self._measured(second)
        return self._report

    def _measured(self, now: datetime) -> ImpactReport:
        market, constituents = self._market, self._constituents()
        members = constituents.topix
        sectors = constituents.grouping(Scheme.SECTOR33)
        known = session_catalysts(market, now)
        upto = reached(market, now)
        session = market.calendar.session(market.session)
        plan = self._plan
        anchors = None if plan is None else plan.anchors_still(known, session, upto)
        if anchors is None:
            anchors = [anchor_of(each, session, upto) for each in known]
        if plan is None or not plan.fits(market, known, anchors, sectors):
            plan = self._plan = _Plan(market, known, anchors, sectors, plan)
        plan.hours = session, upto
        since = plan.since(market, upto)
        impacts = measure(market, members, plan.laid, since, plan.before)
        day = moves(market, Window(), now)
        left = residuals(day, members, sectors)
        unusual = np.flatnonzero(left.unusual)
        order = unusual[np.argsort(-np.abs(left.residual[unusual]), kind="stable")]
        beyond = [
            Unexplained(
                symbol=day.symbols[left.rows[at]],
                percent=float(left.percent[at]),
                residual=float(left.residual[at]),
                sector_percent=float(left.sector_percent[at]),
            )
            for at in order.tolist()
            if day.symbols[left.rows[at]] not in plan.told
        ]
        quiet = _quiet(plan, impacts, left.deviation, market.minutes.ended(upto))
        return ImpactReport(
            as_of=now,
            reached=upto,
            impacts=tuple(_impacts(market, plan, impacts, quiet)),
            unexplained=tuple(beyond[:MOST_UNEXPLAINED]),
            threshold=left.threshold,
        )


class _Plan:
    """Baskets laid out, and what they are measured against, as far as that stands still."""

    def __init__(
        self,
        market: Market,
        catalysts: Sequence[Catalyst],
        anchors: Sequence[Anchor],
        sectors: Grouping,
        earlier: "_Plan | None",
    ) -> None:
        self.of = market.board.symbols, market.minutes, market.minutes.generation
        self.catalysts = catalysts
        self.anchors = anchors
        self.told = {symbol for each in catalysts for symbol in each.symbols}
        self._sectors = sectors
        self.hours: tuple[Session | None, datetime] | None = None
        self._latest = max((each.time for each in catalysts if each.time is not None), default=None)
        since = [anchor.since for anchor in anchors]
        self.unknown: Flags = np.array([each is Since.UNKNOWN for each in since], np.bool_)
        self.outside: Flags = np.array([each is Since.FIRST_TRADE for each in since], np.bool_)
        minutes = market.minutes
        number: dict[tuple[Since, int], int] = {}
        ended: dict[datetime, int] = {}
        minutes_before = []
        self._distinct: list[Anchor] = []
        places = []
        for anchor in anchors:
            # Instants of one minute have the same prices in force.
            at = anchor.at
            if at is not None and at not in ended:
                ended[at] = minutes.ended(at)
            name = anchor.since, 0 if at is None else ended[at]
            minutes_before.append(name[1])
            if name not in number:
                number[name] = len(self._distinct)
                self._distinct.append(anchor)
            places.append(number[name])
        self.ended: Ints = np.array(minutes_before, np.int64)
        self.laid: Baskets = baskets(market, [each.symbols for each in catalysts], places, sectors)
        self.held = np.full((len(self._distinct), len(market.board)), np.nan)
        self.before: Floats = self.held.copy()
        self.settled = np.zeros(len(self._distinct), np.bool_)
        self.number = number
        if earlier is not None and earlier.of == self.of:
            self._inherit(earlier)

    def _inherit(self, earlier: "_Plan") -> None:
        """Take over what stands still, so that one more headline costs one more look."""
        for name, place in self.number.items():
            before = earlier.number.get(name)
            if before is not None and earlier.settled[before]:
                self.held[place] = earlier.held[before]
                self.before[place] = earlier.before[before]
                self.settled[place] = True

    def anchors_still(
        self, catalysts: Sequence[Catalyst], session: Session | None, upto: datetime
    ) -> Sequence[Anchor] | None:
        """From when the same catalysts were measured a look ago; None where that may have changed.

        It stands still once the market is known beyond the last of them.
        """
        if self.hours is None or self.hours[0] != session or self.catalysts != catalysts:
            return None
        passed = self._latest is None or min(self.hours[1], upto) >= self._latest
        return self.anchors if passed else None

    def fits(
        self,
        market: Market,
        catalysts: Sequence[Catalyst],
        anchors: Sequence[Anchor],
        sectors: Grouping,
    ) -> bool:
        """Whether it is of these catalysts, this board and these minutes."""
        symbols, minutes, generation = self.of
        return (
            symbols is market.board.symbols
            and minutes is market.minutes
            and generation == market.minutes.generation
            and sectors is self._sectors
            and self.anchors == anchors
            and self.catalysts == catalysts
        )

    def since(self, market: Market, upto: datetime) -> Floats:
        """``float64[anchors, board]``; what may still change is looked up anew."""
        ended = market.minutes.ended(upto)
        for at, anchor in enumerate(self._distinct):
            if self.settled[at]:
                continue
            self.held[at] = starts(market, anchor, upto)
            self.before[at] = prices_before(market, anchor)
            # A late print may still fall in the minute before the last.
            self.settled[at] = anchor.since is Since.UNKNOWN or (
                anchor.since is Since.MOMENT
                and anchor.at is not None
                and 0 < market.minutes.ended(anchor.at) < ended - 1
            )
        return self.held


def _quiet(plan: _Plan, impacts: Impacts, deviation: float, so_far: int) -> Flags:
    """Whether each catalyst's names stayed within what is usual for the time since.

    The usual deviation of the day grows with the square root of time, so that of a part of it is
    in proportion to the root of that part.
    """
    trading = so_far - plan.ended
    told = (trading >= QUIET_AFTER) & ~plan.unknown
    usual = deviation * np.sqrt(np.maximum(trading, 0) / max(so_far, 1))
    # What came outside hours shows in the gap before the first trade as well.
    gap = np.where(plan.outside, np.abs(impacts.gap), 0.0)
    return np.asarray(told & (np.abs(impacts.furthest) < usual) & (gap < deviation))


def _impacts(market: Market, plan: _Plan, impacts: Impacts, quiet: Flags) -> Iterator[Impact]:
    lead = furthest(impacts.name_percent, plan.laid.place, plan.laid.count)
    levels = [float(market.board.base()[market.board.row(index)]) for index in INDICES]
    share = np.fmax(np.abs(impacts.nikkei) / levels[0], np.abs(impacts.topix) / levels[1])
    # A name more at the end, so that −1 finds none.
    rows = np.append(plan.laid.rows, -1)[lead].tolist()
    symbols, percents = market.board.symbols, np.append(impacts.name_percent, np.nan)
    figures = (
        impacts.percent, impacts.vs_nikkei, impacts.vs_topix, impacts.vs_sector, impacts.nikkei,
        impacts.topix, np.where(plan.outside, impacts.gap, np.nan), impacts.known,
    )  # fmt: skip
    return map(
        Impact,
        plan.catalysts,
        plan.anchors,
        *(each.tolist() for each in figures),
        [symbols[row] if row >= 0 else "" for row in rows],
        percents[lead].tolist(),
        quiet.tolist(),
        share.tolist(),
    )


def _weight(impact: Impact) -> tuple[float, float, float]:
    """What ranks a catalyst by impact; a larger one first."""
    moment = impact.catalyst.time
    return _told(impact.share), abs(_told(impact.vs_nikkei)), moment.timestamp() if moment else 0.0


def _told(value: float) -> float:
    return value if np.isfinite(value) else 0.0
