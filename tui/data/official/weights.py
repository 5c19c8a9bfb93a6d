"""JPX's file of weights of the TOPIX."""

from tui.data.official.cells import figure_of, plain
from tui.data.official.shapes import WeightList, WeightRow
from tui.data.official.table import Record, Table

_FEWEST, _MOST = 500, 3_000
"""The index has some 1,700 members, on its way to fewer."""
_HEAVIEST = 25.0
_TOLERANCE = 0.2
"""Per cent by which the sum may miss 100: each weight is rounded to 0.0001."""


def read_weights(table: Table) -> WeightList:
    """Read the members of the TOPIX.

    The file writes ``0.3730%``; a spreadsheet that saved it anew may have made fractions of that,
    or left the sign out. Which it is shows in the sum.

    Raises:
        DataError: A row is wrong, a weight implausible, or the sum is not the whole index.
    """
    day, name, code, weight = table.columns
    records, _ = table.records(day, code)
    if not _FEWEST <= len(records) <= _MOST:
        raise table.wrong(f"{len(records):,} members, where {_FEWEST:,} to {_MOST:,} are expected")
    texts = [plain(record.cells[table.columns.index(weight)]) for record in records]
    signed = sum(text.endswith("%") for text in texts)
    if 0 < signed < len(texts):
        raise table.wrong("some weights have a sign of per cent and others none")
    weights = [_figure(table, *each) for each in zip(records, texts, strict=True)]
    total = sum(weights)
    if not signed and abs(total - 1.0) <= _TOLERANCE / 100.0:
        weights = [round(each * 100.0, 6) for each in weights]
        total *= 100.0
    if abs(total - 100.0) > _TOLERANCE:
        raise table.wrong(f"the weights add up to {total:.2f} per cent, not to 100")
    for record, each in zip(records, weights, strict=True):
        if each > _HEAVIEST:
            raise table.fault(f"has a weight of {each:g} per cent", record.line)
    rows = (
        WeightRow(record.code, table.name(record, name), each)
        for record, each in zip(records, weights, strict=True)
    )
    return WeightList(records[0].day, tuple(rows))


def _figure(table: Table, record: Record, text: str) -> float:
    value = figure_of(text.removesuffix("%").rstrip())
    if value is None:
        raise table.fault(f"has “{text[:20]}” for a weight", record.line)
    return value
