"""A contestant as the benchmark holds it: its terminal, its processor time, its memory."""

import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.channel import VARIABLE, Asker, ContestantError
from benchmarks.pseudo import PseudoTerminal

ROOT = Path(__file__).parent.parent
_LINUX = platform.system() == "Linux"
READY = b"READY"
"""What a contestant shows once it stands."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a contestant did in a while.

    Attributes:
        seconds: How long it was watched.
        cpu: Seconds of processor time, of all threads, user and system.
        frames: Updates of the screen.
        bytes: Bytes written.
    """

    seconds: float
    cpu: float
    frames: int
    bytes: int

    @property
    def share(self) -> float:
        """Processor time as a part of one core."""
        return self.cpu / self.seconds

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self.frames / self.seconds


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of every contestant: a terminal with all colours, and files of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "TEXTUAL", "NO_COLOR", "COLUMNS", "LINES"))
    }
    return {
        **kept,
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        **more,
    }


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a contestant's module."""
    return [sys.executable, "-m", f"benchmarks.contestants.{name}", *arguments]


class Contestant:
    """A program under measurement.

    One that answers questions stands still, stopped by a signal, except while it is `awake`: those
    not being measured take nothing from the one that is. The others run on: Textual starts the
    terminal anew when it is continued, and they take next to nothing anyway.

    Args:
        command: What to run.
        home: Its home folder.
        asked: Whether it answers questions.
        ready: A pattern that shows that it stands.
        variables: More of its environment.
    """

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        *,
        asked: bool = True,
        ready: bytes = READY,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self._asker = Asker() if asked else None
        more = dict(variables or {})
        if self._asker is not None:
            more[VARIABLE] = str(self._asker.theirs.fileno())
        self.terminal = PseudoTerminal(
            command,
            environment=environment(home, **more),
            pass_fds=() if self._asker is None else (self._asker.theirs.fileno(),),
            keep=True,
        )
        self.terminal.expect(ready)
        if self._asker is not None:
            self._asker.sent()
        self.pid = self.terminal.process.pid
        if self.terminal.seen(60) is None:
            self.close()
            raise ContestantError(
                f"{' '.join(command)} did not start:\n"
                + self.terminal.written[-2000:].decode(errors="replace")
            )
        self._stopped = False
        if self._asker is not None:
            self._asker.ask("ready")

    def ask(self, question: str, timeout: float = 120.0, **details: object) -> Any:
        """Ask it something; see `benchmarks.channel`."""
        if self._asker is None:
            raise ContestantError("it answers no questions")
        return self._asker.ask(question, timeout, **details)

    def cpu(self) -> float:
        """Seconds of processor time so far, to the nanosecond where the system tells."""
        if _LINUX:
            # The processor clock of another process, as clock_getcpuclockid(3) makes it.
            return time.clock_gettime((~self.pid << 3) | 2)
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system

    def memory(self) -> int:
        """Resident bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def begin(self) -> Callable[[], Used]:
        """Begin to look on; call what is returned to end it."""
        begun, cpu = time.perf_counter(), self.cpu()
        frames, count = self.terminal.frames, self.terminal.bytes

        def end() -> Used:
            return Used(
                time.perf_counter() - begun,
                self.cpu() - cpu,
                self.terminal.frames - frames,
                self.terminal.bytes - count,
            )

        return end

    def watch(self, seconds: float) -> Used:
        """Look on for a while."""
        end = self.begin()
        time.sleep(seconds)
        return end()

    @contextmanager
    def awake(self, settle: float = 0.0) -> Iterator[None]:
        """Let it run, for a while beforehand too, and stop it afterwards.

        Args:
            settle: Seconds in which it takes up what it missed.
        """
        if self._stopped:
            os.kill(self.pid, signal.SIGCONT)
            self._stopped = False
        time.sleep(settle)
        try:
            yield
        finally:
            self.rest()

    def rest(self) -> None:
        """Stop it until it is awake again."""
        if self._asker is not None and self.terminal.process.poll() is None:
            os.kill(self.pid, signal.SIGSTOP)
            self._stopped = True

    def close(self) -> None:
        """End it."""
        if self.terminal.process.poll() is None:
            os.kill(self.pid, signal.SIGCONT)
        self.terminal.close()
        if self._asker is not None:
            self._asker.close()
