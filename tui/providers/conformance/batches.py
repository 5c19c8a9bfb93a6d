"""Whether a batch is what `tui.market.quotes` says it is."""

from datetime import date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.market.quotes import (
    PRICES,
    DailyBars,
    Delay,
    Field,
    MinuteBatch,
    Quality,
    QuoteBatch,
    QuoteState,
)

_STATES: Final = np.array([int(state) for state in QuoteState], dtype=np.uint8)
_QUALITIES: Final = sum(int(bit) for bit in Quality)


def check_quotes(batch: QuoteBatch) -> None:
    """Raise `AssertionError` where a batch of quotes breaks its description."""
    _check_vocabulary(batch.symbols, batch.rows)
    count = len(batch.rows)
    assert batch.fields.keys() <= set(Field), f"unknown fields: {batch.fields.keys() - set(Field)}"
    for name, values in batch.fields.items():
        _check_array(name.name, values, np.dtype(np.float64), (count,))
        assert not np.isinf(values).any(), f"{name.name} holds an infinity"
        if name in PRICES:
            assert not (values == 0).any(), f"{name.name} holds 0 where NaN is meant"
        else:
            assert not (values < 0).any(), f"{name.name} is negative"
    _check_array("time", batch.time, np.dtype("datetime64[ms]"), (count,))
    if batch.state is not None:
        _check_array("state", batch.state, np.dtype(np.uint8), (count,))
        assert np.isin(batch.state, _STATES).all(), "state holds a value that is no QuoteState"
    if batch.quality is not None:
        _check_array("quality", batch.quality, np.dtype(np.uint8), (count,))
        assert not (batch.quality & ~np.uint8(_QUALITIES)).any(), "quality holds an unknown bit"
    assert isinstance(batch.delay, Delay), "delay is no Delay"
    _check_stamp(batch.source, batch.epoch, batch.session)


def check_minutes(batch: MinuteBatch) -> None:
    """Raise `AssertionError` where a batch of minutes breaks its description."""
    _check_vocabulary(batch.symbols, batch.rows)
    shape = (len(batch.rows), len(batch.minutes))
    _check_array("minutes", batch.minutes, np.dtype("datetime64[m]"), (shape[1],))
    assert not np.isnat(batch.minutes).any(), "minutes holds NaT"
    assert (np.diff(batch.minutes) > np.timedelta64(0, "m")).all(), "minutes do not ascend"
    for name in ("last", "volume", "turnover"):
        values = getattr(batch, name)
        _check_array(name, values, np.dtype(np.float64), shape)
        assert not np.isinf(values).any(), f"{name} holds an infinity"
    assert not (batch.last == 0).any(), "last holds 0 where NaN is meant"
    for name in ("volume", "turnover"):
        values = getattr(batch, name)
        assert not (np.diff(values, axis=1) < 0).any(), f"{name} is cumulative and falls"
    _check_stamp(batch.source, batch.epoch, batch.session)


def check_bars(bars: DailyBars, symbol: str, start: date, end: date) -> None:
    """Raise `AssertionError` where daily bars break their description or leave the span."""
    assert bars.symbol == symbol, f"asked for {symbol}, got {bars.symbol}"
    count = len(bars.dates)
    _check_array("dates", bars.dates, np.dtype("datetime64[D]"), (count,))
    assert not np.isnat(bars.dates).any(), "dates holds NaT"
    assert (np.diff(bars.dates) > np.timedelta64(0, "D")).all(), "dates do not ascend"
    if count:
        assert bars.dates[0] >= np.datetime64(start, "D"), "a bar lies before the span"
        assert bars.dates[-1] <= np.datetime64(end, "D"), "a bar lies after the span"
    for name in ("open", "high", "low", "close"):
        values = getattr(bars, name)
        _check_array(name, values, np.dtype(np.float64), (count,))
        assert not np.isinf(values).any(), f"{name} holds an infinity"
        assert not (values == 0).any(), f"{name} holds 0 where NaN is meant"
    assert not (bars.high < bars.low).any(), "a high lies below its low"
    for name in ("volume", "turnover"):
        values = getattr(bars, name)
        if len(values):
            _check_array(name, values, np.dtype(np.float64), (count,))
            assert not (values < 0).any(), f"{name} is negative"


def _check_vocabulary(symbols: object, rows: npt.NDArray[np.generic]) -> None:
    assert isinstance(symbols, tuple), "symbols is no tuple"
    assert all(isinstance(symbol, str) and symbol for symbol in symbols), "an empty symbol"
    assert len(set(symbols)) == len(symbols), "a symbol repeats in the vocabulary"
    assert rows.dtype == np.int32, f"rows is {rows.dtype}, not int32"
    assert rows.ndim == 1, "rows has more than one dimension"
    if rows.size:
        assert int(rows.min()) >= 0, "a row is negative"
        assert int(rows.max()) < len(symbols), "a row lies outside the vocabulary"


def _check_array(
    name: str, values: object, dtype: np.dtype[np.generic], shape: tuple[int, ...]
) -> None:
    assert isinstance(values, np.ndarray), f"{name} is no array"
    assert values.dtype == dtype, f"{name} is {values.dtype}, not {dtype}"
    assert values.shape == shape, f"{name} has the shape {values.shape}, not {shape}"


def _check_stamp(source: object, epoch: object, session: object) -> None:
    assert isinstance(source, str), "source is no text"
    assert source, "source is empty"
    assert isinstance(epoch, int), "epoch is no whole number"
    assert isinstance(session, date), "session is no date"
    assert not isinstance(session, datetime), "session is an instant, not a date"
