"""A file's bytes as rows of text, within bounds, whatever its format."""

import csv
import io
import re
import unicodedata
from datetime import date
from itertools import islice

from tui.errors import DataError

MOST_BYTES = 8 * 1024 * 1024
"""A larger file is refused unread; the largest official one has about one megabyte."""
MOST_ROWS = 20_000
MOST_COLUMNS = 64

Line = tuple[int, tuple[str, ...]]
"""The number of a line in the file, counted from 1, and its cells, trimmed."""

_LETTER = "0-9ACDFGHJKLMNPRSTUWXY"
"""The exchange leaves out letters that are easily misread."""
_CODE = re.compile(rf"[0-9][{_LETTER}][0-9][{_LETTER}][0-9]?")
_DAY = re.compile(r"(20[0-9]{2})[/-]?([0-9]{1,2})[/-]?([0-9]{1,2})")
_FIGURE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?(?:[eE]-[0-9]{1,2})?")
_LONGEST_NAME = 200


def read_lines(content: bytes) -> list[Line]:
    """The lines of a CSV file or of a workbook's first sheet, blank ones left out.

    Raises:
        DataError: It is too large, empty, or in no format that is known.
    """
    if len(content) > MOST_BYTES:
        raise DataError(
            f"larger than {MOST_BYTES >> 20} MiB", remedy="Check that it is the publisher's file."
        )
    if not content.strip():
        raise DataError("it is empty", remedy="Download it again.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from tui.data.official.workbook import read_workbook

        cells = read_workbook(content)
    else:
        cells = _csv(content)
    return [
        (number, line)
        for number, row in cells
        if any(line := tuple(" ".join(cell.split()) for cell in row))
    ]


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in islice(reader, MOST_ROWS + 1)]
    except csv.Error as error:
        raise DataError(
            f"line {reader.line_num} is not CSV: {error}", remedy="Download it again."
        ) from error
    check_bounds(len(rows), max((len(row) for _, row in rows), default=0))
    return rows


def check_bounds(rows: int, columns: int) -> None:
    """Refuse a sheet that no official file comes near.

    Raises:
        DataError: There are too many rows or columns.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise DataError(
            f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns",
            remedy="Check that it is the publisher's file.",
        )


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise DataError(
            "it is neither text nor a workbook", remedy="Give the publisher's CSV or XLS file."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp932")
    except UnicodeDecodeError as error:
        raise DataError(
            f"byte {error.start:,} is neither UTF-8 nor Shift_JIS", remedy="Download it again."
        ) from error


def plain(text: str) -> str:
    """A text with full-width letters and digits made plain."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_code(text: str) -> bool:
    """Whether a cell holds a local code, such as 7203, 285A or 25935."""
    return _CODE.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    """``20250530``, ``2025/05/30`` or ``2025-5-30``; None where it is no day."""
    found = _DAY.fullmatch(text.removesuffix(" 00:00:00"))
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def figure_of(text: str) -> float | None:
    """An unsigned figure as written; None where it is none."""
    return float(text) if _FIGURE.fullmatch(text) else None


def is_name(text: str) -> bool:
    """Whether a cell can be shown as a name: not empty, not endless, no control characters."""
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable()
