"""The treemap's widget."""

from typing import ClassVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from widgets.quote_table.surface import LineSurface
from widgets.treemap.contracts import TreemapView
from widgets.treemap.edges import Edges, notice
from widgets.treemap.figures import percent
from widgets.treemap.painter import MapPainter
from widgets.treemap.palette import DEFAULT_CSS, PARTS, PREFIX, Palette
from widgets.treemap.squarify import Rect
from widgets.treemap.state import MapState

EDGED = 6
"""A map on fewer lines has no line above it and none below."""


class MapMessage(Message):
    """Base of the map's messages.

    Attributes:
        treemap: The map that sent it.
    """

    def __init__(self, treemap: Widget) -> None:
        super().__init__()
        self.treemap = treemap

    @property
    def control(self) -> Widget:
        """The map."""
        return self.treemap


class Treemap(LineSurface, can_focus=True):
    """Groups and their tiles, with a cursor among the groups or among the tiles of one group.

    It binds no keys: a screen calls `show` on each tick of painting, and `move`, `drill` and
    `up` for keys. A thing keeps its place while sizes drift a little, so that the picture does
    not jump; only what has another figure or heat is painted again.

    A click moves the cursor, a double click does what `drill` does, and a click on the first
    line goes up.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {PREFIX + part for part in PARTS}
    DEFAULT_CSS = DEFAULT_CSS

    class Highlighted(MapMessage):
        """The cursor came to another group or tile.

        Attributes:
            key: The group's or the tile's.
        """

        def __init__(self, treemap: Widget, key: str) -> None:
            super().__init__(treemap)
            self.key = key

        def can_replace(self, message: Message) -> bool:
            """Only the last of several in a row matters."""
            return isinstance(message, Treemap.Highlighted) and message.treemap is self.treemap

    class Chosen(MapMessage):
        """A tile was chosen.

        Attributes:
            key: The tile's.
        """

        def __init__(self, treemap: Widget, key: str) -> None:
            super().__init__(treemap)
            self.key = key

    class Drilled(MapMessage):
        """The map shows another level.

        Attributes:
            key: The group's; None for the market.
        """

        def __init__(self, treemap: Widget, key: str | None) -> None:
            super().__init__(treemap)
            self.key = key

    def __init__(
        self,
        *,
        empty_text: str = "Nothing to show",
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the name that every Textual widget uses
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.empty_text = empty_text
        self._state = MapState(TreemapView(figure=percent))
        self._painter = MapPainter()
        self._palette: Palette | None = None
        self._edges: Edges | None = None
        self._told: tuple[str | None, str | None] = (None, None)
        self._clicked: str | None = None

    @property
    def key(self) -> str | None:
        """The key under the cursor; None where there is nothing to be on."""
        return self._state.key

    @property
    def level(self) -> str | None:
        """The key of the group shown; None for the market."""
        return self._state.level

    def show(self, view: TreemapView) -> None:
        """Show other figures: paint what differs, and lay out anew only where that is due."""
        if self._state.take(view) or not self.drawn or self._palette is None:
            self._tell()
            self.refresh()
            return
        self._replace(self._painter.update(view, self._palette))

    def move(self, dx: int, dy: int) -> None:
        """Move the cursor to a neighbour: so many steps to the right, so many down."""
        for _ in range(max(abs(dx), abs(dy))):
            if not self._state.step((dx > 0) - (dx < 0), (dy > 0) - (dy < 0)):
                break
        self._moved()

    def select(self, key: str) -> bool:
        """Put the cursor on a group or a tile, on the level where it can be.

        Returns:
            Whether it is there; one that is unknown, or too small to be shown, changes nothing.
        """
        there = self._state.select(key)
        self._moved()
        return there

    def drill(self) -> None:
        """Show the group under the cursor, or choose the tile."""
        if self._state.level is not None:
            if self._state.key is not None:
                self.post_message(self.Chosen(self, self._state.key))
        elif self._state.enter():
            self._moved()

    def up(self) -> bool:
        """Go back to the market, the cursor on the group that was shown.

        Returns:
            Whether it was not there already.
        """
        left = self._state.leave()
        self._moved()
        return left

    # Painting

    def draw(self, size: Size) -> list[Strip]:
        """Draw every line anew."""
        ground = self.rich_style
        palette = Palette(ground, self.get_component_rich_style, self.finish)
        self._palette = palette
        self._edges = Edges(self._state.view, palette, size.width)
        room = _room(size)
        state, painter = self._state, self._painter
        state.resize(room)
        plan = state.plan
        painter.cursor = state.cursor
        lines = painter.draw(plan, state.view, palette)
        if not plan.spots and lines:
            lines[len(lines) // 2] = notice(self.empty_text, palette, size.width)
        self.call_later(self._tell)
        if not room.y:
            return lines
        head, foot = self._edge_lines(self._edges)
        return [head, *lines, foot]

    def notify_style_update(self) -> None:
        """Resolve the component classes anew."""
        self._palette = None
        super().notify_style_update()

    def _edge_lines(self, edges: Edges) -> tuple[Strip, Strip]:
        state = self._state
        view, plan = state.view, state.plan
        return edges.head(view, plan), edges.foot(view, plan, state.cursor)

    def _replace(self, changed: dict[int, Strip]) -> None:
        """Put in the lines that differ, by their distance from the map's first."""
        size, room = self._drawn_size, self._state.plan.room
        found = {room.y + y: strip for y, strip in changed.items()}
        if room.y and self._edges is not None:
            head, foot = self._edge_lines(self._edges)
            found |= {0: head, size.height - 1: foot}
        regions = []
        for y, strip in found.items():
            if self._lines[y] != strip:
                self._lines[y] = strip
                regions.append(Region(0, y, size.width, 1))
        if regions:
            self.refresh(*regions)

    def _moved(self) -> None:
        """Paint where the cursor was and is, or the other level."""
        if self._told[0] != self._state.level or not self.drawn or self._palette is None:
            self.refresh()
        else:
            cursor = self._state.cursor
            self._replace(self._painter.point(cursor, self._state.view, self._palette))
        self._tell()

    def _tell(self) -> None:
        """Tell of another level, then of another key."""
        if not self.is_running:
            return
        level, key = self._state.level, self._state.key
        if self._state.plan.room.area:
            told, self._told = self._told, (level, key)
            if level != told[0]:
                self.post_message(self.Drilled(self, level))
            if key is not None and key != told[1]:
                self.post_message(self.Highlighted(self, key))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Move to what was clicked, open it with a double click, or go up by the first line."""
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1:
            return
        event.stop()
        room = self._state.plan.room
        if offset.y < room.y:
            self.up()
        elif room.contains(*offset) and self._state.point(*offset):
            again = event.chain == 2 and self._clicked == self._state.key
            self._clicked = self._state.key
            self._moved()
            if again:
                self.drill()


def _room(size: Size) -> Rect:
    """Where the map stands between the line above it and the line below."""
    if size.height < EDGED:
        return Rect(0, 0, size.width, size.height)
    return Rect(0, 1, size.width, size.height - 2)
