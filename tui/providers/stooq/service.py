"""Stooq's addresses, its own symbols, and its rows of text."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import isfinite
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from tui.errors import BadPayload, RateLimited
from tui.providers.contracts import Host
from tui.providers.web import Answer, WebClient, web_terms

NAME: Final = "stooq"
SECTION: Final = "providers.stooq"
BASE_URL: Final = "https://stooq.com"
ZONE: Final = ZoneInfo("Europe/Warsaw")
"""Dates and times of quotes are Poland's: a close in New York at 16:00 stands as 22:00."""

MOST_ROWS: Final = 20_000
LIMIT: Final = 4 * 1024 * 1024

_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "^N225": "^NKX",
        "^TOPX": "^TPX",
        "^GSPC": "^SPX",
        "^DJI": "^DJI",
        "JPY=X": "USDJPY",
        "EURJPY=X": "EURJPY",
        "EURUSD=X": "EURUSD",
    }
)
_TOKYO = re.compile(r"[0-9][0-9A-Z]{3,4}\.T")
_AMERICAN = re.compile(r"[A-Z]{1,5}(-[A-Z])?")


def own_symbol(symbol: str) -> str | None:
    """Stooq's symbol for one of the program's; None where it has none that is known."""
    if _TOKYO.fullmatch(symbol):
        return symbol.removesuffix(".T") + ".JP"
    if _AMERICAN.fullmatch(symbol):
        return f"{symbol}.US"
    return _OTHERS.get(symbol)


def client_for(host: Host) -> WebClient:
    """A client whose calls all roles of the source share a budget for.

    Raises:
        ConfigError: A setting cannot be used.
    """
    return WebClient(
        NAME,
        web_terms(host.settings, SECTION, BASE_URL),
        clock=host.clock,
        budget=host.budgets.of(NAME, host.clock, calls=20, seconds=60.0, patience=300.0),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One quote, or one daily bar.

    Attributes:
        symbol: Stooq's symbol; empty in a bar.
        on: The date.
        at: The instant, aware, in UTC; None where no time of day stands.
        open, high, low, close: Prices, NaN where unknown.
        volume: Shares, NaN where unknown.
    """

    symbol: str
    on: date
    at: datetime | None
    open: float
    high: float
    low: float
    close: float
    volume: float


def rows_of(answer: Answer, host: Host) -> Iterator[Row]:
    """The rows that make sense; others are told of and passed over.

    A row of ``N/D`` is a symbol that is not known, and is passed over without a word.

    Raises:
        BadPayload: It is no such table.
        RateLimited: It is the service's word that the day's calls are used up.
    """
    text = answer.text().strip()
    if "daily hits limit" in text[:200].lower():
        raise RateLimited(
            "the day's calls from this address are used up",
            retry_after=3600.0,
            subject=NAME,
            remedy="It is asked again in an hour.",
        )
    if text.lower() == "no data" or not text:
        return
    lines = csv.reader(io.StringIO(text))
    header = [name.strip().lower() for name in next(lines, [])]
    if not {"date", "close"} <= set(header):
        raise BadPayload(
            "answered with something that is no table of prices",
            subject=NAME,
            remedy="It is asked again by itself; if this stays, its form has changed.",
        )
    try:
        for number, cells in enumerate(lines):
            if number >= MOST_ROWS:
                host.remark(f"more than {MOST_ROWS:,} rows; the rest is left out")
                return
            row = _row(dict(zip(header, cells, strict=False)))
            if row is not None:
                yield row
            elif "N/D" not in cells:
                host.remark(f"row {number + 2} makes no sense and is passed over")
    except csv.Error as error:
        raise BadPayload(
            "answered with a broken table", subject=NAME, remedy="It is asked again by itself."
        ) from error


def _row(cells: Mapping[str, str]) -> Row | None:
    try:
        on = date.fromisoformat(cells["date"])
        clock = cells.get("time", "")
        at = (
            datetime.combine(on, time.fromisoformat(clock), ZONE).astimezone(UTC)
            if clock and clock != "N/D"
            else None
        )
        close = _price(cells["close"])
    except (KeyError, ValueError, OverflowError):
        return None
    if close != close:
        return None
    return Row(
        symbol=cells.get("symbol", "").strip().upper(),
        on=on,
        at=at,
        open=_price(cells.get("open", "")),
        high=_price(cells.get("high", "")),
        low=_price(cells.get("low", "")),
        close=close,
        volume=_number(cells.get("volume", "")),
    )


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if isfinite(value) and value >= 0 else float("nan")


def _price(text: str) -> float:
    value = _number(text)
    return value if value > 0 else float("nan")
