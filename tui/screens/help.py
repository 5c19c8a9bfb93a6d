"""Help: every key and every word, generated from the registry."""

from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands.bindings import bindings
from tui.commands.japanese import about
from tui.commands.keys import shown_key
from tui.commands.registry import COMMANDS, Command, Group
from tui.report.wording.plain import wrapped
from widgets.cells import cut, fit
from widgets.painting import PartsScreen

_KEYS = 13
_TITLE = 34
_WIDE = 110
_WORD = 24
_MARGIN = 6
_FOOT = "Keys can be changed in config.toml, under [keys]; docs/keys.md names them."
_FOOT_JA = "キーはconfig.tomlの[keys]で変えられます（一覧はdocs/keys.md）。"


class HelpScreen(PartsScreen[None]):
    """The keys, in groups, with what each does in English and Japanese.

    Args:
        rebound: The keys that the configuration changes.
        language: Of the descriptions, ``en`` or ``ja``; titles stand in both.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings("help"))

    def __init__(self, rebound: dict[str, str], language: str = "en") -> None:
        super().__init__()
        self._language = language
        self._rebound = rebound

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="help"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        """The page takes the keys."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for the width there is."""
        self.query_one(Static).update(self._text(event.size.width - _MARGIN))

    def _text(self, width: int) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for group in Group:
            parts.append((f"{group.value}\n", "bold"))
            for command in COMMANDS:
                if command.group is group and not _further_list(command):
                    parts += self._line(command, width)
            parts.append("\n")
        parts.append(
            (
                cut(
                    _FOOT_JA if self._language == "ja" else _FOOT,
                    width,
                ),
                "dim",
            )
        )
        return Content.assemble(*parts)

    def _line(self, command: Command, width: int) -> list[Content | str | tuple[str, str]]:
        """Keys, title, what it does, and where there is room what may be typed for it."""
        keys = self._rebound.get(command.id, command.keys)
        shown = " ".join(shown_key(key.strip()) for key in keys.split(",") if key.strip())
        title, told = f"{command.title} {command.title_ja}", about(command, self._language)
        if command.id == "list.1":
            shown, title = "1 … 9", "List by number 番号で選ぶ"
            told = told if self._language == "ja" else "Show a list by its number."
        word = f":{command.words[0]} {command.argument}".rstrip() if command.words else ""
        if not shown:
            shown, word = word, ""
        wide = width >= _WIDE
        middle = fit(title, _TITLE - 1) + " " if wide else ""
        head = _KEYS + 2 + (_TITLE if wide else 0)
        room = max(width - head - (_WORD if wide else 0), 20)
        lines = (wrapped if self._language == "ja" else wrap)(told, room) or [""]
        after = f" {fit(word, _WORD - 1)}" if wide else ""
        further = "".join(f"{' ' * head}{line}\n" for line in lines[1:])
        return [
            (f"  {fit(shown, _KEYS - 1)} ", "$accent"),
            (middle, "bold"),
            fit(lines[0], room),
            (f"{after}\n", "dim"),
            further,
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
