"""What the service answers, as types.

The outer form must be as it is. Inside, fields may be missing, null, more than these, or numbers
written as text; a row of another form spoils itself alone.
"""

import math
from typing import Final, TypeAlias

import msgspec

from tui.market.batch_checks import LIMIT

Number: TypeAlias = float | str | None
"""A number as it may come."""

MOST_ROWS: Final = 2000
MOST_BARS: Final = 40_000
EARLIEST: Final = 0
LATEST: Final = 4_102_444_800
"""Seconds since 1970 in which a time can lie: until 2100."""


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
    """A volume; what is below zero is none."""
    number = figure(value)
    return number if number >= 0 else math.nan


def seconds(value: object) -> int | None:
    """An instant in whole seconds since 1970, UTC; None where it is none."""
    number = figure(value)
    return int(number) if EARLIEST < number < LATEST else None


class Complaint(msgspec.Struct, frozen=True):
    """Why the service did not answer."""

    code: str | None = None
    description: str | None = None


class QuoteRow(msgspec.Struct, frozen=True, rename="camel"):
    """One instrument of ``/v7/finance/quote``."""

    symbol: str
    currency: str | None = None
    quote_type: str | None = None
    market_state: str | None = None
    exchange_timezone_name: str | None = None
    exchange_data_delayed_by: Number = None
    regular_market_time: Number = None
    regular_market_price: Number = None
    regular_market_previous_close: Number = None
    regular_market_open: Number = None
    regular_market_day_high: Number = None
    regular_market_day_low: Number = None
    regular_market_volume: Number = None
    bid: Number = None
    ask: Number = None


QUOTE_FIELDS: Final = ",".join(QuoteRow.__struct_encode_fields__)
"""What is asked for, so that no more comes."""


class QuoteList(msgspec.Struct, frozen=True):
    """Instruments, not yet looked into."""

    result: list[msgspec.Raw] | None = None
    error: Complaint | None = None


class QuoteAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The whole answer of ``/v7/finance/quote``."""

    quote_response: QuoteList


class Period(msgspec.Struct, frozen=True):
    """Regular hours, in seconds since 1970."""

    start: Number = None
    end: Number = None


class Periods(msgspec.Struct, frozen=True):
    """The hours of the session that is on, or comes next."""

    regular: Period | None = None


class ChartMeta(msgspec.Struct, frozen=True, rename="camel"):
    """What a chart says of its instrument."""

    symbol: str | None = None
    currency: str | None = None
    instrument_type: str | None = None
    exchange_timezone_name: str | None = None
    gmtoffset: Number = None
    regular_market_time: Number = None
    regular_market_price: Number = None
    regular_market_day_high: Number = None
    regular_market_day_low: Number = None
    regular_market_volume: Number = None
    previous_close: Number = None
    chart_previous_close: Number = None
    current_trading_period: Periods | None = None
    data_granularity: str | None = None


Numbers: TypeAlias = list[Number] | None


class Bars(msgspec.Struct, frozen=True):
    """Columns beside the timestamps."""

    open: Numbers = None
    high: Numbers = None
    low: Numbers = None
    close: Numbers = None
    volume: Numbers = None


class Indicators(msgspec.Struct, frozen=True):
    """The columns, in a list of one."""

    quote: list[Bars] | None = None


class Split(msgspec.Struct, frozen=True):
    """So many new shares for so many old ones, from an instant on."""

    date: Number = None
    numerator: Number = None
    denominator: Number = None


class Events(msgspec.Struct, frozen=True):
    """What happened in the span."""

    splits: dict[str, Split] | None = None


class Chart(msgspec.Struct, frozen=True):
    """Bars of one instrument."""

    meta: ChartMeta
    timestamp: Numbers = None
    indicators: Indicators | None = None
    events: Events | None = None


class ChartList(msgspec.Struct, frozen=True):
    """A list of one, or a complaint."""

    result: list[Chart] | None = None
    error: Complaint | None = None


class ChartAnswer(msgspec.Struct, frozen=True):
    """The whole answer of ``/v8/finance/chart``."""

    chart: ChartList


class SearchHit(msgspec.Struct, frozen=True):
    """One instrument of ``/v1/finance/search``."""

    symbol: str
    exchange: str | None = None
    quote_type: str | None = msgspec.field(default=None, name="quoteType")
    short_name: str | None = msgspec.field(default=None, name="shortname")
    long_name: str | None = msgspec.field(default=None, name="longname")


class SearchAnswer(msgspec.Struct, frozen=True):
    """The part of ``/v1/finance/search`` that is of use."""

    quotes: list[msgspec.Raw] | None = None
