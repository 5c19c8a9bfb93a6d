"""The night bridge: receipts abroad against the Tokyo close, and what the futures imply."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache

import numpy as np

from tui.data.reader import ReferenceTables, shipped
from tui.data.rows import AdrRow
from tui.market.arrays import Bytes, Flags, Floats, Rows
from tui.market.bridge import Impact, Opening, gap, impact, implied_opening, parity
from tui.market.held_quotes import at_rows
from tui.market.market import NIKKEI, Market
from tui.market.quotes import Field, Quality
from tui.market.session import SessionState
from tui.market.times import to_datetime
from tui.market.venues import VenueState, quote_age, venue_of, venue_state

DOLLAR = "JPY=X"
"""Yen for one US dollar, in which every receipt is priced."""
FUTURE = "NIY=F"
"""The future on the Nikkei 225 in yen."""

WIDEST = 25.0
"""A gap in per cent beyond which a changed ratio is likelier than a night's news."""

_BEGUN = frozenset(
    {
        SessionState.MORNING,
        SessionState.LUNCH,
        SessionState.AFTERNOON,
        SessionState.PRE_CLOSING,
        SessionState.CLOSING_AUCTION,
    }
)
_TOKYO = ".T"
_DOUBTFUL = np.uint8(Quality.SUSPECT)


class Why(IntEnum):
    """Why a receipt's gap is blank, or does not count."""

    KNOWN = 0
    WIDE = 1
    UNSURE = 2
    BEFORE_CLOSE = 3
    SUSPECT = 4
    NO_CLOSE = 5
    NO_RATE = 6
    NO_QUOTE = 7
    NO_RATIO = 8

    @property
    def word(self) -> str:
        """For machines and the English screen."""
        return _WORDS[self][0]

    @property
    def word_ja(self) -> str:
        """In Japanese."""
        return _WORDS[self][1]


_WORDS = {
    Why.KNOWN: ("", ""),
    Why.WIDE: ("too wide: ratio?", "乖離大・比率要確認"),
    Why.UNSURE: ("ratio unsure", "比率不確か"),
    Why.BEFORE_CLOSE: ("before close", "終値前の値"),
    Why.SUSPECT: ("suspect", "要確認"),
    Why.NO_CLOSE: ("no Tokyo close", "終値なし"),
    Why.NO_RATE: ("no USD/JPY", "ドル円なし"),
    Why.NO_QUOTE: ("no quote", "気配なし"),
    Why.NO_RATIO: ("ratio unknown", "比率不明"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One quote from abroad.

    Attributes:
        symbol: The instrument.
        price: The last price; NaN where none is held.
        time: When it was made, aware, in UTC; None where unknown.
        state: What its venue is doing, as far as that is certain.
        age: How old it is where its venue's hours do not explain that; None where it is not old.
    """

    symbol: str
    price: float
    time: datetime | None
    state: VenueState
    age: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BridgeReport:
    """n receipts in the order of their table; every array has n entries, unknown is NaN.

    Attributes:
        as_of: The market's time, aware, in UTC.
        close_of: The session whose close they are set against.
        final: Whether that close is held: while the session that is shown goes on, it is its base
            prices that stand for the close before.
        opened: Whether the session that follows that close has begun, so that what the futures
            say of it is no longer of its opening.
        receipts: The receipts: symbol, venue, shares for one, how sure that is.
        shares: The Tokyo symbol of each.
        quotes: Each receipt's quote.
        close: Tokyo's close in yen.
        parity: What a share costs by its receipt, in yen.
        gap, percent: From the close, in yen and in per cent.
        points: What that would add to the Nikkei 225; NaN off the index.
        why: ``uint8`` of `Why`.
        counts: ``bool``, whether the gap is used in the column and in `impact`.
        rate: USD/JPY.
        impact: The sum of the points that count.
        future: The future on the Nikkei 225.
        opening: What it implies.
        future_why: Why it implies nothing: `Why.KNOWN` where it does.
    """

    as_of: datetime
    close_of: date
    final: bool
    opened: bool
    receipts: tuple[AdrRow, ...]
    shares: tuple[str, ...]
    quotes: tuple[Quoted, ...]
    close: Floats
    parity: Floats
    gap: Floats
    percent: Floats
    points: Floats
    why: Bytes
    counts: Flags
    rate: Quoted
    impact: Impact
    future: Quoted
    opening: Opening
    future_why: Why

    @property
    def quoted(self) -> bool:
        """Whether any receipt, or the future, has a price."""
        return np.isfinite(self.future.price) or any(
            np.isfinite(each.price) for each in self.quotes
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The receipts of the reference tables, ready for arithmetic."""

    rows: tuple[AdrRow, ...]
    symbols: tuple[str, ...]
    shares: tuple[str, ...]
    ratio: Floats
    unsure: Flags


@lru_cache(maxsize=4)
def _table(reference: ReferenceTables) -> _Table:
    rows = tuple(reference.adr.rows)
    return _Table(
        rows=rows,
        symbols=tuple(row.symbol for row in rows),
        shares=tuple(row.code + _TOKYO for row in rows),
        ratio=np.array([np.nan if r.shares is None else r.shares for r in rows], np.float64),
        unsure=np.array([row.confidence == "low" for row in rows], np.bool_),
    )


def bridge_symbols(reference: ReferenceTables | None = None) -> tuple[str, ...]:
    """Everything that a bridge needs beside the Nikkei 225's members."""
    table = _table(reference or shipped())
    return (FUTURE, DOLLAR, *table.symbols, *dict.fromkeys(table.shares))


def bridge_report(market: Market, now: datetime) -> BridgeReport:
    """Set every receipt against the Tokyo close, as the board stands.

    The close is the one that came last before the instant: the session's own once it has closed,
    and its base prices before that. A quote from abroad that is older than the close says nothing
    of the night after it, so it has no gap.

    Args:
        market: The market; what it does not watch is blank.
        now: The market's time, aware.
    """
    table = _table(market.reference or shipped())
    board = market.board
    rows, home = board.rows(table.symbols), board.rows(table.shares)
    final, close_of, closed_at = _close(market, now)
    own = board.column(Field.LAST) if final else board.base()
    close = at_rows(np.where(np.isfinite(own), own, board.base()), home)
    quotes = tuple(
        _quoted(market, symbol, row, now)
        for symbol, row in zip(table.symbols, rows.tolist(), strict=True)
    )
    price = np.array([each.price for each in quotes], np.float64)
    rate = quoted(market, DOLLAR, now)
    at_parity = parity(price, table.ratio, rate.price)
    away, percent = gap(at_parity, close)
    why = np.zeros(len(quotes), np.uint8)
    with np.errstate(invalid="ignore"):
        why[np.abs(percent) > WIDEST] = Why.WIDE
    why[table.unsure] = Why.UNSURE
    before = np.array([_before(each, closed_at) for each in quotes], np.bool_)
    why[before] = Why.BEFORE_CLOSE
    why[_suspect(market, rows) | _suspect(market, home)] = Why.SUSPECT
    why[~np.isfinite(close)] = Why.NO_CLOSE
    if not rate.price > 0:
        why[:] = Why.NO_RATE
    why[~np.isfinite(price)] = Why.NO_QUOTE
    why[~np.isfinite(table.ratio)] = Why.NO_RATIO
    blank = why >= Why.BEFORE_CLOSE
    away, percent = np.where(blank, np.nan, away), np.where(blank, np.nan, percent)
    per_yen = at_rows(market.members.points_per_yen, home)
    counts = (why == Why.KNOWN) & np.isfinite(away) & _first(table.shares)
    level = _level(market, final)
    future = quoted(market, FUTURE, now)
    future_why = _future_why(market, future, level, closed_at)
    return BridgeReport(
        as_of=now,
        close_of=close_of,
        final=final,
        opened=not final and market.status(now).state in _BEGUN,
        receipts=table.rows,
        shares=table.shares,
        quotes=quotes,
        close=close,
        parity=at_parity,
        gap=away,
        percent=percent,
        points=away * per_yen,
        why=why,
        counts=counts,
        rate=rate,
        impact=impact(away, close, per_yen, counts, len(market.members.rows), level),
        future=future,
        opening=implied_opening(future.price if future_why is Why.KNOWN else np.nan, level),
        future_why=future_why,
    )


def gaps_by_row(market: Market, report: BridgeReport) -> Floats:
    """``float64[board rows]``: the gap in per cent of each share whose receipt counts."""
    found = np.full(len(market.board), np.nan)
    rows = market.board.rows(report.shares)
    taken = report.counts & (rows >= 0)
    found[rows[taken]] = report.percent[taken]
    return found


def quoted(market: Market, symbol: str, now: datetime) -> Quoted:
    """The quote held of an instrument abroad, with the state of its venue."""
    return _quoted(market, symbol, market.board.row(symbol), now)


def _quoted(market: Market, symbol: str, row: int, now: datetime) -> Quoted:
    instrument = market.universe.get(symbol)
    venue = venue_of(instrument) if instrument is not None else None
    board = market.board
    price = float(board.column(Field.LAST)[row]) if row >= 0 else float("nan")
    time = to_datetime(board.time[row]) if row >= 0 else None
    return Quoted(
        symbol=symbol,
        price=price,
        time=time,
        state=venue_state(venue, now, time),
        age=quote_age(venue, now, time),
    )


def _close(market: Market, now: datetime) -> tuple[bool, date, datetime | None]:
    """Whether the session's own close is held, whose close it is that counts, and when it was."""
    session = market.calendar.session(market.session)
    if session is None:
        return False, market.session, None
    over = now >= session.close and market.status(now).state is not SessionState.CLOSING_AUCTION
    if over:
        return True, session.date, session.close
    before = market.calendar.previous(session.date)
    earlier = market.calendar.session(before)
    return False, before, earlier.close if earlier is not None else None


def _level(market: Market, final: bool) -> float:
    """Where the Nikkei 225 closed; NaN where that is not held."""
    row = market.board.row(NIKKEI)
    if row < 0:
        return float("nan")
    values = market.board.column(Field.LAST) if final else market.board.base()
    return float(values[row])


def _before(quote: Quoted, closed_at: datetime | None) -> bool:
    return quote.time is not None and closed_at is not None and quote.time < closed_at


def _future_why(market: Market, future: Quoted, level: float, closed_at: datetime | None) -> Why:
    if not np.isfinite(future.price):
        return Why.NO_QUOTE
    if not np.isfinite(level):
        return Why.NO_CLOSE
    if _suspect(market, market.board.rows((FUTURE,)))[0]:
        return Why.SUSPECT
    return Why.BEFORE_CLOSE if _before(future, closed_at) else Why.KNOWN


def _suspect(market: Market, rows: Rows) -> Flags:
    flags: Flags = np.zeros(len(rows), np.bool_)
    known = rows >= 0
    flags[known] = (market.board.quality[rows[known]] & _DOUBTFUL) != 0
    return flags


@lru_cache(maxsize=8)
def _first(shares: tuple[str, ...]) -> Flags:
    """``bool[n]``: whether each is the first receipt on its share, so that none counts twice."""
    return np.array([shares.index(each) == place for place, each in enumerate(shares)], np.bool_)
