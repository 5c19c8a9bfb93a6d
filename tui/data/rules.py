"""The exchange's rules as they ship: tick sizes and the width of the daily price limits."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf

from msgspec import Struct

from tui.data.reader import FOLDER, Table
from tui.data.rows import TableFile


class TickRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One band of prices and the step between them, in yen.

    Attributes:
        upto: Highest price of the band; None in the last one. The band begins above the one
            before it.
        fine: Tick of the names of the TOPIX 500.
        other: Tick of every other name.
    """

    upto: float | None
    fine: float
    other: float


class LimitRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One band of base prices and the width of the day's price limits, in yen.

    Attributes:
        below: The base price at which the next band begins; None in the last one.
        width: How far the price may go up or down in the day.
    """

    below: float | None
    width: float


def check_ticks(rows: Sequence[TickRow]) -> str:
    """Bands that rise without end, on a grid of tenths of a yen that each band's end lies on."""
    if fault := _rising([row.upto for row in rows]):
        return fault
    for row in rows:
        for tick in (row.fine, row.other):
            tenths = round(tick * 10)
            if tenths < 1 or tenths / 10 != tick:
                return f"{tick} is not a number of tenths of a yen"
            if row.upto is not None and round(row.upto * 10) % tenths:
                return f"{row.upto} is off its own grid"
    return ""


def check_limits(rows: Sequence[LimitRow]) -> str:
    """Bands that rise without end, each with a width."""
    if fault := _rising([row.below for row in rows]):
        return fault
    return "" if all(0 < row.width < inf for row in rows) else "a width is not positive"


def _rising(marks: Sequence[float | None]) -> str:
    if not marks or marks[-1] is not None:
        return "the last band has an end"
    known = [0.0, *(mark for mark in marks[:-1] if mark is not None)]
    if len(known) != len(marks) or any(right <= left for left, right in pairwise(known)):
        return "bands are out of order"
    return ""


@cache
def tick_table() -> Table[TickRow]:
    """The table of tick sizes that ships."""
    return Table(FOLDER, "rules_ticks", "Tick sizes", TableFile[TickRow], check_ticks)


@cache
def limit_table() -> Table[LimitRow]:
    """The table of daily price limits that ships."""
    return Table(FOLDER, "rules_limits", "Daily price limits", TableFile[LimitRow], check_limits)
