"""The first sheet of an XLS or XLSX workbook. What reads it is an optional part."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime

from tui.data.official.cells import MOST_COLUMNS, MOST_ROWS, check_bounds
from tui.errors import DataError

_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_PARTS = 200
_CORNER = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_PLACE = re.compile(rb"<row\b[^>]*\sr=[\"']([0-9]{1,8})[\"']")

_REMEDY = "Download it again, or save it as CSV in UTF-8 and import that."


def read_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet, numbered from 1.

    Raises:
        DataError: What reads workbooks is not installed, or the file is damaged or too large.
    """
    try:
        import python_calamine
    except ImportError as error:
        raise DataError(
            "it is a workbook, and what reads workbooks is not installed",
            remedy="Install zaraba[xls], or save the file as CSV in UTF-8 and import that.",
        ) from error
    if content.startswith(b"PK"):
        _check_unpacked(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        check_bounds(sheet.total_height, sheet.total_width)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    except DataError:
        raise
    except BaseException as error:
        # The reader is compiled code, whose failed assertions derive from BaseException alone.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise DataError(
                f"it is not a sound workbook: {_first_line(error)}", remedy=_REMEDY
            ) from error
        raise
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]


def _check_unpacked(content: bytes) -> None:
    """Refuse an archive that would unpack to more than any official file.

    The reader lays a sheet out whole, up to its farthest cell, so that is looked for beforehand.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise DataError(
                    f"it unpacks to more than {_MOST_UNPACKED >> 20} MiB", remedy=_REMEDY
                )
            for part in parts:  # whatever its name: any of them can be a sheet
                _check_places(archive.read(part))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as error:
        raise DataError(
            f"it is not a sound workbook: {_first_line(error)}", remedy=_REMEDY
        ) from error


def _check_places(sheet: bytes) -> None:
    rows = max((int(number) for number in _PLACE.findall(sheet)), default=0)
    for column, row in _CORNER.findall(sheet):
        place = 0
        for letter in column:
            place = place * 26 + letter - 64
        if place > MOST_COLUMNS:
            check_bounds(0, place)
        rows = max(rows, int(row))
    check_bounds(rows, 0)


def _text(cell: object) -> str:
    """A cell as the CSV form of the same file would write it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
