"""Choose a list's columns and their order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tui.present.columns import DEFAULT_COLUMNS, ColumnText
from tui.present.japanese import either, said


class ColumnsScreen(ModalScreen[list[str] | None]):
    """A list of all columns; dismissed with the keys of those chosen, in order, or None.

    Args:
        texts: Every column there is.
        chosen: The keys of those shown now, in order.
        language: ``en`` or ``ja``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "Cancel", tooltip="Leave the columns as they were."),
        Binding("enter", "done", "Done", priority=True, tooltip="Use these columns."),
        Binding("space", "switch", "Show, hide", priority=True, tooltip="Show or hide a column."),
        Binding("J", "shift(1)", "Right", tooltip="Move the column to the right."),
        Binding("K", "shift(-1)", "Left", tooltip="Move the column to the left."),
        Binding("r", "reset", "Reset", tooltip="Back to the built-in columns."),
        Binding("j", "step(1)", "Down", show=False),
        Binding("k", "step(-1)", "Up", show=False),
    ]

    def __init__(
        self, texts: Sequence[ColumnText], chosen: Sequence[str], language: str = "en"
    ) -> None:
        super().__init__()
        self._language = language
        self._texts = {text.key: text for text in texts}
        self._begin(chosen)

    def _begin(self, chosen: Sequence[str]) -> None:
        self._chosen = {key for key in chosen if key in self._texts}
        rest = [key for key in self._texts if key not in self._chosen]
        self._order = [key for key in chosen if key in self._texts] + rest

    def compose(self) -> ComposeResult:
        """The columns, and how to change them."""
        with Vertical(classes="dialog"):
            yield Label(said("Columns", self._language), classes="dialog-title")
            yield OptionList(markup=False)
            how = "Space shows or hides · J K move · r resets · ⏎ done"
            yield Label(said(how, self._language), classes="dialog-note")

    def on_mount(self) -> None:
        """Begin on the first."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def _fill(self, position: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        for key in self._order:
            text = self._texts[key]
            mark = "●" if key in self._chosen else "○"
            about = said(text.about, self._language)
            title = either(f"{text.title} · {text.title_ja}", self._language)
            line = Content.assemble(f"{mark} {title}  ", (about, "dim"))
            options.add_option(Option(line, id=key))
        options.highlighted = position

    def _position(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    def action_switch(self) -> None:
        """Show or hide the column."""
        position = self._position()
        self._chosen ^= {self._order[position]}
        self._fill(position)

    def action_shift(self, step: int) -> None:
        """Move the column."""
        position = self._position()
        other = position + step
        if 0 <= other < len(self._order):
            order = self._order
            order[position], order[other] = order[other], order[position]
            self._fill(other)

    def action_reset(self) -> None:
        """Back to the built-in columns."""
        self._begin(DEFAULT_COLUMNS)
        self._fill(0)

    def action_done(self) -> None:
        """Leave with the columns; a table without any keeps its name."""
        self.dismiss([key for key in self._order if key in self._chosen] or ["name"])

    def action_cancel(self) -> None:
        """Leave without a change."""
        self.dismiss(None)
