"""The base of the views that stand in place of the main screen: header, body, keys.

They have no timer: the main screen, which takes what comes in any case, has the one in front look.
"""

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from tui.commands.bindings import footer_command
from tui.commands.rebinding import first_key
from tui.commands.registry import Command
from tui.present.japanese import label
from tui.present.monitor import Monitor
from tui.screens.folding import fold
from widgets.header_bar import HeaderBar
from widgets.index_tape import IndexTape
from widgets.key_bar import KeyBar
from widgets.painting import PartsScreen

_CLOCK = 1.0
"""Seconds between two looks at a market where nothing comes."""
_SETTLE = 1.0
"""Seconds after the last change at which an order that stood for a while is renewed."""


class LiveScreen(PartsScreen[None]):
    """A screen that follows the market.

    Args:
        monitor: The model behind the screens.
    """

    NAME: ClassVar[str] = ""
    """As the registry of commands calls it."""

    def __init__(self, monitor: Monitor) -> None:
        super().__init__()
        self.monitor = monitor
        self._seen: tuple[object, ...] | None = None
        self._settles = float("inf")
        self._parts = 0
        self._keys_in = ""
        self._footer: dict[str, Command] = {}

    def body(self) -> ComposeResult:
        """What stands between the tape and the keys."""
        raise NotImplementedError

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows: keys as they are by default, parted by blanks, with a label."""
        raise NotImplementedError

    def paint(self, at: float) -> None:
        """Show the market as it stands."""
        raise NotImplementedError

    def focused_first(self) -> Widget | None:
        """The widget that takes the keys at first."""
        return None

    def compose(self) -> ComposeResult:
        """Header and tape above, keys below."""
        fold(self)
        yield HeaderBar()
        yield IndexTape()
        yield from self.body()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show at once; then the program's ticks go on showing."""
        self.show_keys()
        first = self.focused_first()
        if first is not None:
            first.focus()
        self._parts = len(self.children)
        self.repaint()

    def show_keys(self) -> None:
        """Show the footer, with the keys that the configuration gives instead."""
        given = getattr(self.app, "rebound", {})
        self._keys_in = self.monitor.language
        self._footer = {}
        shown = []
        for keys, about in self.keys():
            told = []
            for token in keys.split():
                command = footer_command(self.NAME, token)
                text = first_key(command, given) if command and command.id in given else token
                told.append(text)
                if command is not None:
                    self._footer[text] = command
            shown.append((" ".join(told), label(about, self._keys_in)))
        self.query_one(KeyBar).show(shown)

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click on the footer is a press of the key under it; on a label, of its last key."""
        end = event.key.find(" ", event.at) if event.at >= 0 else -1
        before = event.key if end < 0 else event.key[:end]
        command = self._footer.get(before.split()[-1])
        if command is not None:
            here = self.NAME in command.screens
            await self.run_action(command.action if here else f"app.{command.action}")

    def on_screen_resume(self) -> None:
        """Show what has come while another screen was in front."""
        self.repaint()

    def follow(self, at: float) -> float:
        """Paint where something has changed since the last look; an idle market costs nothing.

        Args:
            at: The host's monotonic seconds.

        Returns:
            Seconds until it wants to look again even if nothing comes.
        """
        if not self._parts or len(self.children) < self._parts:
            # Not yet put together, or already being taken apart.
            return _CLOCK
        header = self.monitor.header()
        market = self.monitor.market
        seen = (market.board.revision, market.minutes.generation, market.days, header)
        if seen != self._seen:
            self._seen = seen
            self._settles = at + _SETTLE
            self.query_one(HeaderBar).show(header)
            self.query_one(IndexTape).show(self.monitor.tape())
            self.paint(at)
        elif at >= self._settles:
            self._settles = float("inf")
            self.paint(at)
        return min(_CLOCK, max(self._settles - at, 0.0))

    def repaint(self) -> None:
        """Show everything anew, after a choice that changes how it looks."""
        self._seen = None
        if self._keys_in and self._keys_in != self.monitor.language:
            self.show_keys()
        self.follow(time.monotonic())

    def action_window(self, step: int) -> None:
        """Measure over another window."""
        self.monitor.analysis.step_window(step)
        self.repaint()

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.dismiss()
