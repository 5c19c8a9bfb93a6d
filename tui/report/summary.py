"""The market in a few figures: indices, breadth, limits, turnover, contribution."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tui.market.arrays import Floats
from tui.market.breadth import Breadth, breadth
from tui.market.contribution import Contribution, contribution
from tui.market.market import NIKKEI, Market
from tui.market.quotes import Field, Quality
from tui.market.session import SessionStatus
from tui.report.indices import IndexReport, index_reports, nt_ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The market at an instant.

    Attributes:
        as_of: The market's time, aware, in UTC.
        session: The session's date in Tokyo.
        status: The state of the session.
        indices: Nikkei 225 and TOPIX.
        nt_ratio: Nikkei 225 ÷ TOPIX.
        breadth: Of the Nikkei 225's members.
        limit_up, limit_down: How many of them are at a limit.
        turnover: Of the members, in yen; NaN where none is known.
        turnover_names: How many members that sum covers.
        contribution: The members' points, with sum, residual and coverage.
        members: The members' symbols, in the order of ``contribution.points``.
        member_change, member_percent: Of each member, against its base price.
        missing_table: What table is missing for points; empty where none is.
        vintage: The date of the factor table.
        current: Whether the factor table covers the session.
    """

    as_of: datetime
    session: date
    status: SessionStatus
    indices: tuple[IndexReport, ...]
    nt_ratio: float
    breadth: Breadth
    limit_up: int
    limit_down: int
    turnover: float
    turnover_names: int
    contribution: Contribution
    members: tuple[str, ...]
    member_change: Floats
    member_percent: Floats
    missing_table: str
    vintage: date | None
    current: bool


def summarise(market: Market, now: datetime) -> Summary:
    """Compute every figure from the board as it stands."""
    board = market.board
    members = market.members
    rows = members.rows
    indices = index_reports(market, now)
    last = board.column(Field.LAST)[rows]
    base = board.base()[rows]
    price = board.price()[rows]
    lower, upper = market.limits()
    turnover = board.column(Field.TURNOVER)[rows]
    known = np.isfinite(turnover)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = price - base
        percent = change / base * 100
        at_upper = int((price >= upper[rows]).sum())
        at_lower = int((price <= lower[rows]).sum())
    basket = members.basket
    return Summary(
        as_of=now,
        session=market.session,
        status=market.status(now),
        indices=indices,
        nt_ratio=nt_ratio(indices),
        breadth=breadth(last, base),
        limit_up=at_upper,
        limit_down=at_lower,
        turnover=float(turnover[known].sum()) if known.any() else float("nan"),
        turnover_names=int(known.sum()),
        contribution=contribution(
            price,
            base,
            basket.factors,
            basket.divisor if basket.divisor is not None else float("nan"),
            index_change=next(i.change for i in indices if i.symbol == NIKKEI),
            derived=(board.quality[rows] & Quality.DERIVED) != 0,
        ),
        members=basket.symbols,
        member_change=change,
        member_percent=percent,
        missing_table=basket.missing,
        vintage=basket.vintage,
        current=basket.current,
    )
