"""The tape: what the configured sources have beside the two indices, and a stand-in for TOPIX."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import numpy as np

from tui.config import DEFAULT_TAPE
from tui.data.reader import ReferenceTables
from tui.market.instruments import Instrument, InstrumentKind
from tui.market.market import INDICES, TOPIX, Market
from tui.market.pricing import format_level, format_percent, format_price, format_rate
from tui.market.quotes import Delay, Field, Quality
from tui.market.times import to_datetime
from tui.market.universe import Universe
from tui.market.venues import Venue, VenueState, quote_age, venue_of, venue_state
from tui.report.bridge import bridge_symbols

TRACKER = "1306.T"
"""A fund that follows the TOPIX."""
PROXY_NAME = "TOPIX ~ 1306"

TOKYO_ONLY = frozenset({"replay", "synthetic", "kabu", "jquants"})
"""Sources that have nothing of what is traded abroad."""

_MOST = 40
"""Symbols of a tape that are used; no screen is wide enough for more."""
_YIELDS = frozenset({"^TNX"})
"""Levels that are rates of interest in per cent."""
_SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_SHORT = {
    "NIY=F": ("CME N225", "CME先物"),
    "NKD=F": ("CME N225 $", "CME先物$"),
    "JPY=X": ("USD/JPY", "ドル円"),
    "EURJPY=X": ("EUR/JPY", "ユーロ円"),
    "EURUSD=X": ("EUR/USD", "ユーロドル"),
    "^TNX": ("US 10Y", "米10年債"),
    "^VIX": ("VIX", "VIX"),
    "^GSPC": ("S&P 500", "S&P500"),
    "^IXIC": ("Nasdaq", "ナスダック"),
    "^DJI": ("Dow", "NYダウ"),
    "^SOX": ("SOX", "SOX"),
    "CL=F": ("WTI", "WTI"),
    "GC=F": ("Gold", "金"),
    "BTC-USD": ("Bitcoin", "ビットコイン"),
}


class Unit(Enum):
    """What a figure of the tape is in; the value is the word for machines."""

    POINTS = "points"
    RATE = "rate"
    YIELD = "per cent"
    PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeItem:
    """One figure beside the indices; what is unknown is NaN or None.

    Attributes:
        symbol: The instrument.
        name, name_ja: Short enough for the tape.
        unit: What its level is in.
        currency: ISO 4217; empty where none applies.
        last, change, percent: The level, and its change from the previous close, that of a yield
            in percentage points.
        time: When it was quoted, aware, in UTC.
        state: What its venue is doing, as far as that is certain.
        age: How old the quote is where its venue's hours do not explain that.
        suspect: Whether the figure is doubtful.
        delay: The delay class in which its source tells it; None before it has.
    """

    symbol: str
    name: str
    name_ja: str
    unit: Unit
    currency: str
    last: float
    change: float
    percent: float
    time: datetime | None
    state: VenueState
    age: timedelta | None
    suspect: bool = False
    delay: Delay | None = None

    def level_text(self) -> str:
        """The level with as many decimals as its kind has, and the sign of its currency."""
        match self.unit:
            case Unit.YIELD:
                return f"{format_level(self.last, 3)}%" if np.isfinite(self.last) else ""
            case Unit.RATE:
                return format_rate(self.last, self.currency)
            case Unit.POINTS if self.currency == "JPY":
                return format_price(self.last, "JPY")
            case Unit.POINTS:
                return format_level(self.last)
        text = format_price(self.last, self.currency)
        return f"{_SIGNS.get(self.currency, f'{self.currency} ')}{text}".lstrip() if text else ""

    def change_text(self) -> str:
        """The change in per cent; of a yield, in basis points."""
        if self.unit is Unit.YIELD:
            points = format_percent(self.change * 100.0, 1)
            return f"{points.rstrip('%')}bp" if points else ""
        return format_percent(self.percent)


def tape_symbols(tape: Sequence[str], universe: Universe) -> tuple[str, ...]:
    """What a configured tape means: symbols in the program's own form, each once, in order."""
    resolved = (universe.resolve(text) for text in tape[:_MOST])
    meant = (
        found.symbol if found is not None else text.strip().upper()
        for found, text in zip(resolved, tape, strict=False)
    )
    return tuple(dict.fromkeys(symbol for symbol in meant if symbol))


def asked_abroad(
    tape: Sequence[str],
    sources: Iterable[str],
    universe: Universe,
    reference: ReferenceTables | None = None,
) -> tuple[str, ...]:
    """What to ask the sources for beside the lists: the tape, and both ends of the night bridge.

    Args:
        tape: As configured.
        sources: The quote sources in use, by name.
        universe: Who the instruments are.
        reference: Where the receipts are named.

    Returns:
        Symbols; none where no source has anything but Tokyo.
    """
    if all(source in TOKYO_ONLY for source in sources):
        return ()
    symbols = tape_symbols(tape, universe)
    tracker = (TRACKER,) if TOPIX in symbols else ()
    return tuple(dict.fromkeys((*symbols, *tracker, *bridge_symbols(reference))))


def tape_items(
    market: Market, now: datetime, tape: Sequence[str] = DEFAULT_TAPE
) -> tuple[TapeItem, ...]:
    """Every figure of the tape beside the two indices; those that no source has are blank."""
    symbols = tape_symbols(tape, market.universe)
    return tuple(_item(market, symbol, now) for symbol in symbols if symbol not in INDICES)


def held_items(market: Market, now: datetime, symbols: Sequence[str]) -> tuple[TapeItem, ...]:
    """Those of some symbols, beside the two indices, that are on the board."""
    return tuple(
        _item(market, symbol, now)
        for symbol in symbols
        if symbol not in INDICES and market.board.row(symbol) >= 0
    )


def topix_proxy(market: Market, now: datetime) -> TapeItem | None:
    """The tracker's quote, where no source has the index but one has the tracker; else None.

    It is the price of a fund: its change stands for that of the index, its level does not.
    """
    board = market.board
    row, tracker = board.row(TOPIX), board.row(TRACKER)
    if row < 0 or tracker < 0:
        return None
    known = np.isfinite(board.column(Field.LAST)[row]) or np.isfinite(board.base()[row])
    if known or not np.isfinite(board.column(Field.LAST)[tracker]):
        return None
    return _item(market, TRACKER, now)


def _item(market: Market, symbol: str, now: datetime) -> TapeItem:
    instrument = market.universe.get(symbol) or Instrument(
        symbol=symbol, name=symbol, name_ja=symbol, exchange="", currency=""
    )
    board, row = market.board, market.board.row(symbol)
    last = float(board.column(Field.LAST)[row]) if row >= 0 else float("nan")
    base = float(board.base()[row]) if row >= 0 else float("nan")
    time = to_datetime(board.time[row]) if row >= 0 else None
    short = _SHORT.get(symbol, (instrument.name, instrument.name_ja))
    venue = venue_of(instrument)
    delay = board.delays[int(board.source[row])] if row >= 0 and board.source[row] else None
    return TapeItem(
        symbol=symbol,
        name=short[0],
        name_ja=short[1],
        unit=_unit(instrument),
        currency=instrument.currency,
        last=last,
        change=last - base,
        percent=(last / base - 1.0) * 100.0 if base > 0 else float("nan"),
        time=time,
        state=venue_state(venue, now, time),
        age=None if symbol.endswith(".T") else _age(venue, now, time, delay),
        suspect=bool(row >= 0 and board.quality[row] & Quality.SUSPECT),
        delay=delay,
    )


def _age(
    venue: Venue | None, now: datetime, time: datetime | None, delay: Delay | None
) -> timedelta | None:
    """How old a quote is, where neither its venue's hours nor its own delay explain it."""
    due = now - timedelta(minutes=0 if delay is None else delay.minutes)
    unexplained = time is not None and quote_age(venue, due, time) is not None
    return now - time if time is not None and unexplained else None


def _unit(instrument: Instrument) -> Unit:
    if instrument.symbol in _YIELDS:
        return Unit.YIELD
    if instrument.kind is InstrumentKind.CURRENCY:
        return Unit.RATE
    if instrument.kind in {
        InstrumentKind.INDEX,
        InstrumentKind.FUTURE,
    } and instrument.symbol not in {"CL=F", "GC=F"}:
        return Unit.POINTS
    return Unit.PRICE
