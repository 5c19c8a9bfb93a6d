"""The base of the views whose entries can be gone through and chosen."""

from rich.style import Style
from textual import events
from textual.message import Message
from textual.widget import Widget

from widgets.cursor import KeyCursor
from widgets.lines import LineView

MARK = "▌"
"""Stands before the row under the cursor, so that it is seen without colour too."""


class CursorView(LineView, can_focus=True):
    """A view of entries with a cursor, which is shown while the view has the focus.

    It binds no keys: a screen calls `move`, `move_to_start`, `move_to_end` and `choose`. A click
    moves the cursor, a click on the entry under it chooses that.
    """

    class Highlighted(Message):
        """The cursor came to another entry.

        Attributes:
            key: The entry's.
        """

        def __init__(self, view: "CursorView", key: str) -> None:
            super().__init__()
            self.view = view
            self.key = key

        @property
        def control(self) -> Widget:
            """The view."""
            return self.view

    class Chosen(Highlighted):
        """An entry was chosen."""

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._cursor = KeyCursor()
        self._rows: list[int] = []

    @property
    def key(self) -> str | None:
        """The key of the entry under the cursor; None while there is none."""
        return self._cursor.key

    def move(self, step: int) -> None:
        """Move the cursor by entries, down for positive steps."""
        self._moved(self._cursor.move(step))

    def move_to_start(self) -> None:
        """Move the cursor to the first entry."""
        self._moved(self._cursor.move_to(0))

    def move_to_end(self) -> None:
        """Move the cursor to the last entry."""
        self._moved(self._cursor.move_to(len(self._cursor.keys) - 1))

    def select(self, key: str) -> None:
        """Put the cursor on an entry, if it is there."""
        self._moved(self._cursor.select(key))

    def choose(self) -> None:
        """Choose the entry under the cursor."""
        if self._cursor.key is not None:
            self.post_message(self.Chosen(self, self._cursor.key))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.rebuild()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.rebuild()

    def on_click(self, event: events.Click) -> None:
        """Move to the entry that was clicked, or choose it where the cursor is on it already."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y < len(self._rows):
            return
        index = self._rows[offset.y]
        if index < 0:
            return
        if index == self._cursor.index and event.chain > 1:
            self.choose()
        else:
            self._moved(self._cursor.move_to(index))

    def row_style(self, index: int, word: str = "", *, bold: bool = False) -> Style:
        """The style of a tone on the row of an entry, with the cursor's ground under it."""
        cursor = self.has_focus and index == self._cursor.index
        return self.tone(word, cursor=cursor, bold=bold)

    def mark(self, index: int) -> str:
        """What stands before the row of an entry: the cursor's mark, or a blank."""
        return MARK if self.has_focus and index == self._cursor.index else " "

    def _moved(self, moved: bool) -> None:
        if moved and self._cursor.key is not None:
            self.rebuild()
            self.post_message(self.Highlighted(self, self._cursor.key))
