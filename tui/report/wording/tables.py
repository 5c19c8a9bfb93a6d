"""The wrap's two tables; the figures are written as everywhere else in the program."""

from itertools import zip_longest
from math import isfinite

from tui.market.pricing import format_level, format_percent, format_points
from tui.report.wording.document import Table
from tui.report.wrap import Wrap
from tui.report.wrap_names import Mover


def index_table(
    wrap: Wrap, head: tuple[str, str, str, str], *, japanese: bool
) -> tuple[Table, ...]:
    """Levels of both indices; none where neither is known.

    Args:
        wrap: The report.
        head: The columns' names: index, level, change, per cent.
        japanese: Whether names are in Japanese.
    """
    rows = tuple(
        (
            index.name_ja if japanese else index.name,
            format_level(index.last),
            format_points(index.change),
            format_percent(index.percent),
        )
        for index in wrap.summary.indices
        if isfinite(index.last)
    )
    return (Table(head, rows, frozenset({1, 2, 3})),) if rows else ()


def ladder_table(
    wrap: Wrap, head: tuple[str, str, str], against: str, derived: str, *, japanese: bool
) -> tuple[Table, ...]:
    """The names that carried the Nikkei 225 beside those most against it; none without points.

    Args:
        wrap: The report.
        head: The columns' names: who carried it, points, move.
        against: The name of the column of those against it.
        derived: What stands behind a name whose price is derived, ``%s`` being the name.
        japanese: Whether names are in Japanese.
    """

    def cells(mover: Mover | None) -> tuple[str, str, str]:
        if mover is None:
            return "", "", ""
        name = mover.name_ja if japanese else mover.name
        return (
            derived % name if mover.derived else name,
            format_points(mover.points),
            format_percent(mover.percent),
        )

    first, last = wrap.leaders, wrap.laggards
    if not first and not last:
        return ()
    if not last:
        return (Table(head, tuple(map(cells, first)), frozenset({1, 2})),)
    rows = tuple(
        (*cells(one), *cells(other)) for one, other in zip_longest(first, last, fillvalue=None)
    )
    return (Table((*head, against, *head[1:]), rows, frozenset({1, 2, 4, 5}), halves=2),)
