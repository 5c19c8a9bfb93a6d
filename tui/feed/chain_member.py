"""One source of a chain: what it holds by itself, and where its prices have been."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import numpy as np

from tui.market.applied import Applied, Prints
from tui.market.arrays import Flags, Floats, Ints, Rows
from tui.market.board import Board
from tui.market.columns import UNKNOWN_TIME
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.rules import ticks_between

MINUTES: Final = 48
"""How far back the range of each minute is kept: further than any delayed source is behind."""
_MINUTE: Final = 60_000
_THOUSANDTH: Final = 1e-3
"""What counts as a tick of a price that has none of Tokyo's, as a share of it."""


class Member:
    """A board of its own, on which nothing of another source can do harm.

    Args:
        name: The source's name, as registered.
        fine: Tells the names that trade on the finer ticks.
    """

    def __init__(self, name: str, fine: Callable[[str], bool]) -> None:
        self.name = name
        self.kind = DelayKind.UNKNOWN
        self.board = Board(fine=fine)
        self._minute: Ints = np.full(MINUTES, -1)
        self._low: Floats = np.full((MINUTES, 0), np.nan)
        self._high: Floats = np.full((MINUTES, 0), np.nan)

    @property
    def session(self) -> date | None:
        """The session that it delivers, in Tokyo; None before its first quote."""
        return self.board.session

    def follow(self, symbols: tuple[str, ...]) -> None:
        """Take up other instruments; of those that stay, everything is kept."""
        previous = self.board.set_symbols(symbols)
        low, high = (np.full((MINUTES, len(symbols)), np.nan) for _ in range(2))
        kept = previous >= 0
        low[:, kept], high[:, kept] = self._low[:, previous[kept]], self._high[:, previous[kept]]
        self._low, self._high = low, high

    def apply(self, batch: QuoteBatch, at: float) -> Applied:
        """Take a batch of this source, as a board does."""
        self.kind = batch.delay.kind
        applied = self.board.apply(batch, at)
        if applied.reset:
            self._minute.fill(-1)
        if applied.prints is not None and applied.prints.last is not None:
            self._remember(applied.prints, applied.prints.last)
        return applied

    def known(self) -> Flags:
        """``bool[rows]``: of which instruments it has told a price."""
        return np.isfinite(self.board.price())

    def doubted(self) -> Flags:
        """``bool[rows]``: of which its newest word was held back."""
        doubted: Flags = (self.board.quality & Quality.HELD_BACK) != 0
        return doubted

    def milliseconds(self, now: datetime) -> Ints:
        """``int64[rows]``: exchange times, none later than now; `UNKNOWN_TIME` where unknown."""
        return np.minimum(self.board.time.view(np.int64), int(now.timestamp() * 1000))

    def last(self) -> Floats:
        """``float64[rows]``: last prices."""
        return self.board.column(Field.LAST)

    def lags(self, lag: Callable[[Delay], float]) -> Floats:
        """``float64[rows]``: what a function of the delay class comes to for each instrument."""
        board = self.board
        return np.array([lag(delay) for delay in board.delays])[board.source]

    def by_delay(self, rows: Ints) -> list[tuple[Delay, Ints]]:
        """Some instruments, parted by the delay class in which it has told them."""
        board = self.board
        mine = board.source[rows]
        return [(board.delays[each], rows[mine == each]) for each in np.unique(mine).tolist()]

    def quotes(
        self, symbols: tuple[str, ...], rows: Ints, delay: Delay, epoch: int, session: date
    ) -> QuoteBatch:
        """All that it holds of some instruments, to take the place of what another said.

        Args:
            symbols: The instruments by row.
            rows: ``int64[n]``, those that are wanted.
            delay: Their delay class, as `by_delay` tells it.
            epoch: The epoch it belongs to.
            session: The session shown.
        """
        board = self.board
        return QuoteBatch(
            symbols=symbols,
            rows=rows.astype(np.int32),
            fields={field: board.column(field)[rows] for field in Field},
            time=board.time[rows],
            state=board.state[rows],
            quality=board.quality[rows] & ~np.uint8(Quality.HELD_BACK),
            source=self.name,
            delay=delay,
            epoch=epoch,
            session=session,
            takes_over=True,
        )

    def apart(
        self, rows: Ints, prices: Floats, instants: Ints, fine: Flags, limited: Flags
    ) -> Floats:
        """``float64[n]``: how many ticks prices lie outside what this source told of their time.

        The range is that of the minute before to the minute after; NaN where nothing was told.

        Args:
            rows: ``int64[n]``, the instruments.
            prices: ``float64[n]``, what another source says.
            instants: ``int64[n]``, the exchange time of each, in milliseconds.
            fine: ``bool[n]``, whether the finer ticks apply.
            limited: ``bool[n]``, whether Tokyo's ticks apply at all.
        """
        low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
        minutes = instants // _MINUTE
        for step in (-1, 0, 1):
            slots = (minutes + step) % MINUTES
            there = self._minute[slots] == minutes + step
            low = np.fmin(low, np.where(there, self._low[slots, rows], np.nan))
            high = np.fmax(high, np.where(there, self._high[slots, rows], np.nan))
        nearest = np.clip(prices, low, high)
        ticks = np.abs(ticks_between(nearest, prices, fine))
        share = np.abs(prices - nearest) / nearest / _THOUSANDTH
        return np.where(
            np.isnan(low) | (instants == UNKNOWN_TIME), np.nan, np.where(limited, ticks, share)
        )

    def _remember(self, prints: Prints, last: Floats) -> None:
        """Widen the range of the minutes in which prices were traded."""
        instants = prints.time.view(np.int64)
        told = (instants != UNKNOWN_TIME) & np.isfinite(last)
        if not told.any():
            return
        minutes = instants // _MINUTE
        newest = int(minutes[told].max())
        for minute in range(max(int(minutes[told].min()), newest - MINUTES + 1), newest + 1):
            mine = told & (minutes == minute)
            slot = minute % MINUTES
            if self._minute[slot] > minute or not mine.any():
                continue
            if self._minute[slot] < minute:
                self._minute[slot] = minute
                self._low[slot] = self._high[slot] = np.nan
            rows: Rows | Ints = prints.rows[mine]
            np.fmin.at(self._low[slot], rows, last[mine])
            np.fmax.at(self._high[slot], rows, last[mine])
