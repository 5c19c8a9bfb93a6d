"""A pseudo-terminal: what is written to it is read at full speed, or as slowly as asked."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

COLUMNS, ROWS = 200, 50

_FRAME = b"\x1b[?2026h"
"""What begins an update of a terminal that takes updates whole; Textual asks whether it does."""
_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_OVERLAP = 1 << 12
"""Bytes kept so that a pattern which two reads part is found."""
_CHUNK = 1 << 16
_SLICE = 0.01
"""Seconds of a slow terminal's reading at a time."""


@dataclass(slots=True)
class _Watch:
    """A pattern waited for, and when it came."""

    pattern: re.Pattern[bytes]
    held: bytearray = field(default_factory=bytearray)
    event: threading.Event = field(default_factory=threading.Event)
    at: float = 0.0


class PseudoTerminal:
    """A process in a terminal of 200×50.

    Args:
        command: What to run.
        environment: Its whole environment.
        pass_fds: File descriptors that it inherits.
        keep: Whether to keep everything it writes in `written`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        pass_fds: Sequence[int] = (),
        keep: bool = False,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._keep = keep
        self.written = bytearray()
        self.bytes = 0
        self.frames = 0
        self.rate: float | None = None
        """Bytes a second that the terminal takes; None for as many as come."""
        self._lock = threading.Lock()
        self._watch: _Watch | None = None
        self._tail = b""
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
            pass_fds=tuple(pass_fds),
            start_new_session=True,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, keys: bytes) -> float:
        """Press keys; returns when, on `time.perf_counter`."""
        at = time.perf_counter()
        os.write(self._master, keys)
        return at

    def expect(self, pattern: bytes) -> None:
        """Look for a pattern in whatever is read from now on."""
        with self._lock:
            self._watch = _Watch(re.compile(pattern, re.DOTALL))

    def seen(self, timeout: float) -> float | None:
        """When the expected pattern was read, on `time.perf_counter`; None if it was not in time.

        Args:
            timeout: Seconds to wait from now.
        """
        watch = self._watch
        if watch is None or not watch.event.wait(timeout):
            return None
        return watch.at

    def close(self) -> None:
        """End the process, and wait until it has gone."""
        self.rate = None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._reader.join(2)
        os.close(self._master)

    def _read(self) -> None:
        while True:
            rate = self.rate
            size = _CHUNK if rate is None else max(1, int(rate * _SLICE))
            try:
                if not select.select([self._master], [], [], 0.25)[0]:
                    if self.process.poll() is not None:
                        return
                    continue
                chunk = os.read(self._master, size)
            except OSError:
                return
            if not chunk:
                return
            self._take(chunk, time.perf_counter())
            if rate is not None:
                time.sleep(len(chunk) / rate)

    def _take(self, chunk: bytes, at: float) -> None:
        joined = self._tail + chunk
        self.frames += joined.count(_FRAME)
        if _ASKED in joined:
            os.write(self._master, _ANSWER)
            joined = joined.replace(_ASKED, b"")
        # No part of a frame's mark that has been counted may be counted again.
        self._tail = joined[-(len(_FRAME) - 1) :]
        self.bytes += len(chunk)
        if self._keep:
            self.written += chunk
        with self._lock:
            watch = self._watch
        if watch is not None and not watch.event.is_set():
            watch.held += chunk
            if watch.pattern.search(watch.held):
                watch.at = at
                watch.event.set()
            elif len(watch.held) > 16 * _OVERLAP:
                del watch.held[:-_OVERLAP]
