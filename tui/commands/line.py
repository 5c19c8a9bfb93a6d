"""The command line after ``:``: a command word with its argument, or an instrument."""

from dataclasses import dataclass

from tui.commands.registry import COMMANDS, Command


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed.

    Attributes:
        command: The command, or None where the words are meant as an instrument.
        argument: What follows the command's word, or all of the words; without outer spaces.
    """

    command: Command | None
    argument: str


def parse(text: str) -> Typed:
    """Read a typed line; a word is taken in any case, and unknown ones name an instrument."""
    stripped = text.strip().lstrip(":").strip()
    word, _, rest = stripped.partition(" ")
    folded = word.casefold()
    for command in COMMANDS:
        if folded in command.words:
            return Typed(command, rest.strip())
    return Typed(None, stripped)


def completions(prefix: str) -> list[str]:
    """The command words that begin with a prefix, in the order of the help."""
    folded = prefix.strip().lstrip(":").casefold()
    return [word for command in COMMANDS for word in command.words if word.startswith(folded)]
