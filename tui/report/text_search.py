"""Where a word stands in many texts, found in all of them at once.

Texts lie as UTF-8 in blocks, each text in blocks of its own and with a zero byte at its end. So a
word, in which there is none, is found in one text alone, and the place of a byte tells its text.
"""

from collections import OrderedDict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tui.market.arrays import Flags
from tui.report.slot_rows import SlotRows

_BLOCK: Final = 16
_SHIFT: Final = 4
_STRETCH: Final = 1 << 18
"""Bytes gone through at once: what is made of them stays in the cache, and is small enough that
its memory is used again and not asked of the system anew."""
_KEPT: Final = 12
"""Words whose places are remembered: those of a text as it is typed on and taken back."""

Places = NDArray[np.intp]


class TextSearch:
    """Texts by slot, with what was looked for last remembered until a text changes."""

    def __init__(self) -> None:
        self._blocks = SlotRows(_BLOCK, np.uint8)
        self._found: OrderedDict[bytes, tuple[Places | None, Flags]] = OrderedDict()

    def put(self, slot: int, text: str) -> None:
        """Lay down the text of a slot that has none."""
        written = text.encode("utf-8", "surrogatepass")
        written += bytes(_BLOCK - len(written) % _BLOCK)
        self._blocks.put(slot, np.frombuffer(written, np.uint8).reshape(-1, _BLOCK))
        self._found.clear()

    def drop(self, slot: int) -> None:
        """Forget the text of a slot."""
        self._blocks.drop(slot)
        self._found.clear()

    def forget_found(self) -> None:
        """Look for the next word in all texts, as if none had been looked for before."""
        self._found.clear()

    def mark(self, word: str, flags: Flags) -> None:
        """Set the flags of the slots whose text holds a word.

        Args:
            word: At least one character; none of them the zero character.
            flags: One for each slot.
        """
        flags |= self._holding(word.encode("utf-8", "surrogatepass"), len(flags))

    def _holding(self, word: bytes, count: int) -> Flags:
        """Which of so many slots have a text that holds a word."""
        found = self._found.get(word)
        if found is None or len(found[1]) != count:
            found = self._found[word] = self._searched(word, count)
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        self._found.move_to_end(word)
        return found[1]

    def _searched(self, word: bytes, count: int) -> tuple[Places | None, Flags]:
        flags = np.zeros(count, np.bool_)
        owners = self._blocks.owners
        every = self._blocks.rows.reshape(-1).view(np.uint8)
        if b"\0" in word or not len(owners):
            return np.empty(0, np.intp), flags
        if len(word) == 1:
            _mark_byte(every, word[0], owners, flags)
            return None, flags
        places, known = self._shorter(word)
        if places is None:
            places, known = _pairs(every, word[:2]), 2
        for at in range(known, len(word)):
            # The zero byte at the end of a text stops every word that begins in it.
            places = places.compress(every.take(places + at) == word[at])
        flags[owners.take(places >> _SHIFT)] = True
        return places, flags

    def _shorter(self, word: bytes) -> tuple[Places | None, int]:
        """Where the longest beginning of the word stands that was looked for."""
        for end in range(len(word) - 1, 1, -1):
            found = self._found.get(word[:end])
            if found is not None:
                return found[0], end
        return None, 0


def _mark_byte(
    every: NDArray[np.uint8], byte: int, owners: NDArray[np.int32], flags: Flags
) -> None:
    """Set the flags of those in whose blocks a byte stands."""
    for start in range(0, len(every), _STRETCH):
        stretch = every[start : start + _STRETCH]
        halves = (stretch == byte).view(np.uint64)
        blocks = (halves[0::2] | halves[1::2]).astype(np.bool_)
        first = start >> _SHIFT
        flags[owners[first : first + len(blocks)].compress(blocks)] = True


def _pairs(every: NDArray[np.uint8], pair: bytes) -> Places:
    """Where two bytes stand one after the other; never is one the last byte, which is zero."""
    both = int.from_bytes(pair, "little")
    found = []
    for start in range(0, len(every), _STRETCH):
        end = min(start + _STRETCH, len(every))
        even = np.flatnonzero(every[start:end].view("<u2") == both)
        odd = every[start + 1 : end + 1] if end < len(every) else every[start + 1 : -1]
        found.append((even << 1) + start)
        found.append((np.flatnonzero(odd.view("<u2") == both) << 1) + (start + 1))
    return np.concatenate(found)
