"""The last line: the keys that do something here."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.widget import Widget

from widgets.line import Line
from widgets.lines import LineView

_GAP = 2
_OFFERED = 0.5
"""The share of the line that an offer may take."""


class KeyBar(LineView):
    """Keys and what they do; the last ones give way first as the line gets narrower.

    One key may be offered: it stands first, stands out, and says more than the others.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; }
    """

    class Pressed(Message):
        """A key was clicked.

        Attributes:
            key: As it was given to `KeyBar.show`.
            at: Which character of it was clicked; −1 for its label.
        """

        def __init__(self, bar: "KeyBar", key: str, at: int = -1) -> None:
            super().__init__()
            self.bar = bar
            self.key = key
            self.at = at

        @property
        def control(self) -> Widget:
            """The bar."""
            return self.bar

    _keys: Sequence[tuple[str, str]] = ()
    _offered: tuple[str, Sequence[str]] | None = None
    _spans: Sequence[tuple[int, int, str]] = ()

    def show(
        self,
        keys: Sequence[tuple[str, str]],
        offered: tuple[str, Sequence[str]] | None = None,
    ) -> None:
        """Show keys with their labels.

        Args:
            keys: The most important first.
            offered: A key that is offered before them, with its label's forms, the fullest first.
        """
        if tuple(keys) != tuple(self._keys) or offered != self._offered:
            self._keys, self._offered = tuple(keys), offered
            self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - always one line
        """The keys that fit."""
        margin = 1 if width > 30 else 0
        line = Line(width).skip_to(margin, self.tone(""))
        spans = []
        keys, marked = self._keys, 0
        if self._offered is not None:
            keys, marked = (offer_that_fits(*self._offered, line.room), *keys), 1
        for place, (key, label) in enumerate(keys[: keys_that_fit(keys, line.room)]):
            if place:
                line.add(" " * _GAP, self.tone(""))
            start = line.used
            line.add(key, self.tone("key"))
            if label:
                line.add(f" {label}", self.tone("key" if place < marked else "muted"))
            spans.append((start, line.used, key))
        self._spans = spans
        return [line]

    def on_click(self, event: events.Click) -> None:
        """Tell which key was clicked."""
        for start, stop, key in self._spans:
            if start <= event.x < stop:
                cells = int(event.x) - start
                at = next((n for n in range(len(key)) if cell_len(key[: n + 1]) > cells), -1)
                self.post_message(self.Pressed(self, key, at))


def offer_that_fits(key: str, forms: Sequence[str], width: int) -> tuple[str, str]:
    """A key with the fullest of its labels that leaves room for others; else with the last."""
    room = width * _OFFERED - cell_len(key) - 1
    return key, next((form for form in forms if cell_len(form) <= room), forms[-1])


def keys_that_fit(keys: Sequence[tuple[str, str]], width: int) -> int:
    """How many keys, from the first, fit whole into a width."""
    used = 0
    for count, (key, label) in enumerate(keys):
        used += cell_len(key) + (1 + cell_len(label) if label else 0) + (_GAP if count else 0)
        if used > width:
            return count
    return len(keys)
