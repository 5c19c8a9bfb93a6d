"""Headlines, one a line: of many thousands only those that are seen are ever formatted."""

from collections.abc import Sequence
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip

from widgets.cursor import KeyCursor
from widgets.cursor_view import MARK, CursorView
from widgets.headline_row import HeadlineView, headline_strip
from widgets.line import Line

__all__ = ["HeadlineList", "HeadlineView", "Headlines"]


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


class _Styles(dict[tuple[str, bool], Style]):
    """Styles of the tones, bold or not, each made when it is first asked for."""

    def __init__(self, view: "HeadlineList", *, cursor: bool) -> None:
        super().__init__()
        self._view = view
        self._cursor = cursor

    def __missing__(self, key: tuple[str, bool]) -> Style:
        word, bold = key
        style = self[key] = self._view.written(word, cursor=self._cursor, bold=bold)
        return style


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
        self._made: dict[tuple[int, bool], Strip] = {}
        self._made_for: tuple[int, bool] = 0, False
        self._ready = _Styles(self, cursor=False), _Styles(self, cursor=True)
        self._filters: Sequence[LineFilter] = ()
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

    def rebuild(self) -> None:
        """Make all lines again, as what they show may have changed."""
        self._made.clear()
        super().rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line is enough
        """What is said where there are no headlines."""
        return [Line(width).add(f" {self.empty_text}", self._ready[0]["muted", False])]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on by a few."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back by a few."""
        event.stop()
        self.move(-3)

    # --- painting -------------------------------------------------------------------------

    def _moved(self, moved: bool) -> None:
        if moved and self._places.key is not None:
            # Headlines stand still while the cursor moves: only its lines and new ones are made.
            super().rebuild()
            self.post_message(self.Highlighted(self, self._places.key))

    def _built(self, width: int, height: int) -> list[Strip]:
        """The lines in view, those of the last time where they are the same."""
        filters = self.get_line_filters()
        ground = self.rich_style
        if filters != self._filters or self._styles.get(("", False, False)) != ground:
            # The ground can change with an ancestor's, which is not told.
            self._filters = filters
            self._styles.clear()
            self._styles["", False, False] = ground
            self._forget_styles()
        headlines = self._headlines
        count = len(headlines) if headlines is not None else 0
        if headlines is None or not count:
            self._rows = []
            return [line.strip(self._ready[0]["", False]) for line in self.build(width, height)]
        index = self._places.index
        self._top = min(max(self._top, index - height + 1), index)
        self._top = max(min(self._top, count - height), 0)
        self._rows = list(range(self._top, min(self._top + height, count)))
        focused = self.has_focus
        if self._made_for != (width, focused):
            self._made_for = width, focused
            self._made.clear()
        made = self._made
        kept: dict[tuple[int, bool], Strip] = {}
        for row in self._rows:
            name = row, focused and row == index
            kept[name] = made.get(name) or self._row(headlines.view(row), width, cursor=name[1])
        self._made = kept
        return list(kept.values())

    def _row(self, view: HeadlineView, width: int, *, cursor: bool) -> Strip:
        mark = MARK if cursor else " "
        return headline_strip(view, mark, width, self._ready[cursor])

    def written(self, word: str, *, cursor: bool, bold: bool) -> Style:
        """A tone's style as it is written to the terminal: what the app's filters make of it."""
        segments = [Segment(" ", self.tone(word, cursor=cursor, bold=bold))]
        ground = self.background_colors[1]
        for line_filter in self._filters:
            segments = line_filter.apply(segments, ground)
        return segments[0].style or Style.null()

    def _forget_styles(self) -> None:
        self._made.clear()
        for styles in self._ready:
            styles.clear()

    def notify_style_update(self) -> None:
        """Forget the styles, and the lines in them."""
        super().notify_style_update()
        self._forget_styles()

    def make_lines(self, crop: Region) -> list[Strip]:
        """Lines of the widget; they have gone through the app's filters already."""
        styles, width = self.styles, self.size.width
        if (
            self._outdated
            or self.text_selection is not None
            or styles.gutter
            or styles.has_rule("outline")
            or self.opacity < 1
            or self.get_line_filters() != self._filters
            or crop.column_span != (0, width)
        ):
            return super().make_lines(crop)
        shown = self._lines[crop.y : crop.bottom]
        blank = Strip.blank(width, self._ready[0]["", False])
        return shown + [blank] * (crop.height - len(shown))
