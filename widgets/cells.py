"""Text in terminal cells: cut and padded by width, never by the number of characters."""

import re
from functools import lru_cache

from rich.cells import cell_len

ELLIPSIS = "…"
SELECTORS = "\ufe0e\ufe0f"
"""Characters that make the one before them narrow or wide."""

_EVEN = re.compile("[ -~\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff60]*")
"""Text of ASCII, kana, kanji and full-width forms: one cell each, or two; nothing joins."""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Text made exactly `width` cells wide.

    Text that is too wide is cut and ends in an ellipsis; a wide character that would be split is
    replaced by a space. `right` aligns to the right.
    """
    if text.isascii() and len(text) <= width and text.isprintable():
        return text.rjust(width) if right else text.ljust(width)
    return _fit(text, width, right)


@lru_cache(maxsize=8192)
def _fit(text: str, width: int, right: bool) -> str:
    if width > 0 and _EVEN.fullmatch(text):
        shown, used = _cut_even(text, width)
        space = " " * (width - used)
        return space + shown if right else shown + space
    fitted = _padded(text, width, right)
    if cell_len(fitted) != max(0, width):
        # A joiner or selector with nothing to join takes the padding into its cluster.
        plain = "".join(each for each in text if each.isprintable() and each not in SELECTORS)
        fitted = _padded(plain, width, right)
    return fitted


def _padded(text: str, width: int, right: bool) -> str:
    text = cut(text, width)
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def cut(text: str, width: int) -> str:
    """Text at most `width` cells wide, ending in an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if _EVEN.fullmatch(text):
        return _cut_even(text, width)[0]
    return _cut_measured(text, width)


def _cut_measured(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ELLIPSIS)
    # A cluster such as an emoji with a variation selector may be wider than its characters one
    # by one, so the whole prefix is measured.
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if cell_len(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    while low and cell_len(text[:low]) > room:
        low -= 1
    return text[:low].rstrip() + ELLIPSIS


def _cut_even(text: str, width: int) -> tuple[str, int]:
    """The same, and its width, for text of which every character is as wide as it is anywhere."""
    used = fits = room = 0
    for at, each in enumerate(text):
        used += 1 if each < "\x7f" else 2
        if used > width:
            kept = text[:fits]
            shown = kept.rstrip()
            blanks = sum(1 if blank == " " else 2 for blank in kept[len(shown) :])
            return shown + ELLIPSIS, room - blanks + 1
        if used < width:
            fits, room = at + 1, used
    return text, used
