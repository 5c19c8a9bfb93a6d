"""Textual's bindings, made from the registry."""

from textual.binding import Binding

from tui.commands.registry import COMMANDS, Command, shown_key


def bindings(screen: str) -> list[Binding]:
    """The bindings of one screen, or of the app for ``app``."""
    return [_binding(command) for command in COMMANDS if screen in command.screens and command.keys]


def _binding(command: Command) -> Binding:
    return Binding(
        command.keys,
        command.action,
        command.title,
        show=bool(command.footer),
        key_display=shown_key(command.keys.split(",")[0]),
        tooltip=command.tooltip,
        id=command.id,
    )
