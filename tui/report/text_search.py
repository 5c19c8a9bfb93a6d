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
_KEPT: Final = 12
"""Words whose places are remembered: those of a text as it is typed on and taken back."""

Places = NDArray[np.intp]


class TextSearch:
    """Texts by slot, with what was looked for last remembered until a text changes."""

    def __init__(self) -> None:
        self._blocks = SlotRows(_BLOCK, np.uint8)
        self._found: OrderedDict[bytes, tuple[Places | None, Places]] = OrderedDict()

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
        flags[self._holding(word.encode("utf-8", "surrogatepass"))] = True

    def _holding(self, word: bytes) -> Places:
        """The slots whose text holds a word; some may stand in it several times."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = self._searched(word)
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        else:
            self._found.move_to_end(word)
        return found[1]

    def _searched(self, word: bytes) -> tuple[Places | None, Places]:
        owners = self._blocks.owners
        if b"\0" in word or not len(owners):
            none = np.empty(0, np.intp)
            return none, none
        every = self._blocks.rows.reshape(-1).view(np.uint8)
        if len(word) == 1:
            halves = (every == word[0]).view(np.uint64).reshape(-1, 2)
            return None, owners.compress((halves[:, 0] | halves[:, 1]) != 0)
        places, known = self._shorter(word)
        if places is None:
            places, known = _pairs(every, word[:2]), 2
        for at in range(known, len(word)):
            # The zero byte at the end of a text stops every word that begins in it.
            places = places[every.take(places + at) == word[at]]
        return places, owners.take(places >> _SHIFT)

    def _shorter(self, word: bytes) -> tuple[Places | None, int]:
        """Where the longest beginning of the word stands that was looked for."""
        for end in range(len(word) - 1, 1, -1):
            found = self._found.get(word[:end])
            if found is not None:
                return found[0], end
        return None, 0


def _pairs(every: NDArray[np.uint8], pair: bytes) -> Places:
    """Where two bytes stand one after the other."""
    both = int.from_bytes(pair, "little")
    even = np.flatnonzero(every.view("<u2") == both)
    odd = np.flatnonzero(every[1:-1].view("<u2") == both)
    return np.concatenate([even * 2, odd * 2 + 1])
