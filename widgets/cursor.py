"""A cursor that follows a thing, not a place."""

from collections.abc import Sequence


class KeyCursor:
    """The cursor of a short list whose entries come, go and change places.

    Attributes:
        keys: The entries by key, in order.
        index: The place of the cursor; -1 while there is no entry.
    """

    __slots__ = ("index", "keys")

    def __init__(self) -> None:
        self.keys: Sequence[str] = ()
        self.index = -1

    @property
    def key(self) -> str | None:
        """The key under the cursor; None while there is no entry."""
        return self.keys[self.index] if self.index >= 0 else None

    def update(self, keys: Sequence[str]) -> None:
        """Take other entries; the cursor stays on its key, or at its place where that has gone."""
        held = self.key
        self.keys = tuple(keys)
        if not self.keys:
            self.index = -1
        elif held in self.keys:
            self.index = self.keys.index(held)
        else:
            self.index = min(max(self.index, 0), len(self.keys) - 1)

    def move_to(self, index: int) -> bool:
        """Put the cursor at a place, held inside the list; whether it moved."""
        before = self.index
        if self.keys:
            self.index = min(max(index, 0), len(self.keys) - 1)
        return self.index != before

    def move(self, step: int) -> bool:
        """Move by a step; whether it moved."""
        return self.move_to(self.index + step)

    def select(self, key: str) -> bool:
        """Put the cursor on a key, if it is there; whether it moved."""
        return key in self.keys and self.move_to(self.keys.index(key))
