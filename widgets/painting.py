"""Painting of what has changed, and of nothing beside it.

Textual's compositor cuts every line that is painted at the edges of all widgets on it, which
halves wide characters in front of such an edge, and asks every widget near a change for its
lines. Here the screen is asked once, until its layout is another, which widget is in front in
which part of a line; a change is then painted from that widget's lines as they are.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple, Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget


class Part(NamedTuple):
    """A part of a line of the screen, and the widget in front there.

    Attributes:
        x, end: The first cell, and the one after the last.
        widget: Whose cells they are.
        region: Where the widget is.
        shown: What of it can be seen.
    """

    x: int
    end: int
    widget: Widget
    region: Region
    shown: Region


class PartsUpdate(ChopsUpdate):
    """Parts of lines, each written where it stands.

    Args:
        parts: The cell, the line and what is to be written from there on.
    """

    def __init__(self, parts: list[tuple[int, int, Strip]]) -> None:
        super().__init__([], [], [])
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The same as segments."""
        for x, y, strip in self.parts:
            yield Control.move_to(x, y).segment
            yield from strip

    def render_segments(self, console: Console) -> str:
        """The text for the terminal."""
        return "".join(
            [f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.parts]
        )


class PartsCompositor(Compositor):
    """Paints changes from the lines of the widgets in front."""

    def __init__(self) -> None:
        super().__init__()
        self._in_front: dict[int, list[Part]] = {}
        self._laid_out: dict[Widget, tuple[Region, Region]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last update; None where nothing has."""
        if not self._dirty_regions:
            return None
        parts = self._parts(self._regions_to_spans(self._dirty_regions))
        if parts is None:
            return super().render_partial_update()
        self._dirty_regions.clear()
        return PartsUpdate(parts)

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen.

        Args:
            simplify: Whether to join neighbours of one style, for a picture.
        """
        width, height = self.size
        parts = self._parts((y, 0, width) for y in range(height))
        if parts is None:
            return super().render_full_update(simplify=simplify)
        self._dirty_regions.clear()
        lines: list[Iterable[Strip]] = [
            [strip for _, _, strip in line] for _, line in groupby(parts, itemgetter(1))
        ]
        if simplify:
            lines = [[Strip.join(line).simplify().discard_meta()] for line in lines]
        return LayoutUpdate(lines, self.size.region)

    def clear(self) -> None:
        """Forget the widgets."""
        super().clear()
        self._in_front.clear()
        self._laid_out = None

    def _parts(self, spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, Strip]] | None:
        """What stands in these parts of lines; None where a widget does not fill its place.

        Args:
            spans: The line, the first cell and the one after the last.
        """
        height = self.size.height
        painted: list[tuple[int, int, Strip]] = []
        lines: dict[Widget, list[Strip]] = {}
        for y, start, stop in spans:
            if not 0 <= y < height:
                continue
            for x, end, widget, region, shown in self.in_front(y):
                if end <= start:
                    continue
                if x >= stop:
                    break
                of_widget = lines.get(widget)
                if of_widget is None:
                    offset = -region.x, -region.y
                    of_widget = lines[widget] = widget.render_lines(shown.translate(offset))
                place = y - shown.y
                if place >= len(of_widget):
                    return None
                strip = of_widget[place]
                if x != shown.x or end != shown.right:
                    strip = strip.crop(x - shown.x, end - shown.x)
                # From the part's own start, as a wide character may lie across the change's.
                painted.append((x, y, strip if stop >= end else _until(strip, stop - x)))
        return painted

    def in_front(self, y: int) -> list[Part]:
        """Which widget is in front along a line of the screen, from left to right."""
        shown = self.visible_widgets
        if shown is not self._laid_out:
            self._in_front.clear()
            self._laid_out = shown
        parts = self._in_front.get(y)
        if parts is None:
            parts = self._in_front[y] = list(_fronts(_crossing(shown, y), self.size.width))
        return parts


def _crossing(shown: dict[Widget, tuple[Region, Region]], y: int) -> list[Part]:
    """The widgets that a line goes through, the foremost first."""
    crossing = []
    for widget, (region, clip) in shown.items():
        seen = region.intersection(clip)
        if seen.y <= y < seen.bottom and seen.width:
            crossing.append(Part(seen.x, seen.right, widget, region, seen))
    return crossing


def _fronts(crossing: list[Part], width: int) -> Iterator[Part]:
    """What of each can be seen."""
    edges = {0, width, *(part.x for part in crossing), *(part.end for part in crossing)}
    last: Part | None = None
    for x, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= width)):
        front = next((part for part in crossing if part.x <= x and end <= part.end), None)
        if front is None:
            continue
        if last is not None and last.widget is front.widget and last.end == x:
            last = last._replace(end=end)
            continue
        if last is not None:
            yield last
        last = front._replace(x=x, end=end)
    if last is not None:
        yield last


def _until(strip: Strip, cells: int) -> Strip:
    """The first segments of a line that reach so many cells; none of them is cut."""
    segments, length = [], 0
    for segment in strip:
        if length >= cells:
            break
        segments.append(segment)
        length += segment.cell_length
    return Strip(segments, length)


class PartsScreen(Screen[ScreenResultType]):
    """A screen that is painted by parts."""

    def __init__(
        self,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._compositor = PartsCompositor()

    def takes(self, widget: Widget) -> bool:
        """Whether what a widget marks as changed can be painted as it stands."""
        return (
            widget in self._compositor.visible_widgets
            and self.is_current
            and not self.app._batch_count  # noqa: SLF001 - as the screen itself asks
        )

    def take(self, widget: Widget) -> None:
        """Paint at the next frame what a widget has marked as changed."""
        self._dirty_widgets.add(widget)
        self._update_timer.resume()


class PartsWidget(Widget):
    """A widget that tells its screen at once which of its lines are to be painted.

    Textual would pass that on from the widget's own queue of messages to the screen's, which for
    a single line costs more than painting it.
    """

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Refresh, as every widget does."""
        if regions and repaint and not layout and not recompose and self.is_attached:
            screen = self.screen
            if isinstance(screen, PartsScreen) and screen.takes(self):
                self._set_dirty(*regions)
                screen.take(self)
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
