"""Codes from a file that someone else wrote: one a line, or a CSV with a column of codes."""

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

from tui.errors import WatchlistError
from tui.files import read_bounded, why
from tui.watchlists.document import MAX_SYMBOLS

MAX_BYTES = 4 << 20
_HEADINGS = {"symbol", "code", "ticker", "コード", "銘柄コード", "証券コード"}
_HEADING_ROWS = 20
"""Brokers put a title and an account above the headings; further down it is data."""


def read_symbols(path: Path, resolve: Callable[[str], str | None]) -> list[str]:
    """The known symbols of a file, in order, without repetition.

    Args:
        path: Text in UTF-8, UTF-16 with a byte order mark, or Shift_JIS; columns parted by
            commas, semicolons or tabs. Without a heading such as “code”, the first column counts.
        resolve: A code in any usual writing → the symbol, or None.

    Raises:
        WatchlistError: The file cannot be read, is too large, or holds no known code.
    """
    try:
        raw = read_bounded(path, MAX_BYTES)
    except OSError as error:
        raise WatchlistError(
            f"the file cannot be read: {why(error)}", subject=str(path), remedy="Check the path."
        ) from error
    rows = _rows(_text(raw, path), path)
    start, column = _column(rows)
    cells = (_code(row[column]) for row in rows[start:] if len(row) > column)
    symbols = list(dict.fromkeys(symbol for cell in cells if cell and (symbol := resolve(cell))))
    if not symbols:
        raise WatchlistError(
            "no known code was found",
            subject=str(path),
            remedy="Give one code a line, or a CSV with a column “code” or “symbol”.",
        )
    if len(symbols) > MAX_SYMBOLS:
        raise WatchlistError(
            f"the file holds more than {MAX_SYMBOLS} codes", subject=str(path), remedy="Split it."
        )
    return symbols


def _text(raw: bytes, path: Path) -> str:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise WatchlistError(
        "neither UTF-8 nor Shift_JIS", subject=str(path), remedy="Save it as UTF-8."
    )


def _rows(text: str, path: Path) -> list[list[str]]:
    counts = {sign: text.count(sign) for sign in (",", "\t", ";")}
    delimiter = max(counts, key=lambda sign: counts[sign])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise WatchlistError(
            f"not a CSV file: {error}",
            subject=str(path),
            remedy="Give one code a line, or a CSV with a column “code” or “symbol”.",
        ) from error


def _column(rows: list[list[str]]) -> tuple[int, int]:
    """The first row of codes, and their column."""
    for number, row in enumerate(rows[:_HEADING_ROWS]):
        for index, heading in enumerate(row):
            if heading.strip().casefold() in _HEADINGS:
                return number + 1, index
    return 0, 0


def _code(cell: str) -> str:
    """A cell's text without the signs by which a spreadsheet keeps a code from being a number."""
    return cell.strip().removeprefix("=").strip("\"' 　")
