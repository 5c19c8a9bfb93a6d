"""Sources: how each is doing, and which one the quotes come from."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.commands.bindings import bindings
from tui.present.monitor import Monitor
from widgets.header_bar import HeaderBar

_INTERVAL = 1.0


class SourcesScreen(Screen[bool]):
    """The health of every source in use, above the quote sources that can be chosen.

    Args:
        monitor: The model behind the screens.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("sources"))

    def __init__(self, monitor: Monitor) -> None:
        super().__init__()
        self._monitor = monitor
        self._shown: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """Health above, choice below."""
        yield HeaderBar()
        with Vertical(id="sources"):
            yield Static("Sources and their health", classes="dialog-title", markup=False)
            yield Static(id="health", markup=False)
            yield Static("Quotes from", classes="dialog-title", markup=False)
            yield OptionList(markup=False)
            yield Static("⏎ uses a source · Esc goes back", classes="dialog-note", markup=False)

    def on_mount(self) -> None:
        """Show, and go on showing."""
        options = self.query_one(OptionList)
        choices = self._monitor.quote_sources()
        for choice in choices:
            line = Content.assemble(
                "● " if choice.chosen else "○ ", f"{choice.title:<24}", (choice.note, "dim")
            )
            options.add_option(Option(line, id=choice.key, disabled=not choice.usable))
        options.highlighted = next((n for n, each in enumerate(choices) if each.chosen), 0)
        options.focus()
        self._show()
        self.set_interval(_INTERVAL, self._show)

    def _show(self) -> None:
        self.query_one(HeaderBar).show(self._monitor.header())
        lines = self._monitor.health_lines()
        if lines != self._shown:
            self._shown = lines
            parts: list[Content | str | tuple[str, str]] = []
            for text, mood in lines:
                parts += [(text, "$warning") if mood == "warn" else text, "\n"]
            self.query_one("#health", Static).update(Content.assemble(*parts))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Use the source."""
        self._monitor.use_quotes(str(event.option_id))
        self.dismiss(True)

    def action_move(self, rows: int) -> None:
        """Move among the sources."""
        options = self.query_one(OptionList)
        for _ in range(abs(rows)):
            (options.action_cursor_down if rows > 0 else options.action_cursor_up)()

    def action_move_page(self, pages: float) -> None:
        """Move by pages."""
        self.action_move(10 if pages > 0 else -10)

    def action_move_end(self, direction: int) -> None:
        """Move to either end."""
        options = self.query_one(OptionList)
        (options.action_last if direction > 0 else options.action_first)()

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(False)
