"""The catalysts of a session with what their names did since, and the moves without any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import Enum
from typing import Final

import numpy as np

from tui.errors import DataError
from tui.market.arrays import Floats, Ints
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
    measure,
    prices_before,
    reached,
    starts,
)
from tui.market.market import INDICES, Market
from tui.market.times import JST
from tui.market.unexplained import residuals
from tui.market.windows import Window, moves

MOST_TIMED: Final = 500
MOST_UNTIMED: Final = 200
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
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
        anchors = [anchor_of(each, session, upto) for each in known]
        if self._plan is None or not self._plan.fits(market, known, anchors, sectors):
            self._plan = _Plan(market, known, anchors, sectors, self._plan)
        plan = self._plan
        since = plan.since(market, upto)
        impacts = measure(market, members, plan.laid, since, plan.before)
        day = moves(market, Window(), now)
        left = residuals(day, members, sectors)
        told = {symbol for each in known for symbol in each.symbols}
        order = np.argsort(-np.abs(np.nan_to_num(left.residual)), kind="stable")
        unusual = left.unusual
        beyond = [
            Unexplained(
                symbol=day.symbols[left.rows[at]],
                percent=float(left.percent[at]),
                residual=float(left.residual[at]),
                sector_percent=float(left.sector_percent[at]),
            )
            for at in order.tolist()
            if unusual[at] and day.symbols[left.rows[at]] not in told
        ]
        quiet = _quiet(plan.ended, anchors, impacts, left.deviation, market.minutes.ended(upto))
        return ImpactReport(
            as_of=now,
            reached=upto,
            impacts=tuple(_impacts(market, known, anchors, plan.laid, impacts, quiet)),
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
        self._keys = [each.key for each in catalysts]
        self._symbols = [each.symbols for each in catalysts]
        self._sectors = sectors
        self._anchors = list(anchors)
        minutes = market.minutes
        number: dict[tuple[Since, int], int] = {}
        ended: dict[datetime, int] = {}
        self.ended: list[int] = []
        self._distinct: list[Anchor] = []
        places = []
        for anchor in anchors:
            # Instants of one minute have the same prices in force.
            at = anchor.at
            if at is not None and at not in ended:
                ended[at] = minutes.ended(at)
            name = anchor.since, 0 if at is None else ended[at]
            self.ended.append(name[1])
            if name not in number:
                number[name] = len(self._distinct)
                self._distinct.append(anchor)
            places.append(number[name])
        self.laid: Baskets = baskets(market, self._symbols, places, sectors)
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
            and self._anchors == anchors
            and self._keys == [each.key for each in catalysts]
            and self._symbols == [each.symbols for each in catalysts]
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


def session_catalysts(market: Market, now: datetime) -> list[Catalyst]:
    """The stories of the session that are known by now, newest first, then those without a time.

    A story with a time belongs to the session if it came after the close of the one before; one
    without to the session that its source gives, or to any where it gives none.
    """
    stories = market.stories
    timed = stories.between(_begins(market), now, MOST_TIMED)
    untimed = []
    for each in stories.untimed():
        if each.session in (None, market.session):
            untimed.append(each)
            if len(untimed) >= MOST_UNTIMED:
                break
    return timed + untimed


def _begins(market: Market) -> datetime:
    """The close of the session before; where no calendar tells it, midnight of the session."""
    try:
        before = market.calendar.session(market.calendar.previous(market.session))
    except DataError:
        before = None
    if before is not None:
        return before.close
    return datetime.combine(market.session, time(), JST).astimezone(UTC)


def _quiet(
    ended: Sequence[int],
    anchors: Sequence[Anchor],
    impacts: Impacts,
    deviation: float,
    so_far: int,
) -> list[bool]:
    """Whether each catalyst's names stayed within what is usual for the time since.

    The usual deviation of the day grows with the square root of time, so that of a part of it is
    in proportion to the root of that part.
    """
    quiet = []
    for at, anchor in enumerate(anchors):
        # What came outside hours shows in the gap before the first trade as well.
        gap = float(impacts.gap[at]) if anchor.since is Since.FIRST_TRADE else 0.0
        trading = so_far - ended[at]
        if trading < QUIET_AFTER or anchor.since is Since.UNKNOWN:
            quiet.append(False)
            continue
        usual = deviation * float(np.sqrt(trading / so_far))
        furthest = abs(float(impacts.furthest[at]))
        quiet.append(bool(furthest < usual and abs(gap) < deviation))
    return quiet


def _impacts(
    market: Market,
    known: Sequence[Catalyst],
    anchors: Sequence[Anchor],
    laid: Baskets,
    impacts: Impacts,
    quiet: Sequence[bool],
) -> list[Impact]:
    lead = _leads(laid, impacts)
    levels = [float(market.board.base()[market.board.row(index)]) for index in INDICES]
    share = np.fmax(np.abs(impacts.nikkei) / levels[0], np.abs(impacts.topix) / levels[1])
    return [
        Impact(
            catalyst=each,
            anchor=anchors[at],
            percent=float(impacts.percent[at]),
            vs_nikkei=float(impacts.vs_nikkei[at]),
            vs_topix=float(impacts.vs_topix[at]),
            vs_sector=float(impacts.vs_sector[at]),
            nikkei=float(impacts.nikkei[at]),
            topix=float(impacts.topix[at]),
            gap=float(impacts.gap[at]) if anchors[at].since is Since.FIRST_TRADE else float("nan"),
            names=int(impacts.known[at]),
            lead=market.board.symbols[laid.rows[lead[at]]] if lead[at] >= 0 else "",
            lead_percent=float(impacts.name_percent[lead[at]]) if lead[at] >= 0 else float("nan"),
            quiet=quiet[at],
            share=float(share[at]),
        )
        for at, each in enumerate(known)
    ]


def _leads(laid: Baskets, impacts: Impacts) -> Ints:
    """Of each catalyst the place in the baskets of the name that moved furthest, −1 for none."""
    found = np.full(laid.count, -1)
    known = np.flatnonzero(np.isfinite(impacts.name_percent))
    order = known[np.argsort(np.abs(impacts.name_percent[known]), kind="stable")]
    found[laid.place[order]] = order
    return found


def _weight(impact: Impact) -> tuple[float, float, float]:
    """What ranks a catalyst by impact; a larger one first."""
    moment = impact.catalyst.time
    return _told(impact.share), abs(_told(impact.vs_nikkei)), moment.timestamp() if moment else 0.0


def _told(value: float) -> float:
    return value if np.isfinite(value) else 0.0
