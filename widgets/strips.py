"""Lines that nothing but their users holds."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.strip import Strip


class _Nothing(FIFOCache[Any, Any]):
    """A cache that keeps nothing, so that one serves every line."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ARG002 - as a cache has it
        """Never anything."""
        return default

    def __setitem__(self, key: Any, value: Any) -> None:
        """Let it go."""


_NOTHING: Final = _Nothing(0)
_EMPTY: Final = Strip([], 0)


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
        length = self.cell_length
        inside = [cut for cut in cuts if cut <= length]
        return [self] if inside == [length] else super().divide(inside)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The line from one cell to another."""
        # What ends where the change begins is cropped to nothing, once for every line painted.
        return _EMPTY if end is not None and end <= start else super().crop(start, end)

    def crop_extend(self, start: int, end: int, style: Style | None) -> Strip:
        """The line from one cell to another, filled up with blanks in a style."""
        if start <= 0 and end == self.cell_length:
            return self
        return super().crop_extend(start, end, style)


class FreshStrip(LooseStrip):
    """A line that is painted once or twice before it is another.

    The caches of a strip cost more to make than what they would save it.
    """

    __slots__ = ()

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._divide_cache = _NOTHING
        self._crop_cache = _NOTHING
        self._style_cache = _NOTHING
        self._filter_cache = _NOTHING
        self._line_length_cache = _NOTHING
        self._crop_extend_cache = _NOTHING
        self._offsets_cache = _NOTHING
        self._render_cache = None
        self._link_ids = None
        self._cell_count = None
