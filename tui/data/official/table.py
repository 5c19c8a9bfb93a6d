"""The body of an official file: rows of data, then notes, nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tui.data.official.cells import Line, day_of, is_code, is_name, plain
from tui.errors import DataError

_REMEDY = "Download it again; if it stays so, the publisher has changed the file."


class Record(NamedTuple):
    """One row of data.

    Attributes:
        line: Its number in the file.
        day: Its date.
        code: Its code.
        cells: The shape's columns, in the shape's order.
    """

    line: int
    day: date
    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under a heading that was recognised.

    Attributes:
        title: Which file it is.
        columns: The shape's columns.
        places: Where each of them stands.
        width: How many columns the heading has, with those that are passed over.
        lines: The lines under the heading.
    """

    title: str
    columns: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    lines: list[Line]

    def records(self, day: str, code: str) -> tuple[list[Record], bool]:
        """The rows of data in order of code, and whether notes follow them.

        Args:
            day: The column of the date.
            code: The column of the code.

        Raises:
            DataError: A line is neither data nor a note, a code is there twice, or days differ.
        """
        records, noted = [], False
        for record in self._read(self.columns.index(day), self.columns.index(code)):
            if isinstance(record, Record):
                if noted:
                    raise self.fault("stands below the notes", record.line)
                records.append(record)
            else:
                noted = True
        if not records:
            raise DataError(f"{self.title}: there is no row of data", remedy=_REMEDY)
        self._check(records)
        return sorted(records, key=lambda record: record.code), noted

    def fault(self, what: str, line: int) -> DataError:
        """What is wrong with one line."""
        return DataError(f"{self.title}: line {line:,} {what}", remedy=_REMEDY)

    def wrong(self, what: str) -> DataError:
        """What is wrong with the whole."""
        return DataError(f"{self.title}: {what}", remedy=_REMEDY)

    def name(self, record: Record, column: str) -> str:
        """A name of a row, in plain letters.

        Raises:
            DataError: It is empty or cannot be shown.
        """
        text = plain(record.cells[self.columns.index(column)])
        if not is_name(text):
            raise self.fault(f"has no usable text in “{column}”", record.line)
        return text

    def _read(self, day: int, code: int) -> Iterator[Record | None]:
        """Every line as a row of data, or None where it is a note."""
        for number, line in self.lines:
            cells = tuple(line[place] if place < len(line) else "" for place in self.places)
            when, which = day_of(plain(cells[day])), plain(cells[code])
            if when is not None and is_code(which):
                if any(line[self.width :]):
                    raise self.fault(f"has more cells than the heading's {self.width}", number)
                yield Record(number, when, which, cells)
            elif when is not None:
                raise self.fault(f"has no code but “{cells[code][:20]}”", number)
            elif is_code(which):
                raise self.fault(f"has no date but “{cells[day][:20]}”", number)
            else:
                yield None

    def _check(self, records: list[Record]) -> None:
        seen: set[str] = set()
        for record in records:
            if record.code in seen:
                raise self.fault(f"has {record.code} for a second time", record.line)
            seen.add(record.code)
            if record.day != records[0].day:
                raise self.fault(
                    f"is of {record.day}, while the first row is of {records[0].day}", record.line
                )
