"""Finding thousands of forms in a text at once, the longest that fits at each place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

_HEAD: Final = 2
"""Characters by which a place is told from one where no form begins."""


class Matcher(Generic[Value]):
    """Forms by their first two characters, longest first.

    A text of n characters costs about n dictionary look-ups, however many forms there are.

    Args:
        forms: What each form of two or more characters means.
    """

    def __init__(self, forms: Mapping[str, Value]) -> None:
        self._forms = forms
        lengths: dict[str, set[int]] = {}
        for form in forms:
            if len(form) >= _HEAD:
                lengths.setdefault(form[:_HEAD], set()).add(len(form))
        self._lengths = {head: tuple(sorted(each, reverse=True)) for head, each in lengths.items()}

    def get(self, form: str) -> Value | None:
        """What a form means, or None."""
        return self._forms.get(form)

    def find(
        self, text: str, fits: Callable[[int, int, Value], bool]
    ) -> Iterator[tuple[int, int, Value]]:
        """Places of forms, from left to right and without overlap.

        Args:
            text: Where to look.
            fits: Whether a form may stand for its value at a place; else a shorter one is tried.
        """
        heads, forms = self._lengths, self._forms
        place, size = 0, len(text)
        while place < size - 1:
            lengths = heads.get(text[place : place + _HEAD])
            if lengths is None:
                place += 1
                continue
            for length in lengths:
                if place + length > size:
                    continue
                value = forms.get(text[place : place + length])
                if value is not None and fits(place, place + length, value):
                    yield place, place + length, value
                    place += length
                    break
            else:
                place += 1
