"""A text as it is matched: width and composition folded, with the way back to what was written."""

import unicodedata
from array import array
from typing import Final

_LONGEST_CLUSTER: Final = 32
"""Characters that are folded together at most; no script needs more."""

_SAME: Final = {ord(dash): "-" for dash in "‐‑‒–—―−"} | {
    ord("’"): "'",
    ord("‘"): "'",
    0x3000: " ",
    0xA0: " ",
}
"""What is written in several ways and means the same; one character for one."""


class Writing:
    """A text after NFKC, and where each of its characters came from.

    Attributes:
        text: What is matched.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None
        if original.isascii() or unicodedata.is_normalized("NFKC", original):
            self.text = original.translate(_SAME)
        else:
            self.text = self._fold(original).translate(_SAME)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a place in `text` that is not empty."""
        if self._starts is None or self._ends is None:
            return start, end
        return self._starts[start], self._ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """What stands in the original at a place in `text`."""
        first, last = self.span(start, end)
        return self._original[first:last]

    def _fold(self, original: str) -> str:
        parts: list[str] = []
        starts, ends = array("l"), array("l")
        place, length = 0, len(original)
        while place < length:
            end = place + 1
            folded = unicodedata.normalize("NFKC", original[place])
            while end < length and end - place < _LONGEST_CLUSTER and not original[end].isascii():
                following = original[end]
                together = unicodedata.normalize("NFKC", original[place : end + 1])
                apart = folded + unicodedata.normalize("NFKC", following)
                if together == apart and not unicodedata.combining(following):
                    break
                folded = together
                end += 1
            parts.append(folded)
            starts.extend([place] * len(folded))
            ends.extend([end] * len(folded))
            place = end
        self._starts, self._ends = starts, ends
        return "".join(parts)
