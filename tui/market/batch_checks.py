"""Whether a batch keeps its contract, and what a figure can be, before anything is used."""

from datetime import date, datetime
from typing import Final

import numpy as np

from tui.market.quotes import Delay, Field, MinuteBatch, QuoteBatch

SMALLEST_PRICE: Final = 1e-9
"""A price below this is none, whatever the currency."""
LIMIT: Final = 1e18
"""No price, size or turnover reaches this; sums and ratios of what is below cannot overflow."""

_QUOTE_TIME = np.dtype("datetime64[ms]")
_MINUTE = np.dtype("datetime64[m]")


def quote_problem(batch: QuoteBatch) -> str:
    """What is wrong with a batch's form, in one sentence; empty where it can be used.

    Looks at types, shapes and ranges of positions, not at the figures: a doubtful figure spoils
    itself, a wrong shape the whole batch.
    """
    problem = _positions_problem(batch.symbols, batch.rows) or _origin_problem(
        batch.source, batch.epoch, batch.session
    )
    if problem:
        return problem
    length = len(batch.rows)
    if not _is_array(batch.time, _QUOTE_TIME, (length,)):
        return f"time is not datetime64[ms] of length {length}"
    for name, codes in (("state", batch.state), ("quality", batch.quality)):
        if codes is not None and not _is_array(codes, np.dtype(np.uint8), (length,)):
            return f"{name} is not uint8 of length {length}"
    if not _is(batch.delay, Delay):
        return "delay is not a Delay"
    try:
        fields = list(batch.fields.items())
    except (AttributeError, TypeError):
        return "fields is not a mapping"
    for field, values in fields:
        if not _is(field, Field):
            return f"{str(field)[:40]!r} is not a Field"
        if not _is_array(values, np.dtype(np.float64), (length,)):
            return f"{field.name} is not float64 of length {length}"
    return ""


def minute_problem(batch: MinuteBatch) -> str:
    """What is wrong with the form of a batch of minutes; empty where it can be used."""
    problem = _positions_problem(batch.symbols, batch.rows) or _origin_problem(
        batch.source, batch.epoch, batch.session
    )
    if problem:
        return problem
    if not _is(batch.minutes, np.ndarray) or batch.minutes.ndim != 1:
        return "minutes is not an array of one dimension"
    if batch.minutes.dtype != _MINUTE or np.isnat(batch.minutes).any():
        return "minutes is not datetime64[m] without NaT"
    if (batch.minutes[1:] <= batch.minutes[:-1]).any():
        return "minutes do not ascend"
    shape = (len(batch.rows), len(batch.minutes))
    for name in ("last", "volume", "turnover"):
        if not _is_array(getattr(batch, name), np.dtype(np.float64), shape):
            return f"{name} is not float64 of shape {shape}"
    return ""


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind)


def _is_array(value: object, dtype: np.dtype[np.generic], shape: tuple[int, ...]) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == dtype and value.shape == shape


def _positions_problem(symbols: object, rows: object) -> str:
    if not isinstance(symbols, tuple):
        return "symbols is not a tuple"
    if not isinstance(rows, np.ndarray) or rows.ndim != 1 or rows.dtype.kind not in "iu":
        return "rows is not an array of integers of one dimension"
    if len(rows) and not (rows.min() >= 0 and rows.max() < len(symbols)):
        return f"rows point outside the {len(symbols)} symbols"
    return ""


def _origin_problem(source: object, epoch: object, session: object) -> str:
    if not isinstance(source, str):
        return "source is not a name"
    if not isinstance(epoch, int):
        return "epoch is not a whole number"
    if not isinstance(session, date) or isinstance(session, datetime):
        return "session is not a date"
    return ""
