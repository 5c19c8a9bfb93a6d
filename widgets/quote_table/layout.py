"""Which columns fit a width, and where each stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from widgets.quote_table.contracts import Column

MARGIN = 1
"""Cells left of the first column; a stale row has its mark there."""

GAPS = (2, 1)
"""Cells between two columns: the first that lets every column stand."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column in its place.

    Attributes:
        column: The column.
        x: The first cell of its text.
        width: The cells of its text.
        gap: The blank before it that belongs to it.
        right: Whether its text stands on the right.
        flashes: Whether its text flashes when the price moves.
    """

    column: Column
    x: int
    width: int
    gap: str
    right: bool
    flashes: bool

    @property
    def end(self) -> int:
        """The first cell after its text."""
        return self.x + self.width


def arrange(
    columns: Sequence[Column], width: int, flashing: Collection[str] = ()
) -> tuple[Slot, ...]:
    """Put the columns in a line of `width` cells; no column is ever cut in half.

    A narrower gap is tried before a column is dropped. What is left over first gives narrowed
    columns their full width back, from the left, and then goes to the growing ones.

    Args:
        columns: The columns wanted, in order.
        width: Cells of the line.
        flashing: The keys of the columns that flash.
    """
    kept = list(range(len(columns)))
    while kept:
        shown = [columns[index] for index in kept]
        for gap in GAPS:
            spare = width - MARGIN - gap * (len(shown) - 1) - sum(each.least for each in shown)
            if spare >= 0:
                return _place(shown, gap, spare, flashing)
        kept.remove(min(kept, key=lambda index: (columns[index].priority, -index)))
    return ()


def _place(
    columns: Sequence[Column], gap: int, spare: int, flashing: Collection[str]
) -> tuple[Slot, ...]:
    widths = []
    for column in columns:
        wanted = min(column.width - column.least, spare)
        widths.append(column.least + wanted)
        spare -= wanted
    growing = [index for index, column in enumerate(columns) if column.grow]
    for place, index in enumerate(growing):
        share = spare // (len(growing) - place)
        widths[index] += share
        spare -= share
    slots = []
    x = MARGIN
    for index, (column, cells) in enumerate(zip(columns, widths, strict=True)):
        lead = gap if index else 0
        right = column.align == "right"
        flashes = column.key in flashing
        slots.append(Slot(column, x + lead, cells, " " * lead, right, flashes))
        x += lead + cells
    return tuple(slots)
