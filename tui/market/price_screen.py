"""Which prices can be true: the day's limits, and leaps that no market makes.

Every price of a batch is held against a band of its instrument. For a name of Tokyo the band is
the day's price limits, which follow from its base price and which no repetition can change. For
anything else it is what lies within `LEAP` of the price held, and a leap out of it is believed
once a second quote confirms it; a leap beyond `SCALE`, as of pence taken for pounds, only when the
quotes also bring a base price that fits it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.market.admission import Admitted
from tui.market.arrays import Bytes, Flags, Floats, Ints
from tui.market.batch_checks import LIMIT
from tui.market.board_apply import BatchWriter
from tui.market.columns import UNKNOWN_TIME, Columns
from tui.market.doubts import Doubts, Reason
from tui.market.quotes import BASES, PRICES, Field, Quality, QuoteBatch
from tui.market.rules import price_limits

LEAP: Final = 1.35
"""A price this many times the one held, or less than its inverse, has to be confirmed."""
SCALE: Final = 5.0
"""A leap this wide is an error of units unless a base price of its own comes with it."""
_ROOM: Final = 3.0
"""How far a day's range, and its book, may be from the last price where there are no limits."""
_NEAR: Final = 1.1
"""How close a second quote has to be to the first to confirm it."""
_HAIR: Final = 1e-9
"""A share of a limit that counts as rounding of binary fractions."""
_TOKYO_OPENS_DAY: Final = -9 * 3_600_000
"""Midnight in Tokyo, in milliseconds from midnight in UTC of the same date."""
_SIDE = tuple(PRICES - BASES - {Field.LAST})


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What of a batch may be taken.

    Attributes:
        batch: The batch, without the single figures that were held back.
        held: ``bool[n]``, which quotes are held back whole; None for none.
        rebased: ``int64[m]``, the board's rows whose base price another replaces.
        count: Quotes and figures held back.
    """

    batch: QuoteBatch
    held: Flags | None
    rebased: Ints
    count: int

    @property
    def positions(self) -> Ints | None:
        """``int64[m]``: which quotes are held back whole; None for none."""
        return None if self.held is None else np.flatnonzero(self.held)

    def taken(self, rows: Ints) -> Flags:
        """``bool[n]``: which quotes are not held back whole."""
        return np.ones(len(rows), np.bool_) if self.held is None else ~self.held


_NONE: Final[Ints] = np.empty(0, np.int64)


class PriceScreen:
    """Judges batches against the board they are meant for.

    Args:
        limited: ``bool[rows]``, which of them have the daily limits of Tokyo.
        fine: ``bool[rows]``, which trade on the finer ticks.
        doubts: The account of what is held back, with one row for each instrument.
    """

    def __init__(self, limited: Flags, fine: Flags, doubts: Doubts) -> None:
        self._limited = limited
        self._fine = fine
        self.doubts = doubts
        rows = len(limited)
        self._all_limited = bool(limited.all())
        self._lower: Floats = np.zeros(rows)
        self._upper: Floats = np.full(rows, LIMIT)
        self._banded: Flags = np.zeros(rows, np.bool_)
        self._traded_on: Floats = np.full(rows, np.nan)
        """The base price that the session first traded on, of rows that have had another since."""
        self._open_rows = rows

    def forget(self) -> None:
        """Begin anew, as with another session."""
        self._lower.fill(0.0)
        self._upper.fill(LIMIT)
        self._banded.fill(False)
        self._traded_on.fill(np.nan)
        self.doubts.clear()

    def follow(self, columns: Columns, rows: Ints | None = None) -> None:
        """Set the bands of rows from what is held of them; of every row where none are given."""
        every = rows is None
        rows = np.arange(len(columns)) if rows is None else rows
        base = _base(columns, rows)
        lower, upper = self._limits(base, rows)
        banded = np.isfinite(upper)
        last = columns.values[Field.LAST][rows]
        reference = np.where(np.isnan(last), base, last)
        known = np.isfinite(reference)
        self._lower[rows] = np.where(banded, lower, np.where(known, reference / LEAP, 0.0))
        self._upper[rows] = np.where(banded, upper, np.where(known, reference * LEAP, LIMIT))
        self._banded[rows] = banded
        if every or len(rows):
            self._open_rows = len(self._banded) - int(np.count_nonzero(self._banded))

    def settle(
        self, columns: Columns, verdict: Verdict, admitted: Admitted, writer: BatchWriter
    ) -> tuple[Ints, Ints]:
        """Take up what a batch has changed: bands, and the flags of what was held back.

        A price of the day that a new base price leaves outside its limits is of another day.

        Returns:
            The rows that lost a price, and those of which something was held back.
        """
        rows, changed = verdict.rebased, verdict.rebased[:0]
        if verdict.batch.takes_over:
            rows = np.concatenate([rows, writer.rows])
        if len(rows):
            self.follow(columns, rows)
            changed = rows[self._blank_outside(columns, rows)]
        elif self._open_rows and Field.LAST in writer.figures:
            free = writer.rows[~self._banded[writer.rows]]
            if len(free):
                self.follow(columns, free)
        if not self.doubts.any:
            return changed, changed[:0]
        ends = np.arange(len(admitted)) if admitted.ends is None else admitted.ends
        places = ends if admitted.pick is None else admitted.pick[ends]
        flagged = self.doubts.flag(columns.quality, writer.rows, places, writer.tells)
        return changed, flagged

    def _blank_outside(self, columns: Columns, rows: Ints) -> Flags:
        blanked: Flags = np.zeros(len(rows), np.bool_)
        lower, upper = self._lower[rows], self._upper[rows]
        for field in PRICES - BASES:
            values = columns.values[field]
            with np.errstate(invalid="ignore"):
                out = ((values[rows] < lower) | (values[rows] > upper)) & self._banded[rows]
            values[rows[out]] = np.nan
            blanked |= out
        return blanked

    def judge(self, batch: QuoteBatch, rows: Ints, columns: Columns, source: int) -> Verdict:
        """Judge a batch.

        Args:
            batch: The quotes, whose form has been checked.
            rows: ``int64[n]``, the board's row of each, −1 where there is none.
            columns: What the board holds.
            source: The batch's position in the board's list of sources.
        """
        if not len(rows):
            return Verdict(batch, None, _NONE, 0)
        lower, upper = self._lower[rows], self._upper[rows]
        held: Flags | None = None
        reasons: Bytes | None = None
        rebased = _NONE
        base = _told_base(batch)
        if base is not None:
            rebased, wrong, lower, upper = self._bases(
                base, rows, columns, batch.session, lower, upper
            )
            if wrong is not None:
                held, reasons = wrong, np.where(wrong, Reason.BASE, 0).astype(np.uint8)
        last = batch.fields.get(Field.LAST)
        if last is not None:
            out: Flags = (last < lower) | (last > upper)
            if out.any():
                out &= (rows >= 0) & (last != 0.0)
                out &= ~self._confirmed(out, batch, base, rows)
            if out.any():
                fresh = out if held is None else out & ~held
                reasons = np.zeros(len(rows), np.uint8) if reasons is None else reasons
                reasons[fresh] = self._reasons(last[fresh], rows[fresh])
                held = out if held is None else held | out
        early = self._early(batch, rows, columns)
        if early is not None:
            reasons = np.zeros(len(rows), np.uint8) if reasons is None else reasons
            reasons[early if held is None else early & ~held] = Reason.EARLY
            held = early if held is None else held | early
        count = 0
        if held is not None and reasons is not None:
            where = np.flatnonzero(held)
            count = len(where)
            figure = last if last is not None else base
            values = np.full(len(where), np.nan) if figure is None else figure[where]
            if base is not None:
                values = np.where(reasons[where] == Reason.BASE, base[where], values)
            fields = np.where(reasons[where] == Reason.BASE, Field.BASE, Field.LAST)
            self.doubts.note(
                rows[where], reasons[where], fields, values, batch.time[where], source,
                lower[where], upper[where], where,
            )  # fmt: skip
        batch, spoilt = self._figures(batch, rows, lower, upper, held, source)
        return Verdict(batch, held, rebased, count + spoilt)

    def _limits(self, base: Floats, rows: Ints) -> tuple[Floats, Floats]:
        limited = self._limited[rows]
        lower, upper = price_limits(np.where(limited, base, np.nan), self._fine[rows])
        return lower * (1 - _HAIR), upper * (1 + _HAIR)

    def _bases(
        self,
        base: Floats,
        rows: Ints,
        columns: Columns,
        session: date,
        lower: Floats,
        upper: Floats,
    ) -> tuple[Ints, Flags | None, Floats, Floats]:
        """Judge base prices, which set the band that the prices beside them are held against.

        A session has one base price. One that is a leap from it is an error as soon as something
        has traded on the one held; before that, it is how a split or a source's late correction
        shows.
        """
        own = _base(columns, rows)
        differs = (base != own) & (base > 0.0) & (base < LIMIT) & (rows >= 0)
        if not differs.any():
            return _NONE, None, lower, upper
        at = np.flatnonzero(differs)
        new, old = base[at], own[at]
        begins = int(np.datetime64(session, "ms").astype(np.int64)) + _TOKYO_OPENS_DAY
        instants = columns.milliseconds[rows[at]]
        traded = np.isfinite(columns.values[Field.LAST][rows[at]])
        traded &= (instants >= begins) | (instants == UNKNOWN_TIME)
        # Against the first one: small steps must lead no further than one, and a way back is open.
        first = self._traded_on[rows[at]]
        first = np.where(np.isnan(first), old, first)
        leaps = ((new > first * LEAP) | (new * LEAP < first)) & traded & self._limited[rows[at]]
        steps = traded & ~leaps
        self._traded_on[rows[at[steps]]] = first[steps]
        wrong: Flags | None = None
        if leaps.any():
            wrong = np.zeros(len(rows), np.bool_)
            wrong[at[leaps]] = True
            at = at[~leaps]
            new = base[at]
        low, high = self._limits(new, rows[at])
        banded = np.isfinite(high)
        lower[at] = np.where(banded, low, lower[at])
        upper[at] = np.where(banded, high, upper[at])
        return rows[at], wrong, lower, upper

    def _confirmed(self, out: Flags, batch: QuoteBatch, base: Floats | None, rows: Ints) -> Flags:
        """Which leaps of rows without limits a quote before has already told of.

        What is not confirmed waits to be; a quote inside the band takes it back.
        """
        confirmed: Flags = np.zeros(len(rows), np.bool_)
        doubts = self.doubts
        if doubts.waiting:
            inside = rows[~out & (rows >= 0)]
            inside = inside[~np.isnan(batch.fields[Field.LAST][~out & (rows >= 0)])]
            doubts.settle(inside)
        at = np.flatnonzero(out & ~self._banded[rows])
        if not len(at):
            return confirmed
        last, mine = batch.fields[Field.LAST][at], rows[at]
        sane = (last > 0.0) & (last < LIMIT)
        instants = batch.time[at].view(np.int64)
        wide = (last > self._upper[mine] / LEAP * SCALE) | (last < self._lower[mine] * LEAP / SCALE)
        if base is not None:
            wide &= ~((last < base[at] * LEAP) & (last * LEAP > base[at]))
        pending = doubts.pending[mine]
        again = (last < pending * _NEAR) & (last * _NEAR > pending) & sane & ~wide
        again &= (instants > doubts.pending_since[mine]) | (instants == UNKNOWN_TIME)
        # A row that also quotes inside its band in this batch has not leapt.
        steady = np.zeros(len(self._banded), np.bool_)
        steady[rows[~out & (rows >= 0)]] = True
        again &= ~steady[mine]
        confirmed[at[again]] = True
        doubts.settle(mine[again])
        waits = ~again & sane & ~steady[mine]
        doubts.wait(mine[waits], last[waits], instants[waits])
        return confirmed

    def _reasons(self, last: Floats, rows: Ints) -> npt.NDArray[np.uint8]:
        reasons = np.where(self._banded[rows], Reason.LIMITS, Reason.LEAP)
        reasons = np.where((last < 0.0) | ~np.isfinite(last), Reason.NO_PRICE, reasons)
        return reasons.astype(np.uint8)

    def _early(self, batch: QuoteBatch, rows: Ints, columns: Columns) -> Flags | None:
        """Quotes from the future, where there is a quote of a known time to keep instead."""
        if batch.quality is None:
            return None
        early: Flags = (batch.quality & Quality.EARLY) != 0
        if not early.any():
            return None
        early &= (rows >= 0) & (columns.milliseconds[rows] != UNKNOWN_TIME)
        early &= np.isfinite(columns.values[Field.LAST][rows])
        return early if early.any() else None

    def _figures(
        self,
        batch: QuoteBatch,
        rows: Ints,
        lower: Floats,
        upper: Floats,
        held: Flags | None,
        source: int,
    ) -> tuple[QuoteBatch, int]:
        """Hold back single prices of quotes whose last price is taken."""
        spoilt: dict[Field, Floats] = {}
        count = 0
        for field in _SIDE:
            values = batch.fields.get(field)
            if values is None:
                continue
            out: Flags = (values < lower) | (values > upper)
            if not out.any():
                continue
            out &= (rows >= 0) & (values != 0.0)
            if self._open_rows:
                wide = (values < lower / _ROOM) | (values > upper * _ROOM)
                out &= self._banded[rows] | wide
            if held is not None:
                out &= ~held
            where = np.flatnonzero(out)
            if not len(where):
                continue
            count += len(where)
            self.doubts.note(
                rows[where], self._reasons(values[where], rows[where]),
                np.full(len(where), field), values[where], batch.time[where], source,
                lower[where], upper[where], where,
            )  # fmt: skip
            spoilt[field] = np.where(out, np.nan, values)
        if spoilt:
            batch = replace(batch, fields={**batch.fields, **spoilt})
        return batch, count


def tokyo(symbols: Iterable[str]) -> Flags:
    """``bool[n]``: which symbols are of Tokyo, and so have daily limits."""
    return np.array([symbol.endswith(".T") for symbol in symbols], np.bool_)


def _base(columns: Columns, rows: Ints) -> Floats:
    base: Floats = columns.values[Field.BASE][rows]
    previous: Floats = columns.values[Field.PREVIOUS_CLOSE][rows]
    return np.where(np.isnan(base), previous, base)


def _told_base(batch: QuoteBatch) -> Floats | None:
    """The base price of each quote as the board would have it; NaN where none is told."""
    base = batch.fields.get(Field.BASE)
    previous = batch.fields.get(Field.PREVIOUS_CLOSE)
    if base is None:
        return previous
    return base if previous is None else np.where(np.isnan(base), previous, base)
