"""The page of keys in the documentation, made from the registry.

``uv run python -m tui.commands.page > docs/keys.md`` writes it anew.
"""

import sys
from itertools import groupby

from tui.commands.keys import RESERVED, shown_key
from tui.commands.registry import COMMANDS, Command

_HEAD = """\
# Keys and commands

Made from the registry of commands by `python -m tui.commands.page`; edit `tui/commands/registry.py`
rather than this page. A command can be called by its key, by its word after `:`, from the palette
(`^p`), or from the footer. The id is what `[keys]` in the configuration takes; see
[configuration](configuration.md#keys).
"""

_WHERE = {
    "main": "main screen", "detail": "detail", "help": "help", "sources": "sources",
    "story": "story", "ladder": "contribution", "heatmap": "heatmap", "movers": "movers",
    "bridge": "night bridge", "wrap": "wrap", "news": "news", "timeline": "timeline",
    "app": "everywhere",
}  # fmt: skip


def page() -> str:
    """The whole page, in Markdown."""
    parts = [_HEAD]
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        parts.append(f"\n## {group.value}\n\n")
        parts.append("| key | word | does | 日本語 | where | id |\n|---|---|---|---|---|---|\n")
        parts += [_row(command) for command in commands]
    parts.append("\n## Keys that cannot be given away\n\n")
    parts += [f"- {_code(shown_key(key))}: {why}.\n" for key, why in RESERVED.items()]
    return "".join(parts)


def _row(command: Command) -> str:
    keys = " ".join(_code(shown_key(key)) for key in command.keys.split(",") if key)
    word = f":{command.words[0]} {command.argument}".strip() if command.words else ""
    words = ", ".join(
        [*([_code(word)] if word else []), *(_code(f":{other}") for other in command.words[1:])]
    )
    where = ", ".join(text for screen, text in _WHERE.items() if screen in command.screens)
    cells = (keys, words, command.tooltip, command.title_ja, where, _code(command.id))
    return f"| {' | '.join(cells)} |\n"


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


if __name__ == "__main__":
    sys.stdout.write(page())
