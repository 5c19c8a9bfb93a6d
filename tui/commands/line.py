"""The command line after ``:``: a command word with its argument, or an instrument."""

import unicodedata
from dataclasses import dataclass

from tui.commands.registry import COMMANDS, Command

_BY_WORD = {word: command for command in COMMANDS for word in command.words}


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
    """Read a typed line; a word is taken in any case and width, an unknown one is an instrument.

    A word whose command takes no argument, with more words after it, is the beginning of a name.
    """
    stripped = text.strip().lstrip(":：").strip()
    word, *rest = stripped.split(maxsplit=1) or [""]
    command = _BY_WORD.get(_folded(word))
    if command is None or (rest and not command.argument):
        return Typed(None, stripped)
    return Typed(command, rest[0] if rest else "")


def completions(prefix: str) -> list[str]:
    """The command words that begin with a prefix, in the order of the help."""
    folded = _folded(prefix.strip().lstrip(":："))
    return [word for word in _BY_WORD if word.startswith(folded)]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
