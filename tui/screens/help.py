"""Help: every key and every word, generated from the registry."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.commands.registry import COMMANDS, Command, Group, shown_key
from widgets.cells import fit

_KEYS = 14
_TITLE = 22


class HelpScreen(Screen[None]):
    """The keys, in groups, with what each does in English and Japanese.

    Args:
        rebound: The keys that the configuration changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("help"))

    def __init__(self, rebound: dict[str, str]) -> None:
        super().__init__()
        self._rebound = rebound

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="help"):
            yield Static(self._text(), markup=False)

    def on_mount(self) -> None:
        """The page takes the keys."""
        self.query_one(VerticalScroll).focus()

    def _text(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for group in Group:
            parts.append((f"{group.value}\n", "bold"))
            for command in COMMANDS:
                if command.group is group and not _further_list(command):
                    parts += self._line(command)
            parts.append("\n")
        parts.append(
            ("Keys can be changed in config.toml under [keys]: the names at the right.\n", "dim")
        )
        return Content.assemble(*parts)

    def _line(self, command: Command) -> list[Content | str | tuple[str, str]]:
        keys = self._rebound.get(command.id, command.keys)
        shown = " ".join(shown_key(key.strip()) for key in keys.split(",") if key.strip())
        if command.id == "list.1":
            shown = "1 … 9"
        word = ""
        if command.words:
            word = f"  :{command.words[0]} {command.argument}".rstrip()
        return [
            (f"  {fit(shown, _KEYS)}", "$accent"),
            fit(f"{command.title} {command.title_ja}", _TITLE + 16),
            command.tooltip,
            (f"{word}  {command.id}\n", "dim"),
        ]

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
        """Back to the screen beneath."""
        self.dismiss()


def _further_list(command: Command) -> bool:
    return command.id.startswith("list.") and command.id[-1].isdigit() and command.id != "list.1"
