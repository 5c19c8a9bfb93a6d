"""Sectors, sizes or baskets as the live table reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui.market.folding import fold
from tui.market.groups import GroupTable, Scheme
from tui.market.market import Market
from tui.market.pricing import format_percent, format_points, format_yen
from tui.present.analysis import basis, window_words
from tui.present.table import tone
from tui.report.attribution import AttributionReport
from widgets.quote_table import Cell, Column


@dataclass(frozen=True, slots=True)
class _Shape:
    key: str
    title: str
    title_ja: str
    width: int
    right: bool
    gives_way: int


_SHAPES = (
    _Shape("name", "Group", "業種", 22, False, 0),
    _Shape("percent", "Chg%", "騰落率", 8, True, 0),
    _Shape("nikkei", "N225 pts", "日経寄与", 9, True, 1),
    _Shape("topix", "TOPIX pts", "TOPIX寄与", 10, True, 2),
    _Shape("breadth", "Up/down", "騰/落", 9, True, 3),
    _Shape("turnover", "Turnover", "売買代金", 9, True, 7),
    _Shape("share", "Share", "代金比率", 8, True, 4),
    _Shape("leader", "Leader", "最上位", 20, False, 5),
    _Shape("laggard", "Laggard", "最下位", 20, False, 6),
)


def group_columns(language: str) -> tuple[Column, ...]:
    """The columns of a table of groups."""
    return tuple(
        Column(
            key=shape.key,
            title=shape.title_ja if language == "ja" else shape.title,
            width=shape.width,
            align="right" if shape.right else "left",
            grow=not shape.right,
            priority=-shape.gives_way,
        )
        for shape in _SHAPES
    )


def caption(report: AttributionReport, scheme: Scheme, language: str) -> tuple[str, str]:
    """What a table of groups shows, over which window, on which weights; and in fewer words."""
    told = f"{scheme.words(language)} · {window_words(report, language)}"
    full, short = basis(report, language), basis(report, language, short=True)
    if not full:
        return told, told
    return f"{told} · TOPIX: {full}", f"{told} · TOPIX: {short}"


class GroupRows:
    """The groups of one scheme, a row each; a new one is made when scheme or language change.

    Args:
        market: Where names are looked up.
        table: What the groups did.
        language: ``en`` or ``ja``.
    """

    def __init__(self, market: Market, table: GroupTable, language: str) -> None:
        self._market = market
        self._language = language
        self.scheme = table.scheme
        self.keys: Sequence[str] = tuple(group.key for group in table.groups)
        self._names = [g.name_ja if language == "ja" else g.name for g in table.groups]
        count = len(self.keys)
        self.revision = 0
        self.row_revision: npt.NDArray[np.int64] = np.zeros(count, np.int64)
        self.moved: npt.NDArray[np.int8] = np.zeros(count, np.int8)
        self.moved_at: npt.NDArray[np.float64] = np.full(count, np.nan)
        self.stale: npt.NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._table = table

    def update(self, table: GroupTable) -> None:
        """Take new figures of the same groups."""
        if table is self._table:
            return
        self._table = table
        self.revision += 1
        self.row_revision[:] = self.revision

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One group's texts and tones."""
        return [self._cell(row, column) for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What a column is ordered by."""
        table = self._table
        if column == "name":
            return [fold(name) for name in self._names]
        if column == "breadth":
            counted = table.up + table.down + table.unchanged > 0
            return np.where(counted, table.up - table.down, np.nan).astype(np.float64)
        numbers = {
            "percent": table.percent,
            "nikkei": table.nikkei,
            "topix": table.topix,
            "turnover": table.turnover,
            "share": table.turnover_share,
            "leader": table.leader_percent,
            "laggard": table.laggard_percent,
        }
        return numbers[column]

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which groups' names hold a text."""
        wanted = fold(query)
        return np.array([wanted in fold(name) for name in self._names], np.bool_)

    def _cell(self, row: int, column: str) -> Cell:
        table = self._table
        match column:
            case "name":
                return self._names[row], ""
            case "percent":
                value = float(table.percent[row])
                mark = "~" if table.plain_average[row] and np.isfinite(value) else ""
                return f"{mark}{format_percent(value)}", tone(value)
            case "nikkei" | "topix":
                value = float((table.nikkei if column == "nikkei" else table.topix)[row])
                if value == 0.0 and not self._traded(row):
                    return "", ""
                return format_points(value), tone(value)
            case "breadth":
                if not self._traded(row):
                    return "", ""
                return f"{table.up[row]}/{table.down[row]}", tone(
                    float(table.up[row] - table.down[row])
                )
            case "turnover":
                return format_yen(float(table.turnover[row]), self._language, unit=False), ""
            case "share":
                share = float(table.turnover_share[row])
                return (f"{share * 100:.1f}%" if np.isfinite(share) else ""), "muted"
            case "leader":
                return self._named(table.leader[row], float(table.leader_percent[row]))
            case _:
                return self._named(table.laggard[row], float(table.laggard_percent[row]))

    def _traded(self, row: int) -> bool:
        """Whether any name of a group has traded, and its move is known."""
        table = self._table
        return bool(table.up[row] + table.down[row] + table.unchanged[row])

    def _named(self, symbol: str, percent: float) -> Cell:
        instrument = self._market.universe.get(symbol) if symbol else None
        if instrument is None:
            return "", "muted"
        name = instrument.name_ja if self._language == "ja" else instrument.name
        return f"{format_percent(percent)} {name}", tone(percent)
