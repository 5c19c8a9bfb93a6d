"""Containers and views whose lines cost nothing while they stay as they are.

The compositor asks every widget that meets a part of the screen for all of its lines whenever
anything in that part has changed. Most of them have not changed: what is behind others, and what
stands beside a table whose figures run.
"""

from typing import ClassVar, Self

from textual.containers import Horizontal, Vertical
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip

from widgets.painting import PartsWidget
from widgets.strips import LooseStrip


class KeptLines(PartsWidget):
    """Gives out the same lines again until something asks for it to be painted anew."""

    _kept: tuple[Region, list[LineFilter], list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the widget, those of the last time if nothing has changed."""
        filters = list(self.get_line_filters())
        kept = self._kept
        if kept is not None and kept[0] == crop and kept[1] == filters:
            return kept[2]
        strips: list[Strip] = [LooseStrip.of(strip) for strip in self.make_lines(crop)]
        self._kept = (crop, filters, strips)
        return strips

    def make_lines(self, crop: Region) -> list[Strip]:
        """Lines of the widget, made anew."""
        return super().render_lines(crop)

    def forget_lines(self) -> None:
        """Make the lines anew when they are next asked for."""
        self._kept = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh, as every widget does."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Make the lines anew: styles have changed."""
        self._kept = None
        super().notify_style_update()


class Row(Horizontal):
    """Widgets side by side that leave nothing of it to be seen."""

    BLANK: ClassVar[bool] = True


class Stack(Vertical):
    """Widgets one below another that leave nothing of it to be seen."""

    BLANK: ClassVar[bool] = True


class Frame(Vertical, KeptLines):
    """A container of which only the border is seen."""
