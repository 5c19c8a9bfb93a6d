"""Text cut and padded by its width on a terminal, for reports that know no terminal library."""

from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Cells that a text takes: two for a wide character, none for a combining one."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, cells: int) -> str:
    """Text made exactly so many cells wide; what is cut ends in an ellipsis."""
    if width(text) > cells:
        kept = ""
        for character in text:
            if width(kept + character) > cells - 1:
                break
            kept += character
        text = f"{kept}…"
    return text + " " * (cells - width(text))
