"""What the application answers and pushes, as types.

A board of the REST interface and a message of the push have the same form. Any field may be
missing or null, and a number may be written as text; fields that are not named here are many.
"""

import math
from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from tui.market.batch_checks import LIMIT
from tui.market.times import JST

Number: TypeAlias = float | str | None
Word: TypeAlias = str | int | None
"""A code that is written as text, or as a number."""

EARLIEST: Final = 946_684_800_000
LATEST: Final = 4_102_444_800_000
"""Milliseconds since 1970 in which a time can lie: from 2000 until 2100."""


class Token(msgspec.Struct, frozen=True, rename="pascal"):
    """The answer of ``/token``."""

    token: str
    result_code: Number = None


class Complaint(msgspec.Struct, frozen=True, rename="pascal"):
    """Why a call was refused."""

    code: Word = None
    message: str | None = None


class Level(msgspec.Struct, frozen=True, rename="pascal"):
    """The first row of one side of the book."""

    price: Number = None
    qty: Number = None
    sign: Word = None
    time: str | None = None


class Board(msgspec.Struct, frozen=True, rename="pascal"):
    """One instrument, named as the application names it.

    Its Bid and Ask are the other way round than everywhere else: Bid is the best offer to *sell*,
    the same as ``Sell1``, and Ask the best offer to *buy*, the same as ``Buy1``. The module `told`
    puts them right; nothing else reads them.
    """

    symbol: str | int
    exchange: Number = None
    current_price: Number = None
    current_price_time: str | None = None
    current_price_status: Number = None
    previous_close: Number = None
    previous_close_time: str | None = None
    opening_price: Number = None
    high_price: Number = None
    low_price: Number = None
    trading_volume: Number = None
    trading_volume_time: str | None = None
    vwap: Number = msgspec.field(default=None, name="VWAP")
    trading_value: Number = None
    bid_qty: Number = None
    bid_price: Number = None
    bid_time: str | None = None
    bid_sign: Word = None
    ask_qty: Number = None
    ask_price: Number = None
    ask_time: str | None = None
    ask_sign: Word = None
    sell1: Level | None = None
    buy1: Level | None = None


def figure(value: object) -> float:
    """A number, NaN where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return math.nan
    return number if abs(number) < LIMIT else math.nan


def price(value: object) -> float:
    """A price; what is not above zero is none."""
    number = figure(value)
    return number if number > 0 else math.nan


def quantity(value: object) -> float:
    """A size or a sum; what is below zero is none."""
    number = figure(value)
    return number if number >= 0 else math.nan


def code(value: Word) -> str:
    """A sign of the book in its four digits; empty where there is none."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    return text.zfill(4) if text.isascii() and text.isdigit() and len(text) <= 4 else ""


def moment(value: str | None) -> int | None:
    """A time in milliseconds since 1970, UTC; None where there is none.

    The clock on the wall is always Tokyo's. The offset behind it is that of the PC's own time zone,
    whatever that is, and says nothing; only a ``Z`` stands for UTC.
    """
    if value is None or len(value) > 40:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        if not value.upper().endswith("Z"):
            parsed = parsed.replace(tzinfo=JST)
        milliseconds = int(parsed.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
    return milliseconds if EARLIEST <= milliseconds < LATEST else None
