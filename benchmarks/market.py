"""The market that all contestants show: the same instruments, the same invented quotes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from tui.feed.clock import SystemClock
from tui.market.quotes import Field, QuoteBatch
from tui.market.universe import Universe
from tui.providers.synthetic import SyntheticMarket

INSTRUMENTS = 4_000
RATE = 10_000
"""Quotes a second, spread over the instruments."""
BATCH = 0.02
"""Seconds between two batches: often enough for thirty frames a second."""
SESSION = date(2025, 5, 26)
OPENED = datetime(2025, 5, 26, 0, 30, tzinfo=UTC)
"""When a contestant's clock begins, an hour and a half before lunch."""
LIST = "Load"

COLUMNS = (
    ("code", "Code", 6),
    ("name", "Name", 30),
    ("last", "Last", 10),
    ("change", "Chg", 9),
    ("percent", "Chg%", 9),
    ("volume", "Volume", 10),
    ("turnover", "Turnover", 10),
    ("day", "Day", 10),
    ("bid", "Bid", 10),
    ("ask", "Ask", 10),
)
"""Key, heading and width of what the floor and the DataTable show."""


class SessionClock(SystemClock):
    """The time, moved so that the session has just opened when the contestant starts."""

    def __init__(self) -> None:
        self._offset = OPENED - super().now()

    def now(self) -> datetime:
        """Now, on the session's date."""
        return super().now() + self._offset


def symbols() -> tuple[str, ...]:
    """The first listed issues of Tokyo, by code."""
    listed = sorted(symbol for symbol in Universe().symbols() if symbol.endswith(".T"))
    return tuple(listed[:INSTRUMENTS])


def write_home(folder: Path, wanted: Sequence[str], *, flash: bool = True) -> Path:
    """A home folder whose configuration shows the load; returns the configuration's file."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(f"flash = {str(flash).lower()}\n", encoding="utf-8")
    names = ", ".join(f'"{symbol}"' for symbol in wanted)
    (folder / "lists.toml").write_text(
        f'[[list]]\nname = "{LIST}"\nsymbols = [{names}]\n', encoding="utf-8"
    )
    return config


class Load:
    """Quotes at a rate, stepped by whoever shows them.

    Args:
        wanted: The instruments.
        rate: Quotes a second; 0 for none.
    """

    def __init__(self, wanted: tuple[str, ...], rate: float) -> None:
        self.clock = SessionClock()
        self.market = SyntheticMarket(wanted, seed=1, session=SESSION)
        self._rate = rate
        self._begun = self.clock.monotonic()
        self._sent = 0

    def due(self) -> QuoteBatch | None:
        """What has come since the last time, at most a second of it."""
        wanted = int(self._rate * (self.clock.monotonic() - self._begun))
        count = min(wanted - self._sent, int(self._rate))
        self._sent = wanted
        return self.market.step(count, self.clock.now()) if count > 0 else None


class Sheet:
    """The cells as a program without this program's parts would hold them.

    Args:
        wanted: The instruments.
        market: Where they stand.
    """

    def __init__(self, wanted: tuple[str, ...], market: SyntheticMarket) -> None:
        universe = Universe()
        self.codes = [symbol.removesuffix(".T") for symbol in wanted]
        self.names = [
            instrument.name[:28] if (instrument := universe.get(symbol)) else ""
            for symbol in wanted
        ]
        snapshot = market.snapshot(OPENED)
        self.base = snapshot.fields[Field.BASE]
        self.values = {
            name: snapshot.fields[name].copy()
            for name in (Field.LAST, Field.BID, Field.ASK, Field.VOLUME, Field.TURNOVER)
        }

    def apply(self, batch: QuoteBatch) -> list[int]:
        """Take quotes; returns the rows that changed, ascending."""
        for name, values in batch.fields.items():
            if name in self.values:
                self.values[name][batch.rows] = values
        return [int(row) for row in np.unique(batch.rows)]

    def texts(self, row: int) -> tuple[str, ...]:
        """One row's cells, in the order of `COLUMNS`."""
        values = self.values
        last, base = values[Field.LAST][row], self.base[row]
        change = last - base
        bar = "▁▂▃▄▅▆▇█"[int(min(max((last / base - 0.85) / 0.3, 0.0), 0.99) * 8)]
        return (
            self.codes[row],
            self.names[row],
            f"{last:,.0f}",
            f"{change:+,.0f}",
            f"{change / base * 100:+.2f}%",
            f"{values[Field.VOLUME][row] / 1e3:,.1f}k",
            f"¥{values[Field.TURNOVER][row] / 1e6:,.1f}m",
            bar * 10,
            f"{values[Field.BID][row]:,.0f}",
            f"{values[Field.ASK][row]:,.0f}",
        )

    def tone(self, row: int) -> int:
        """1 for a rise, -1 for a fall, 0 for neither."""
        return int(np.sign(self.values[Field.LAST][row] - self.base[row]))
