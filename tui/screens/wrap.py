"""The wrap: the report of the day in prose, to read, copy and save."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.present.japanese import said
from tui.present.monitor import Monitor
from tui.present.wrap_page import WrapPage
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
        self._page: WrapPage | None = None
        self._columns = 0
        self._made = float("-inf")

    def body(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="wrap"):
            yield Static(markup=False)

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
        page = self.monitor.wrap()
        if page != self._page:
            self._made = at
            self._page = page
            self._columns = 0
        self._lay_out()

    def on_resize(self) -> None:
        """Break the lines anew for the width there is."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        """Lines as wide as the page, with figures on the right of their columns."""
        room = self.query_one(VerticalScroll).scrollable_content_region.width
        columns = min(room, _WIDEST) - 2 * _MARGIN
        if self._page is None or columns <= 0 or columns == self._columns:
            return
        self._columns = columns
        parts = [(f"{line}\n", _STYLES[part]) for part, line in self._page.lines(columns)]
        self.query_one(Static).update(Content.assemble(*parts))

    @property
    def _text(self) -> str:
        """The page as Markdown, which is what is copied and saved."""
        return self._page.markdown() if self._page is not None else ""

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
        title = said("Save the wrap as", self.monitor.language)
        self.app.push_screen(AskScreen(title, value=f"wrap-{day:%Y-%m-%d}.md"), self._save)

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
_WIDEST = 100
"""Columns of a page; longer lines are hard to read."""
_MARGIN = 1
_STYLES: dict[str, str] = {
    "title": "bold", "heading": "bold $accent", "head": "dim", "text": "", "remarks": "dim",
}  # fmt: skip
