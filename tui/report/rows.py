"""The figures of a list of instruments, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

import numpy as np

from tui.market.arrays import Bytes, Flags, Floats, Ints, Rows, Times
from tui.market.market import Market
from tui.market.quotes import Field, Quality, QuoteState
from tui.market.session import Session
from tui.market.times import to_datetime64

OLD = timedelta(minutes=10)
"""Trading time after which a quote counts as old."""


class Badge(IntEnum):
    """What the state column says; the strongest wins."""

    NONE = 0
    NOT_TRADED = 1
    NO_DATA = 2
    DERIVED = 3
    SEQUENTIAL = 4
    SPECIAL_BID = 5
    SPECIAL_ASK = 6
    SPECIAL = 7
    LIMIT_UP = 8
    LIMIT_DOWN = 9
    HALTED = 10
    DISPUTED = 11
    HELD_BACK = 12
    SUSPECT = 13

    @property
    def word(self) -> str:
        """For machines and the English screen."""
        return _WORDS[self][0]

    @property
    def word_ja(self) -> str:
        """As Tokyo writes it."""
        return _WORDS[self][1]


_WORDS = {
    Badge.NONE: ("", ""),
    Badge.NOT_TRADED: ("no trade", "未約定"),
    Badge.NO_DATA: ("no data", "データなし"),
    Badge.DERIVED: ("derived", "算出"),
    Badge.SEQUENTIAL: ("sequential", "連続気配"),
    Badge.SPECIAL_BID: ("special bid", "特買"),
    Badge.SPECIAL_ASK: ("special ask", "特売"),
    Badge.SPECIAL: ("special", "特別気配"),
    Badge.LIMIT_UP: ("limit up", "S高"),
    Badge.LIMIT_DOWN: ("limit down", "S安"),
    Badge.HALTED: ("halted", "売買停止"),
    Badge.DISPUTED: ("differs", "相違"),
    Badge.HELD_BACK: ("held back", "保留"),
    Badge.SUSPECT: ("suspect", "要確認"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsReport:
    """n instruments in the order of the list; every array has n entries, unknown is NaN.

    Attributes:
        symbols: The instruments.
        rows: Where each stands on the board.
        revision: The board's revision that these figures are of.
        last: The last trade, or the special quote where one is displayed.
        base, change, percent: Base price, and the change against it.
        points: To the Nikkei 225; NaN off the index or where no table covers the date.
        bid, ask, volume, turnover, indicative: As quoted.
        badge: `Badge` of each.
        stale: Whether the quote is old; a break is not staleness.
        time: ``datetime64[ms]`` in UTC of each quote.
        source: ``uint8``, which source serves each, a position in the board's `sources`.
    """

    symbols: tuple[str, ...]
    rows: Rows
    revision: int
    last: Floats
    base: Floats
    change: Floats
    percent: Floats
    points: Floats
    bid: Floats
    ask: Floats
    volume: Floats
    turnover: Floats
    indicative: Floats
    badge: Bytes
    stale: Flags
    time: Times
    source: Bytes
    row_revision: Ints


def rows_report(market: Market, symbols: Sequence[str], now: datetime) -> RowsReport:
    """The figures of a list; all of its symbols must be watched."""
    return report_of(market, tuple(symbols), market.board.rows(symbols), now)


def report_of(market: Market, symbols: tuple[str, ...], rows: Rows, now: datetime) -> RowsReport:
    """The figures of some rows of the board, which the symbols name."""
    board = market.board
    last = board.column(Field.LAST)[rows]
    special = board.column(Field.SPECIAL)[rows]
    shown = np.where(np.isfinite(special), special, last)
    base = board.base()[rows]
    change = shown - base
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = change / base * 100
    return RowsReport(
        symbols=symbols,
        rows=rows,
        revision=board.revision,
        last=shown,
        base=base,
        change=change,
        percent=percent,
        points=change * market.members.points_per_yen[rows],
        bid=board.column(Field.BID)[rows],
        ask=board.column(Field.ASK)[rows],
        volume=board.column(Field.VOLUME)[rows],
        turnover=board.column(Field.TURNOVER)[rows],
        indicative=board.column(Field.INDICATIVE)[rows],
        badge=_badges(market, rows, shown, base),
        stale=stale(market, rows, now),
        time=board.time[rows],
        source=board.source[rows],
        row_revision=board.row_revision[rows],
    )


def in_order(report: RowsReport, column: str) -> tuple[str, ...]:
    """The instruments from the largest figure of a column down; what is unknown comes last.

    Args:
        report: The figures.
        column: ``points`` or ``percent``; anything else keeps the order of the list.
    """
    figures = {"points": report.points, "percent": report.percent}.get(column)
    if figures is None:
        return report.symbols
    order = np.argsort(np.where(np.isfinite(figures), -figures, np.inf), kind="stable")
    return tuple(report.symbols[place] for place in order)


def _badges(market: Market, rows: Rows, shown: Floats, base: Floats) -> Bytes:
    board = market.board
    state = board.state[rows]
    quality = board.quality[rows]
    badge = np.zeros(len(rows), np.uint8)
    badge[np.isnan(shown)] = Badge.NOT_TRADED
    badge[np.isnan(shown) & np.isnan(base)] = Badge.NO_DATA
    badge[(quality & Quality.DERIVED) != 0] = Badge.DERIVED
    badge[np.isfinite(board.column(Field.SPECIAL)[rows])] = Badge.SPECIAL
    badge[state == QuoteState.SEQUENTIAL] = Badge.SEQUENTIAL
    badge[state == QuoteState.SPECIAL_BID] = Badge.SPECIAL_BID
    badge[state == QuoteState.SPECIAL_ASK] = Badge.SPECIAL_ASK
    lower, upper = market.limits()
    badge[shown >= upper[rows]] = Badge.LIMIT_UP
    badge[shown <= lower[rows]] = Badge.LIMIT_DOWN
    badge[state == QuoteState.HALTED] = Badge.HALTED
    badge[(quality & Quality.DISPUTED) != 0] = Badge.DISPUTED
    badge[(quality & Quality.HELD_BACK) != 0] = Badge.HELD_BACK
    badge[(quality & Quality.SUSPECT) != 0] = Badge.SUSPECT
    return badge


def stale(market: Market, rows: Rows, now: datetime) -> Flags:
    """Whether each quote is older than `OLD` of trading time, beyond its own source's delay.

    Only time in which the exchange trades counts, so neither lunch nor the night makes a quote
    old. A quote without a time is not called old: its age is unknown.
    """
    session = market.calendar.session(market.session)
    if session is None:
        return np.zeros(len(rows), np.bool_)
    time = market.board.time[rows]
    minutes = np.array([delay.minutes for delay in market.board.delays], "timedelta64[m]")
    due = to_datetime64(now) - minutes[market.board.source[rows]]
    age = _traded(session, due) - _traded(session, time)
    old: Flags = ~np.isnat(time) & (age > OLD.total_seconds())
    return old


def _traded(session: Session, time: Times) -> Floats:
    """Seconds of trading from the session's open to each instant; the night counts as none."""
    total = np.zeros(len(time))
    end = session.pre_closing or session.close
    for start, stop in ((session.open, session.lunch_from), (session.lunch_to, end)):
        since = (time - to_datetime64(start)) / np.timedelta64(1, "s")
        total += np.clip(since, 0, (stop - start).total_seconds())
    return total
