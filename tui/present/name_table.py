"""The names of one group as the live table reads them, over the window chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui.market.folding import fold
from tui.market.market import Market
from tui.market.pricing import format_percent, format_points, format_price, format_yen
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
    _Shape("code", "Code", "コード", 6, False, 0),
    _Shape("name", "Name", "銘柄", 14, False, 1),
    _Shape("last", "Last", "現在値", 9, True, 2),
    _Shape("percent", "Chg%", "騰落率", 8, True, 0),
    _Shape("nikkei", "N225 pts", "日経寄与", 9, True, 3),
    _Shape("topix", "TOPIX pts", "TOPIX寄与", 10, True, 4),
    _Shape("turnover", "Turnover", "売買代金", 9, True, 5),
)


def name_columns(language: str) -> tuple[Column, ...]:
    """The columns of a table of names."""
    return tuple(
        Column(
            key=shape.key,
            title=shape.title_ja if language == "ja" else shape.title,
            width=shape.width,
            align="right" if shape.right else "left",
            grow=shape.key == "name",
            priority=-shape.gives_way,
        )
        for shape in _SHAPES
    )


class NameRows:
    """Names with what each did over a window and what that was worth in either index.

    Args:
        market: Where names are looked up.
        symbols: The names; those that are not on the board are left out.
        report: Both indices by name.
        language: ``en`` or ``ja``.
    """

    def __init__(
        self, market: Market, symbols: Sequence[str], report: AttributionReport, language: str
    ) -> None:
        self.symbols = tuple(symbols)
        held = [symbol for symbol in symbols if market.board.row(symbol) >= 0]
        known = [market.universe.get(symbol) for symbol in held]
        self._codes = [(i.code if i else "") or s for i, s in zip(known, held, strict=True)]
        self._names = [
            (i.name_ja if language == "ja" else i.name) if i else s
            for i, s in zip(known, held, strict=True)
        ]
        self._ticks = [(i.currency, i.topix500) if i else ("", False) for i in known]
        self.keys: Sequence[str] = tuple(held)
        count = len(held)
        self.revision = 0
        self.row_revision: npt.NDArray[np.int64] = np.zeros(count, np.int64)
        self.moved: npt.NDArray[np.int8] = np.zeros(count, np.int8)
        self.moved_at: npt.NDArray[np.float64] = np.full(count, np.nan)
        self.stale: npt.NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._market = market
        self._language = language
        self._report: AttributionReport | None = None
        self._figures: dict[str, npt.NDArray[np.float64]] = {}
        self.update(report)

    def update(self, report: AttributionReport) -> None:
        """Take new figures of the same names."""
        if report is self._report:
            return
        self._report = report
        rows = self._market.board.rows(self.keys)
        moved = report.moves
        self._figures = {
            "last": moved.last[rows],
            "percent": moved.percent[rows],
            "nikkei": report.nikkei.by_row()[rows],
            "topix": report.topix.by_row()[rows],
            "turnover": moved.turnover[rows],
        }
        self.revision += 1
        self.row_revision[:] = self.revision

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One name's texts and tones."""
        return [self._cell(row, column) for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What a column is ordered by."""
        if column == "code":
            return self._codes
        if column == "name":
            return [fold(name) for name in self._names]
        return self._figures[column]

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which names or codes hold a text."""
        wanted = fold(query)
        texts = zip(self._codes, self._names, strict=True)
        return np.array([wanted in fold(f"{code} {name}") for code, name in texts], np.bool_)

    def _cell(self, row: int, column: str) -> Cell:
        if column == "code":
            return self._codes[row], "muted"
        if column == "name":
            return self._names[row], ""
        value = float(self._figures[column][row])
        if column == "last":
            currency, fine = self._ticks[row]
            return format_price(value, currency, fine=fine), ""
        if column == "turnover":
            return format_yen(value, self._language, unit=False), ""
        if column == "percent":
            return format_percent(value), tone(value)
        return format_points(value), tone(value)
