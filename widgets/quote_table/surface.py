"""A widget made of whole lines that it keeps itself."""

from abc import abstractmethod
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip

from widgets.painting import PartsWidget


class LineSurface(PartsWidget):
    """Paints strips that its subclass keeps, past Textual's cache of styled lines.

    The compositor asks for every line of a widget whenever any part of it has changed. Lines
    kept ready, with the app's filters already applied, make that question cost next to nothing.
    Where a border, padding, an outline, tint, hatch or opacity must be drawn over the lines,
    they go through Textual's cache after all.
    """

    _outdated = True
    _line_filters: tuple[LineFilter, ...] = ()
    _drawn_size = Size(0, 0)
    _plain = False

    @abstractmethod
    def draw(self, size: Size) -> list[Strip]:
        """Draw every line anew, in styles that have gone through `finish`.

        Args:
            size: Cells and lines of the content, each at least 1.

        Returns:
            One strip of ``size.width`` cells for each line. The list is kept: replacing a strip
            in it, and refreshing its region, changes the line.
        """

    @property
    def drawn(self) -> bool:
        """Whether the lines kept are good, so that single ones may be replaced."""
        return not self._outdated

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh parts, or with no regions draw every line anew at the next painting."""
        if repaint and not regions:
            self._outdated = True
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw every line anew: styles have changed."""
        self._outdated = True
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region of the widget."""
        lines = self._current_lines()
        if not self._plain:
            return super().render_lines(crop)
        shown = lines[crop.y : crop.bottom]
        if len(shown) < crop.height:
            blank = Strip.blank(crop.width, self.rich_style)
            shown += [blank] * (crop.height - len(shown))
        if crop.column_span != (0, self._drawn_size.width):
            shown = [strip.crop(crop.x, crop.right) for strip in shown]
        return shown

    def render_line(self, y: int) -> Strip:
        """One line of the content."""
        lines = self._current_lines()
        return lines[y] if 0 <= y < len(lines) else Strip.blank(self.size.width, self.rich_style)

    def _current_lines(self) -> list[Strip]:
        size = self.size
        filters = tuple(self.get_line_filters())
        if self._outdated or size != self._drawn_size or filters != self._line_filters:
            self._line_filters = filters
            self._drawn_size = size
            self._plain = self._is_plain()
            self._lines = self.draw(size) if size else []
            self._outdated = False
        return self._lines

    @property
    def line_filters(self) -> tuple[LineFilter, ...]:
        """The filters of the app that `finish` applies."""
        return self._line_filters

    def finish(self, style: Style) -> Style:
        """What the app's filters make of a style, such as taking its colours away."""
        background = self.background_colors[1]
        segments = [Segment(" ", style)]
        for line_filter in self._line_filters:
            segments = line_filter.apply(segments, background)
        return segments[0].style or style

    def _is_plain(self) -> bool:
        styles = self.styles
        return not (
            styles.gutter
            or styles.outline.spacing
            or styles.tint.a
            or (styles.has_rule("hatch") and styles.hatch != "none")
            or self.opacity < 1
        )
