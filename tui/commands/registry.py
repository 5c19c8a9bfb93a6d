"""Every command of the program. Keys, palette, command line and help read this one table.

A command is carried out by the screen's action of the same name.
"""

from tui.commands.command import ANYWHERE, MAIN, Command, Group
from tui.commands.moving import MOVING_COMMANDS
from tui.commands.program import PROGRAM_COMMANDS
from tui.commands.reading import NEWS_COMMANDS
from tui.commands.tables import TABLE_COMMANDS
from tui.commands.views import VIEW_COMMANDS

__all__ = ["ANYWHERE", "BY_ID", "COMMANDS", "MAIN", "Command", "Group"]

COMMANDS: tuple[Command, ...] = (
    *MOVING_COMMANDS,
    *TABLE_COMMANDS,
    *VIEW_COMMANDS,
    *NEWS_COMMANDS,
    *PROGRAM_COMMANDS,
)
"""In the order of the help."""

BY_ID = {command.id: command for command in COMMANDS}
