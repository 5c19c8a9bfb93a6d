"""Writing the admitted quotes of a batch into the board's columns, all at once."""

from dataclasses import dataclass

import numpy as np

from tui.market.admission import Admitted
from tui.market.arrays import Bytes, Flags, Floats, Ints
from tui.market.batch_checks import LIMIT, SMALLEST_PRICE
from tui.market.columns import Columns
from tui.market.quotes import BOOK, PRICES, Field, Quality, QuoteBatch, QuoteState

_EXTREMES = frozenset({Field.HIGH, Field.LOW})
_STANDS_IN = np.uint8(Quality.BASE_IS_PREVIOUS_CLOSE)
_OTHER_QUALITIES = np.uint8(sum(Quality) & ~(Quality.BASE_IS_PREVIOUS_CLOSE | Quality.HELD_BACK))
_HIGHEST_STATE = max(QuoteState)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One field, without what cannot be true.

    Attributes:
        values: ``float64[n]``, NaN where not told.
        told: ``bool[n]``, or None where every one is told.
    """

    values: Floats
    told: Flags | None


class BatchWriter:
    """Writes one batch; each field is read, compared and written once for all rows.

    Args:
        columns: The board's columns, cut to its rows.
        batch: The batch, whose form has been checked.
        admitted: Its quotes that count; at least one.

    Attributes:
        rows: ``int64[m]``, the rows touched, each once, ascending.
        changed: ``bool[m]``, whether anything in the row differs now.
        bad_values: Figures that were read as not told because they cannot be true.
        figures: What the admitted quotes tell, by field.
    """

    __slots__ = ("_admitted", "_batch", "_columns", "bad_values", "changed", "figures", "rows")

    def __init__(self, columns: Columns, batch: QuoteBatch, admitted: Admitted) -> None:
        self._columns = columns
        self._batch = batch
        self._admitted = admitted
        self.rows = admitted.touched
        self.changed: Flags = np.zeros(len(self.rows), np.bool_)
        self.bad_values = admitted.late
        self.figures: dict[Field, Figures] = {}

    def write(self, source: int, at: float) -> None:
        """Write everything.

        Args:
            source: The batch's position in the board's list of sources.
            at: The host's monotonic seconds, for the rows whose last price moves.
        """
        pick = self._admitted.pick
        for field, values in self._batch.fields.items():
            figures = self._clean(values if pick is None else values[pick], field)
            self.figures[field] = figures
            if field is Field.LAST:
                self._write_last(figures, at)
            elif field in BOOK:
                self._write_book(field, figures)
            elif field not in _EXTREMES:
                self._write_told(field, figures)
        self._write_extremes()
        self._write_times()
        self._write_states()
        self._write_qualities()
        self._write_codes(self._columns.source, np.full(len(self.rows), source, np.uint8))

    def tells(self, field: Field) -> Flags:
        """``bool[m]``: which of the rows touched the batch has told a field."""
        figures = self.figures.get(field)
        if figures is None:
            return np.zeros(len(self.rows), np.bool_)
        return self._latest(figures) >= 0

    def _clean(self, values: Floats, field: Field) -> Figures:
        least = SMALLEST_PRICE if field in PRICES else 0.0
        if values.min() >= least and values.max() < LIMIT:
            return Figures(values, None)
        told = (values >= least) & (values < LIMIT)
        bad = ~(told | np.isnan(values))
        if bad.any():
            self.bad_values += int(np.count_nonzero(bad))
            values = np.where(bad, np.nan, values)
        return Figures(values, told)

    def _final(self, figures: Figures) -> Figures:
        """The last figure told for each row touched."""
        if self._admitted.ends is None:
            return figures
        latest = self._latest(figures)
        values = figures.values[latest]
        return Figures(values, None if figures.told is None else latest >= 0)

    def _latest(self, figures: Figures) -> Ints:
        """Where each row touched is told last, among the admitted quotes; −1 for never."""
        ends, told = self._admitted.ends, figures.told
        if told is None:
            return np.arange(len(self.rows)) if ends is None else ends
        if ends is None:
            return np.where(told, np.arange(len(self.rows)), -1)
        positions = np.flatnonzero(told)
        latest = np.full(len(self._columns), -1)
        np.maximum.at(latest, self._admitted.rows[positions], positions)
        return latest[self.rows]

    def _write_told(self, field: Field, figures: Figures) -> None:
        column, final = self._columns.values[field], self._final(figures)
        held = column[self.rows]
        differs: Flags = held != final.values
        if final.told is None:
            column[self.rows] = final.values
        else:
            differs &= final.told
            column[self.rows] = np.where(final.told, final.values, held)
        self.changed |= differs

    def _write_book(self, field: Field, figures: Figures) -> None:
        column, values = self._columns.values[field], figures.values
        if self._admitted.ends is not None:
            values = values[self._admitted.ends]
        held = column[self.rows]
        differs: Flags = held != values
        if figures.told is not None:
            differs &= ~(np.isnan(held) & np.isnan(values))
        column[self.rows] = values
        self.changed |= differs

    def _write_last(self, figures: Figures, at: float) -> None:
        column = self._columns.values[Field.LAST]
        held = column[self.rows]
        self._write_told(Field.LAST, figures)
        now = column[self.rows]
        for direction, moved in ((1, now > held), (-1, now < held)):
            rows = self.rows[moved]
            self._columns.moved[rows] = direction
            self._columns.moved_at[rows] = at

    def _write_extremes(self) -> None:
        """Widen the day's range by every high, low and last price of the batch.

        A range that no source has told stays unknown: the highest price since the program
        started is not the day's high.
        """
        if not (Field.LAST in self.figures or _EXTREMES & self.figures.keys()):
            return
        for field, widen in ((Field.HIGH, np.fmax), (Field.LOW, np.fmin)):
            column = self._columns.values[field]
            held = column[self.rows]
            now = held
            if field in self.figures:
                now = widen(held, self._furthest(field, widen))
            known = ~np.isnan(now)
            if not known.any():
                continue
            traded = self._columns.values[Field.LAST][self.rows]
            if self._admitted.ends is not None and Field.LAST in self.figures:
                traded = widen(traded, self._furthest(Field.LAST, widen))
            now = np.where(known, widen(now, traded), np.nan)
            column[self.rows] = now
            self.changed |= known & (now != held)

    def _furthest(self, field: Field, widen: np.ufunc) -> Floats:
        """The highest or lowest figure told for each row touched, NaN where there is none."""
        values = self.figures[field].values
        if self._admitted.ends is None:
            return values
        furthest = np.full(len(self._columns), np.nan)
        widen.at(furthest, self._admitted.rows, values)
        return furthest[self.rows]

    def _write_times(self) -> None:
        column = self._columns.milliseconds
        held = column[self.rows]
        np.maximum.at(column, self._admitted.rows, self._admitted.milliseconds)
        self.changed |= column[self.rows] != held

    def _write_states(self) -> None:
        states = self._picked(self._batch.state)
        if states is None:
            return
        nonsense = states > _HIGHEST_STATE
        if nonsense.any():
            self.bad_values += int(np.count_nonzero(nonsense))
            states = np.where(nonsense, np.uint8(QuoteState.UNKNOWN), states)
        self._write_codes(
            self._columns.state,
            states if self._admitted.ends is None else states[self._admitted.ends],
        )

    def _write_qualities(self) -> None:
        """Write the quality of each row's last quote; the word on its base price stays with that.

        Whether the previous close stands in is told by the quote that tells the base price, and
        follows from the board where no base price is known.
        """
        column, ends = self._columns.quality, self._admitted.ends
        told = self._picked(self._batch.quality)
        stands_in = column[self.rows] & _STANDS_IN
        if Field.BASE in self.figures:
            latest = self._latest(self.figures[Field.BASE])
            marks = np.uint8(0) if told is None else told[latest] & _STANDS_IN
            stands_in = np.where(latest >= 0, marks, stands_in)
        if self.figures.keys() & {Field.BASE, Field.PREVIOUS_CLOSE}:
            values = self._columns.values
            lacking = np.isnan(values[Field.BASE][self.rows])
            lacking &= ~np.isnan(values[Field.PREVIOUS_CLOSE][self.rows])
            stands_in = np.where(lacking, _STANDS_IN, stands_in)
        if told is not None:
            stands_in = stands_in | ((told if ends is None else told[ends]) & _OTHER_QUALITIES)
        self._write_codes(column, stands_in)

    def _picked(self, codes: Bytes | None) -> Bytes | None:
        """The codes of the admitted quotes."""
        pick = self._admitted.pick
        return codes if codes is None or pick is None else codes[pick]

    def _write_codes(self, column: Bytes, codes: Bytes) -> None:
        self.changed |= column[self.rows] != codes
        column[self.rows] = codes
