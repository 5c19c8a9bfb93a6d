"""Which quotes of a batch reach the board, and in what order."""

from dataclasses import dataclass

import numpy as np

from tui.market.arrays import Flags, Ints
from tui.market.columns import UNKNOWN_TIME

_RADIX_ROWS = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Admitted:
    """Quotes taken from a batch, in ascending order of rows, a row's in order of arrival.

    Attributes:
        pick: ``int64[n]``, the position in the batch of each, or None where that is all of
            the batch as it came.
        rows: ``int64[n]``, the board's row of each.
        milliseconds: ``int64[n]``, exchange time of each, or `UNKNOWN_TIME`.
        starts: ``int64[m]``, where each row's quotes begin, or None where no row repeats.
        unknown, outdated, late: Quotes of no row; older than the one held; stamped in the future,
            whose time counts as unknown.
    """

    pick: Ints | None
    rows: Ints
    milliseconds: Ints
    starts: Ints | None
    unknown: int
    outdated: int
    late: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def touched(self) -> Ints:
        """``int64[m]``: the rows, each once."""
        return self.rows if self.starts is None else self.rows[self.starts]


def admit(rows: Ints, milliseconds: Ints, held: Ints, latest: int) -> Admitted:
    """Choose and order the quotes of a batch.

    Args:
        rows: ``int64[n]``, the board's row of each quote, −1 where there is none.
        milliseconds: ``int64[n]``, their exchange times, or `UNKNOWN_TIME`.
        held: ``int64[board rows]``, the exchange times held.
        latest: The last instant that a quote can truthfully bear.
    """
    total = len(rows)
    pick: Ints | None = None
    if total and rows.min() < 0:
        pick = np.flatnonzero(rows >= 0)
        rows = rows[pick]
    unknown = total - len(rows)
    if not _ascending(rows):
        order = _order(rows, len(held))
        rows = rows[order]
        pick = order if pick is None else pick[order]
    if pick is not None:
        milliseconds = milliseconds[pick]
    late = 0
    if len(rows) and milliseconds.max() > latest:
        future = milliseconds > latest
        late = int(np.count_nonzero(future))
        milliseconds = np.where(future, UNKNOWN_TIME, milliseconds)
    starts = _starts(rows)
    stale = _stale(rows, milliseconds, held, starts)
    outdated = 0
    if stale is not None:
        keep = np.flatnonzero(~stale)
        outdated = len(rows) - len(keep)
        rows, milliseconds = rows[keep], milliseconds[keep]
        pick = keep if pick is None else pick[keep]
        starts = _starts(rows)
    return Admitted(pick, rows, milliseconds, starts, unknown, outdated, late)


def _ascending(rows: Ints) -> bool:
    return bool((rows[1:] >= rows[:-1]).all())


def _order(rows: Ints, bound: int) -> Ints:
    """A stable order by row; 16-bit keys are sorted by radix, several times faster."""
    keys = rows.astype(np.uint16) if bound <= _RADIX_ROWS else rows
    return np.argsort(keys, kind="stable").astype(np.int64, copy=False)


def _starts(rows: Ints) -> Ints | None:
    new = rows[1:] != rows[:-1]
    if new.all():
        return None
    return np.concatenate((np.zeros(1, np.int64), np.flatnonzero(new) + 1))


def _stale(rows: Ints, milliseconds: Ints, held: Ints, starts: Ints | None) -> Flags | None:
    """Which quotes are older than the newest before them, held or in the batch; None for none.

    A quote without a time is never stale.
    """
    newest = held[rows]
    if starts is not None:
        in_order = milliseconds[1:] >= milliseconds[:-1]
        in_order[starts[1:] - 1] = True
        if not in_order.all():
            newest = _running_newest(np.maximum(milliseconds, newest), starts)
    stale: Flags = (milliseconds < newest) & (milliseconds != UNKNOWN_TIME)
    return stale if stale.any() else None


def _running_newest(milliseconds: Ints, starts: Ints) -> Ints:
    """The newest time so far within each row's quotes.

    The times are replaced by their ranks, so that lifting each row's quotes above those of the
    row before makes one running maximum serve all rows and cannot overflow.
    """
    distinct, rank = np.unique(milliseconds, return_inverse=True)
    lengths = np.diff(starts, append=len(milliseconds))
    floor = np.repeat(np.arange(len(starts)) * len(distinct), lengths)
    newest: Ints = distinct[np.maximum.accumulate(floor + rank) - floor]
    return newest
