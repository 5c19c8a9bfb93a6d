"""The installed command, run as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error; anything else there is a failure."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("zaraba: ")
        return lines[0]


Zaraba = Callable[..., Outcome]


@pytest.fixture
def zaraba(tmp_path: Path) -> Zaraba:
    """Run the installed command with an empty home."""
    command = Path(sys.executable).with_name("zaraba")

    def run(*arguments: str, env: dict[str, str] | None = None) -> Outcome:
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"NO_COLOR", "COLUMNS", "LINES", "PYTHONIOENCODING"}
        }
        environment |= {
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            **(env or {}),
        }
        done = subprocess.run(  # noqa: S603 - our own command
            [str(command), *arguments],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def call(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Zaraba:
    """The same inside this process: quicker, where a process of its own proves no more."""
    from tui.cli.main import main

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Outcome:
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        written = capsys.readouterr()
        return Outcome(status, written.out, written.err)

    return run
