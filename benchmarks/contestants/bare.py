"""A Textual app with nothing in it: what Textual alone costs."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line by which its first painting is known."""
        yield Static("READY")


if __name__ == "__main__":
    BareApp().run()
