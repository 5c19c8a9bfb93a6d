"""The base of the views: ready lines, of which only those that changed are painted again.

A stock widget that is told its text anew measures and wraps it, styles it, and paints all of
it. A view here is told what to show some ten times a second, and mostly one figure differs. So
it makes its lines itself, compares them with those on the screen, and marks the difference.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip

from widgets.kept import KeptLines
from widgets.line import Line

TONES = frozenset({"up", "down", "flat", "muted", "warn", "accent"})
"""The words by which a view is told how a text is meant; the empty word is ordinary text."""


class LineView(KeptLines):
    """A widget that keeps its lines ready to paint.

    A subclass makes them in `build` from what it was last told to show. Colours come from
    component classes alone, so the app's stylesheet decides them; a direction is always told by
    a sign or an arrow as well.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "view--up",
        "view--down",
        "view--flat",
        "view--muted",
        "view--warn",
        "view--accent",
        "view--title",
        "view--key",
        "view--rule",
        "view--cursor",
    }
    """
    | Class | Description |
    | :- | :- |
    | `view--up`, `view--down`, `view--flat` | Figures by the direction they tell. |
    | `view--muted` | Labels, units and notes. |
    | `view--warn` | What asks for attention. |
    | `view--accent` | What stands out without a direction. |
    | `view--title` | Names and headings. |
    | `view--key` | Keys that can be pressed. |
    | `view--rule` | Lines between things. |
    | `view--cursor` | The row under the cursor; only its background counts. |
    """

    DEFAULT_CSS = """
    LineView {
        height: 1;
        & > .view--up { color: $success; }
        & > .view--down { color: $error; }
        & > .view--flat { color: $foreground; }
        & > .view--muted { color: $text-muted; }
        & > .view--warn { color: $warning; }
        & > .view--accent { color: $accent; }
        & > .view--title { color: $foreground; text-style: bold; }
        & > .view--key { color: $accent; text-style: bold; }
        & > .view--rule { color: $primary; }
        & > .view--cursor { background: $panel; }
    }
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
        self._lines: list[Strip] = []
        self._outdated = True
        self._painting = False
        self._styles: dict[tuple[str, bool, bool], Style] = {}

    def build(self, width: int, height: int) -> list[Line]:
        """Make the lines to show; there may be fewer than the height, and more are not seen.

        Args:
            width: Cells of a line, at least 1.
            height: Lines that there is room for, at least 1.
        """
        raise NotImplementedError

    def tone(self, word: str, *, cursor: bool = False, bold: bool = False) -> Style:
        """The style of a tone (see `TONES`) or of a component such as ``title`` or ``rule``.

        Args:
            word: The tone; a word that is not known is ordinary text.
            cursor: Whether it stands on the row under the cursor.
            bold: Whether it is written bold.
        """
        key = (word, cursor, bold)
        style = self._styles.get(key)
        if style is None:
            style = self._resolve(word)
            if cursor:
                ground = self.get_component_rich_style("view--cursor")
                style += Style(bgcolor=ground.bgcolor)
            if bold:
                style += Style(bold=True)
            self._styles[key] = style
        return style

    def rebuild(self) -> None:
        """Make the lines again and repaint those that differ."""
        width, height = self.size
        if not self.is_attached or width <= 0 or height <= 0:
            self._outdated = True
            self.forget_lines()
            return
        self.set_lines(self._built(width, height))

    def set_lines(self, lines: Sequence[Strip]) -> None:
        """Show lines, repainting only those that differ from what is shown."""
        width = self.size.width
        shown, self._lines = self._lines, list(lines)
        self._outdated = False
        blank = Strip([])
        regions: list[Region] = []
        first = -1
        for y in range(max(len(shown), len(self._lines)) + 1):
            old = shown[y] if y < len(shown) else blank
            new = self._lines[y] if y < len(self._lines) else blank
            if old is not new and old != new:
                first = y if first < 0 else first
            elif first >= 0:
                regions.append(Region(0, first, width, y - first))
                first = -1
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One line of the content, as wide as the content.

        Asked for by itself, it tells where each of its characters stands, which selecting with
        the mouse needs; for painting that would cost more than all else about the line.
        """
        strip = self._line(y)
        return strip if self._painting else strip.apply_offsets(0, y)

    def _line(self, y: int) -> Strip:
        width, height = self.size
        if self._outdated and width > 0 and height > 0:
            self._lines = self._built(width, height)
            self._outdated = False
        if not 0 <= y < len(self._lines):
            return Strip.blank(width, self.tone(""))
        strip = self._lines[y]
        if strip.cell_length != width:
            strip = strip.adjust_cell_length(width, self.tone(""))
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            strip = self._selected(strip, *span)
        return strip

    def make_lines(self, crop: Region) -> list[Strip]:
        """Lines of the widget; whole lines go past the style cache where nothing is round them."""
        styles = self.styles
        if styles.gutter or styles.has_rule("outline") or self.opacity < 1:
            self._painting = True
            try:
                return super().make_lines(crop)
            finally:
                self._painting = False
        strips = [self._line(y) for y in crop.line_range]
        ground = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, ground) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def notify_style_update(self) -> None:
        """Forget the styles; the lines are made again when they are next painted."""
        super().notify_style_update()
        self._styles.clear()
        self._outdated = True

    def on_resize(self) -> None:
        """Fit the lines to the new size."""
        self.rebuild()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        return selection.extract("\n".join(strip.text for strip in self._lines)), "\n"

    def _resolve(self, word: str) -> Style:
        component = f"view--{word}"
        if word and component in self._get_component_classes():
            return self.get_component_rich_style(component)
        return self.rich_style

    def _built(self, width: int, height: int) -> list[Strip]:
        ground = self.rich_style
        if self._styles.get(("", False, False)) != ground:
            # The ground can change with an ancestor's, which is not told.
            self._styles.clear()
        base = self.tone("")
        return [line.strip(base) for line in self.build(width, height)[:height]]

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        """The strip with the characters from start to end (-1: all that follow) marked."""
        marked = self.screen.get_component_rich_style("screen--selection")
        text = strip.text
        first = cell_len(text[:start])
        last = strip.cell_length if end == -1 else min(cell_len(text[:end]), strip.cell_length)
        before, inside, after = (
            strip.crop(0, first),
            strip.crop(first, last),
            strip.crop(last, strip.cell_length),
        )
        over = Strip(Segment.apply_style(inside, post_style=marked), inside.cell_length)
        return Strip.join([before, over, after])
