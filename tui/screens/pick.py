"""Menus: choose one of a few things, with the arrows or by typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: what is returned, what is read, and what it means."""

    key: str
    text: str
    note: str = ""


class PickScreen(ModalScreen[str | None]):
    """A menu; dismissed with the key of the choice, or None.

    Args:
        title: The menu's heading.
        choices: What there is to choose.
        chosen: The key of the choice to begin on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "Close", tooltip="Close the menu."),
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, chosen: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = list(choices)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """A heading above a list."""
        with Vertical(classes="dialog"):
            yield Label(Content(self._title), classes="dialog-title")
            yield OptionList(*(_option(choice) for choice in self._choices), markup=False)

    def on_mount(self) -> None:
        """Begin on what is chosen now."""
        options = self.query_one(OptionList)
        keys = [choice.key for choice in self._choices]
        options.highlighted = keys.index(self._chosen) if self._chosen in keys else 0
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.option_id)

    def action_cancel(self) -> None:
        """Leave without one."""
        self.dismiss(None)

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()


class AskScreen(ModalScreen[str | None]):
    """A question answered in words; dismissed with them, or None.

    Args:
        title: The question.
        value: What stands there to begin with.
        placeholder: A hint.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", tooltip="Close without an answer.")
    ]

    def __init__(self, title: str, *, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """A heading above a field."""
        with Vertical(classes="dialog"):
            yield Label(Content(self._title), classes="dialog-title")
            yield Input(self._value, placeholder=self._placeholder, max_length=200)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave with the answer."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_cancel(self) -> None:
        """Leave without one."""
        self.dismiss(None)


def _option(choice: Choice) -> Option:
    text = Content(choice.text)
    if choice.note:
        text = Content.assemble(text, "  ", (choice.note, "dim"))
    return Option(text, id=choice.key)
