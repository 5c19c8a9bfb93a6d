"""Everything held of one stream's symbols, and the batches made of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from tui.errors import DataError
from tui.market.arrays import Bytes, Flags, Floats, Ints, Rows
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, QuoteState
from tui.market.session import SessionState, TokyoCalendar
from tui.market.times import JST
from tui.providers.contracts import InstrumentLookup
from tui.providers.yahoo.settings import NAME
from tui.providers.yahoo.told import Told

TOKYO_DELAY: Final = 20
"""Minutes; what the service has told of every Tokyo share seen."""
AHEAD: Final = 600
"""Seconds by which a time may be ahead of our own clock before it is taken for an error."""

_FIELDS: Final = (
    Field.LAST,
    Field.BASE,
    Field.PREVIOUS_CLOSE,
    Field.OPEN,
    Field.HIGH,
    Field.LOW,
    Field.VOLUME,
    Field.BID,
    Field.ASK,
)
_NO_TIME: Final = np.iinfo(np.int64).min
_UNTOLD: Final = -1
_DAYS_AHEAD: Final = 12
"""Days from a session's date, in UTC, until the last quote that the board takes for one of it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Every symbol's figures at an instant.

    Attributes:
        values: ``float64[fields, n]``, in the order of `_FIELDS`.
        milliseconds: ``int64[n]``, exchange time, or `_NO_TIME`.
        state, quality: ``uint8[n]``.
        present: ``bool[n]``, whether anything is held.
        delay: ``int64[n]``, minutes that each is behind, or `_UNTOLD`.
    """

    values: Floats
    milliseconds: Ints
    state: Bytes
    quality: Bytes
    present: Flags
    delay: Ints

    def differ(self, before: "_Columns") -> Flags:
        """``bool[n]``, the symbols of which anything is not as it was."""
        same = (self.values == before.values) | (np.isnan(self.values) & np.isnan(before.values))
        differ: Flags = (
            ~same.all(axis=0)
            | (self.milliseconds != before.milliseconds)
            | (self.state != before.state)
            | (self.quality != before.quality)
            | (self.present != before.present)
            | (self.delay != before.delay)
        )
        return differ


class Sheet:
    """What is held of each symbol.

    The session is the latest that a Tokyo name has traded in, so it follows the data and not the
    clock. A name that has not traded since the session before has no last price in this one: its
    last price then is the close that returns now count from.

    Args:
        symbols: The stream's own, in the program's form.
        instruments: The reference tables, to check currencies against.
        calendar: Tokyo's.
        remark: Told of a price in another currency than the instrument's.
    """

    def __init__(
        self,
        symbols: tuple[str, ...],
        instruments: InstrumentLookup,
        calendar: TokyoCalendar,
        remark: Callable[[str], None],
    ) -> None:
        self.symbols = symbols
        self._instruments = instruments
        self._calendar = calendar
        self._remark = remark
        self._held: dict[str, Told] = {}
        self._suspect: set[str] = set()
        self._sent: _Columns | None = None

    def get(self, symbol: str) -> Told | None:
        """What is held of a symbol."""
        return self._held.get(symbol)

    def put(self, symbol: str, told: Told, now: datetime) -> None:
        """Hold what was told, unless something newer is held.

        Args:
            symbol: One of the stream's.
            told: What was told.
            now: The time, aware.
        """
        if told.time is not None and told.time > now.timestamp() + AHEAD:
            told = replace(told, time=None)
        held = self._held.get(symbol)
        if held is not None and told.time is not None and (held.time or 0) > told.time:
            return
        if told.delay is None and held is not None:
            # A chart does not tell it, and what a quote told of the exchange still holds.
            told = replace(told, delay=held.delay)
        self._held[symbol] = told
        instrument = self._instruments.get(symbol)
        money = instrument.currency if instrument is not None else ""
        if money and told.currency and told.currency != money and symbol not in self._suspect:
            self._suspect.add(symbol)
            self._remark(f"{symbol} is told in {told.currency[:8]} where {money} was expected")

    def session(self, now: datetime, at_least: date | None) -> date:
        """The date in Tokyo of the session that the quotes are of.

        Args:
            now: The time, aware.
            at_least: The session delivered before; a session never goes back.
        """
        clock = self._by_clock(now - timedelta(minutes=TOKYO_DELAY))
        # What was traded before the last session but one tells of a name that rests, not of today.
        recent = self._before(clock)
        days = {tokyo_day(told.time) for told in self._held.values() if told.tokyo and told.time}
        found = [day for day in days if day >= recent and self._trades(day)] or [clock]
        return max([*found, at_least] if at_least is not None else found)

    def batches(
        self, now: datetime, session: date, epoch: int, *, everything: bool
    ) -> list[QuoteBatch]:
        """What differs from the time before, a batch for each exchange's delay, longest first.

        Args:
            now: The time, aware.
            session: As `session` tells.
            epoch: The epoch it belongs to.
            everything: Whether to deliver all that is held; there is one batch then at least.
        """
        columns = self._columns(now, session)
        before, self._sent = self._sent, columns
        if everything or before is None:
            chosen = columns.present
        else:
            chosen = columns.differ(before) & columns.present
        classes = np.unique(columns.delay[chosen])[::-1].tolist()
        if not classes and everything:
            classes = [TOKYO_DELAY]
        return [
            self._batch(columns, chosen & (columns.delay == minutes), minutes, session, epoch)
            for minutes in classes
        ]

    def _batch(
        self, columns: _Columns, chosen: Flags, minutes: int, session: date, epoch: int
    ) -> QuoteBatch:
        rows: Rows = np.flatnonzero(chosen).astype(np.int32)
        values = columns.values[:, rows]
        time = columns.milliseconds[rows].view("datetime64[ms]")
        return QuoteBatch(
            symbols=self.symbols,
            rows=rows,
            fields=dict(zip(_FIELDS, values, strict=True)),
            time=time,
            state=columns.state[rows],
            quality=columns.quality[rows],
            source=NAME,
            delay=_class(minutes),
            epoch=epoch,
            session=session,
        )

    def _columns(self, now: datetime, session: date) -> _Columns:
        count = len(self.symbols)
        values = np.full((len(_FIELDS), count), np.nan)
        milliseconds = np.full(count, _NO_TIME, np.int64)
        state, quality = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
        present = np.zeros(count, np.bool_)
        latest = _start(session + timedelta(days=_DAYS_AHEAD))
        delay = np.full(count, _UNTOLD, np.int64)
        lunch: dict[int, bool] = {}
        for place, symbol in enumerate(self.symbols):
            told = self._held.get(symbol)
            if told is None:
                continue
            present[place] = True
            figures, time = _figures(told, session)
            values[:, place] = figures
            if time is not None and time < latest:
                milliseconds[place] = time * 1000
            late = TOKYO_DELAY if told.tokyo and told.delay is None else told.delay
            delay[place] = _UNTOLD if late is None else late
            state[place] = told.state
            if told.tokyo and late is not None and told.state is QuoteState.TRADING:
                if late not in lunch:
                    lunch[late] = self._at_lunch(now - timedelta(minutes=late))
                state[place] = QuoteState.BREAK if lunch[late] else told.state
            marks = Quality.SUSPECT if symbol in self._suspect else Quality.OBSERVED
            if figures[1] == figures[1]:
                marks |= Quality.BASE_IS_PREVIOUS_CLOSE
            quality[place] = marks
        return _Columns(values, milliseconds, state, quality, present, delay)

    def _trades(self, day: date) -> bool:
        try:
            return self._calendar.is_session(day)
        except DataError:
            return False

    def _before(self, session: date) -> date:
        try:
            return self._calendar.previous(session)
        except DataError:
            return session

    def _by_clock(self, now: datetime) -> date:
        day = now.astimezone(JST).date()
        try:
            session = self._calendar.session(day)
            if session is not None and now >= session.open:
                return day
            return self._calendar.previous(day)
        except DataError:
            return day

    def _at_lunch(self, moment: datetime) -> bool:
        try:
            return self._calendar.status(moment).state is SessionState.LUNCH
        except DataError:
            return False


def _class(minutes: int) -> Delay:
    if minutes == _UNTOLD:
        return Delay(DelayKind.UNKNOWN)
    return Delay(DelayKind.DELAYED, minutes) if minutes else Delay(DelayKind.REALTIME)


def _figures(told: Told, session: date) -> tuple[tuple[float, ...], int | None]:
    """The figures in the order of `_FIELDS`, and the time, seen from a session."""
    nan = float("nan")
    if told.tokyo and told.time is not None and tokyo_day(told.time) < session:
        return (nan, told.last, told.last, nan, nan, nan, nan, told.bid, told.ask), None
    base = told.previous_close
    return (
        (
            told.last,
            base,
            base,
            told.open,
            told.high,
            told.low,
            told.volume,
            told.bid,
            told.ask,
        ),
        told.time,
    )


def tokyo_day(time: int) -> date:
    """The date in Tokyo of an instant in seconds since 1970."""
    return datetime.fromtimestamp(time, JST).date()


def _start(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
