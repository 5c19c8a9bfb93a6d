from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message

from widgets.quote_table import Cell, Column, QuoteTable

COLUMNS = (
    Column(key="code", title="Code", width=4, priority=9),
    Column(key="name", title="銘柄", width=14, min_width=6, grow=True, priority=8),
    Column(key="last", title="Last", width=8, align="right", priority=7),
    Column(key="change", title="Chg", width=7, align="right", priority=6),
    Column(key="volume", title="Volume", width=9, align="right", priority=3),
    Column(key="state", title="State", width=6, priority=1, sortable=False),
)
NAMES = ("アドバンテスト", "Advantest", "日本製鉄", "Tokyo Electron", "東京エレクトロン株式会社")


class Sheet:
    """Rows in memory that count how often they are formatted."""

    def __init__(self, count: int, first: int = 1000) -> None:
        self.keys: tuple[str, ...] = tuple(f"{first + row}.T" for row in range(count))
        self.revision = 1
        self.row_revision: npt.NDArray[np.int64] = np.ones(count, dtype=np.int64)
        self.moved: npt.NDArray[np.int8] = np.zeros(count, dtype=np.int8)
        self.moved_at: npt.NDArray[np.float64] = np.full(count, np.nan)
        self.stale: npt.NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.last: npt.NDArray[np.float64] = 1000.0 + np.arange(count, dtype=np.float64)
        self.formatted: list[str] = []

    def set(self, key: str, price: float, at: float | None = None) -> None:
        row = self.keys.index(key)
        self.revision += 1
        self.row_revision[row] = self.revision
        self.moved[row] = np.sign(price - self.last[row])
        self.last[row] = price
        if at is not None:
            self.moved_at[row] = at

    def age(self, key: str) -> None:
        row = self.keys.index(key)
        self.revision += 1
        self.row_revision[row] = self.revision
        self.stale[row] = True

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        key = self.keys[row]
        self.formatted.append(key)
        code = key.removesuffix(".T")
        change = self.last[row] - 1000
        tone = "up" if change > 0 else "down" if change < 0 else "flat"
        shown = {
            "code": (code, "muted"),
            "name": (NAMES[int(code) % len(NAMES)], ""),
            "last": (f"{self.last[row]:,.0f}", ""),
            "change": (f"{change:+,.0f}", tone),
            "volume": (f"{int(code) * 100:,}", ""),
            "state": ("特買", "warn") if int(code) % 7 == 0 else ("", ""),
        }
        return [shown[column] for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        if column == "name":
            return [NAMES[int(key.removesuffix(".T")) % len(NAMES)] for key in self.keys]
        return self.last

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        return np.array([query in key for key in self.keys], dtype=np.bool_)


class TableApp(App[None]):
    """One table, and what it told."""

    def __init__(self, table: QuoteTable) -> None:
        super().__init__()
        self.table = table
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_quote_table_highlighted(self, message: QuoteTable.Highlighted) -> None:
        self.told.append(message)

    def on_quote_table_chosen(self, message: QuoteTable.Chosen) -> None:
        self.told.append(message)

    def on_quote_table_sorted(self, message: QuoteTable.Sorted) -> None:
        self.told.append(message)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(100)


@pytest.fixture
def make_sheet() -> Callable[..., Sheet]:
    return Sheet


@pytest.fixture
def columns() -> tuple[Column, ...]:
    return COLUMNS


@pytest.fixture
def app() -> TableApp:
    return TableApp(QuoteTable(COLUMNS, flash_columns=("last", "change")))


@pytest.fixture
def lines() -> Callable[[QuoteTable], list[str]]:
    """What the table shows, line by line; each exactly as wide as the table."""

    def read(table: QuoteTable) -> list[str]:
        size = table.outer_size
        strips = table.render_lines(Region(0, 0, size.width, size.height))
        assert len(strips) == size.height
        for strip in strips:
            assert sum(cell_len(segment.text) for segment in strip) == size.width
            assert all(segment.text for segment in strip)
        return [strip.text for strip in strips]

    return read
