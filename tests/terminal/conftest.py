"""A real pseudo-terminal with the program in it, and a screen that shows what it writes."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyte
import pytest

PATIENCE = 20.0
"""Seconds after which a wait has failed; each ends as soon as what it waits for is there."""
_SHELL = Path(__file__).with_name("shell.py")
_UNKNOWN = re.compile(rb"\x1b\[(?:[<>=][\d;]*u|\?[\d;]*\$p)")
"""Questions and keyboard modes, which pyte would print."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*)?$")


_MODES = {
    "alternate screen": b"\x1b[?1049",
    "mouse": b"\x1b[?1000",
    "mouse movement": b"\x1b[?1003",
    "focus": b"\x1b[?1004",
    "marked paste": b"\x1b[?2004",
}
_HIDE, _SHOW = b"\x1b[?25l", b"\x1b[?25h"


class Terminal:
    """A terminal of its own session, with a program in its foreground."""

    def __init__(self, command: Sequence[str], *, columns: int, rows: int, folder: Path) -> None:
        self.master, self.slave = pty.openpty()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self._held = b""
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "COV"))
            and name not in {"NO_COLOR", "COLUMNS", "LINES"}
        }
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        self.process = subprocess.Popen(  # noqa: S603 - the program under test
            [sys.executable, str(_SHELL), *command],
            stdin=self.slave, stdout=self.slave, stderr=self.slave,
            start_new_session=True, env=environment, cwd=folder,
        )  # fmt: skip

    # --- reading ----------------------------------------------------------------------------

    def read(self, seconds: float = 0.05) -> None:
        """Show what the program has written, waiting a little for it."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        while ready:
            self._take(os.read(self.master, 1 << 16))
            ready, _, _ = select.select([self.master], [], [], 0)

    def _take(self, data: bytes) -> None:
        self.output += data
        data = _UNKNOWN.sub(b"", self._held + data)
        unfinished = _UNFINISHED.search(data)
        self._held = unfinished[0] if unfinished else b""
        self._stream.feed(data[: len(data) - len(self._held)])

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, reached: Callable[[], object], what: str) -> None:
        """Read until something is so."""
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, f"never came: {what}\n{self.text}"
            self.read()

    def shows(self, text: str) -> None:
        """Read until a text stands on the screen."""
        self.until(lambda: text in self.text, text)

    # --- acting -----------------------------------------------------------------------------

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as a window that is pulled does; the system tells the program."""
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal to the program in the foreground."""
        os.killpg(os.tcgetpgrp(self.master), number)

    def resume(self) -> None:
        """Bring a stopped program back to the foreground."""
        self.process.send_signal(signal.SIGUSR1)

    def ended(self) -> int:
        """Wait for the program's end; returns its exit status."""
        self.until(lambda: self.process.poll() is not None, "the program's end")
        self.read(0)
        return int(self.process.returncode)

    def left_behind(self) -> list[str]:
        """What the program did not put back as it was."""
        self.read(0)
        wrong = [
            name
            for name, mode in _MODES.items()
            if self.output.rfind(mode + b"h") > self.output.rfind(mode + b"l")
        ]
        if self.output.rfind(_HIDE) > self.output.rfind(_SHOW):
            wrong.append("hidden cursor")
        if termios.tcgetattr(self.slave) != self.before:
            wrong.append("terminal modes")
        return wrong

    def close(self) -> None:
        """End everything."""
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.tell(signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        if self.master >= 0:
            os.close(self.master)

    def hang_up(self) -> None:
        """Take the terminal away, as a window that is closed does."""
        os.close(self.master)
        self.master = -1


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Opens terminals: ``terminal(*arguments)`` runs the installed command in one."""
    opened: list[Terminal] = []
    zaraba = str(Path(sys.executable).with_name("zaraba"))

    def start(
        *arguments: str,
        program: Sequence[str] = (zaraba,),
        columns: int = 120,
        rows: int = 40,
    ) -> Terminal:
        opened.append(Terminal([*program, *arguments], columns=columns, rows=rows, folder=tmp_path))
        return opened[-1]

    yield start
    for each in opened:
        each.close()
