"""The same cells in Textual's own DataTable."""

import asyncio
import signal
import sys
import time
from typing import Any, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from benchmarks.channel import Answerer
from benchmarks.contestants.probe import Probe
from benchmarks.contestants.rounds import changes
from benchmarks.market import COLUMNS, Load, Sheet, symbols

FRAME = 1 / 30
_COLOURS = {1: "red", 0: "white", -1: "blue"}
_COLOURED = frozenset({"last", "change", "percent", "day"})


class GridApp(App[None]):
    """One DataTable, whose cells are updated where their text has changed.

    Args:
        rate: Quotes a second.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("j", "move(1)", "Down"), ("k", "move(-1)", "Up")]

    def __init__(self, rate: float) -> None:
        super().__init__()
        wanted = symbols()
        self.rate = rate
        self.load = Load(wanted, rate)
        self.sheet = Sheet(wanted, self.load.market)
        self.grid: DataTable[str | Text] = DataTable(cursor_type="row")
        self.shown: list[tuple[str, ...]] = []
        self.probe = Probe()

    def compose(self) -> ComposeResult:
        """A line above, and the table."""
        yield Static("READY")
        yield self.grid

    def on_mount(self) -> None:
        """Fill the table, then begin."""
        for key, title, width in COLUMNS:
            self.grid.add_column(title, key=key, width=width)
        for row in range(len(self.sheet.codes)):
            texts = self.sheet.texts(row)
            self.shown.append(texts)
            self.grid.add_row(*self._cells(row, texts), key=str(row))
        self.grid.focus()
        questions: dict[str, Any] = {"rounds": self.rounds, "probe": self.probe.answer}
        Answerer(questions).listen()
        # The driver would start the terminal anew whenever the benchmark lets it go on.
        signal.signal(signal.SIGCONT, signal.SIG_IGN)
        if self.rate:
            self.set_interval(FRAME, self.take)

    def _cells(self, row: int, texts: tuple[str, ...]) -> list[str | Text]:
        tone = _COLOURS[self.sheet.tone(row)]
        return [
            Text(text, tone) if key in _COLOURED else text
            for (key, _, _), text in zip(COLUMNS, texts, strict=True)
        ]

    def take(self) -> None:
        """Take the quotes that have come, and update the cells whose text has changed."""
        batch = self.load.due()
        if batch is not None:
            self._update(self.sheet.apply(batch))

    def _update(self, rows: list[int]) -> None:
        for row in rows:
            texts = self.sheet.texts(row)
            old = self.shown[row]
            if texts == old:
                continue
            self.shown[row] = texts
            cells = self._cells(row, texts)
            for place, (key, _, _) in enumerate(COLUMNS):
                if texts[place] != old[place]:
                    self.grid.update_cell(str(row), key, cells[place])

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.grid.move_cursor(row=self.grid.cursor_row + step)

    async def painted(self) -> None:
        """Wait until what was asked for stands on the screen."""
        event = asyncio.Event()
        self.screen.call_after_refresh(event.set)
        await event.wait()

    async def rounds(self, case: str, count: int, turn: int) -> dict[str, float]:
        """Change and paint, many times; see `benchmarks.contestants.rounds`."""
        batches = changes(self.load.market, case, count, self.grid.size.height - 1, turn)
        await self.painted()
        begun = time.process_time()
        for batch in batches:
            if batch is not None:
                self._update(self.sheet.apply(batch))
            await self.painted()
        return {"seconds": (time.process_time() - begun) / count}


if __name__ == "__main__":
    GridApp(float(sys.argv[1])).run()
