"""The marks with which lists, tables and lines of pictures begin their items."""

import re
from typing import Final

PICTURES: Final = re.compile(
    "(?:[\U0001f000-\U0001faff☀-➿⬀-⯿→][\ufe0e\ufe0f\u200d]*\\s?)+(?=[^\\s])"
)
"""Emoji at the beginning of a line, as chats put them before a title."""

_BULLET: Final = re.compile(
    r"(?:[-*+•・●○◆◇■□▪▶►‣–—]\s*(?=\S)|[(（]?\d{1,2}(?:[.)．）、:]\s*(?=\D)|[.)]\s+(?=\d))|[①-⑳]\s*|"
    rf"{PICTURES.pattern})(?P<rest>\S.*)"
)
_NO_BULLET: Final = re.compile(r"\*\*|__|[-–+]\d|\*[^*\s][^*]*\*$")
_SEPARATORS: Final = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_NUMBER: Final = re.compile(r"#?\d{1,2}[.)]?")


def bulleted(line: str) -> str | None:
    """What follows the bullet or number of a line; None where it has none."""
    if _NO_BULLET.match(line):
        return None
    found = _BULLET.fullmatch(line)
    return None if found is None else found["rest"]


def is_row(line: str) -> bool:
    """Whether a line is one of a table."""
    return line.startswith("|") and line.count("|") > 1


def is_separators(line: str) -> bool:
    """Whether a line is the one between the head of a table and its rows."""
    return "|" in line and _SEPARATORS.fullmatch(line) is not None


def cells(row: str) -> list[str]:
    """The cells of a row that hold something, without a number that only counts the rows."""
    held = [cell.strip() for cell in row.strip().strip("|").split("|")]
    held = [cell for cell in held if cell]
    return held[1:] if len(held) > 1 and _NUMBER.fullmatch(held[0]) else held
