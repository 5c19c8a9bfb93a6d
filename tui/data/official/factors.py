"""Nikkei's file of price adjustment factors, in Japanese or English."""

from typing import Literal

from tui.data.official.cells import figure_of, plain
from tui.data.official.shapes import FactorList, FactorRow
from tui.data.official.table import Record, Table

MEMBERS = 225
_LEAST, _MOST = 0.01, 500.0
"""Factors beyond these were never set; the largest so far were of two digits."""


def read_factors(table: Table, language: Literal["ja", "en"]) -> FactorList:
    """Read the members of the Nikkei 225.

    A whole list may have one name fewer for the days in which one that left is not yet replaced;
    that it is whole shows in the notice at its end.

    Raises:
        DataError: A row is wrong, a factor implausible, or the count is not that of the index.
    """
    day, code, name, factor, industry, sector = table.columns
    records, noted = table.records(day, code)
    if len(records) != MEMBERS and not (noted and len(records) == MEMBERS - 1):
        raise table.wrong(f"{len(records)} members, where the index has {MEMBERS}")
    rows = tuple(
        FactorRow(
            record.code,
            table.name(record, name),
            _factor(table, record, table.columns.index(factor)),
            table.name(record, industry),
            table.name(record, sector),
        )
        for record in records
    )
    return FactorList(records[0].day, language, rows)


def _factor(table: Table, record: Record, place: int) -> float:
    text = record.cells[place]
    value = figure_of(plain(text))
    if value is None or not _LEAST <= value <= _MOST:
        raise table.fault(
            f"has “{text[:20]}” for a factor, not {_LEAST:g} to {_MOST:g}", record.line
        )
    return value
