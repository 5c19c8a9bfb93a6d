"""Lines that nothing but their users holds."""

from collections.abc import Iterable, Sequence

from rich.style import Style
from textual.strip import Strip


class LooseStrip(Strip):
    """A strip that is gone as soon as nobody shows it any more.

    Asked for itself whole, as the compositor asks for every line it paints, a plain strip keeps
    itself in its own cache. Such a ring is freed by the garbage collector alone, so that a screen
    that runs would leave thousands of objects a second for it to look through, while nothing is
    painted and no key is answered.
    """

    __slots__ = ()

    @classmethod
    def of(cls, strip: Strip) -> "LooseStrip":
        """The same line, loose."""
        return strip if isinstance(strip, cls) else cls(strip, strip.cell_length)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Cut the line at these cells; what lies past its end is left out."""
        inside = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if inside == [self.cell_length] else super().divide(inside)

    def crop_extend(self, start: int, end: int, style: Style | None) -> Strip:
        """The line from one cell to another, filled up with blanks in a style."""
        if start <= 0 and end == self.cell_length:
            return self
        return super().crop_extend(start, end, style)
