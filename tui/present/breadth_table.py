"""Breadth of both indices and of each sector, as the live table reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Floats, Ints
from tui.market.folding import fold
from widgets.quote_table import Cell, Column

_BAR = 6
"""Cells of either half of a bar."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Rows of breadth; every column has an entry a row.

    Attributes:
        keys: The symbol of an index, or the code of a sector.
        names: Ready to show.
        up, down, unchanged, missing: ``int64``.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    up: Ints
    down: Ints
    unchanged: Ints
    missing: Ints

    @property
    def known(self) -> Ints:
        """``int64``: the names whose direction is known."""
        return self.up + self.down + self.unchanged


def breadth_columns(language: str, *, picture: bool) -> tuple[Column, ...]:
    """The columns: a bar between the counts, or figures alone.

    Args:
        language: ``en`` or ``ja``.
        picture: Whether rise and fall are bars.
    """
    japanese = language == "ja"

    def figure(key: str, title: str, title_ja: str, width: int, gives_way: int) -> Column:
        return Column(
            key=key,
            title=title_ja if japanese else title,
            width=width,
            align="right",
            priority=-gives_way,
        )

    name = Column(
        key="name", title="業種" if japanese else "Sector", width=24, min_width=12, grow=True
    )
    if picture:
        return (
            name,
            figure("down", "Down", "落", 5, 0),
            Column(key="fall", title="", width=_BAR, align="right", sortable=False, priority=-1),
            Column(key="rise", title="", width=_BAR, sortable=False, priority=-1),
            figure("up", "Up", "騰", 5, 0),
            figure("unchanged", "Unch", "不変", 5, 2),
            figure("missing", "None", "不明", 5, 3),
        )
    return (
        name,
        figure("up", "Up", "値上がり", 8, 0),
        figure("down", "Down", "値下がり", 8, 0),
        figure("unchanged", "Unch", "横ばい", 6, 1),
        figure("missing", "None", "不明", 5, 2),
        figure("share", "Up%", "上昇率", 6, 3),
    )


class BreadthRows:
    """Indices and sectors, a row each; a new one is made when the rows or the language change.

    Args:
        counts: How many names went which way.
    """

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self.keys: Sequence[str] = counts.keys
        self.names = counts.names
        count = len(counts.keys)
        self.revision = 0
        self.row_revision: npt.NDArray[np.int64] = np.zeros(count, np.int64)
        self.moved: npt.NDArray[np.int8] = np.zeros(count, np.int8)
        self.moved_at: npt.NDArray[np.float64] = np.full(count, np.nan)
        self.stale: npt.NDArray[np.bool_] = np.zeros(count, np.bool_)

    def update(self, counts: Counts) -> None:
        """Take new counts of the same rows."""
        held = self._counts
        changed = np.zeros(len(self.keys), np.bool_)
        for name in ("up", "down", "unchanged", "missing"):
            changed |= getattr(counts, name) != getattr(held, name)
        self._counts = counts
        if changed.any():
            self.revision += 1
            self.row_revision[changed] = self.revision

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One row's texts and tones."""
        return [self._cell(row, column) for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What a column is ordered by."""
        counts = self._counts
        if column == "name":
            return [fold(name) for name in self.names]
        known = counts.known > 0
        figures: dict[str, Floats | Ints] = {
            "up": counts.up,
            "down": counts.down,
            "unchanged": counts.unchanged,
            "missing": counts.missing,
            "share": counts.up / np.maximum(counts.known, 1),
        }
        values = figures[column].astype(np.float64)
        return values if column == "missing" else np.where(known, values, np.nan)

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which names hold a text."""
        wanted = fold(query)
        return np.array([wanted in fold(name) for name in self.names], np.bool_)

    def _cell(self, row: int, column: str) -> Cell:
        counts = self._counts
        if column == "name":
            return self.names[row], "accent" if self.keys[row].startswith("^") else ""
        if column == "missing":
            missing = int(counts.missing[row])
            return (f"{missing:,}" if missing else ""), "muted"
        known = int(counts.known[row])
        if not known:
            return "", ""
        up, down = int(counts.up[row]), int(counts.down[row])
        match column:
            case "up":
                return f"{up:,}", "up" if up else "muted"
            case "down":
                return f"{down:,}", "down" if down else "muted"
            case "rise":
                full, half = _halves(up / known)
                return "━" * full + "╸" * half, "up"
            case "fall":
                full, half = _halves(down / known)
                return "╺" * half + "━" * full, "down"
            case "unchanged":
                return f"{int(counts.unchanged[row]):,}", "flat"
            case _:
                tone = "up" if up > down else "down" if down > up else "flat"
                return f"{up / known * 100:.0f}%", tone


def _halves(share: float) -> tuple[int, int]:
    """Whole and half cells of a bar; what is not nothing is at least half a cell."""
    halves = round(share * _BAR * 2)
    return divmod(max(halves, 1) if share > 0 else 0, 2)
