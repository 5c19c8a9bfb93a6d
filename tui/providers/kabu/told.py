"""One board in the program's words: sides put right, codes read."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from tui.market.times import JST
from tui.providers.kabu.shapes import Board, code, figure, moment, price, quantity

PLAIN: Final = frozenset({"0101", "0103", "0120"})
"""Signs of a quote in continuous trading: ordinary, to be watched, on its way up or down."""
SPECIAL: Final = frozenset({"0102", "0108"})
SEQUENTIAL: Final = frozenset({"0118", "0119"})
BEFORE: Final = frozenset({"0107", "0116", "0117"})
"""Signs of a quote while orders are gathered for one price."""
UNMATCHED: Final = "0116"
"""Orders are gathered, and no price would match any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The best quote of one side.

    Attributes:
        price: NaN where there is none.
        size: Shares, NaN where unknown.
        sign: The application's four digits, or empty.
    """

    price: float
    size: float
    sign: str


NOBODY: Final = Side(price=math.nan, size=math.nan, sign="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One instrument; NaN where a figure was not told, None where a time was not.

    Attributes:
        last_at: When the last price was made, in milliseconds since 1970, UTC; so are all times.
        status: What the price is, by the application's number; 0 where it was not told.
        closed_on: The date in Tokyo of the previous close.
        buy, sell: The best quotes of buyers and of sellers.
        book_at: When the book last changed.
    """

    last: float
    last_at: int | None
    status: int
    previous_close: float
    closed_on: date | None
    open: float
    high: float
    low: float
    vwap: float
    volume: float
    turnover: float
    buy: Side
    sell: Side
    book_at: int | None

    @property
    def stamp(self) -> int | None:
        """The latest time of anything told."""
        return max(
            (each for each in (self.last_at, self.book_at) if each is not None), default=None
        )

    @property
    def blank(self) -> bool:
        """Whether nothing was told: a name just registered may come without its figures."""
        return math.isnan(self.last) and math.isnan(self.previous_close) and self.stamp is None

    @property
    def crossed(self) -> bool:
        """Whether buyers outbid sellers in continuous trading, which cannot be."""
        plain = self.buy.sign in PLAIN and self.sell.sign in PLAIN
        return plain and self.buy.price >= self.sell.price

    def until(self, latest: int) -> "Told":
        """Without times that lie after an instant: a clock is wrong, and they order nothing."""
        times = (self.last_at, self.book_at)
        if all(each is None or each <= latest for each in times):
            return self
        last_at, book_at = (None if each is None or each > latest else each for each in times)
        return replace(self, last_at=last_at, book_at=book_at)


def told(board: Board) -> Told:
    """What a board, or a message of the push, says.

    The application's Bid is the sellers' side and its Ask the buyers'. Where either is not told,
    the first row of that side of the book stands in.
    """
    status = figure(board.current_price_status)
    sell = _side(board.bid_price, board.bid_qty, board.bid_sign)
    buy = _side(board.ask_price, board.ask_qty, board.ask_sign)
    if board.sell1 is not None and math.isnan(sell.price):
        sell = _side(board.sell1.price, board.sell1.qty, board.bid_sign or board.sell1.sign)
    if board.buy1 is not None and math.isnan(buy.price):
        buy = _side(board.buy1.price, board.buy1.qty, board.ask_sign or board.buy1.sign)
    closed = moment(board.previous_close_time)
    return Told(
        last=price(board.current_price),
        last_at=_later(moment(board.current_price_time), moment(board.trading_volume_time)),
        status=int(status) if 0 < status < 1000 else 0,
        previous_close=price(board.previous_close),
        closed_on=None if closed is None else tokyo_day(closed),
        open=price(board.opening_price),
        high=price(board.high_price),
        low=price(board.low_price),
        vwap=price(board.vwap),
        volume=quantity(board.trading_volume),
        turnover=quantity(board.trading_value),
        buy=buy,
        sell=sell,
        book_at=_later(moment(board.bid_time), moment(board.ask_time)),
    )


def tokyo_day(milliseconds: int) -> date:
    """The date in Tokyo of an instant in milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(JST).date()


def _side(value: object, size: object, sign: str | int | None) -> Side:
    best = price(value)
    return Side(price=best, size=math.nan if math.isnan(best) else quantity(size), sign=code(sign))


def _later(one: int | None, other: int | None) -> int | None:
    return max((each for each in (one, other) if each is not None), default=None)
