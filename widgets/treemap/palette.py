"""The treemap's component classes resolved to Rich styles, once for each change of style."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style

from widgets.treemap.contracts import HEATS, UNKNOWN

PREFIX = "treemap--"
PARTS = (
    *(f"heat-{heat}" for heat in range(HEATS)),
    "unknown",
    "rest",
    "heading",
    "cursor",
    "title",
    "muted",
    "up",
    "down",
    "flat",
)
"""The component classes, without their prefix."""

DEFAULT_CSS = """
Treemap {
    width: 1fr;
    height: 1fr;
    background: $background;
    color: $foreground;
    & > .treemap--heat-0 { background: $error 85%; color: $text; }
    & > .treemap--heat-1 { background: $error 62%; color: $text; }
    & > .treemap--heat-2 { background: $error 42%; color: $text; }
    & > .treemap--heat-3 { background: $error 22%; color: $text; }
    & > .treemap--heat-4 { background: $panel; color: $text; }
    & > .treemap--heat-5 { background: $success 22%; color: $text; }
    & > .treemap--heat-6 { background: $success 42%; color: $text; }
    & > .treemap--heat-7 { background: $success 62%; color: $text; }
    & > .treemap--heat-8 { background: $success 85%; color: $text; }
    & > .treemap--unknown { background: $surface; color: $text-muted; }
    & > .treemap--rest { background: $background; color: $text-muted; }
    & > .treemap--heading { color: $foreground; text-style: bold; }
    & > .treemap--cursor { background: $foreground; color: $background; text-style: bold; }
    & > .treemap--title { color: $foreground; text-style: bold; }
    & > .treemap--muted { color: $text-muted; }
    & > .treemap--up { color: $success; }
    & > .treemap--down { color: $error; }
    & > .treemap--flat { color: $foreground; }
}
"""
"""Built-in variables only: an app's stylesheet gives the component classes its own."""


class Ground:
    """The styles and ready segments of a tile of one heat.

    Attributes:
        text: The figure and everything else.
        bold: The name.
        gap: The line that parts a tile from its neighbours, in the colour of the map's ground.
        frame: The cursor's frame on it.
    """

    __slots__ = ("_blanks", "_lids", "bold", "edge", "frame", "gap", "rail", "text")

    def __init__(self, tile: Style, ground: Style, cursor: Style) -> None:
        self.text = tile
        self.bold = tile + Style(bold=True)
        self.gap = Segment("▏", Style(color=ground.bgcolor, bgcolor=tile.bgcolor))
        self.edge = Segment("▌", Style(color=ground.bgcolor, bgcolor=tile.bgcolor))
        self.rail = Segment("▌", Style(color=cursor.bgcolor, bgcolor=tile.bgcolor))
        self.frame = Style(color=cursor.bgcolor, bgcolor=tile.bgcolor)
        self._blanks: dict[int, Segment] = {}
        self._lids: dict[int, Segment] = {}

    def blank(self, width: int) -> Segment:
        """So many empty cells."""
        segment = self._blanks.get(width)
        if segment is None:
            segment = self._blanks[width] = Segment(" " * width, self.text)
        return segment

    def lid(self, width: int) -> Segment:
        """So many empty cells with the parting line above them."""
        segment = self._lids.get(width)
        if segment is None:
            segment = self._lids[width] = Segment("▔" * width, self.gap.style)
        return segment


class Palette:
    """Styles of the parts of a map.

    Args:
        ground: The map's own style.
        component: Gives the style of a component class by its full name, on the map's ground.
        finish: What the app does to every style, such as taking its colours away.
    """

    def __init__(
        self, ground: Style, component: Callable[[str], Style], finish: Callable[[Style], Style]
    ) -> None:
        styles = {part: finish(component(PREFIX + part)) for part in PARTS}
        self.blank = finish(ground)
        self.cursor = styles["cursor"]
        self.heading = styles["heading"]
        self.title = styles["title"]
        self.muted = styles["muted"]
        self._signs = {1: styles["up"], -1: styles["down"], 0: styles["flat"]}
        self.rest = Ground(styles["rest"], self.blank, self.cursor)
        self.heats = [
            Ground(styles[f"heat-{heat}"], self.blank, self.cursor) for heat in range(HEATS)
        ]
        self.unknown = Ground(styles["unknown"], self.blank, self.cursor)

    def sign(self, value: float) -> Style:
        """The style of a figure beside the map, by its direction."""
        return self._signs[(value > 0) - (value < 0)]

    def heat(self, heat: int) -> Ground:
        """The ground of a class of heat; one that is not known is unknown."""
        return self.heats[heat] if UNKNOWN < heat < HEATS else self.unknown
