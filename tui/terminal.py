"""The terminal driver, which also tells how much output the terminal has not yet taken."""

from collections.abc import Callable
from typing import IO, Any, cast

from textual.drivers.linux_driver import LinuxDriver

_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
"""What Textual writes around an update that the terminal is to show whole."""


class _CountingFile:
    """A text file that tells how many writes have been taken by the terminal."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.done = 0

    def write(self, text: str) -> int:
        """Write, and count it only once the terminal has taken it."""
        written = self._file.write(text)
        self._file.flush()
        self.done += 1
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class BacklogDriver(LinuxDriver):
    """Textual's driver for Unix terminals, with the length of the output queue.

    Textual's writer blocks the event loop once its queue is full. Painting asks for the backlog
    first and skips a frame while a slow terminal is still busy with the last one.

    An update that the terminal is to show whole reaches it in one write: the marks before and
    after it would each wake the writing thread once more.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counting = _CountingFile(cast("IO[str]", self._file))
        self._file = cast("Any", self._counting)
        self._asked = 0
        self._update: list[str] | None = None

    def write(self, data: str) -> None:
        """Queue text for the terminal."""
        if data == _BEGIN:
            self._update = [data]
            return
        if self._update is not None:
            self._update.append(data)
            if data != _END:
                return
            data, self._update = "".join(self._update), None
        self._asked += 1
        super().write(data)

    @property
    def backlog(self) -> int:
        """Writes that the terminal has not yet taken."""
        return max(0, self._asked - self._counting.done)


Backlog = Callable[[], int]
"""Tells how many writes are queued."""
