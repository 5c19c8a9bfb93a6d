"""JPX's list of issues."""

from tui.data.official.cells import plain
from tui.data.official.shapes import IssueList, IssueRow
from tui.data.official.table import Record, Table

_FEWEST, _MOST = 2_000, 10_000
_NONE = frozenset({"", "-", "－", "―"})


def read_issues(table: Table) -> IssueList:
    """Read the listed issues.

    Raises:
        DataError: A row is wrong, or the count is not that of the whole list.
    """
    day, code, name, market, sector, size = table.columns
    records, _ = table.records(day, code)
    if not _FEWEST <= len(records) <= _MOST:
        raise table.wrong(f"{len(records):,} issues, where {_FEWEST:,} to {_MOST:,} are expected")
    rows = tuple(
        IssueRow(
            record.code,
            table.name(record, name),
            table.name(record, market),
            _sector(table, record, sector),
            "" if _is_none(table, record, size) else table.name(record, size),
        )
        for record in records
    )
    return IssueList(records[0].day, rows)


def _is_none(table: Table, record: Record, column: str) -> bool:
    return record.cells[table.columns.index(column)] in _NONE


def _sector(table: Table, record: Record, column: str) -> str:
    """The code of the 33-sector, which a spreadsheet has robbed of its leading zeros."""
    if _is_none(table, record, column):
        return ""
    code = plain(record.cells[table.columns.index(column)])
    if not (code.isascii() and code.isdecimal() and len(code) <= 4):
        raise table.fault(f"has “{code[:20]}” for a sector", record.line)
    return code.zfill(4)
