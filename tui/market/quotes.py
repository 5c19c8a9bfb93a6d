"""What a source delivers: many quotes at once, one array per field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum, IntFlag
from typing import TypeAlias

import numpy as np

from tui.market.arrays import Bytes, Floats, Rows, Times


class Field(IntEnum):
    """One number of a quote; its value is also its row on the board.

    Prices are in the instrument's currency, sizes and volume in shares, turnover in currency.
    Volume and turnover are cumulative since the session's start.
    """

    LAST = 0
    BASE = 1
    """Base price: the previous close adjusted for ex-rights; returns are against it."""
    PREVIOUS_CLOSE = 2
    OPEN = 3
    HIGH = 4
    LOW = 5
    VWAP = 6
    VOLUME = 7
    TURNOVER = 8
    BID = 9
    ASK = 10
    BID_SIZE = 11
    ASK_SIZE = 12
    SPECIAL = 13
    """Special quote (特別気配), where one is being displayed."""
    INDICATIVE = 14
    """The price at which an auction would match now (気配), outside continuous trading."""


BOOK = frozenset(
    {Field.BID, Field.ASK, Field.BID_SIZE, Field.ASK_SIZE, Field.SPECIAL, Field.INDICATIVE}
)
"""Fields in which NaN means "there is none now" and clears what was held; in every other
field NaN means "not told" and leaves it."""

PRICES = frozenset(
    {
        Field.LAST,
        Field.BASE,
        Field.PREVIOUS_CLOSE,
        Field.OPEN,
        Field.HIGH,
        Field.LOW,
        Field.VWAP,
        Field.BID,
        Field.ASK,
        Field.SPECIAL,
        Field.INDICATIVE,
    }
)


BASES = frozenset({Field.BASE, Field.PREVIOUS_CLOSE})


class QuoteState(IntEnum):
    """The state of one instrument's trading, as the exchange or the source reports it."""

    UNKNOWN = 0
    PRE_OPEN = 1
    AUCTION = 2
    TRADING = 3
    SPECIAL_BID = 4
    """Special quote, buyers in excess (特買)."""
    SPECIAL_ASK = 5
    """Special quote, sellers in excess (特売)."""
    SEQUENTIAL = 6
    """Sequential trade quote (連続約定気配)."""
    HALTED = 7
    BREAK = 8
    CLOSED = 9


class Quality(IntFlag):
    """What is not plainly observed about a quote; bits add up."""

    OBSERVED = 0
    DERIVED = 1
    """Solved from other figures, not observed."""
    MODELLED = 2
    """The path inside the day is modelled; the day's own figures may still be real."""
    BASE_IS_PREVIOUS_CLOSE = 4
    """No base price was given, so the previous close stands in."""
    SUSPECT = 8
    """Outside the day's limit band or otherwise doubtful."""
    HELD_BACK = 16
    """Set by the board: what is held is good, but something newer was held back as doubtful."""
    DISPUTED = 32
    """Set by the feed: another source tells another price for the same time."""
    EARLY = 64
    """Set by the feed: it came with a time that is still to come, which was blanked."""


class DelayKind(Enum):
    """How far behind the market a source is by its nature."""

    REALTIME = "real time"
    DELAYED = "delayed"
    END_OF_DAY = "end of day"
    REPLAY = "replay"
    SYNTHETIC = "synthetic"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay class: the kind, and the minutes where the kind is DELAYED."""

    kind: DelayKind
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBatch:
    """Quotes of n instruments at once.

    Attributes:
        symbols: The source's vocabulary. Pass the same tuple object in every batch of one
            subscription: the board maps it to its own rows once.
        rows: ``int32[n]``, the position in ``symbols`` of each quote. A symbol may repeat; the
            later entry wins, and highs and lows count every one.
        fields: For each field carried, ``float64[n]``. What is unknown is NaN, never 0. A field
            that is not carried leaves the board's value alone.
        time: ``datetime64[ms][n]``, exchange time in UTC, NaT where unknown.
        state: ``uint8[n]`` of `QuoteState`, or None where the source has none.
        quality: ``uint8[n]`` of `Quality`, or None where everything is observed.
        source: The source's name, as registered.
        delay: The delay class of these quotes; a source that has several delivers a batch for each.
        epoch: Grows when what follows cannot be compared with what went before: a seek in a
            replay, a roll to the next session, a change of source. A newer epoch resets the
            board in one step; a batch of an older one is dropped.
        session: The session's date in Tokyo.
        takes_over: Whether each quote takes the place of all that is held of its instrument,
            whatever its time, as when another source serves it from now on. Sources leave it.
    """

    symbols: tuple[str, ...]
    rows: Rows
    fields: Mapping[Field, Floats]
    time: Times
    state: Bytes | None = None
    quality: Bytes | None = None
    source: str
    delay: Delay
    epoch: int
    session: date
    takes_over: bool = False

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteBatch:
    """Minutes of n instruments, to fill in what happened before the quotes began.

    Attributes:
        symbols: The source's vocabulary, as in `QuoteBatch`.
        rows: ``int32[n]``, the position in ``symbols`` of each instrument.
        minutes: ``datetime64[m][k]`` in UTC, ascending; a minute is named by its start.
        last: ``float64[n, k]``, the last price in each minute, NaN where none was traded.
        volume: ``float64[n, k]``, shares since the session's start, at each minute's end.
        turnover: ``float64[n, k]``, currency since the session's start, at each minute's end.
        source, epoch, session: As in `QuoteBatch`.
    """

    symbols: tuple[str, ...]
    rows: Rows
    minutes: Times
    last: Floats
    volume: Floats
    turnover: Floats
    source: str
    epoch: int
    session: date

    def __len__(self) -> int:
        return len(self.rows)


Update: TypeAlias = QuoteBatch | MinuteBatch
"""What a stream of quotes yields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyBars:
    """Daily bars of one instrument, oldest first.

    Attributes:
        symbol: The instrument.
        dates: ``datetime64[D][n]``, session dates in Tokyo.
        open, high, low, close: ``float64[n]``, unadjusted prices, NaN where unknown.
        volume: ``float64[n]``, shares.
        turnover: ``float64[n]``, currency.
        source: Where they come from.
    """

    symbol: str
    dates: Times
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats = field(default_factory=lambda: np.empty(0))
    turnover: Floats = field(default_factory=lambda: np.empty(0))
    source: str = ""
