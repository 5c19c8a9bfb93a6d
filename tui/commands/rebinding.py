"""Other keys for commands, as the configuration gives them: checked, and told where they fail."""

from collections.abc import Mapping

from tui.commands.keys import RESERVED, key_names, shown_key
from tui.commands.registry import ANYWHERE, BY_ID, COMMANDS, Command


def rebound(keys: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Check the key bindings of a configuration.

    A command whose entry cannot be used keeps its own keys.

    Args:
        keys: Command id → keys, several parted by commas, as a person writes them.

    Returns:
        What can be used, in Textual's names; and a sentence for each entry that cannot.
    """
    good: dict[str, str] = {}
    problems = []
    for command_id, wanted in keys.items():
        names, problem = _checked(command_id, wanted)
        if problem:
            problems.append(f"[keys] {command_id}: {problem}")
        else:
            good[command_id] = ",".join(names)
    # Dropping an entry brings the command's own keys back, which may clash in their turn.
    while clash := _clash(good):
        dropped, other, key = clash
        del good[dropped]
        problems.append(
            f"[keys] {dropped}: {shown_key(key)} is the key of {other} as well; "
            "give one of the two another key"
        )
    return good, problems


def _checked(command_id: str, wanted: str) -> tuple[list[str], str]:
    """The names of an entry's keys, or what is wrong with it."""
    command = BY_ID.get(command_id)
    if command is None:
        import difflib

        near = difflib.get_close_matches(command_id, BY_ID, n=1)
        hint = f"did you mean {near[0]}?" if near else "the help, key ?, lists them all"
        return [], f"there is no such command; {hint}"
    if not command.keys:
        return [], f"it needs a word more, so no key can call it; type :{command.words[0]}"
    if not wanted.strip():
        return [], "no key is given; name one, such as f2"
    names, bad = key_names(wanted)
    if bad:
        return [], f"“{bad[0]}” is not a key; name keys as in f2, ctrl+x, ? or S"
    for name in names:
        if name in RESERVED:
            return [], f"{shown_key(name)} cannot be given away: {RESERVED[name]}"
    return names, ""


def _clash(good: dict[str, str]) -> tuple[str, str, str] | None:
    """The last entry that shares a key with another command where both work, and that key."""
    held = {command.id: good.get(command.id, command.keys).split(",") for command in COMMANDS}
    for command_id in reversed(good):
        for other in COMMANDS:
            if other.id != command_id and meet(BY_ID[command_id], other):
                for key in held[command_id]:
                    if key in held[other.id]:
                        return command_id, other.id, key
    return None


def meet(one: Command, other: Command) -> bool:
    """Whether two commands work on the same screen."""
    return bool(one.screens & other.screens) or ANYWHERE in (one.screens, other.screens)


def first_key(command: Command, rebound: Mapping[str, str]) -> str:
    """The key to print for a command: its first, or the first it was bound to instead."""
    return shown_key(rebound.get(command.id, command.keys).split(",")[0])
