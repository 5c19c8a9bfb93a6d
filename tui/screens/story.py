"""The story of one catalyst: its text, its names and how they moved."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.present.monitor import Monitor


class StoryScreen(ModalScreen[None]):
    """One catalyst, whole.

    Args:
        monitor: The model behind the screens.
        key: The catalyst.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("story"))

    def __init__(self, monitor: Monitor, key: str) -> None:
        super().__init__()
        self._monitor = monitor
        self._key = key

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        story = self._monitor.story(self._key)
        with VerticalScroll(classes="dialog story"):
            yield Static(
                Content.assemble(
                    (story.headline, "bold"), "\n", (story.facts, "dim"), "\n\n", story.text
                )
            )
            if story.impact:
                yield Static(Content(f"{story.impact}\n"), classes="dialog-note")
            for line, tone in (*story.moves, *story.claims):
                yield Static(Content(line), classes=f"tone-{tone}")
            japanese = self._monitor.language == "ja"
            close = "Escで閉じる · 材料の上でoを押すと関連銘柄のみ"
            if not japanese:
                close = "Esc closes · o on the catalyst shows only these names"
            yield Static(Content(f"\n{close}"), classes="dialog-note")

    def on_mount(self) -> None:
        """The page takes the keys."""
        self.query_one(VerticalScroll).focus()

    def action_move(self, rows: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_move_page(self, pages: float) -> None:
        """Scroll by pages."""
        page = self.query_one(VerticalScroll)
        page.scroll_relative(y=int(pages * page.size.height), animate=False)

    def action_move_end(self, direction: int) -> None:
        """Scroll to either end."""
        page = self.query_one(VerticalScroll)
        (page.scroll_end if direction > 0 else page.scroll_home)(animate=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
