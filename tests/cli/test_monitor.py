"""The monitor starts on systems whose terminals are not those of Unix, too."""

import subprocess
import sys
from pathlib import Path

WITHOUT = """
import sys

for name in ("fcntl", "pty", "resource", "termios", "tty"):
    sys.modules[name] = None
"""
"""What a system without Unix terminals lacks."""


def run(script: str, folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_own_driver_is_used_on_unix(tmp_path: Path) -> None:
    told = run("from tui.cli.monitor import terminal_driver; print(terminal_driver())", tmp_path)
    assert "BacklogDriver" in told


def test_textuals_driver_is_used_where_there_are_no_unix_terminals(tmp_path: Path) -> None:
    program = (
        "from tui.cli.monitor import terminal_driver\nimport tui.app\nprint(terminal_driver())\n"
    )
    assert run(WITHOUT + program, tmp_path) == "None\n"
