"""Charts turned into daily bars and minutes."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from tui.market.arrays import Floats, Times
from tui.market.quotes import DailyBars
from tui.market.times import JST
from tui.providers.yahoo.settings import NAME
from tui.providers.yahoo.shapes import (
    MOST_BARS,
    Bars,
    Chart,
    ChartMeta,
    Numbers,
    figure,
    price,
    quantity,
    seconds,
)
from tui.providers.yahoo.sheet import TOKYO_DELAY

_MINUTE: Final = 60


def daily_bars(symbol: str, chart: Chart, start: date, end: date, now: datetime) -> DailyBars:
    """The bars of a span, as they were on the day.

    The service recounts prices and volumes of before a split into today's shares; that is undone
    with the splits that the chart lists, so its span must reach to today.

    Args:
        symbol: In the program's own form.
        chart: Daily bars from `start` to today, with splits.
        start: The first date of the span.
        end: Its last.
        now: The time, aware; the bar of a session that is not over is left out.
    """
    zone = zone_of(chart.meta)
    held: dict[date, tuple[float, ...]] = {}
    unfinished = _unfinished(chart.meta, zone, now)
    splits = _splits(chart, zone)
    for stamp, figures in _each(chart):
        day = datetime.fromtimestamp(stamp, zone).date()
        if not start <= day <= end or day == unfinished:
            continue
        opened, high, low, close, volume = figures
        if math.isnan(close):
            continue
        ratio = math.prod(each for on, each in splits if on > day)
        held[day] = (
            *(round(value * ratio, 6) for value in (opened, high, low, close)),
            volume / ratio,
        )
    days = sorted(held)
    columns = np.array([held[day] for day in days], dtype=np.float64).reshape(len(days), 5)
    return DailyBars(
        symbol=symbol,
        dates=np.array(days, dtype="datetime64[D]"),
        open=columns[:, 0].copy(),
        high=columns[:, 1].copy(),
        low=columns[:, 2].copy(),
        close=columns[:, 3].copy(),
        volume=columns[:, 4].copy(),
        turnover=np.full(len(days), np.nan),
        source=NAME,
    )


def minute_path(
    chart: Chart, session: date, close: datetime | None
) -> dict[int, tuple[float, float]]:
    """Last price and volume so far, by minute since 1970.

    A bar counts at its last minute. One without a price, as at lunch, is left out. The bar of the
    closing auction bears its price and no volume: there the day's own volume counts.

    Args:
        chart: Bars within the day.
        session: The date in Tokyo of which they are wanted.
        close: When the closing auction takes place; None where there is none.
    """
    width = _minutes_wide(chart.meta)
    latest = seconds(chart.meta.regular_market_time)
    total = math.nan
    if latest is not None and datetime.fromtimestamp(latest, JST).date() == session:
        total = quantity(chart.meta.regular_market_volume)
    auction = math.inf if close is None else close.timestamp()
    path: dict[int, tuple[float, float]] = {}
    traded = 0.0
    for stamp, (_, _, _, last, volume) in _each(chart):
        if datetime.fromtimestamp(stamp, JST).date() != session or math.isnan(last):
            continue
        minute = stamp // _MINUTE
        if stamp >= auction:
            path[minute] = (last, total if total >= traded else math.nan)
            continue
        traded += 0.0 if math.isnan(volume) else volume
        end = minute + width - 1
        if latest is not None:
            end = max(minute, min(end, latest // _MINUTE))
        path[end] = (last, traded)
    return path


def zone_of(meta: ChartMeta) -> tzinfo:
    """The exchange's time zone; its offset of today where it has no name that is known."""
    try:
        return ZoneInfo(meta.exchange_timezone_name or "")
    except (ValueError, OSError, LookupError):
        offset = figure(meta.gmtoffset)
        usable = abs(offset) < 86_400
        return timezone(timedelta(seconds=int(offset))) if usable else UTC


def _each(chart: Chart) -> Sequence[tuple[int, tuple[float, float, float, float, float]]]:
    """Time and open, high, low, close, volume of each bar, oldest first."""
    bars = chart.indicators.quote[0] if chart.indicators and chart.indicators.quote else Bars()
    stamps = (chart.timestamp or [])[:MOST_BARS]
    columns = [
        _column(numbers, len(stamps)) for numbers in (bars.open, bars.high, bars.low, bars.close)
    ]
    volumes = [quantity(value) for value in _padded(bars.volume, len(stamps))]
    found = []
    for stamp, *prices, volume in zip(stamps, *columns, volumes, strict=True):
        when = seconds(stamp)
        if when is not None:
            opened, high, low, close = prices
            if high < low:
                high = low = math.nan
            found.append((when, (opened, high, low, close, volume)))
    found.sort(key=lambda each: each[0])
    return found


def _column(numbers: Numbers, count: int) -> list[float]:
    return [price(value) for value in _padded(numbers, count)]


def _padded(numbers: Numbers, count: int) -> Sequence[object]:
    held = (numbers or [])[:count]
    return [*held, *[None] * (count - len(held))]


def _splits(chart: Chart, zone: tzinfo) -> list[tuple[date, float]]:
    splits = (chart.events.splits if chart.events is not None else None) or {}
    found = []
    for each in list(splits.values())[:100]:
        when = seconds(each.date)
        ratio = price(each.numerator) / price(each.denominator)
        if when is not None and 1e-4 <= ratio <= 1e4:
            found.append((datetime.fromtimestamp(when, zone).date(), ratio))
    return found


def _regular_end(meta: ChartMeta) -> int | None:
    """When the session of the chart's last trade ends, in seconds since 1970."""
    hours = meta.current_trading_period
    regular = hours.regular if hours is not None else None
    return seconds(regular.end) if regular is not None else None


def _unfinished(meta: ChartMeta, zone: tzinfo, now: datetime) -> date | None:
    """The date of a session whose close has not been told yet."""
    end = _regular_end(meta)
    if end is None or now.timestamp() >= end + TOKYO_DELAY * _MINUTE:
        return None
    return datetime.fromtimestamp(end, zone).date()


_WIDTHS: Final = {"1m": 1, "2m": 2, "5m": 5, "15m": 15, "30m": 30, "60m": 60, "1h": 60}


def _minutes_wide(meta: ChartMeta) -> int:
    return _WIDTHS.get(meta.data_granularity or "", 1)


def grid(
    paths: Sequence[dict[int, tuple[float, float]]],
) -> tuple[Times, Floats, Floats]:
    """Paths laid out side by side, blank where one has nothing.

    Returns:
        ``datetime64[m][k]``, and last price and volume as ``float64[n, k]``.
    """
    every = sorted({minute for path in paths for minute in path})
    places = {minute: place for place, minute in enumerate(every)}
    last = np.full((len(paths), len(every)), np.nan)
    volume = np.full((len(paths), len(every)), np.nan)
    for row, path in enumerate(paths):
        for minute, (price_then, traded) in path.items():
            last[row, places[minute]] = price_then
            volume[row, places[minute]] = traded
    return np.array(every, dtype=np.int64).view("datetime64[m]"), last, volume
