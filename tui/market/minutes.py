"""The session's path: last price, volume and turnover at each minute's end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from tui.market.admission import last_of_each
from tui.market.applied import Prints
from tui.market.arrays import Floats, Ints, Times
from tui.market.batch_checks import LIMIT, SMALLEST_PRICE, minute_problem
from tui.market.minute_axis import MinuteAxis
from tui.market.quotes import MinuteBatch

_SMALLEST: Final = 16
_SPARSE: Final = 16
_Float = TypeVar("_Float", np.float64, np.float32)

Locate: TypeAlias = Callable[[tuple[str, ...], npt.NDArray[np.integer]], Ints]
"""`Board.locate`: the board's rows of positions in a source's vocabulary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What came of a backfill.

    Attributes:
        cells: Blank prices that it filled.
        outdated: Whether it belongs to an older epoch and was dropped.
        problem: What is wrong with a batch refused as a whole, in one sentence, else empty.
    """

    cells: int = 0
    outdated: bool = False
    problem: str = ""


class Minutes:
    """What each instrument stood at, minute by minute, blank where unknown.

    The rows are the board's. A minute is named by its start, holds what was last told in it, and
    is blank where nothing was. Prices are float64; volume and turnover float32, which is exact to
    sixteen million and within one part in ten million above: enough for a chart or a share, while
    the day's figures stand on the board in full. A row takes memory from its first quote on.

    A quote whose time is unknown, or that falls in no trading minute, is in no minute; the print
    of an auction that ends a session belongs to the minute before it, as `MinuteAxis` tells.

    Beside a board, for each batch::

        applied = board.apply(batch, clock.monotonic())
        if applied.reset:
            minutes.reset(axis_of(batch.session), batch.epoch)
        if applied.prints:
            minutes.record(applied.prints)

    Args:
        axis: ``datetime64[m][k]`` in UTC: the session's trading minutes, ascending.
        rows: How many rows the board has.
        epoch: The epoch of what will be recorded, where it is known.

    Raises:
        ValueError: The axis does not ascend, or spans more than a week.
    """

    def __init__(self, axis: Times, rows: int = 0, *, epoch: int | None = None) -> None:
        self._rows = rows
        self._epoch = epoch
        self._generation = 0
        self._axis = MinuteAxis(axis)
        self._clear()

    @property
    def axis(self) -> Times:
        """``datetime64[m][k]`` in UTC: the trading minutes, each named by its start."""
        return self._axis.minutes

    @property
    def epoch(self) -> int | None:
        """The epoch that the minutes belong to; None until one is told."""
        return self._epoch

    @property
    def generation(self) -> int:
        """Grows whenever minutes change otherwise than by `record`, which follows the board."""
        return self._generation

    def __len__(self) -> int:
        return self._rows

    def reset(self, axis: Times, epoch: int) -> None:
        """Begin an epoch, blank, unless a backfill has already begun it on the same axis.

        To be called when `Applied.reset` says so, before that batch's quotes are recorded; an
        epoch that begins by itself stays on the old axis.

        Raises:
            ValueError: As for the constructor.
        """
        if epoch == self._epoch and np.array_equal(axis, self._axis.minutes):
            return
        self._axis = MinuteAxis(axis)
        self._epoch = epoch
        self._clear()

    def resize(self, rows: int) -> None:
        """Follow `Board.add`: new rows at the end, blank."""
        self.remap(np.where(np.arange(rows) < self._rows, np.arange(rows), -1))

    def remap(self, previous: npt.NDArray[np.integer]) -> None:
        """Follow `Board.set_symbols`.

        Args:
            previous: ``int[new rows]``, where each row was before, −1 for a new one.
        """
        slot = np.where(previous >= 0, self._slot[previous] if self._rows else -1, -1)
        kept = np.flatnonzero(slot >= 0)
        last, volume, turnover = self._last, self._volume, self._turnover
        self._rows = len(previous)
        self._clear()
        origin, own = slot[kept], self._slots(kept)
        self._last[own] = last[origin]
        self._volume[own] = volume[origin]
        self._turnover[own] = turnover[origin]

    # What came in

    def record(self, prints: Prints) -> None:
        """Take the quotes that the board has taken from a batch; the later of a minute wins.

        Quotes of a newer epoch begin it, those of an older are dropped, as in `fill`.

        Args:
            prints: `Applied.prints`; its rows must be below ``len(self)``.
        """
        if not self._enter(prints.epoch):
            return
        place = self._axis.places(prints.time)
        inside = np.flatnonzero(place >= 0)
        if not len(inside):
            return
        place = place[inside]
        slot = self._slots(prints.rows[inside])
        cells = slot * len(self._axis) + place
        keys, bound = _keys(slot, place, cells, self._used)
        _, whole = last_of_each(keys, bound)
        for store, figures in (
            (self._last, prints.last),
            (self._volume, prints.volume),
            (self._turnover, prints.turnover),
        ):
            if figures is None:
                continue
            values, chosen, ends = figures[inside], cells, whole
            told = values < LIMIT
            if not told.all():
                values, chosen = values[told], cells[told]
                _, ends = last_of_each(keys[told], bound)
            if ends is not None:
                values, chosen = values[ends], chosen[ends]
            store.reshape(-1)[chosen] = values

    def fill(self, batch: MinuteBatch, locate: Locate) -> Filled:
        """Fill in what happened before the quotes began.

        Only blanks are filled: what was recorded is newer than any backfill of its minute. A
        batch of a newer epoch begins it, one of an older is dropped. Minutes outside the axis and
        instruments that are not on the board are left out; figures that cannot be true are read
        as unknown. Never raises for what a source delivers.

        Args:
            batch: The minutes.
            locate: `Board.locate` of the board whose rows these are.
        """
        problem = minute_problem(batch)
        if problem:
            return Filled(problem=problem)
        if not self._enter(batch.epoch):
            return Filled(outdated=True)
        rows = locate(batch.symbols, batch.rows)
        wanted = np.flatnonzero((rows >= 0) & (rows < self._rows))
        _, ends = last_of_each(rows[wanted], self._rows)
        if ends is not None:
            wanted = wanted[ends]
        place = self._axis.places(batch.minutes)
        inside = np.flatnonzero(place >= 0)
        if not len(wanted) or not len(inside):
            return Filled()
        slots = self._slots(rows[wanted])
        filled = 0
        for store, figures, least in (
            (self._turnover, batch.turnover, 0.0),
            (self._volume, batch.volume, 0.0),
            (self._last, batch.last, SMALLEST_PRICE),
        ):
            told = self._spread(figures[np.ix_(wanted, inside)], place[inside], least)
            held = store[slots]
            blank = np.isnan(held) & ~np.isnan(told)
            store[slots] = np.where(blank, told, held)
            filled = int(np.count_nonzero(blank))
        self._generation += 1
        return Filled(cells=filled)

    # What is held

    def last(self) -> Floats:
        """``float64[n, k]``: the last price of each row and minute; a copy."""
        return self._matrix(self._last)

    def volume(self) -> Floats:
        """``float64[n, k]``: shares since the session's start at each minute's end; a copy."""
        return self._matrix(self._volume)

    def turnover(self) -> Floats:
        """``float64[n, k]``: currency since the session's start at each minute's end; a copy."""
        return self._matrix(self._turnover)

    def path(self, row: int) -> Floats:
        """``float64[k]``: the last prices of one row, minute by minute, for a sparkline; a copy.

        Row −1, which stands for an instrument that is not on the board, is blank throughout.
        """
        return self._line(self._last, row)

    def volume_path(self, row: int) -> Floats:
        """``float64[k]``: shares since the session's start of one row; a copy."""
        return self._line(self._volume, row)

    def turnover_path(self, row: int) -> Floats:
        """``float64[k]``: currency since the session's start of one row; a copy."""
        return self._line(self._turnover, row)

    def ended(self, moment: datetime) -> int:
        """How many of the session's minutes had ended by an instant (aware)."""
        return self._axis.ended(moment)

    def at(self, moment: datetime) -> Floats:
        """``float64[n]``: the price in force at an instant, NaN where none is known.

        That is the last price known of the minutes that had ended by then, so that nothing of
        what came later shows; of a minute still running nothing is used.

        Args:
            moment: An aware instant.
        """
        return self._at(self._last, moment)

    def turnover_at(self, moment: datetime) -> Floats:
        """``float64[n]``: currency traded from the session's start up to an instant.

        Zero before the session's first minute has ended; from then on what was last told of the
        minutes that had ended, and NaN where nothing was.

        Args:
            moment: An aware instant.
        """
        if self._axis.ended(moment) == 0:
            return np.zeros(self._rows)
        return self._at(self._turnover, moment)

    def since(self, moment: datetime, base: Floats) -> Floats:
        """``float64[n]``: what a return since an instant is measured against.

        That is the price in force then; before the session's first minute has ended, the base
        price. Where no price is known it is NaN: the base price must not stand in for a path that
        was not seen.

        Args:
            moment: An aware instant.
            base: ``float64[n]``, base prices by row, as `Board.base` gives them.
        """
        return base.copy() if self._axis.ended(moment) == 0 else self.at(moment)

    def first(self, moment: datetime, until: datetime) -> Floats:
        """``float64[n]``: the price after the first trade since an instant, NaN before one.

        That is the first price known of the minutes that begin then or later and have ended
        by another instant; of a minute still running nothing is used.

        Args:
            moment: An aware instant.
            until: An aware instant; nothing of what came after it shows.
        """
        found = np.full(self._rows, np.nan)
        rows = np.flatnonzero(self._slot >= 0)
        start, end, step = self._axis.begun(moment), self._axis.ended(until), 4
        while start < end and len(rows):
            stretch = self._last[self._slot[rows], start : min(end, start + step)]
            known = ~np.isnan(stretch)
            found[rows] = stretch[np.arange(len(rows)), np.argmax(known, axis=1)]
            rows = rows[~known.any(axis=1)]
            start, step = start + step, step * 2
        return found

    # The memory

    def _at(self, store: npt.NDArray[np.floating], moment: datetime) -> Floats:
        """The last known figure of each row among the minutes that had ended by an instant."""
        in_force = np.full(self._rows, np.nan)
        rows = np.flatnonzero(self._slot >= 0)
        stop, step = self._axis.ended(moment), 1
        while stop > 0 and len(rows):
            start = max(0, stop - step)
            stretch = store[self._slot[rows], start:stop]
            known = ~np.isnan(stretch)
            newest = stretch.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
            in_force[rows] = stretch[np.arange(len(rows)), newest]
            rows = rows[~known.any(axis=1)]
            stop, step = start, step * 2
        return in_force

    def _enter(self, epoch: int) -> bool:
        """Whether what belongs to an epoch may be taken; a newer one is begun."""
        if self._epoch is not None and epoch < self._epoch:
            return False
        if self._epoch is not None and epoch > self._epoch:
            self._clear()
        self._epoch = epoch
        return True

    def _clear(self) -> None:
        shape = 0, len(self._axis)
        self._generation += 1
        self._slot = np.full(self._rows, -1)
        self._used = 0
        self._last = np.empty(shape)
        self._volume = np.empty(shape, np.float32)
        self._turnover = np.empty(shape, np.float32)

    def _slots(self, rows: Ints) -> Ints:
        """Where rows are kept, after making room for those that are new."""
        slots: Ints = self._slot[rows]
        if len(slots) and slots.min() < 0:
            # Not np.unique, which imports numpy.ma in the middle of a frame.
            lacking = np.zeros(self._rows, dtype=np.bool_)
            lacking[rows[slots < 0]] = True
            new = np.flatnonzero(lacking)
            self._slot[new] = np.arange(self._used, self._used + len(new))
            self._used += len(new)
            if self._used > len(self._last):
                room = max(self._used, min(2 * len(self._last), self._rows), _SMALLEST)
                self._last = _roomier(self._last, room)
                self._volume = _roomier(self._volume, room)
                self._turnover = _roomier(self._turnover, room)
            slots = self._slot[rows]
        return slots

    def _spread(self, figures: Floats, place: Ints, least: float) -> Floats:
        """Figures of some places as columns of the whole axis; the later of two at a place wins."""
        true = np.where((figures >= least) & (figures < LIMIT), figures, np.nan)
        whole = np.full((len(figures), len(self._axis)), np.nan)
        # At most two clock minutes share a place, and the second comes right after the first.
        again = np.flatnonzero(place[1:] == place[:-1]) + 1
        once = np.delete(np.arange(len(place)), again)
        whole[:, place[once]] = true[:, once]
        whole[:, place[again]] = np.where(
            np.isnan(true[:, again]), whole[:, place[again]], true[:, again]
        )
        return whole

    def _matrix(self, store: npt.NDArray[np.floating]) -> Floats:
        matrix = np.full((self._rows, len(self._axis)), np.nan)
        held = np.flatnonzero(self._slot >= 0)
        matrix[held] = store[self._slot[held]]
        return matrix

    def _line(self, store: npt.NDArray[np.floating], row: int) -> Floats:
        slot = int(self._slot[row]) if row >= 0 else -1
        if slot < 0:
            return np.full(len(self._axis), np.nan)
        line: Floats = store[slot].astype(np.float64)
        return line


def _roomier(store: npt.NDArray[_Float], room: int) -> npt.NDArray[_Float]:
    larger = np.full((room, store.shape[1]), np.nan, store.dtype)
    larger[: len(store)] = store
    return larger


def _keys(slot: Ints, place: Ints, cells: Ints, slots: int) -> tuple[Ints, int]:
    """Small numbers that tell cells apart, and how many there can be.

    Live quotes fall in one minute or two, so slot and minute make a dense number; quotes strewn
    over the day are numbered by sorting.
    """
    first = int(place.min())
    width = int(place.max()) - first + 1
    if slots * width <= _SPARSE * len(cells) + 65_536:
        return slot * width + (place - first), slots * width
    distinct, keys = np.unique(cells, return_inverse=True)
    return keys, len(distinct)
