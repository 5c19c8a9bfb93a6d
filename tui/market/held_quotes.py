"""What the board holds, as others read it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Bytes, Floats, Ints, Times
from tui.market.columns import Columns
from tui.market.quotes import Delay, DelayKind, Field
from tui.market.times import to_datetime64

if TYPE_CHECKING:
    from pandas import DataFrame, Index

_Number = TypeVar("_Number", bound=np.generic)


class HeldQuotes:
    """The read side of the board: columns of one length, and what follows from them.

    Arrays given out are read-only views that follow later batches without being fetched again,
    until the instruments change: then `symbols` is another tuple, and views and rows must be
    fetched anew. What is computed from several fields is a new array each time.
    """

    def __init__(self) -> None:
        self._symbols: tuple[str, ...] = ()
        self._columns = Columns.blank(0)
        self._revision = 0
        self._epoch: int | None = None
        self._session: date | None = None
        self._forget_sources()
        self._index: Index[str] | None = None

    def _forget_sources(self) -> None:
        unknown = Delay(DelayKind.UNKNOWN)
        self._sources, self._delays = [""], [unknown]
        self._places: dict[tuple[str, Delay], int] = {("", unknown): 0}

    @property
    def symbols(self) -> tuple[str, ...]:
        """The instruments by row; the same object until they change."""
        return self._symbols

    def __len__(self) -> int:
        return len(self._symbols)

    @property
    def revision(self) -> int:
        """Grows whenever anything on the board changes."""
        return self._revision

    @property
    def epoch(self) -> int | None:
        """The epoch held; None before the first batch."""
        return self._epoch

    @property
    def session(self) -> date | None:
        """The session's date in Tokyo; None before the first batch."""
        return self._session

    def column(self, field: Field) -> Floats:
        """``float64[n]``: one field of every row, NaN where unknown; a read-only view."""
        return _sealed(self._columns.values[field])

    @property
    def time(self) -> Times:
        """``datetime64[ms][n]``: the newest exchange time of each row in UTC, NaT where unknown."""
        times = self._columns.times
        times.flags.writeable = False
        return times

    @property
    def state(self) -> Bytes:
        """``uint8[n]`` of `QuoteState`."""
        return _sealed(self._columns.state)

    @property
    def quality(self) -> Bytes:
        """``uint8[n]`` of `Quality`."""
        return _sealed(self._columns.quality)

    @property
    def source(self) -> Bytes:
        """``uint8[n]``: the source of each row's last quote, a position in `sources`."""
        return _sealed(self._columns.source)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of this epoch by name; the first is empty and stands for none.

        A source stands here once for each delay class that it tells.
        """
        return tuple(self._sources)

    @property
    def delays(self) -> tuple[Delay, ...]:
        """The delay class of each of `sources`."""
        return tuple(self._delays)

    @property
    def row_revision(self) -> Ints:
        """``int64[n]``: the revision at which anything in the row last changed."""
        return _sealed(self._columns.revision)

    @property
    def moved(self) -> npt.NDArray[np.int8]:
        """``int8[n]``: direction of the last change of the last price; 0 where it has not changed.

        A first price is no change. Of a batch that repeats a symbol only the outcome counts.
        """
        return _sealed(self._columns.moved)

    @property
    def moved_at(self) -> Floats:
        """``float64[n]``: when that was, in the host's monotonic seconds; NaN for never."""
        return _sealed(self._columns.moved_at)

    def base(self) -> Floats:
        """``float64[n]``: the base price, else the previous close; NaN where neither is known."""
        base: Floats = self._columns.values[Field.BASE]
        previous: Floats = self._columns.values[Field.PREVIOUS_CLOSE]
        return np.where(np.isnan(base), previous, base)

    def price(self) -> Floats:
        """``float64[n]``: the price that index arithmetic uses.

        The special quote where one is displayed, else the last price, else the base price.
        """
        values = self._columns.values
        price = np.where(np.isnan(values[Field.LAST]), self.base(), values[Field.LAST])
        return np.where(np.isnan(values[Field.SPECIAL]), price, values[Field.SPECIAL])

    def change(self) -> Floats:
        """``float64[n]``: last price less base price; NaN before the first trade."""
        change: Floats = self._columns.values[Field.LAST] - self.base()
        return change

    def percent(self) -> Floats:
        """``float64[n]``: the change in per cent of the base price, 1.0 for one per cent."""
        base = self.base()
        percent: Floats = (self._columns.values[Field.LAST] - base) / base * 100.0
        return percent

    def age(self, now: datetime) -> Floats:
        """``float64[n]``: seconds from each row's exchange time to `now`, NaN where unknown.

        Args:
            now: An aware instant; that of the market shown, which a replay sets back.
        """
        held = self._columns.milliseconds.astype(np.float64)
        held[np.isnat(self._columns.times)] = np.nan
        return (to_datetime64(now).astype(np.int64) - held) / 1000.0

    def frame(self) -> "DataFrame":
        """The fields as a pandas frame: a column for each, named in lower case, a row a symbol.

        The numbers are the board's own memory and read-only: a frame follows later batches, and
        one that is to be kept must be copied. The first call imports pandas.
        """
        from pandas import DataFrame, Index

        if self._index is None:
            self._index = Index(self._symbols, name="symbol")
        return DataFrame(
            _sealed(self._columns.values).T,
            index=self._index,
            columns=[field.name.lower() for field in Field],
            copy=False,
        )


def at_rows(values: Floats, rows: npt.NDArray[np.integer]) -> Floats:
    """``float64[n]``: the values of some rows, NaN where the row is −1.

    Plain indexing with −1 would quietly read the last row: this is how the members of an index
    that are not all on the board are looked up.

    Args:
        values: ``float64[board rows]``, one figure a row.
        rows: ``int[n]``, as `Board.rows` gives them.
    """
    found = np.full(len(rows), np.nan)
    known = rows >= 0
    found[known] = values[rows[known]]
    return found


def _sealed(array: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    view = array.view()
    view.flags.writeable = False
    return view
