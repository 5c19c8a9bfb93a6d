"""Every command of the registry is tried by its key in one of the modules ``test_keys_*``."""

import ast
from pathlib import Path

from tui.commands.registry import BY_ID


def tried() -> set[str]:
    """The commands that the tests beside this one are marked to carry out."""
    return {
        str(ast.literal_eval(each))
        for file in Path(__file__).parent.glob("test_keys_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.carries_out"
        for each in node.args
    }


def test_no_command_is_left_out() -> None:
    assert tried() == set(BY_ID)
