"""The lists by number and name, on the upper edge of the pane that shows one of them."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.widget import Widget

from widgets.cells import cut
from widgets.line import Line
from widgets.lines import LineView

_BETWEEN = "│"


class ListTabs(LineView):
    """One line of tabs that closes the upper edge of a bordered pane below it."""

    DEFAULT_CSS = """
    ListTabs { height: 1; }
    """

    class Chosen(Message):
        """A tab was clicked.

        Attributes:
            index: Its place, from 0.
        """

        def __init__(self, tabs: "ListTabs", index: int) -> None:
            super().__init__()
            self.tabs = tabs
            self.index = index

        @property
        def control(self) -> Widget:
            """The tabs."""
            return self.tabs

    _names: Sequence[str] = ()
    _active = 0
    _spans: Sequence[tuple[int, int, int]] = ()

    def show(self, names: Sequence[str], active: int) -> None:
        """Show the lists.

        Args:
            names: Their names in order; the first nine are reached by number.
            active: The place of the one shown, from 0.
        """
        if (tuple(names), active) != (tuple(self._names), self._active):
            self._names, self._active = tuple(names), active
            self.rebuild()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - always one line
        """The tabs round the active one, with the pane's corners at either end."""
        rule = self.tone("rule")
        line = Line(width)
        if width < 4:
            self._spans = ()
            return [line.add("─" * width, rule)]
        line.add("╭", rule)
        labels = [
            f"{place + 1} {name}" if place < 9 else name for place, name in enumerate(self._names)
        ]
        if not labels:
            line.add(" no lists ", self.tone("muted"))
        first, last = visible_tabs([cell_len(text) for text in labels], self._active, width - 4)
        spans = []
        if first > 0:
            line.add("‹", self.tone("muted"))
        for place in range(first, last):
            if place > first:
                line.add(_BETWEEN, rule)
            start = line.used
            room = width - 2 - start - (place < len(labels) - 1)
            line.add(cut(f" {labels[place]} ", max(room, 1)), self._style(place))
            spans.append((start, line.used, place))
        if last < len(labels):
            line.add("›", self.tone("muted"))
        line.add("─" * (line.room - 1), rule).add("╮", rule)
        self._spans = spans
        return [line]

    def on_click(self, event: events.Click) -> None:
        """Tell which tab was clicked."""
        for start, stop, place in self._spans:
            if start <= event.x < stop:
                self.post_message(self.Chosen(self, place))

    def _style(self, place: int) -> Style:
        if place == self._active:
            return self.tone("accent", bold=True) + Style(reverse=True)
        return self.tone("muted")


def visible_tabs(widths: Sequence[int], active: int, room: int) -> tuple[int, int]:
    """Which tabs to show: the active one, and as many round it as there is room for.

    Args:
        widths: Cells of each label.
        active: The tab that must be seen; held inside the range there is.
        room: Cells for all of them; a tab takes two more than its label and one to its neighbour.

    Returns:
        The first, and the one after the last. Tabs before the active one stay as long as they
        can, so that the line stands still while the choice moves within it.
    """
    if not widths:
        return 0, 0
    active = min(max(active, 0), len(widths) - 1)
    first, last = active, active + 1
    used = widths[active] + 2
    while first > 0 and used + widths[first - 1] + 3 <= room:
        first -= 1
        used += widths[first] + 3
    while last < len(widths) and used + widths[last] + 3 <= room:
        used += widths[last] + 3
        last += 1
    return first, last
