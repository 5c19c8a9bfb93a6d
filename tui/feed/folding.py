"""Many quote batches as few: what a reader that was away needs to catch up in one step.

Applying the folded batches leaves a board as applying the original ones in their order would:
the latest value of each field of each symbol, the highest high and the lowest low.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tui.market.arrays import Bytes, Flags, Floats, Ints, Rows, Times
from tui.market.quotes import BOOK, Delay, Field, QuoteBatch

_STATE_TOLD = 1 << len(Field)


def alike(one: QuoteBatch, other: QuoteBatch) -> bool:
    """Whether two batches may be folded into one another."""
    return (
        one.symbols is other.symbols
        and one.epoch == other.epoch
        and one.source == other.source
        and one.session == other.session
        and one.delay == other.delay
        and one.takes_over == other.takes_over
    )


def by_tenure(batches: Sequence[QuoteBatch]) -> list[list[QuoteBatch]]:
    """Runs that may each be folded, over different symbols but for what takes over.

    A quote that takes over makes those of its symbol before it void. What is left of a symbol is
    of one source, which took over first, if at all. It goes by the delay class that the source told
    last. So the order between runs matters no more than that what takes over comes first.

    Args:
        batches: Of one vocabulary and epoch, oldest first.
    """
    count = len(batches[0].symbols)
    taken, latest = np.full(count, -1), np.zeros(count, np.int64)
    classes: dict[tuple[str, Delay], int] = {}
    for place, batch in enumerate(batches):
        if batch.takes_over:
            taken[batch.rows] = place
        latest[batch.rows] = classes.setdefault((batch.source, batch.delay), len(classes))
    told = list(classes)
    names = list(dict.fromkeys(source for source, _ in told))
    sources = np.array([names.index(source) for source, _ in told])
    runs: dict[tuple[bool, int], list[QuoteBatch]] = {}
    for place, batch in enumerate(batches):
        own, valid = classes[batch.source, batch.delay], taken[batch.rows] <= place
        mine = latest[batch.rows]
        mine = np.where(sources[mine] == sources[own], mine, own)
        for found in np.unique(mine[valid]).tolist() or [own]:
            which = valid & (mine == found)
            part = batch if which.all() else only(batch, which)
            part = part if found == own else replace(part, delay=told[found][1])
            runs.setdefault((not batch.takes_over, found), []).append(part)
    return [runs[key] for key in sorted(runs, key=lambda key: key[0])]


def by_minute(batches: Sequence[QuoteBatch]) -> list[list[QuoteBatch]]:
    """Stretches of batches whose newest quotes are of one minute each, in their order.

    Args:
        batches: Of one epoch, oldest first.
    """
    stretches: list[list[QuoteBatch]] = []
    minute: np.datetime64 | None = None
    for batch in batches:
        newest = np.fmax.reduce(batch.time, initial=np.datetime64("NaT", "ms"))
        own = minute if np.isnat(newest) else newest.astype("datetime64[m]")
        if not stretches or (minute is not None and own != minute):
            stretches.append([])
        minute = own
        stretches[-1].append(batch)
    return stretches


def only(batch: QuoteBatch, which: Flags | Ints | slice) -> QuoteBatch:
    """Some of a batch's quotes."""
    return replace(
        batch,
        rows=batch.rows[which],
        fields={name: values[which] for name, values in batch.fields.items()},
        time=batch.time[which],
        state=None if batch.state is None else batch.state[which],
        quality=None if batch.quality is None else batch.quality[which],
    )


def fold(batches: Sequence[QuoteBatch]) -> list[QuoteBatch]:
    """Fold batches that are all `alike`, oldest first.

    NaN clears a field of the book and leaves any other, so symbols for which different fields
    of the book were told come back in batches of their own. A last price that stood higher
    or lower on the way than the highs, lows and last prices that come back tell is kept as an
    earlier entry of the same symbol.

    Args:
        batches: At least one; no quote older than the one before it for its symbol.

    Returns:
        Batches over disjoint symbols, so that their order does not matter; at least one, be it
        empty, because it may be what opens the epoch.
    """
    catch = _Catch(batches[0])
    for batch in batches:
        catch.add(batch)
    return catch.batches() or [batches[-1]]


class _Catch:
    """One dense column per field over the vocabulary."""

    def __init__(self, first: QuoteBatch) -> None:
        self._first = first
        size = len(first.symbols)
        self._touched: Flags = np.zeros(size, np.bool_)
        self._told: Ints = np.zeros(size, np.int64)
        self._values: dict[Field, Floats] = {}
        self._time: Times = np.full(size, np.datetime64("NaT"), "datetime64[ms]")
        self._state: Bytes = np.zeros(size, np.uint8)
        self._quality: Bytes | None = None
        self._peak: Floats = np.full(size, np.nan)
        self._trough: Floats = np.full(size, np.nan)

    def add(self, batch: QuoteBatch) -> None:
        rows = batch.rows
        self._touched[rows] = True
        told = 0
        for name, values in batch.fields.items():
            held = self._values.get(name)
            if held is None:
                held = self._values[name] = np.full(len(self._touched), np.nan)
            if name in BOOK:
                held[rows] = values
                told |= 1 << name
            elif name is Field.HIGH:
                np.fmax.at(held, rows, values)
            elif name is Field.LOW:
                np.fmin.at(held, rows, values)
            else:
                known = ~np.isnan(values)
                held[rows[known]] = values[known]
        if Field.LAST in batch.fields:
            np.fmax.at(self._peak, rows, batch.fields[Field.LAST])
            np.fmin.at(self._trough, rows, batch.fields[Field.LAST])
        np.fmax.at(self._time, rows, batch.time)
        if batch.state is not None:
            self._state[rows] = batch.state
            told |= _STATE_TOLD
        if batch.quality is not None and self._quality is None:
            self._quality = np.zeros(len(self._touched), np.uint8)
        if self._quality is not None:
            self._quality[rows] = 0 if batch.quality is None else batch.quality
        self._told[rows] |= told

    def batches(self) -> list[QuoteBatch]:
        touched = np.flatnonzero(self._touched)
        told = self._told[touched]
        return [
            self._batch(touched[told == mask].astype(np.int32), mask)
            for mask in sorted(set(told.tolist()))
        ]

    def _batch(self, rows: Rows, told: int) -> QuoteBatch:
        peaks = self._turns(rows, self._peak, Field.HIGH, np.greater)
        troughs = self._turns(rows, self._trough, Field.LOW, np.less)
        every = np.concatenate([peaks, troughs, rows])
        fields: dict[Field, Floats] = {}
        for name, held in self._values.items():
            values = held[every]
            carried = told & (1 << name) if name in BOOK else not np.isnan(values).all()
            if carried:
                fields[name] = values
        if Field.LAST in fields:
            last = fields[Field.LAST]
            last[: len(peaks)] = self._peak[peaks]
            last[len(peaks) : len(peaks) + len(troughs)] = self._trough[troughs]
        return replace(
            self._first,
            rows=every,
            fields=fields,
            time=self._time[every],
            state=self._state[every] if told & _STATE_TOLD else None,
            quality=None if self._quality is None else self._quality[every],
        )

    def _turns(self, rows: Rows, turns: Floats, extreme: Field, beyond: np.ufunc) -> Rows:
        """The rows whose last price stood further out on the way than anything else tells."""
        if Field.LAST not in self._values:
            return rows[:0]
        reached = turns[rows]
        further: Flags = beyond(reached, self._values[Field.LAST][rows])
        if extreme in self._values:
            told = self._values[extreme][rows]
            further &= np.isnan(told) | beyond(reached, told)
        outer: Rows = rows[further]
        return outer
