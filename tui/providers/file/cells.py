"""What the cells of a file of quotes mean: names of columns, symbols, numbers and times."""

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from tui.market.quotes import PRICES, Field
from tui.market.times import JST

Cell: TypeAlias = str | int | float | Decimal | time | None
"""A cell as a reader gives it; in a column of times a whole number is milliseconds since 1970."""

SYMBOL: Final = "symbol"
CODE: Final = "code"
TIME: Final = "time"

FIELDS: Final[dict[str, Field]] = {
    "last": Field.LAST,
    "previous_close": Field.PREVIOUS_CLOSE,
    "open": Field.OPEN,
    "high": Field.HIGH,
    "low": Field.LOW,
    "bid": Field.BID,
    "ask": Field.ASK,
    "special_quote": Field.SPECIAL,
    "volume": Field.VOLUME,
    "turnover": Field.TURNOVER,
}
"""The columns that carry a number."""

_JAPANESE: Final = {
    "銘柄コード": CODE,
    "コード": CODE,
    "現在値": "last",
    "前日終値": "previous_close",
    "始値": "open",
    "高値": "high",
    "安値": "low",
    "最良買気配値": "bid",
    "最良売気配値": "ask",
    "出来高": "volume",
}
"""Headings that mean the same everywhere. 売買代金 is not among them: its unit differs, yen in one
export and thousands of yen in another."""

_BLANK: Final = frozenset(
    {"", "-", "--", "---", "―", "—", "–", "n/a", "#n/a", "nan", "null", "none"}
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_CODE: Final = re.compile(r"\d[0-9A-Z]\d[0-9A-Z]\d?", re.ASCII)
_SYMBOL: Final = re.compile(r"\^?[A-Z0-9][A-Z0-9.=&-]{0,19}", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?", re.ASCII)
_SLASHED: Final = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[ T])", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN: Final = (datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_PRICE_LIMIT: Final = 1e9
_AMOUNT_LIMIT: Final = 1e16


def column(heading: str) -> str | None:
    """The column that a heading names, or None where it is one that is passed over."""
    folded = unicodedata.normalize("NFKC", heading).strip().casefold()
    name = re.sub(r"[\s_-]+", "_", folded)
    if name in FIELDS or name in {SYMBOL, CODE, TIME}:
        return name
    return _JAPANESE.get(folded)


def symbol(cell: Cell) -> str:
    """A symbol in the program's own form, empty for a blank cell.

    A bare Tokyo code, with or without letters, gets its ``.T``.

    Raises:
        ValueError: The cell is neither a symbol nor a code.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _folded(cell).upper()
    if not text or text.lower() in _BLANK:
        return ""
    if _CODE.fullmatch(text):
        return f"{text}.T"
    if not _SYMBOL.fullmatch(text):
        raise ValueError(f"“{_shown(text)}” is no symbol or code")
    return text


def number(cell: Cell, name: str) -> float:
    """A number of a column, NaN where the cell is blank.

    A price of 0 is what many exports write where there is none, and reads as blank too.

    Raises:
        ValueError: The cell is no number, or one outside the column's range.
    """
    if isinstance(cell, str):
        text = cell.strip()
        if not _NUMBER.fullmatch(text):
            text = _folded(text)
            if text.casefold() in _BLANK:
                return math.nan
            if _THOUSANDS.fullmatch(text):
                text = text.replace(",", "")
            elif not _NUMBER.fullmatch(text):
                raise ValueError(f"“{_shown(text)}” in the column {name} is no number")
        value = float(text)
    elif cell is None:
        return math.nan
    elif isinstance(cell, time):
        raise ValueError(f"a time of day stands in the column {name}")
    else:
        value = float(cell)
    if math.isnan(value):
        return value
    price = FIELDS[name] in PRICES
    if value < 0 or value > (_PRICE_LIMIT if price else _AMOUNT_LIMIT):
        raise ValueError(f"{value:g} in the column {name} is out of range")
    return math.nan if price and value == 0 else value


def moment(cell: Cell) -> datetime | timedelta | None:
    """When a quote was made.

    Returns:
        An aware instant; or the time since midnight in Tokyo where the cell tells no date; or None
        where it is blank.

    Raises:
        ValueError: The cell is no time.
    """
    if cell is None:
        return None
    if isinstance(cell, time):
        return timedelta(
            hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond
        )
    if isinstance(cell, int):
        return _in_span(_EPOCH + timedelta(milliseconds=cell), str(cell))
    text = _folded(cell)
    if text.casefold() in _BLANK:
        return None
    clock = _CLOCK.fullmatch(text)
    try:
        if clock:
            hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
            micro = int((clock[4] or "0").ljust(6, "0"))
            return moment(time(hour, minute, second, micro))
        padded = _SLASHED.sub(lambda day: f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}", text)
        padded = re.sub(r"(?<=[ T])(\d):", r"0\1:", padded)
        if len(padded) <= len("2025-05-26"):
            raise ValueError(text)
        instant = datetime.fromisoformat(padded)
    except ValueError:
        raise ValueError(f"“{_shown(text)}” in the column time is no time") from None
    return _in_span(instant if instant.tzinfo else instant.replace(tzinfo=JST), text)


def day_of(instant: datetime) -> date:
    """The date in Tokyo."""
    return instant.astimezone(JST).date()


def _in_span(instant: datetime, text: str) -> datetime:
    if not _SPAN[0] <= instant < _SPAN[1]:
        raise ValueError(f"“{_shown(text)}” in the column time is out of range")
    return instant


def _folded(cell: Cell) -> str:
    text = str(cell if cell is not None else "").strip()
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _shown(text: str) -> str:
    clean = "".join(char if char.isprintable() else "�" for char in text)
    return clean if len(clean) <= 40 else f"{clean[:39]}…"
