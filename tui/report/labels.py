"""What catalysts are filed under: kinds, sources, instruments; by any of them, or by a word."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.market.arrays import Flags
from tui.report.slot_rows import SlotRows
from tui.report.text_search import TextSearch

_NONE: Final = 0
"""The number of no label: what rows of nobody hold."""
_STRETCH: Final = 1 << 14
"""Rows gone through at once, in memory small enough to be used again at once."""


class Label(NamedTuple):
    """Something that catalysts are filed under.

    Attributes:
        shelf: What it is: a kind, a source, an instrument.
        name: Which.
    """

    shelf: str
    name: str


class Labels:
    """Slots by their labels."""

    def __init__(self) -> None:
        self._numbers: dict[Label, int] = {}
        self._shelves: dict[str, list[tuple[str, int]]] = {}
        self._names = TextSearch()
        self._filed = SlotRows(1, np.int32)

    def number(self, label: Label) -> int:
        """The number of a label; 0 for one that nothing was ever filed under."""
        return self._numbers.get(label, _NONE)

    def add(self, label: Label, text: str) -> int:
        """Give a label a number, and the text by which it is found."""
        number = self._numbers[label] = len(self._numbers) + 1
        self._shelves.setdefault(label.shelf, []).append((label.name, number))
        self._names.put(number, text)
        return number

    def put(self, slot: int, numbers: Iterable[int]) -> None:
        """File a slot that is not filed."""
        rows = np.array(tuple(numbers), np.int32).reshape(-1, 1)
        if len(rows):
            self._filed.put(slot, rows)

    def drop(self, slot: int) -> None:
        """Take a slot out."""
        self._filed.drop(slot)

    def forget_found(self) -> None:
        """Look for the next word among all labels."""
        self._names.forget_found()

    def counts(self, shelf: str) -> dict[str, int]:
        """The labels of a shelf under which there is something, the commonest first."""
        filed = np.bincount(self._of(), minlength=len(self._numbers) + 1).tolist()
        counted = [(name, filed[number]) for name, number in self._shelves.get(shelf, ())]
        counted.sort(key=lambda entry: (-entry[1], entry[0]))
        return {name: count for name, count in counted if count}

    def mark(self, shelf: str, names: Iterable[str], flags: Flags) -> None:
        """Set the flags of the slots under at least one of these labels.

        Args:
            shelf: What the labels are.
            names: Which.
            flags: One for each slot.
        """
        self._mark([self.number(Label(shelf, name)) for name in names], flags)

    def mark_holding(self, word: str, flags: Flags) -> None:
        """Set the flags of the slots with a label in whose text a word stands."""
        named = np.zeros(len(self._numbers) + 1, np.bool_)
        self._names.mark(word, named)
        if named.any():
            self._mark_under(named, flags)

    def _mark(self, numbers: list[int], flags: Flags) -> None:
        wanted = np.zeros(len(self._numbers) + 1, np.bool_)
        wanted[numbers] = True
        wanted[_NONE] = False
        self._mark_under(wanted, flags)

    def _mark_under(self, wanted: Flags, flags: Flags) -> None:
        """Set the flags of the slots under a label that is wanted, by the labels' numbers."""
        numbers, owners = self._of(), self._filed.owners
        for start in range(0, len(numbers), _STRETCH):
            under = wanted.take(numbers[start : start + _STRETCH])
            flags[owners[start : start + _STRETCH].compress(under)] = True

    def _of(self) -> NDArray[np.int32]:
        return self._filed.rows.reshape(-1).view(np.int32)
