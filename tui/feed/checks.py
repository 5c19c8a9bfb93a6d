"""Whether what a source yields has the shape that the contract asks for.

These looks are cheap enough for every update: types, lengths and bounds. What the numbers mean
is judged by the board.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from tui.market.catalysts import Catalyst
from tui.market.claims import Claim
from tui.market.quotes import Delay, Field, MinuteBatch, QuoteBatch

ROWS = 2_000_000
"""More quotes than this in one update are refused."""
VOCABULARY = 50_000
"""More symbols than this in one update are refused: the interface has to look each of them up."""
CATALYSTS = 10_000
CLAIMS = 1_000
"""More claims than this in one catalyst are refused."""
TEXT = 1_000_000
"""Characters of a catalyst's headline and body together."""
CLAIM_TEXT = 10_000
_MOST_DIGITS = 20


def update_fault(update: object) -> str:
    """What is wrong with an update, in words; empty where nothing is."""
    if not isinstance(update, QuoteBatch | MinuteBatch):
        return f"{_kind(update)} is no batch of quotes or minutes"
    return _envelope_fault(update) or (
        _quotes_fault(update) if isinstance(update, QuoteBatch) else _minutes_fault(update)
    )


def catalysts_fault(catalysts: object) -> str:
    """What is wrong with a delivery of catalysts, in words; empty where nothing is."""
    if not isinstance(catalysts, list | tuple):
        return f"{_kind(catalysts)} is no list of catalysts"
    if len(catalysts) > CATALYSTS:
        return f"{len(catalysts):,} catalysts at once are more than {CATALYSTS:,}"
    for catalyst in catalysts:
        if not isinstance(catalyst, Catalyst):
            return f"{_kind(catalyst)} is no catalyst"
        texts = (catalyst.key, catalyst.headline, catalyst.text, catalyst.source, catalyst.link)
        if not all(isinstance(text, str) for text in texts):
            return "a catalyst's key, headline, text, source or link is not text"
        if sum(map(len, texts)) > TEXT:
            return f"a catalyst is longer than {TEXT:,} characters"
        if not (catalyst.time is None or _aware(catalyst.time)):
            return "a catalyst's time is not an aware instant"
        if not _all_text(catalyst.symbols):
            return "a catalyst's symbols are not a tuple of text"
        if fault := _claims_fault(catalyst.claims):
            return fault
    return ""


def _claims_fault(claims: object) -> str:
    if not isinstance(claims, tuple) or not all(isinstance(claim, Claim) for claim in claims):
        return "a catalyst's claims are not a tuple of claims"
    if len(claims) > CLAIMS:
        return f"a catalyst states more than {CLAIMS:,} claims"
    for claim in claims:
        texts = (claim.symbol, claim.as_written, claim.text)
        if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > CLAIM_TEXT:
            return f"a claim's symbol and text are not text of at most {CLAIM_TEXT:,} characters"
        if not all(_figure(figure) for figure in claim.figures):
            return "a claim's figure is not a finite decimal"
    return ""


def _figure(figure: object) -> bool:
    """Whether a stated figure can be held against the market: bounded in size and precision."""
    return figure is None or (
        isinstance(figure, Decimal)
        and figure.is_finite()
        and -_MOST_DIGITS <= figure.adjusted() <= _MOST_DIGITS
        and len(figure.as_tuple().digits) <= _MOST_DIGITS
    )


def vocabulary_fault(symbols: object) -> str:
    """What is wrong with a vocabulary, in words; empty where nothing is."""
    if not _all_text(symbols):
        return "the symbols are not a tuple of text"
    if isinstance(symbols, tuple) and len(symbols) > VOCABULARY:
        return f"{len(symbols):,} symbols in one update are more than {VOCABULARY:,}"
    return ""


def _envelope_fault(update: QuoteBatch | MinuteBatch) -> str:
    if not _is(update.symbols, tuple):
        return "the symbols are not a tuple"
    if type(update.epoch) is not int:
        return f"the epoch is {_kind(update.epoch)}, not a whole number"
    if not _is(update.session, date) or _is(update.session, datetime):
        return f"the session is {_kind(update.session)}, not a date"
    fault = _array_fault("rows", update.rows, "int32", None)
    if fault:
        return fault
    rows = update.rows
    if len(rows) > ROWS:
        return f"{len(rows):,} rows at once are more than {ROWS:,}"
    if len(rows) and (rows.min() < 0 or rows.max() >= len(update.symbols)):
        return "a row points outside the symbols"
    return ""


def _quotes_fault(batch: QuoteBatch) -> str:
    size = (len(batch.rows),)
    if not _is(batch.delay, Delay):
        return f"the delay is {_kind(batch.delay)}, not a delay class"
    if not _is(batch.fields, Mapping):
        return f"the fields are {_kind(batch.fields)}, not a mapping"
    for name, values in batch.fields.items():
        if not _is(name, Field):
            return f"{_kind(name)} is no field of a quote"
        fault = _array_fault(name.name.lower(), values, "float64", size)
        if fault:
            return fault
    byte = "uint8"
    return (
        _array_fault("time", batch.time, "datetime64[ms]", size)
        or ("" if batch.state is None else _array_fault("state", batch.state, byte, size))
        or ("" if batch.quality is None else _array_fault("quality", batch.quality, byte, size))
    )


def _minutes_fault(batch: MinuteBatch) -> str:
    fault = _array_fault("minutes", batch.minutes, "datetime64[m]", None)
    if fault:
        return fault
    size = (len(batch.rows), len(batch.minutes))
    number = "float64"
    fault = (
        _array_fault("last", batch.last, number, size)
        or _array_fault("volume", batch.volume, number, size)
        or _array_fault("turnover", batch.turnover, number, size)
    )
    if fault:
        return fault
    if np.isnat(batch.minutes).any() or (np.diff(batch.minutes.view(np.int64)) <= 0).any():
        return "the minutes do not ascend"
    return ""


def _array_fault(
    name: str,
    values: object,
    kind: str,
    size: tuple[int, ...] | None,
) -> str:
    if not isinstance(values, np.ndarray):
        return f"{name} is {_kind(values)}, not an array"
    if values.dtype != kind:
        return f"{name} holds {values.dtype}, not {kind}"
    if size is None:
        return "" if values.ndim == 1 else f"{name} has {values.ndim} dimensions, not one"
    return "" if values.shape == size else f"{name} has the shape {values.shape}, not {size}"


def _is(thing: object, kind: type) -> bool:
    """Whether a thing is what its annotation, which a source need not keep, promises."""
    return isinstance(thing, kind)


def _all_text(texts: object) -> bool:
    return isinstance(texts, tuple) and all(isinstance(text, str) for text in texts)


def _aware(moment: object) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None


def _kind(thing: object) -> str:
    return type(thing).__name__
