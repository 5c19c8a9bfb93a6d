"""Why the indices moved: by name, by group, over a window; what the ladder and the wrap share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tui.market.arrays import Floats
from tui.market.attribution import (
    Attribution,
    NikkeiAttribution,
    Together,
    TopixAttribution,
    nikkei_attribution,
    together,
    topix_attribution,
)
from tui.market.constituents import Constituents
from tui.market.contribution import Leaders, leaders
from tui.market.groups import GroupTable, Scheme, group_table
from tui.market.market import NIKKEI, Market
from tui.market.previous_day import PreviousDay
from tui.market.pricing import format_points
from tui.market.windows import Moves, Window, moves


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AttributionReport:
    """Both indices taken apart by name over one window.

    Attributes:
        as_of: The market's time, aware, in UTC.
        session: The session's date in Tokyo.
        revision: The board's revision that the figures are of.
        window: The window.
        since: The instant that it begins at; None for base prices.
        begun: Whether it has begun; until then every figure is NaN.
        nikkei, topix: By name, with the sum, the rest and what stands behind them.
        moves: What every row of the board did over the window.
    """

    as_of: datetime
    session: date
    revision: int
    window: Window
    since: datetime | None
    begun: bool
    nikkei: NikkeiAttribution
    topix: TopixAttribution
    moves: Moves

    def index(self, symbol: str) -> Attribution:
        """One of the two, by its symbol."""
        return self.nikkei if symbol == NIKKEI else self.topix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupReport:
    """Both indices taken apart by the groups of one scheme.

    Sectors and sizes sum to `nikkei_sum` and `topix_sum`; so does each basket with its complement.
    With the rests they are the indices' own changes.

    Attributes:
        window: The window.
        table: The groups.
        complements: For each basket, in the same order, all names outside it; None where the
            scheme parts the names anyway.
        nikkei_sum, topix_sum: Of all names.
        nikkei_rest, topix_rest: What no known name explains; a row of its own.
    """

    window: Window
    table: GroupTable
    complements: GroupTable | None
    nikkei_sum: float
    topix_sum: float
    nikkei_rest: float
    topix_rest: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AgainstPrevious:
    """Today's points of an index set against those of the session before.

    Attributes:
        session: The session before.
        points: ``float64[n]``, its points in the order of today's names; NaN where unknown.
        change: ``float64[n]``, today's less those.
        index_change: The index's own change that day.
        sum: Of that day's points, members of that day that have left included.
    """

    session: date
    points: Floats
    change: Floats
    index_change: float
    sum: float


def attribution_report(
    market: Market, constituents: Constituents, now: datetime, window: Window | None = None
) -> AttributionReport:
    """Take both indices apart by name.

    Args:
        market: The market as it stands.
        constituents: Its own.
        now: The market's time, aware.
        window: Over what; the whole day unless told otherwise.
    """
    window = window or Window()
    moved = moves(market, window, now)
    return AttributionReport(
        as_of=now,
        session=market.session,
        revision=market.board.revision,
        window=window,
        since=moved.since,
        begun=moved.begun,
        nikkei=nikkei_attribution(market, moved),
        topix=topix_attribution(market, constituents.topix, moved),
        moves=moved,
    )


def group_report(
    constituents: Constituents, report: AttributionReport, scheme: Scheme
) -> GroupReport:
    """Put the names of a report together; to be called before the board changes again."""

    def table(of: Scheme, *, outside: bool = False) -> GroupTable:
        names = constituents.complements() if outside else constituents.grouping(of)
        return group_table(names, report.moves, constituents.topix, report.nikkei, report.topix)

    return GroupReport(
        window=report.window,
        table=table(scheme),
        complements=table(scheme, outside=True) if scheme is Scheme.BASKETS else None,
        nikkei_sum=report.nikkei.sum,
        topix_sum=report.topix.sum,
        nikkei_rest=report.nikkei.rest,
        topix_rest=report.topix.rest,
    )


def against_previous(today: Attribution, previous: PreviousDay) -> AgainstPrevious | None:
    """Set today's points against those of the session before; None where those are not known.

    Args:
        today: Over the whole day.
        previous: As `Constituents.previous` gives it.
    """
    day = previous.nikkei if today.index == NIKKEI else previous.topix
    if day is None:
        return None
    points = day.of(today.symbols)
    return AgainstPrevious(
        session=day.session,
        points=points,
        change=today.points - points,
        index_change=day.index_change,
        sum=day.sum,
    )


def sides(attribution: Attribution, count: int) -> tuple[Leaders, Leaders]:
    """The names that carried the index's move, and those that held most against it.

    Args:
        attribution: The index taken apart.
        count: At most how many of each.
    """
    points, move = attribution.points, attribution.index_change
    return leaders(points, count, move=move), leaders(points, count, move=move, against=True)


def leading(attribution: Attribution, count: int) -> Together:
    """What the names that carried the move most made together."""
    first = leaders(attribution.points, count, move=attribution.index_change).members
    return together(attribution, [attribution.symbols[place] for place in first])


def selected(attribution: Attribution, symbols: Iterable[str]) -> Together:
    """What a selection of names made together."""
    return together(attribution, symbols)


def together_words(carried: Together, language: str = "en") -> str:
    """``4 names = +198.24 points (53% of the move)``, 4銘柄で+198.24 (53%).

    The share is left out where the index's move is unknown or rounds to 0.00; empty where no name
    has points.
    """
    points = format_points(carried.points)
    if not points:
        return ""
    japanese = language == "ja"
    share = "" if np.isnan(carried.share) else _percent(carried.share, japanese=japanese)
    if japanese:
        return f"{carried.names}銘柄で{points}{share}"
    names, unit = ("name" if carried.names == 1 else "names"), "points"
    return f"{carried.names} {names} = {points} {unit}{share}"


def _percent(share: float, *, japanese: bool) -> str:
    whole = f"{share * 100:.0f}%".replace("-", "−")
    whole = "0%" if whole == "−0%" else whole
    return f" ({whole})" if japanese else f" ({whole} of the move)"
