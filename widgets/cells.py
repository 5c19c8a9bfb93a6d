"""Text in terminal cells: cut and padded by width, never by the number of characters."""

from functools import lru_cache

from rich.cells import cell_len

ELLIPSIS = "…"


@lru_cache(maxsize=8192)
def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text made exactly `width` cells wide.

    Text that is too wide is cut and ends in an ellipsis; a wide character that would be split is
    replaced by a space. `right` aligns to the right.
    """
    if width <= 0:
        return ""
    length = cell_len(text)
    if length > width:
        text = cut(text, width)
        length = cell_len(text)
    space = " " * (width - length)
    return space + text if right else text + space


def cut(text: str, width: int) -> str:
    """Text at most `width` cells wide, ending in an ellipsis where something was cut."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    room = width - cell_len(ELLIPSIS)
    kept = 0
    for position, character in enumerate(text):
        kept += cell_len(character)
        if kept > room:
            return text[:position].rstrip() + ELLIPSIS
    return text
