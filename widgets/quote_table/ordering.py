"""The order of the rows: sorted, narrowed, and carried over from one set of keys to the next."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RowNumbers: TypeAlias = npt.NDArray[np.intp]
Mask: TypeAlias = npt.NDArray[np.bool_]
SortKey: TypeAlias = npt.NDArray[np.float64] | Sequence[str]


def sorted_rows(values: SortKey, *, reverse: bool) -> RowNumbers:
    """Row numbers from the least value up, or from the greatest down.

    Unknown values (NaN, or an empty text) come last in either direction, and equal ones keep
    the order of the list.
    """
    figures = values if isinstance(values, np.ndarray) else _text_ranks(values)
    figures = np.asarray(figures, dtype=np.float64)
    return np.argsort(-figures if reverse else figures, kind="stable")


def _text_ranks(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    rank = {text: float(place) for place, text in enumerate(sorted(set(texts)))}
    rank[""] = np.nan
    return np.fromiter((rank[text] for text in texts), dtype=np.float64, count=len(texts))


class RowOrder:
    """The rows to show, in order.

    It holds a ranking of all rows, and a mask of those to show. The two change independently:
    narrowing a frozen table does not sort it, and sorting does not widen it.

    Attributes:
        keys: The symbol of each row.
        rows: The row numbers to show, in order.
    """

    def __init__(self) -> None:
        self.keys: Sequence[str] = ()
        self.rows: RowNumbers = np.empty(0, dtype=np.intp)
        self._ranked = self.rows
        self._mask: Mask | None = None
        self._row_of: dict[str, int] | None = {}

    def load(self, keys: Sequence[str], *, ranked: bool) -> None:
        """Take over another set of keys, all of them shown.

        Args:
            keys: The symbols, without repetition.
            ranked: Whether symbols that were there keep their rank, new ones following in the
                order of the list; otherwise all stand in the order of the list.
        """
        place: dict[str, int] = {}
        if ranked:
            old = self.keys
            place = {old[row]: rank for rank, row in enumerate(self._ranked.tolist())}
        self.keys = keys
        self._row_of = None
        self._mask = None
        ranks = np.fromiter(
            (place.get(key, len(place)) for key in keys), dtype=np.intp, count=len(keys)
        )
        self._ranked = np.argsort(ranks, kind="stable")
        self.rows = self._ranked

    def rank(self, values: SortKey | None, *, reverse: bool) -> bool:
        """Sort by values, or with None put the rows in the order of the list.

        Returns:
            Whether the order has changed.
        """
        if values is None:
            ranked = np.arange(len(self.keys), dtype=np.intp)
            ranked = ranked[::-1].copy() if reverse else ranked
        else:
            ranked = sorted_rows(values, reverse=reverse)
        if np.array_equal(ranked, self._ranked):
            return False
        self._ranked = ranked
        return self._apply()

    def narrow(self, mask: Mask | None) -> bool:
        """Show only the rows of the mask, or all of them.

        Returns:
            Whether the rows shown have changed.
        """
        self._mask = mask
        return self._apply()

    def _apply(self) -> bool:
        ranked = self._ranked
        rows = ranked if self._mask is None else ranked[self._mask[ranked]]
        changed = not np.array_equal(rows, self.rows)
        self.rows = rows
        return changed

    def row_of(self, key: str) -> int | None:
        """The row number of a symbol, or None where it is not in the data."""
        if self._row_of is None:
            self._row_of = {key: row for row, key in enumerate(self.keys)}
        return self._row_of.get(key)

    def position_of(self, key: str | None) -> int | None:
        """Where a symbol stands in the order, or None where it is not shown."""
        row = None if key is None else self.row_of(key)
        if row is None:
            return None
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def mask_of(self, keys: Sequence[str] | frozenset[str]) -> Mask:
        """The rows of some symbols; those not in the data are passed over."""
        mask = np.zeros(len(self.keys), dtype=np.bool_)
        for key in keys:
            row = self.row_of(key)
            if row is not None:
                mask[row] = True
        return mask
