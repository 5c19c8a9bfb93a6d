"""Codes from a file that someone else wrote: one a line, or a CSV with a column of codes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from tui.errors import WatchlistError

MAX_BYTES = 4 << 20
_MAX_SYMBOLS = 5000
_HEADINGS = {"symbol", "code", "ticker", "コード", "銘柄コード", "証券コード"}


def read_symbols(path: Path, resolve: Callable[[str], str | None]) -> list[str]:
    """The known symbols of a file, in order, without repetition.

    Args:
        path: Text in UTF-8 or Shift_JIS.
        resolve: A code in any usual writing → the symbol, or None.

    Raises:
        WatchlistError: The file cannot be read, is too large, or holds no known code.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WatchlistError("the file is larger than 4 MiB", subject=str(path))
        raw = path.read_bytes()
    except OSError as error:
        raise WatchlistError(
            f"the file cannot be read ({error.strerror})",
            subject=str(path),
            remedy="Check the path.",
        ) from error
    rows = list(csv.reader(io.StringIO(_text(raw, path)), dialect=csv.excel))
    column = _column(rows)
    found = (resolve(row[column].strip()) for row in rows if len(row) > column)
    symbols = list(dict.fromkeys(symbol for symbol in found if symbol))
    if not symbols:
        raise WatchlistError(
            "no known code was found",
            subject=str(path),
            remedy="Give one code a line, or a CSV with a column “code” or “symbol”.",
        )
    return symbols[:_MAX_SYMBOLS]


def _text(raw: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise WatchlistError(
        "neither UTF-8 nor Shift_JIS", subject=str(path), remedy="Save it as UTF-8."
    )


def _column(rows: list[list[str]]) -> int:
    if rows:
        for index, heading in enumerate(rows[0]):
            if heading.strip().casefold() in _HEADINGS:
                return index
    return 0
