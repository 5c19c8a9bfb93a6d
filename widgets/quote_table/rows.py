"""The rows of the table as its reader sees them: sorted, filtered, scrolled, with a cursor."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from widgets.quote_table.contracts import TableData
from widgets.quote_table.flash import flash_codes
from widgets.quote_table.ordering import RowNumbers, RowOrder
from widgets.quote_table.viewport import Viewport

SORT_EVERY = 1.0
"""Seconds between two sorts of rows whose figures run."""


class LiveRows:
    """Order, window and cursor over data that changes.

    The cursor rests on the head of the order until it is placed; from then on it follows its
    symbol. A symbol that a filter hides, or that leaves the data, has the cursor again when it
    comes back, unless the cursor was placed elsewhere meanwhile.

    Attributes:
        data: What is shown; None before there is any.
        order: The rows to show, in order.
        view: The part of them on screen.
        sort: The column sorted by; None for the order of the list.
        reverse: Whether from the greatest down.
        frozen: Whether rows keep their places while their figures run.
        filter: What the reader typed.
    """

    def __init__(self) -> None:
        self.data: TableData | None = None
        self.order = RowOrder()
        self.view = Viewport()
        self.sort: str | None = None
        self.reverse = False
        self.frozen = False
        self.filter = ""
        self._only: frozenset[str] | None = None
        self._wanted: str | None = None
        self._now = -np.inf
        self._sorted_at = -np.inf
        self._sorted_revision: int | None = None
        self._blank = False

    @property
    def cursor_key(self) -> str | None:
        """The symbol that the cursor is on; None where no rows are shown."""
        position = self.view.cursor
        return self.order.keys[self.order.rows[position]] if position >= 0 else None

    @property
    def on_screen(self) -> RowNumbers:
        """The row numbers on screen, from the top."""
        return self.order.rows[self.view.top : self.view.top + self.view.height]

    @property
    def narrowed(self) -> bool:
        """Whether rows may be hidden."""
        return bool(self.filter) or self._only is not None

    def show(self, data: TableData) -> None:
        """Take over other data; a frozen order is kept for the symbols that stay."""
        self.data = data
        self.order.load(data.keys, ranked=self.frozen)
        self._narrow()
        if not self.frozen:
            self._rank()
        self._settle(self.view.cursor)

    def sort_by(self, key: str | None, *, reverse: bool) -> None:
        """Sort at once, a frozen order too."""
        self.sort, self.reverse = key, reverse
        self._rank()
        self._settle(self.view.cursor)

    def freeze(self, on: bool) -> None:
        """Stop sorting by itself, or go on at once."""
        self.frozen = on
        self._sorted_at = -np.inf

    def narrow(self, text: str) -> None:
        """Show only the rows that match a text; with an empty one, all."""
        self.filter = text.strip()
        self._narrow()
        self._begin()

    def only(self, symbols: Iterable[str] | None) -> None:
        """Show only the rows of some symbols; with None, all."""
        self._only = None if symbols is None else frozenset(symbols)
        self._narrow()
        self._begin()

    def place(self, position: int) -> None:
        """Put the cursor on a row of the order."""
        self.view.move_to(position)
        self._wanted = self.cursor_key or self._wanted

    def leap(self, delta: int) -> None:
        """Move cursor and window together."""
        self.view.leap(delta)
        self._wanted = self.cursor_key or self._wanted

    def select(self, key: str) -> bool:
        """Put the cursor on a symbol, now if it is shown, else as soon as it is."""
        position = self.order.position_of(key)
        if position is None:
            self._wanted = key
            return False
        self.place(position)
        return True

    def sort_due(self) -> float | None:
        """When the rows are to be sorted anew; None where nothing can have changed the order."""
        if self.data is None or self.sort is None or self.frozen:
            return None
        if self.data.revision == self._sorted_revision:
            return None
        # Where nothing was known no order was read that could jump.
        return self._now if self._blank else self._sorted_at + SORT_EVERY

    def tick(self, now: float) -> bool:
        """Take notice of rows added or removed, and sort where that is due.

        Args:
            now: Monotonic seconds.

        Returns:
            Whether rows have other numbers than before.
        """
        self._now = now
        if self.data is None:
            return False
        if self.data.keys is not self.order.keys:
            self.show(self.data)
            return True
        due = self.sort_due()
        if due is not None and now >= due and self._rank():
            self._settle(self.view.cursor)
        return False

    def flashes(self, now: float) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]:
        """The flash codes of the rows on screen, and when their prices moved.

        While there is no screen, of all rows: any of them may come on it.
        """
        rows = self.on_screen if self.view.height else self.order.rows
        if self.data is None:
            return np.empty(0, dtype=np.int8), np.empty(0)
        moved_at = self.data.moved_at[rows]
        return flash_codes(self.data.moved[rows], moved_at, now), moved_at

    def _rank(self) -> bool:
        if self.data is None:
            return False
        self._sorted_at = self._now
        self._sorted_revision = self.data.revision
        values = None if self.sort is None else self.data.sort_key(self.sort)
        self._blank = isinstance(values, np.ndarray) and not np.isfinite(values).any()
        return self.order.rank(values, reverse=self.reverse)

    def _narrow(self) -> None:
        if self.data is None:
            return
        mask = self.data.matches(self.filter) if self.filter else None
        if self._only is not None:
            own = self.order.mask_of(self._only)
            mask = own if mask is None else mask & own
        self.order.narrow(mask)

    def _begin(self) -> None:
        """Look at the head of what is left, unless the cursor's symbol is in it."""
        if self._wanted is None:
            self.view.scroll_to(0)
        self._settle(0)

    def _settle(self, otherwise: int) -> None:
        """Bring cursor and window in line with the order.

        Args:
            otherwise: Where the cursor goes if its symbol is not shown.
        """
        count = len(self.order.rows)
        position = self.order.position_of(self._wanted)
        if position is not None:
            self.view.follow(count, position)
        elif self._wanted is None:
            self.view.rest(count)
        elif otherwise <= 0:
            self.view.count = count
            self.view.move_to(0)
        else:
            self.view.follow(count, otherwise)
