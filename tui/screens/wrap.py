"""The wrap: the report of the day in prose, to read, copy and save."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from tui.commands.bindings import bindings
from tui.present.monitor import Monitor
from tui.screens.live import LiveScreen
from tui.screens.pick import AskScreen


class WrapScreen(LiveScreen):
    """The report of the day; made anew as the market moves, a few times a minute.

    Args:
        monitor: The model behind the screens.
    """

    NAME = "wrap"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(NAME))

    def __init__(self, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._text = ""
        self._made = float("-inf")

    def body(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="wrap"):
            yield Markdown(open_links=False)

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows."""
        other = "English" if self.monitor.language == "ja" else "日本語"
        return (("y", "copy"), ("e", "save"), ("N", other), ("k j", "scroll"), ("Esc", "back"))

    def focused_first(self) -> VerticalScroll:
        """The page takes the keys."""
        return self.query_one(VerticalScroll)

    def paint(self, at: float) -> None:
        """The text, where it is another and the last one has stood for a while."""
        if at - self._made < _STANDS:
            self._settles = self._made + _STANDS
            return
        text = self.monitor.wrap()
        if text != self._text:
            self._made = at
            self._text = text
            # The page is made of widgets, which only the screen's own turn can put in.
            self.call_later(self.query_one(Markdown).update, text)

    def repaint(self) -> None:
        """Make the text anew at once."""
        self._made = float("-inf")
        self.show_keys()
        super().repaint()

    def action_copy(self) -> None:
        """Copy the text to the clipboard of the terminal (OSC 52)."""
        self.app.copy_to_clipboard(self._text)
        self.notify("Copied as Markdown, where the terminal allows it.", timeout=3)

    def action_save(self) -> None:
        """Save the text as a file."""
        day = self.monitor.market.session
        self.app.push_screen(
            AskScreen("Save the wrap as", value=f"wrap-{day:%Y-%m-%d}.md"), self._save
        )

    def _save(self, path: str | None) -> None:
        if path is not None:
            problem = self.monitor.save_wrap(path, self._text)
            self.notify(
                problem or f"Saved as {path}.",
                severity="warning" if problem else "information",
                markup=False,
            )

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


_STANDS = 5.0
"""Seconds for which a text stands, so that it can be read while the market runs."""
