"""Everything held of one stream's symbols, and the batches made of it."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import numpy as np

from tui.market.arrays import Rows
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, QuoteState
from tui.market.session import SessionState
from tui.providers.kabu.settings import NAME
from tui.providers.kabu.states import (
    ESTIMATES,
    indicative_price,
    special_price,
    state_of,
)
from tui.providers.kabu.symbols import INDICES
from tui.providers.kabu.told import NOBODY, Told, tokyo_day

REALTIME: Final = Delay(DelayKind.REALTIME)
AHEAD: Final = 600_000
"""Milliseconds by which a time may be ahead of our own clock before it is taken for an error."""

_FIELDS: Final = (
    Field.LAST,
    Field.BASE,
    Field.PREVIOUS_CLOSE,
    Field.OPEN,
    Field.HIGH,
    Field.LOW,
    Field.VWAP,
    Field.VOLUME,
    Field.TURNOVER,
    Field.BID,
    Field.ASK,
    Field.BID_SIZE,
    Field.ASK_SIZE,
    Field.SPECIAL,
    Field.INDICATIVE,
)
_NO_TIME: Final = np.iinfo(np.int64).min


class Sheet:
    """What is held of each symbol, seen from a session and a phase of Tokyo's day.

    A figure of an earlier session is not shown as one of this: a last price from before is the
    close that returns now count from, where the application has not rolled over yet.

    Args:
        symbols: The stream's own, in the program's form.
        remark: Told of a book that contradicts itself, once a symbol.
    """

    def __init__(self, symbols: tuple[str, ...], remark: Callable[[str], None]) -> None:
        count = len(symbols)
        self.symbols = symbols
        self._remark = remark
        self._places = {symbol: place for place, symbol in enumerate(symbols)}
        self._held: list[Told | None] = [None] * count
        self._fresh: set[int] = set()
        self._crossed: set[int] = set()
        self._seen: tuple[date, SessionState] | None = None
        self._values = np.full((len(_FIELDS), count), np.nan)
        self._milliseconds = np.full(count, _NO_TIME, np.int64)
        self._state = np.zeros(count, np.uint8)
        self._quality = np.zeros(count, np.uint8)

    def get(self, symbol: str) -> Told | None:
        """What is held of a symbol."""
        return self._held[self._places[symbol]]

    def put(self, symbol: str, told: Told, now: datetime) -> bool:
        """Hold what was told, unless something newer is held.

        Args:
            symbol: One of the stream's.
            told: What was told.
            now: The time, aware.

        Returns:
            Whether it is news of a symbol already held.
        """
        place = self._places[symbol]
        told = told.until(int(now.timestamp() * 1000) + AHEAD)
        held = self._held[place]
        before, after = (None if each is None else each.stamp for each in (held, told))
        if held is not None and not _follows(held, told):
            return False
        if told.crossed:
            if place not in self._crossed:
                self._crossed.add(place)
                self._remark(f"{symbol}: buyers outbid sellers; its bid and ask are left blank")
            told = replace(told, buy=NOBODY, sell=NOBODY)
        self._held[place] = told
        self._fresh.add(place)
        return held is not None and after is not None and after != before

    def batch(
        self, session: date, epoch: int, phase: SessionState, *, everything: bool
    ) -> QuoteBatch | None:
        """What differs from the batch before; None where nothing does.

        Args:
            session: The session that the quotes are of.
            epoch: The epoch it belongs to.
            phase: What Tokyo is doing.
            everything: Whether to deliver all that is held.
        """
        if self._seen != (session, phase):
            self._seen = (session, phase)
            self._fresh.update(range(len(self._held)))
        changed = [place for place in sorted(self._fresh) if self._work_out(place, session, phase)]
        self._fresh.clear()
        if everything:
            changed = [place for place, held in enumerate(self._held) if held is not None]
        elif not changed:
            return None
        rows: Rows = np.array(changed, np.int32)
        return QuoteBatch(
            symbols=self.symbols,
            rows=rows,
            fields=dict(zip(_FIELDS, self._values[:, rows], strict=True)),
            time=self._milliseconds[rows].view("datetime64[ms]"),
            state=self._state[rows],
            quality=self._quality[rows],
            source=NAME,
            delay=REALTIME,
            epoch=epoch,
            session=session,
        )

    def _work_out(self, place: int, session: date, phase: SessionState) -> bool:
        """Bring one symbol's columns up to date; whether anything in them differs."""
        told = self._held[place]
        if told is None:
            return False
        index = self.symbols[place] in INDICES
        if _before(told.book_at, session):
            told = replace(told, buy=NOBODY, sell=NOBODY, book_at=None)
        traded = not (math.isnan(told.last) or _before(told.last_at, session))
        state = state_of(told, phase, traded=traded, index=index)
        values = np.array(_figures(told, session, state, traded=traded))
        quality = Quality.OBSERVED
        if not index and not math.isnan(values[1]):
            quality |= Quality.BASE_IS_PREVIOUS_CLOSE
        if traded and told.status in ESTIMATES:
            quality |= Quality.DERIVED
        # A first trade bears its own time, which may lie a moment before the book's.
        time = told.last_at if traded else told.book_at
        milliseconds = int(self._milliseconds[place])
        if time is not None and (
            milliseconds == _NO_TIME or time > milliseconds or _before(milliseconds, session)
        ):
            milliseconds = time
        elif _before(milliseconds, session):
            milliseconds = _NO_TIME
        same = (
            np.array_equal(values, self._values[:, place], equal_nan=True)
            and milliseconds == self._milliseconds[place]
            and state == self._state[place]
            and quality == self._quality[place]
        )
        self._values[:, place] = values
        self._milliseconds[place] = milliseconds
        self._state[place] = state
        self._quality[place] = quality
        return not same


def _follows(held: Told, told: Told) -> bool:
    """Whether what was told is not older than what is held.

    A previous close of a later day is a new session, in which times may not be told yet.
    """
    if (
        held.closed_on is not None
        and told.closed_on is not None
        and held.closed_on != told.closed_on
    ):
        return told.closed_on > held.closed_on
    if held.stamp is None:
        return True
    return told.stamp is not None and told.stamp >= held.stamp


def _before(milliseconds: int | None, session: date) -> bool:
    """Whether an instant lies in a day before a session's; one that is not known does not."""
    return (
        milliseconds is not None and milliseconds != _NO_TIME and tokyo_day(milliseconds) < session
    )


def _figures(told: Told, session: date, state: QuoteState, *, traded: bool) -> tuple[float, ...]:
    """The figures in the order of `_FIELDS`, seen from a session."""
    nan = math.nan
    base = told.previous_close
    if traded:
        if told.closed_on is not None and told.closed_on >= session:
            # Rolled over early: the close of this very session is no base for it.
            base = nan
        day = (told.open, told.high, told.low, told.vwap, told.volume, told.turnover)
        last = told.last
    else:
        if told.last_at is not None and not math.isnan(told.last):
            made_on = tokyo_day(told.last_at)
            if told.closed_on is None or told.closed_on < made_on:
                base = told.last
        last, day = nan, (nan,) * 6
    halted = state is QuoteState.HALTED
    return (
        last,
        base,
        base,
        *day,
        told.buy.price,
        told.sell.price,
        told.buy.size,
        told.sell.size,
        nan if halted else special_price(told),
        nan if halted else indicative_price(told),
    )
