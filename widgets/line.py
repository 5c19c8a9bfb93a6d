"""One line of a view while it is being put together."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from widgets.cells import cut, fit
from widgets.strips import FreshStrip


class Line:
    """Text in styles, cell by cell from the left; it never grows beyond the width it was given.

    Args:
        width: Cells that the line may fill; 0 or less for an empty line.
    """

    __slots__ = ("segments", "used", "width")

    def __init__(self, width: int) -> None:
        self.width = max(width, 0)
        self.used = 0
        self.segments: list[Segment] = []

    @property
    def room(self) -> int:
        """Cells that are still free."""
        return self.width - self.used

    def add(self, text: str, style: Style) -> "Line":
        """Append text, cut with an ellipsis where it does not fit."""
        length = cell_len(text)
        if length > self.room:
            text = cut(text, self.room)
            length = cell_len(text)
        if text:
            # Some viewers of exported pictures swallow blanks at the start of a run of text.
            words = text.lstrip(" ")
            if words and len(words) < len(text):
                self.segments.append(Segment(text[: len(text) - len(words)], style))
                text = words
            self.segments.append(Segment(text, style))
            self.used += length
        return self

    def add_all(self, parts: Iterable[tuple[str, Style]]) -> "Line":
        """Append several texts."""
        for text, style in parts:
            self.add(text, style)
        return self

    def add_fit(self, text: str, width: int, style: Style, *, right: bool = False) -> "Line":
        """Append text made exactly `width` cells wide, or as wide as there is room."""
        return self.add(fit(text, min(width, self.room), right=right), style)

    def skip_to(self, cell: int, style: Style) -> "Line":
        """Append blanks up to a cell counted from the line's start; nothing if it is past."""
        gap = min(cell, self.width) - self.used
        if gap > 0:
            self.segments.append(Segment(" " * gap, style))
            self.used += gap
        return self

    def strip(self, style: Style) -> FreshStrip:
        """The line made exactly as wide as it was meant to be, with blanks in a style."""
        self.skip_to(self.width, style)
        return FreshStrip(self.segments, self.used)
