"""Which quotes of a batch reach the board."""

from dataclasses import dataclass

import numpy as np

from tui.market.arrays import Flags, Ints
from tui.market.columns import UNKNOWN_TIME


@dataclass(frozen=True, slots=True, eq=False)
class Admitted:
    """Quotes taken from a batch, in the order of their arrival.

    Attributes:
        pick: ``int64[n]``, the position in the batch of each, or None where all are taken.
        rows: ``int64[n]``, the board's row of each.
        milliseconds: ``int64[n]``, exchange time of each, or `UNKNOWN_TIME`.
        touched: ``int64[m]``, the rows, each once.
        ends: ``int64[m]``, the position among the admitted of the last quote of each touched row,
            or None where no row repeats, so that `touched` is `rows`.
        unknown, outdated, late: Quotes of no row; older than the one held; stamped in the future,
            whose time counts as unknown.
    """

    pick: Ints | None
    rows: Ints
    milliseconds: Ints
    touched: Ints
    ends: Ints | None
    unknown: int
    outdated: int
    late: int

    def __len__(self) -> int:
        return len(self.rows)


def admit(rows: Ints, milliseconds: Ints, held: Ints, latest: int) -> Admitted:
    """Choose the quotes of a batch.

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
        rows, milliseconds = rows[pick], milliseconds[pick]
    unknown = total - len(rows)
    late = 0
    if len(rows) and milliseconds.max() > latest:
        future = milliseconds > latest
        late = int(np.count_nonzero(future))
        milliseconds = np.where(future, UNKNOWN_TIME, milliseconds)
    outdated = 0
    stale = _stale(rows, milliseconds, held)
    if stale.any():
        kept = np.flatnonzero(~stale)
        outdated = len(rows) - len(kept)
        rows, milliseconds = rows[kept], milliseconds[kept]
        pick = kept if pick is None else pick[kept]
    touched, ends = last_of_each(rows, len(held))
    return Admitted(pick, rows, milliseconds, touched, ends, unknown, outdated, late)


def last_of_each(keys: Ints, bound: int) -> tuple[Ints, Ints | None]:
    """The distinct keys and where each occurs last.

    Args:
        keys: ``int64[n]``, each from 0 to below `bound`.
        bound: How many keys there can be; so much memory is used for a moment.

    Returns:
        The keys, each once, and the position of the last of each, or None where none repeats and
        the keys are returned as they came.
    """
    if (keys[1:] > keys[:-1]).all():
        return keys, None
    last = np.full(bound, -1)
    np.maximum.at(last, keys, np.arange(len(keys)))
    distinct = np.flatnonzero(last >= 0)
    if len(distinct) == len(keys):
        return keys, None
    return distinct, last[distinct]


def _stale(rows: Ints, milliseconds: Ints, held: Ints) -> Flags:
    """Which quotes are older than the newest of their row before them, held or in the batch.

    A quote without a time is never stale.
    """
    newest = held[rows]
    if not (milliseconds[1:] >= milliseconds[:-1]).all():
        newest = _newest_before(rows, np.maximum(milliseconds, newest))
    stale: Flags = (milliseconds < newest) & (milliseconds != UNKNOWN_TIME)
    return stale


def _newest_before(rows: Ints, milliseconds: Ints) -> Ints:
    """The newest time so far of each quote's row, the quote's own included.

    The quotes are sorted by row and the times replaced by their ranks; lifting each row's ranks
    above those of the row before makes one running maximum serve all rows and cannot overflow.
    """
    order = np.argsort(rows, kind="stable")
    distinct, rank = np.unique(milliseconds[order], return_inverse=True)
    floor = rows[order] * len(distinct)
    newest = np.empty_like(milliseconds)
    newest[order] = distinct[np.maximum.accumulate(floor + rank) - floor]
    return newest
