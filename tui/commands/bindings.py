"""Textual's bindings, made from the registry."""

from textual.binding import Binding

from tui.commands.keys import shown_key
from tui.commands.registry import COMMANDS, Command

_FIELDS = frozenset({"main", "news"})
"""Screens with a field at their foot."""


def bindings(screen: str) -> list[Binding]:
    """The bindings of one screen, or of the app for ``app``.

    Those of a screen with a field at its foot come before any widget's: each key is carried out
    before the next one is looked at, so that what is typed right behind ``/`` finds the field open.
    """
    return [
        _binding(command, first=screen in _FIELDS)
        for command in COMMANDS
        if screen in command.screens and command.keys
    ]


def footer_command(screen: str, shown: str) -> Command | None:
    """The command of a screen, or of every screen, whose first key is printed so by default."""
    for command in COMMANDS:
        here = screen in command.screens or "app" in command.screens
        if here and shown in [shown_key(key) for key in command.keys.split(",") if key]:
            return command
    return None


def _binding(command: Command, *, first: bool) -> Binding:
    return Binding(
        command.keys,
        command.action,
        command.title,
        show=bool(command.footer),
        key_display=shown_key(command.keys.split(",")[0]),
        tooltip=command.tooltip,
        id=command.id,
        priority=first,
    )
