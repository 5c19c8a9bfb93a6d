"""The line at the foot of the main screen where a filter or a command is typed."""

from textual import events
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input

from tui.commands.line import completions


class FootInput(Input):
    """One field for two uses: the filter, which works as you type, and the command line."""

    class Left(Message):
        """The field was left without an answer."""

    def __init__(self) -> None:
        super().__init__(compact=True, max_length=200, id="foot")
        self.display = False
        self.purpose = ""

    def ask(self, purpose: str, value: str = "") -> None:
        """Show the field and give it the keys.

        Args:
            purpose: ``filter`` or ``command``.
            value: What stands there to begin with.
        """
        self.purpose = purpose
        self.placeholder = (
            "filter: code, English or Japanese name"
            if purpose == "filter"
            else "command, code or name — Tab completes, Esc leaves"
        )
        self.suggester = (
            SuggestFromList(completions(""), case_sensitive=False) if purpose == "command" else None
        )
        self.value = value
        self.cursor_position = len(value)
        # At once, and not when the stylesheet is next looked at: the next key may be here already.
        self.display = True
        self.screen.set_focus(self)

    def leave(self) -> None:
        """Hide the field."""
        self.display = False

    def on_key(self, event: events.Key) -> None:
        """Escape leaves; Tab takes the suggestion rather than moving on."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self.action_cursor_right()
