"""The content of a file of quotes: bytes in, columns of numbers out."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

import numpy as np

from tui.errors import BadPayload
from tui.market.arrays import Floats, Times
from tui.market.quotes import Field
from tui.market.times import JST, to_datetime64
from tui.providers.file.cells import (
    CODE,
    FIELDS,
    SYMBOL,
    TIME,
    Cell,
    column,
    day_of,
    moment,
    number,
    symbol,
)

BYTES_LIMIT: Final = 64 * 1024 * 1024
ROWS_LIMIT: Final = 100_000
COLUMNS_LIMIT: Final = 1_000
PROBLEMS_LIMIT: Final = 100
"""Bad rows that are told one by one; what is beyond is told as a count."""

_REMEDY: Final = (
    "The first line names the columns: symbol or code, last, previous_close, and any of open, "
    "high, low, bid, ask, special_quote, volume, turnover, time."
)


class Unfinished(BadPayload):
    """A content such as a file has while it is being written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Quotes as they stand in a file.

    Attributes:
        symbols: One a row, without repetition.
        fields: ``float64[n]`` for each column of numbers that the file has, NaN for a blank.
        time: ``datetime64[ms][n]`` in UTC, NaT for a blank.
        session: The session's date in Tokyo.
        problems: What was passed over, one line each, with its line number in the file.
        whole: Whether the content ends as a finished file does.
    """

    symbols: tuple[str, ...]
    fields: dict[Field, Floats]
    time: Times
    session: date
    problems: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as a reader of one format gives them: headings, and rows with their line numbers."""

    headings: Sequence[str]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    whole: bool


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-8 with or without a mark, UTF-16 with one, or Shift_JIS.

    Raises:
        Unfinished: It breaks off, or has holes, as a file does that is being written.
        BadPayload: It is in none of these.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Unfinished("the text breaks off inside a character") from None
    if b"\0" in content:
        raise Unfinished("holds zero bytes", remedy="Write it as CSV in UTF-8 or Shift_JIS.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise Unfinished("the text breaks off inside a character") from None
    try:
        return content.decode("cp932")
    except UnicodeDecodeError as error:
        raise BadPayload(
            f"is neither UTF-8 nor Shift_JIS at byte {error.start:,}",
            remedy="Save it as CSV in UTF-8.",
        ) from None


def csv_table(content: bytes) -> Table:
    """The cells of a CSV file, parted by commas, tabs or semicolons.

    Raises:
        Unfinished: It is empty or breaks off in its first line.
        BadPayload: It cannot be read as CSV.
    """
    text = decode(content)
    head = text.lstrip().partition("\n")
    if not head[1] and "\r" not in text:
        raise Unfinished("has no complete first line", remedy=_REMEDY)
    delimiter = max(",\t;", key=head[0].count)
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter)
    skipped = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        headings = next(reader)
        lines = islice(reader, ROWS_LIMIT + 1)
        rows = [(reader.line_num + skipped, cells) for cells in lines if any(cells)]
    except csv.Error as error:
        raise BadPayload(f"cannot be read as CSV: {error}", remedy=_REMEDY) from None
    return Table(headings, rows, text.endswith(("\n", "\r")))


def read_sheet(content: bytes, session: date | None, today: date) -> Sheet:
    """Read a file's content.

    Args:
        content: CSV, or Parquet where it begins as such.
        session: The session's date in Tokyo; None to take the latest date that the times tell.
        today: The session's date where no time tells one.

    Raises:
        Unfinished: The content looks like that of a file that is being written.
        BadPayload: It is too large, in no known format, or lacks a column.
        NotSupported: It is Parquet, and what reads Parquet is not installed.
    """
    if len(content) > BYTES_LIMIT:
        raise BadPayload(
            f"is larger than {BYTES_LIMIT // 2**20} MiB", remedy="Write fewer rows or columns."
        )
    if not content.strip():
        raise Unfinished("is empty", remedy="Check the program that writes it.")
    if content.startswith(b"PAR1"):
        from tui.providers.file.parquet import parquet_table

        table = parquet_table(content)
    elif content.startswith(b"PK\x03\x04"):
        raise BadPayload("is a workbook or an archive", remedy="Save it as CSV.")
    else:
        table = csv_table(content)
    return _sheet(table, session, today)


class _Rows:
    """Rows as they are gathered."""

    def __init__(self, places: dict[str, int], width: int) -> None:
        self._places = places
        self._width = width
        self._numbers = [(name, place) for name, place in places.items() if name in FIELDS]
        self.symbols: dict[str, int] = {}
        self.values: list[list[float]] = []
        self.times: list[datetime | timedelta | None] = []
        self.problems: list[str] = []
        self.skipped = 0

    def add(self, line: int, cells: Sequence[Cell]) -> None:
        """Take one row, or note why it is passed over."""
        try:
            name = self._symbol(cells)
            values = [number(cells[place], heading) for heading, place in self._numbers]
            time = moment(cells[self._places[TIME]]) if TIME in self._places else None
        except ValueError as error:
            self._note(f"line {line:,}: {error}")
            return
        held = self.symbols.get(name)
        if held is None:
            self.symbols[name] = len(self.values)
            self.values.append(values)
            self.times.append(time)
        else:
            self._note(f"line {line:,}: {name} stands twice; this line counts")
            self.values[held] = values
            self.times[held] = time

    def _symbol(self, cells: Sequence[Cell]) -> str:
        if len(cells) < self._width or any(cells[self._width :]):
            raise ValueError(f"has {len(cells)} cells where the first line has {self._width}")
        for heading in (SYMBOL, CODE):
            if heading in self._places:
                name = symbol(cells[self._places[heading]])
                if name:
                    return name
        raise ValueError("has no symbol or code")

    def _note(self, problem: str) -> None:
        self.skipped += 1
        if len(self.problems) < PROBLEMS_LIMIT:
            self.problems.append(problem)


def _sheet(table: Table, session: date | None, today: date) -> Sheet:
    places = _places(table.headings)
    rows = _Rows(places, len(table.headings))
    for count, (line, cells) in enumerate(table.rows, start=1):
        if count > ROWS_LIMIT:
            raise BadPayload(f"has more than {ROWS_LIMIT:,} rows", remedy="Write fewer rows.")
        rows.add(line, cells)
    if not rows.symbols:
        why = f"; {rows.problems[0]}" if rows.problems else ""
        raise Unfinished(f"has no row that can be used{why}", remedy=_REMEDY)
    days = [day_of(each) for each in rows.times if isinstance(each, datetime)]
    day = session or max(days, default=today)
    values = np.array(rows.values, dtype=np.float64)
    names = [name for name in places if name in FIELDS]
    more = rows.skipped - len(rows.problems)
    return Sheet(
        symbols=tuple(rows.symbols),
        fields={FIELDS[name]: values[:, place].copy() for place, name in enumerate(names)},
        time=_times(rows.times, day),
        session=day,
        problems=(*rows.problems, *([f"{more:,} more lines likewise"] if more else [])),
        whole=table.whole,
    )


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each known column stands."""
    if len(headings) > COLUMNS_LIMIT:
        raise BadPayload(f"has more than {COLUMNS_LIMIT:,} columns", remedy=_REMEDY)
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = column(heading)
        if name in places:
            raise BadPayload(f"has the column {name} twice", remedy="Take one of them out.")
        if name is not None:
            places[name] = place
    missing = [name for name in ("last", "previous_close") if name not in places]
    if SYMBOL not in places and CODE not in places:
        missing.insert(0, "symbol or code")
    if missing:
        raise BadPayload(
            f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}",
            remedy=_REMEDY,
        )
    return places


def _times(times: Sequence[datetime | timedelta | None], day: date) -> Times:
    midnight = datetime(day.year, day.month, day.day, tzinfo=JST)
    known: dict[datetime | timedelta | None, np.datetime64] = {None: np.datetime64("NaT", "ms")}
    for each in times:
        if each not in known:
            instant = midnight + each if isinstance(each, timedelta) else each
            assert instant is not None  # noqa: S101 - None is in the table from the start
            known[each] = to_datetime64(instant)
    return np.array([known[each] for each in times], dtype="datetime64[ms]")
