"""Search an instrument by code or name, in any usual writing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui.present.japanese import said
from tui.present.monitor import Monitor

_HINT = "code, English or Japanese name, kana"


class SearchScreen(ModalScreen[str | None]):
    """A field above the instruments that match; dismissed with a symbol, or None.

    Args:
        monitor: The model behind the screens.
        title: What the search is for.
        text: What stands in the field to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", tooltip="Close without choosing."),
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", show=False, priority=True),
    ]

    def __init__(self, monitor: Monitor, title: str, text: str = "") -> None:
        super().__init__()
        self._monitor = monitor
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The field and the matches."""
        with Vertical(classes="dialog"):
            yield Label(Content(self._title), classes="dialog-title")
            yield Input(self._text, placeholder=said(_HINT, self._monitor.language), max_length=100)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Begin with what stands in the field."""
        self._search(self._text)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self._search(event.value)

    def _search(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        found = self._monitor.search(text) if text.strip() else []
        for hit in found:
            line = Content.assemble(f"{hit.code:<6}", hit.name, "  ", (hit.note, "dim"))
            options.add_option(Option(line, id=hit.symbol))
        if text.strip() and not found:
            options.add_option(Option(Content("Nothing is known by that."), disabled=True))
        options.highlighted = 0 if found else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the match under the cursor."""
        event.stop()
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """So does a click."""
        event.stop()
        self.dismiss(event.option_id)

    def action_step(self, step: int) -> None:
        """Move among the matches while the field keeps the keys."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def action_cancel(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)
