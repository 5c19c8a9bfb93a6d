"""The base of screens that run beside the main one: header, body, keys, and a tick of their own."""

import time
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from tui.present.monitor import Monitor
from widgets.header_bar import HeaderBar
from widgets.index_tape import IndexTape
from widgets.key_bar import KeyBar

_FRAME = 1 / 30


class LiveScreen(Screen[None]):
    """A screen that follows the market.

    Args:
        monitor: The model behind the screens.
    """

    def __init__(self, monitor: Monitor) -> None:
        super().__init__()
        self.monitor = monitor
        self._seen: tuple[int, str] | None = None

    def body(self) -> ComposeResult:
        """What stands between the tape and the keys."""
        raise NotImplementedError

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        raise NotImplementedError

    def paint(self, at: float) -> None:
        """Show the market as it stands."""
        raise NotImplementedError

    def focused_first(self) -> Widget | None:
        """The widget that takes the keys at first."""
        return None

    def compose(self) -> ComposeResult:
        """Header and tape above, keys below."""
        yield HeaderBar()
        yield IndexTape()
        yield from self.body()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show, and go on showing while the market runs."""
        self.query_one(KeyBar).show(list(self.keys()))
        first = self.focused_first()
        if first is not None:
            first.focus()
        self.repaint()
        self.set_interval(_FRAME, self._tick)

    def _tick(self) -> None:
        """Paint where something has changed since the last frame; an idle market costs nothing."""
        at = time.monotonic()
        self.monitor.take(at)
        header = self.monitor.header()
        seen = (self.monitor.market.board.revision, header.when)
        if seen == self._seen:
            return
        self._seen = seen
        self.query_one(HeaderBar).show(header)
        self.query_one(IndexTape).show(self.monitor.tape())
        self.paint(at)

    def repaint(self) -> None:
        """Show everything anew, after a choice that changes how it looks."""
        self._seen = None
        self._tick()

    def action_window(self, step: int) -> None:
        """Measure over another window."""
        self.monitor.analysis.step_window(step)
        self.repaint()

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.dismiss()
