"""The same cells written by bare Python, without Textual: what the work itself costs."""

import fcntl
import os
import select
import struct
import sys
import termios
import time
import tty
from typing import Any

from benchmarks.channel import Answerer
from benchmarks.contestants.rounds import changes
from benchmarks.market import COLUMNS, Load, Sheet, symbols

FRAME = 1 / 30
_TOP = 5
"""The first line of the table."""
_COLOURS = {1: "38;2;240;90;90", 0: "38;2;220;220;220", -1: "38;2;90;160;240"}
_PLAIN, _CURSOR = "48;2;18;24;38", "48;2;60;66;90"
_CODE = "38;2;160;160;160"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"


class Writer:
    """A table with a cursor, written line by line.

    Args:
        rate: Quotes a second.
    """

    def __init__(self, rate: float) -> None:
        wanted = symbols()
        self.load = Load(wanted, rate)
        self.sheet = Sheet(wanted, self.load.market)
        lines, _ = struct.unpack("HH", fcntl.ioctl(1, termios.TIOCGWINSZ, b"\0" * 4))
        self.height = lines - _TOP - 1
        self.top = self.cursor = 0
        self._changed: set[int] = set()

    def take(self) -> None:
        """Take the quotes that have come."""
        batch = self.load.due()
        if batch is not None:
            self._changed.update(self.sheet.apply(batch))

    def frame(self) -> None:
        """Write the lines whose figures have changed, and the clock."""
        rows = [row for row in self._changed if 0 <= row - self.top < self.height]
        self._changed.clear()
        clock = f"{self.load.clock.now():%H:%M:%S}"
        self.write([f"\x1b[1;1H\x1b[0;{_PLAIN}m ZARABA {clock}", *map(self.line, rows)])

    def line(self, row: int) -> str:
        """One line, with where it stands."""
        paper = _CURSOR if row == self.cursor else _PLAIN
        tone = _COLOURS[self.sheet.tone(row)]
        texts = self.sheet.texts(row)
        parts = [f"\x1b[{_TOP + row - self.top};1H\x1b[0;{_CODE};{paper}m{texts[0]:<6}"]
        for (_, _, width), text in zip(COLUMNS[1:], texts[1:], strict=True):
            parts.append(f"\x1b[{tone};{paper}m{text:>{width}} ")
        return "".join(parts)

    def all(self) -> None:
        """Write every line."""
        self.write(list(map(self.line, range(self.top, self.top + self.height))))

    def write(self, parts: list[str]) -> None:
        """Write one frame."""
        data = f"{_BEGIN}{''.join(parts)}{_END}".encode()
        while data:
            data = data[os.write(1, data) :]

    def move(self, step: int) -> None:
        """Move the cursor, and write what that changes."""
        old, self.cursor = self.cursor, min(max(self.cursor + step, 0), len(self.sheet.codes) - 1)
        top = min(max(self.top, self.cursor - self.height + 1), self.cursor)
        if top != self.top:
            self.top = top
            self.all()
        else:
            self.write([self.line(old), self.line(self.cursor)])

    async def rounds(self, case: str, count: int, turn: int) -> dict[str, float]:
        """Change and write, many times; see `benchmarks.contestants.rounds`."""
        batches = changes(self.load.market, case, count, self.height, turn)
        begun = time.process_time()
        for batch in batches:
            if batch is not None:
                self._changed.update(self.sheet.apply(batch))
                self.frame()
        return {"seconds": (time.process_time() - begun) / count}


def run(rate: float) -> None:
    """Write until the terminal is closed."""
    tty.setraw(0)
    writer = Writer(rate)
    questions: dict[str, Any] = {"rounds": writer.rounds}
    answerer = Answerer(questions)
    writer.all()
    writer.write(["\x1b[2;1HREADY"])
    due = time.monotonic() + FRAME
    while True:
        wait = max(0.0, due - time.monotonic()) if rate else None
        ready = select.select([0, answerer.fileno()], [], [], wait)[0]
        if 0 in ready:
            for key in os.read(0, 64):
                writer.move(1 if key == ord("j") else -1)
        if answerer.fileno() in ready:
            answerer.answer()
        if rate and time.monotonic() >= due:
            due = max(due + FRAME, time.monotonic())
            writer.take()
            writer.frame()


if __name__ == "__main__":
    run(float(sys.argv[1]))
