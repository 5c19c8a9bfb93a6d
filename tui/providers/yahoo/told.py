"""What the service told of one instrument, whichever endpoint it came from."""

import math
from dataclasses import dataclass, replace
from typing import Final

from tui.market.quotes import QuoteState
from tui.providers.yahoo.pricing import Push
from tui.providers.yahoo.shapes import Chart, QuoteRow, figure, price, quantity, seconds
from tui.providers.yahoo.symbols import in_tokyo

_STATES: Final = {
    "PRE": QuoteState.PRE_OPEN,
    "REGULAR": QuoteState.TRADING,
    "POST": QuoteState.CLOSED,
    "POSTPOST": QuoteState.CLOSED,
    "PREPRE": QuoteState.CLOSED,
    "CLOSED": QuoteState.CLOSED,
}
_WITHOUT_VOLUME: Final = frozenset({"INDEX", "CURRENCY"})
LONGEST_DELAY: Final = 120
"""Minutes; what claims to be later than any exchange makes its data is taken for no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One instrument; NaN where a figure was not told.

    Attributes:
        time: Of the last trade, in seconds since 1970, UTC; None where it was not told.
        state: As the service words it.
        tokyo: Whether it keeps Tokyo's session.
        delay: Whole minutes that the exchange's data are behind, up to `LONGEST_DELAY`; None where
            they were not told.
        currency: As told, empty where it was not.
    """

    last: float
    previous_close: float
    open: float
    high: float
    low: float
    volume: float
    bid: float = math.nan
    ask: float = math.nan
    time: int | None
    state: QuoteState
    tokyo: bool
    delay: int | None = None
    currency: str = ""


def of_quote(symbol: str, row: QuoteRow) -> Told:
    """From a row of batched quotes.

    Args:
        symbol: In the program's own form.
        row: The row.
    """
    last = price(row.regular_market_price)
    state = _STATES.get(row.market_state or "", QuoteState.UNKNOWN)
    open_book = state is QuoteState.TRADING
    return Told(
        last=last,
        previous_close=price(row.regular_market_previous_close),
        open=price(row.regular_market_open),
        high=price(row.regular_market_day_high),
        low=price(row.regular_market_day_low),
        volume=_volume(row.regular_market_volume, row.quote_type),
        # What stands there out of hours is the book as it was left.
        bid=price(row.bid) if open_book else math.nan,
        ask=price(row.ask) if open_book else math.nan,
        time=_time(row.regular_market_time, last),
        state=state,
        tokyo=in_tokyo(symbol, row.exchange_timezone_name or ""),
        delay=_delay(row.exchange_data_delayed_by),
        currency=row.currency or "",
    )


def of_chart(symbol: str, chart: Chart, now: int) -> Told:
    """From a chart of one day, which says less: no bid, no ask, and no delay.

    Args:
        symbol: In the program's own form.
        chart: A chart whose span is the last session.
        now: Seconds since 1970.
    """
    meta = chart.meta
    hours = meta.current_trading_period
    regular = hours.regular if hours is not None else None
    state = QuoteState.UNKNOWN
    if regular is not None:
        start, end = seconds(regular.start), seconds(regular.end)
        if start is not None and end is not None:
            state = QuoteState.TRADING if start <= now < end else QuoteState.CLOSED
    bars = chart.indicators.quote[0] if chart.indicators and chart.indicators.quote else None
    opens = (price(value) for value in ((bars.open if bars is not None else None) or ()))
    previous = price(meta.previous_close)
    last = price(meta.regular_market_price)
    return Told(
        last=last,
        previous_close=price(meta.chart_previous_close) if math.isnan(previous) else previous,
        open=next((value for value in opens if not math.isnan(value)), math.nan),
        high=price(meta.regular_market_day_high),
        low=price(meta.regular_market_day_low),
        volume=_volume(meta.regular_market_volume, meta.instrument_type),
        time=_time(meta.regular_market_time, last),
        state=state,
        tokyo=in_tokyo(symbol, meta.exchange_timezone_name or ""),
        currency=meta.currency or "",
    )


def with_push(held: Told, push: Push) -> Told:
    """With what the stream told since; what it did not tell stays."""
    return replace(
        held,
        last=push.last,
        time=push.time,
        open=_newer(push.open, held.open),
        high=_newer(push.high, held.high),
        low=_newer(push.low, held.low),
        volume=_newer(push.volume, held.volume),
    )


def _time(told: object, last: float) -> int | None:
    """The time of a trade whose price was told: with no price, an older one would bear it."""
    return None if math.isnan(last) else seconds(told)


def _delay(told: object) -> int | None:
    minutes = figure(told)
    return math.ceil(minutes) if 0 <= minutes <= LONGEST_DELAY else None


def _newer(new: float, old: float) -> float:
    return old if math.isnan(new) else new


def _volume(value: object, kind: str | None) -> float:
    """Shares; what has no volume is told with 0, which means unknown."""
    volume = quantity(value)
    return math.nan if volume == 0 and (kind or "").upper() in _WITHOUT_VOLUME else volume
