"""How a screen folds by the size of the terminal."""

from typing import Any

from textual.screen import Screen


def fold(screen: Screen[Any]) -> None:
    """Give a screen the classes of its breakpoints before its widgets stand.

    Textual gives them with the first resize, when every widget has its styles already, and then
    each would get them a second time. Called first thing while a screen composes.
    """
    app = screen.app
    across, down = screen.HORIZONTAL_BREAKPOINTS, screen.VERTICAL_BREAKPOINTS
    width, height = app.size
    for extent, points in (
        (width, app.HORIZONTAL_BREAKPOINTS if across is None else across),
        (height, app.VERTICAL_BREAKPOINTS if down is None else down),
    ):
        reached = [point for point in points or () if extent >= point[0]]
        if reached:
            screen.add_class(max(reached)[1], update=False)
