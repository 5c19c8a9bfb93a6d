"""Which delay class speaks for a source that has several, as one of Tokyo and of abroad has."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from tui.market.arrays import Flags, Ints, Rows, Times
from tui.market.market import INDICES
from tui.market.price_screen import tokyo
from tui.market.quotes import Delay, QuoteBatch
from tui.market.times import to_datetime

_UNTOLD: Final = -1
_MOST: Final = 64
"""Classes of one epoch that are told apart."""


def of_tokyo(symbols: tuple[str, ...]) -> Flags:
    """``bool[n]``: which instruments keep Tokyo's session: its issues, and its indices."""
    found: Flags = tokyo(symbols) | np.isin(np.array(symbols, dtype=np.str_), INDICES)
    return found


def speaking(places: Ints | Rows, delays: Sequence[Delay], home: Flags) -> int:
    """The place of the class that speaks for a source.

    It is that of most names of Tokyo; where there are none, of most of the others. Of two as
    frequent, it is the one further behind.

    Args:
        places: ``int[n]``, each instrument's class; one below zero has none.
        delays: The classes.
        home: ``bool[n]``, which instruments are Tokyo's.

    Returns:
        A position in `delays`; −1 where no instrument has a class.
    """
    told = places >= 0
    counted = places[told & home] if (told & home).any() else places[told]
    if not len(counted):
        return _UNTOLD
    borne = np.bincount(counted, minlength=len(delays))
    return max(range(len(delays)), key=lambda place: (int(borne[place]), delays[place].minutes))


class DelayClasses:
    """What a source has told in each delay class, in one epoch."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, as with an epoch."""
        self._delays: list[Delay] = []
        self._newest: list[datetime | None] = []
        self._symbols: tuple[str, ...] = ()
        self._home: Flags = np.zeros(0, np.bool_)
        self._places: Ints = np.zeros(0, np.int64)

    def take(self, batch: QuoteBatch) -> tuple[Delay, datetime | None]:
        """Take a batch in.

        Returns:
            The class that speaks for the source, and the newest exchange time told in it, aware,
            in UTC; None where none was.
        """
        if batch.symbols is not self._symbols:
            self._follow(batch.symbols)
        place = self._place(batch.delay)
        newest, held = _newest(batch.time), self._newest[place]
        if newest is not None and (held is None or newest > held):
            self._newest[place] = newest
        self._places[batch.rows] = place
        if len(self._delays) > 1:
            place = max(0, speaking(self._places, self._delays, self._home))
        return self._delays[place], self._newest[place]

    def _follow(self, symbols: tuple[str, ...]) -> None:
        held = dict(zip(self._symbols, self._places.tolist(), strict=True))
        self._symbols, self._home = symbols, of_tokyo(symbols)
        self._places = np.array([held.get(symbol, _UNTOLD) for symbol in symbols], np.int64)

    def _place(self, delay: Delay) -> int:
        if delay in self._delays:
            return self._delays.index(delay)
        if len(self._delays) == _MOST:
            # Nobody has so many; what comes beyond them counts with the last.
            return _MOST - 1
        self._delays.append(delay)
        self._newest.append(None)
        return len(self._delays) - 1


def _newest(time: Times) -> datetime | None:
    return to_datetime(np.fmax.reduce(time)) if len(time) else None
