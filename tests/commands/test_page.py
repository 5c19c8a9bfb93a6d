from pathlib import Path

from tui.commands.page import page
from tui.commands.registry import COMMANDS, Group

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_in_the_documentation_is_up_to_date() -> None:
    held = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert held == page(), "run: uv run python -m tui.commands.page > docs/keys.md"


def test_the_page_names_every_command_once() -> None:
    lines = page().splitlines()
    for command in COMMANDS:
        assert sum(line.endswith(f" `{command.id}` |") for line in lines) == 1


def test_every_group_has_one_heading() -> None:
    headings = [line for line in page().splitlines() if line.startswith("## ")]
    assert headings[:-1] == [f"## {group.value}" for group in Group]
