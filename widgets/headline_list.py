"""Headlines, one a line: of many thousands only those that are seen are ever formatted."""

from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len
from rich.style import Style
from textual import events

from widgets.cells import cut, fit
from widgets.cursor import KeyCursor
from widgets.cursor_view import CursorView
from widgets.line import Line

_UNREAD = "●"
_PINNED = "★"
_NAMES, _IMPACT, _SOURCE = (9, 24), (8, 28), (14, 60)
"""Cells of what stands behind a headline, and cells of the headline that are worth more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineView:
    """One headline; every text is ready to print.

    Attributes:
        when: When it was told: ``14:32``, ``23 May``, or empty.
        kind: ``policy``, ``deal``, …; may be empty.
        headline: One line of text.
        names: Codes of what it concerns; may be empty.
        source: Who says so.
        impact: What its names did since; may be empty.
        tone: A tone for the impact.
        unread: Whether it was not read.
        pinned: Whether it is kept.
    """

    when: str = ""
    kind: str = ""
    headline: str
    names: str = ""
    source: str = ""
    impact: str = ""
    tone: str = ""
    unread: bool = False
    pinned: bool = False


class Headlines(Protocol):
    """What the list reads: many headlines by their place, each made when it is asked for."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def key(self, place: int) -> str:
        """The identity of the one at a place."""
        ...

    def place(self, key: str) -> int:
        """Where the one of a key stands; -1 where it is not among them."""
        ...

    def view(self, place: int) -> HeadlineView:
        """The one at a place."""
        ...


class _PlaceCursor(KeyCursor):
    """A cursor that follows a headline without going through all of them."""

    __slots__ = ("headlines", "held")

    def __init__(self) -> None:
        super().__init__()
        self.headlines: Headlines | None = None
        self.held: str | None = None

    @property
    def key(self) -> str | None:
        """The key under the cursor; None while there is none."""
        return self.held

    def move_to(self, index: int) -> bool:
        """Put the cursor at a place, held inside the list; whether it moved."""
        if not self.headlines:
            return False
        before, self.index = self.index, min(max(index, 0), len(self.headlines) - 1)
        self.held = self.headlines.key(self.index)
        return self.index != before

    def select(self, key: str) -> bool:
        """Put the cursor on a key, if it is there; whether it moved."""
        place = self.headlines.place(key) if self.headlines else -1
        return place >= 0 and self.move_to(place)

    def load(self, headlines: Headlines) -> None:
        """Take other headlines; the cursor stays on its key, or at its place where that is gone."""
        self.headlines = headlines
        if not len(headlines):
            self.index, self.held = -1, None
            return
        place = headlines.place(self.held) if self.held is not None else -1
        self.index = place if place >= 0 else min(max(self.index, 0), len(headlines) - 1)
        self.held = headlines.key(self.index)


class HeadlineList(CursorView):
    """Headlines that can be gone through; columns fold by the width."""

    DEFAULT_CSS = """
    HeadlineList { height: 1fr; }
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._places = _PlaceCursor()
        self._cursor = self._places
        self._headlines: Headlines | None = None
        self._top = 0
        self.empty_text = "no headlines"

    @property
    def index(self) -> int:
        """The place of the cursor; -1 while there is nothing."""
        return self._places.index

    def show(self, headlines: Headlines) -> None:
        """Show other headlines; the cursor stays on its own, and so does its line where it can."""
        line = self._places.index - self._top
        self._headlines = headlines
        self._places.load(headlines)
        self._top = max(self._places.index - line, 0)
        self.rebuild()

    def move_to_end(self) -> None:
        """Move the cursor to the last headline."""
        if self._headlines is not None:
            self._moved(self._places.move_to(len(self._headlines) - 1))

    def build(self, width: int, height: int) -> list[Line]:
        """The lines in view."""
        headlines = self._headlines
        count = len(headlines) if headlines is not None else 0
        if headlines is None or not count:
            self._rows = []
            return [Line(width).add(f" {self.empty_text}", self.tone("muted"))]
        index = self._places.index
        self._top = min(max(self._top, index - height + 1), index)
        self._top = max(min(self._top, count - height), 0)
        self._rows = list(range(self._top, min(self._top + height, count)))
        return [self._row(row, headlines.view(row), width) for row in self._rows]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by a few."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by a few."""
        event.stop()
        self.move(-3)

    def _row(self, row: int, view: HeadlineView, width: int) -> Line:
        plain, muted = self.row_style(row), self.row_style(row, "muted")
        line = Line(width).add(self.mark(row), self.row_style(row, "accent"))
        sign = _PINNED if view.pinned else " "
        line.add(_UNREAD if view.unread else sign, self.row_style(row, "accent"))
        line.add_fit(view.when, 7, muted)
        if width >= 48:
            line.add_fit(cut(view.kind, 9), 10, self.row_style(row, "accent"))
        tail = self._tail(row, view, line.room)
        room = line.room - sum(cell_len(text) for text, _ in tail)
        title = self.row_style(row, "title", bold=True) if view.unread else plain
        line.add_fit(" ".join(view.headline.split()), room, title)
        return line.add_all(tail).skip_to(width, plain)

    def _tail(self, row: int, view: HeadlineView, room: int) -> list[tuple[str, Style]]:
        """What stands behind the headline, of fixed widths so that it lies in columns."""
        tail: list[tuple[str, Style]] = []
        for text, (cells, least), word in (
            (view.names, _NAMES, "muted"),
            (view.impact, _IMPACT, view.tone),
            (view.source, _SOURCE, "muted"),
        ):
            if room - cells - 1 < least:
                break
            room -= cells + 1
            tail.append(
                (" " + fit(text, cells, right=text is view.impact), self.row_style(row, word))
            )
        return tail
