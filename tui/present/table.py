"""The board as the live table reads it."""

from collections.abc import Callable, Sequence
from math import isnan
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Floats
from tui.market.folding import fold
from tui.market.held_quotes import at_rows
from tui.market.instruments import Instrument
from tui.market.market import Market
from tui.market.pricing import (
    format_change,
    format_percent,
    format_points,
    format_price,
    format_quantity,
    format_yen,
)
from tui.report.rows import Badge, RowsReport
from widgets.quote_table import Cell
from widgets.spark import spark

DAY_WIDTH = 10
_MARK, _CODE = "●", 5
"""Stands behind the code of a marked name, and how many cells from the code's first."""
_DAY_SECONDS = 1.0
"""A day's path is drawn again at most this often: it moves by the minute, not by the quote."""

_BADGE_TONES = {
    Badge.NONE: "",
    Badge.NOT_TRADED: "muted",
    Badge.NO_DATA: "muted",
    Badge.DERIVED: "derived",
    Badge.LIMIT_UP: "up",
    Badge.LIMIT_DOWN: "down",
}


def tone(value: float) -> str:
    """The tone of a rise, a fall, or neither."""
    if value > 0:
        return "up"
    if value < 0:
        return "down"
    return "flat" if value == 0 else "muted"


class BoardTable:
    """A list of instruments on the board, one row each, formatted when it is looked at.

    Args:
        market: Where names and minutes are read.
        report: The list's figures.
        language: Language of names, ``en`` or ``ja``.
    """

    def __init__(self, market: Market, report: RowsReport, language: str) -> None:
        self._market = market
        self._instruments: list[Instrument | None] = [
            market.universe.get(symbol) for symbol in report.symbols
        ]
        self._codes: list[Cell] = [
            ((i.code or i.symbol) if i else key, "muted")
            for i, key in zip(self._instruments, report.symbols, strict=True)
        ]
        self._plain_codes = self._codes
        self._marked: tuple[str, ...] = ()
        self._names: list[Cell] = [
            (i.name_ja if language == "ja" else i.name, "") if i else ("", "muted")
            for i in self._instruments
        ]
        # Currency, and whether the ticks of the TOPIX 500 apply.
        self._ticks: list[tuple[str, bool]] = [
            (i.currency, i.topix500) if i else ("", False) for i in self._instruments
        ]
        self._words: list[Cell] = [
            (each.word_ja if language == "ja" else each.word, _BADGE_TONES.get(each, "warn"))
            for each in Badge
        ]
        self._folded: list[str] | None = None
        self._days: dict[int, tuple[float, str]] = {}
        self._now = 0.0
        self._shift = 0
        self._gaps_by_row: Floats | None = None
        self._gaps = np.full(len(report.symbols), np.nan)
        self._generation = market.minutes.generation
        self.auction = False
        self.keys: Sequence[str] = report.symbols
        self.update(report, 0.0)
        self._language = language

    @property
    def differs_in_delay(self) -> bool:
        """Whether some rows are told in another delay class than others."""
        borne = np.bincount(self._report.source)[1:]
        return int(np.count_nonzero(borne)) > 1

    def mark(self, symbols: tuple[str, ...]) -> None:
        """Show which names are marked; told by `update`, as other figures are."""
        if symbols is self._marked:
            return
        self._marked = symbols
        marked = frozenset(symbols)
        self._codes = [
            (f"{code[0]:<{_CODE}}{_MARK}", "accent") if key in marked else code
            for key, code in zip(self.keys, self._plain_codes, strict=True)
        ]
        self._shift += 1

    def set_gaps(self, gaps: Floats | None) -> None:
        """Show other gaps of receipts abroad; told by `update`, as other figures are.

        Args:
            gaps: ``float64[board rows]`` in per cent, NaN where there is none; the same array
                while none differs. None where there is none at all.
        """
        if gaps is self._gaps_by_row:
            return
        self._gaps_by_row = gaps
        rows = self._report.rows
        self._gaps = np.full(len(rows), np.nan) if gaps is None else at_rows(gaps, rows)
        self._shift += 1

    def update(self, report: RowsReport, now: float, *, auction: bool = False) -> None:
        """Take new figures of the same list.

        Args:
            report: The figures.
            now: The host's monotonic seconds.
            auction: Whether indicative prices stand in the last column.
        """
        if auction != self.auction or self._generation != self._market.minutes.generation:
            # Every row reads differently, though no quote has come.
            self._generation = self._market.minutes.generation
            self._shift += 1
            self._days.clear()
        self.auction = auction
        self._report = report
        self._now = now
        self.revision = report.revision + self._shift
        self.row_revision: npt.NDArray[np.int64] = report.row_revision + self._shift
        board = self._market.board
        self.moved: npt.NDArray[np.int8] = board.moved[report.rows]
        self.moved_at: npt.NDArray[np.float64] = board.moved_at[report.rows]
        self.stale: npt.NDArray[np.bool_] = report.stale

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One row's texts and tones."""
        writers = self._WRITERS
        return [writers[column](self, row) for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What a column is ordered by."""
        report = self._report
        if column == "code":
            return [
                i.code if i else key for i, key in zip(self._instruments, self.keys, strict=True)
            ]
        if column == "name":
            return [fold(name) for name, _ in self._names]
        if column == "source":
            return report.source.astype(np.float64)
        if column == "state":
            return report.badge.astype(np.float64)
        numbers: dict[str, npt.NDArray[np.float64]] = {
            "last": report.last,
            "change": report.change,
            "percent": report.percent,
            "points": report.points,
            "adr": self._gaps,
            "bid": report.bid,
            "ask": report.ask,
            "volume": report.volume,
            "turnover": report.turnover,
        }
        return numbers.get(column, np.arange(len(self.keys), dtype=np.float64))

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which rows hold the text in code or either name, in any usual writing."""
        if self._folded is None:
            self._folded = [
                fold(f"{i.code} {i.symbol} {i.name} {i.name_ja}") if i else fold(key)
                for i, key in zip(self._instruments, self.keys, strict=True)
            ]
        wanted = fold(query)
        return np.fromiter((wanted in text for text in self._folded), np.bool_, len(self._folded))

    def _price(self, row: int, price: float) -> str:
        currency, fine = self._ticks[row]
        return format_price(price, currency, fine=fine)

    def _last(self, row: int) -> Cell:
        report = self._report
        if self.auction and not isnan(indicative := report.indicative.item(row)):
            return f"気{self._price(row, indicative)}", "accent"
        last = report.last.item(row)
        if isnan(last):
            # Not traded yet: the base price, set back, is what there is to go by.
            return self._price(row, report.base.item(row)), "muted"
        return self._price(row, last), ""

    def _change(self, row: int) -> Cell:
        change = self._report.change.item(row)
        currency, fine = self._ticks[row]
        text = format_change(change, self._report.last.item(row), currency, fine=fine)
        return text, tone(change)

    def _percent(self, row: int) -> Cell:
        percent = self._report.percent.item(row)
        return format_percent(percent), tone(percent)

    def _points(self, row: int) -> Cell:
        points = self._report.points.item(row)
        return format_points(points), tone(points)

    def _gap(self, row: int) -> Cell:
        gap = self._gaps.item(row)
        return format_percent(gap), tone(gap)

    def _code(self, row: int) -> Cell:
        return self._codes[row]

    def _name(self, row: int) -> Cell:
        return self._names[row]

    def _bid(self, row: int) -> Cell:
        return self._price(row, self._report.bid.item(row)), ""

    def _ask(self, row: int) -> Cell:
        return self._price(row, self._report.ask.item(row)), ""

    def _volume(self, row: int) -> Cell:
        return format_quantity(self._report.volume.item(row), self._language), ""

    def _turnover(self, row: int) -> Cell:
        return format_yen(self._report.turnover.item(row), self._language, unit=False), ""

    def _day(self, row: int) -> Cell:
        held = self._days.get(row)
        if held is None or self._now - held[0] >= _DAY_SECONDS:
            path = self._market.minutes.path(int(self._report.rows[row]))
            held = (self._now, spark(path, DAY_WIDTH))
            self._days[row] = held
        return held[1], tone(self._report.change.item(row))

    def _source(self, row: int) -> Cell:
        """``yahoo 20m``: who serves the row, and how far behind the market that is."""
        board = self._market.board
        place = self._report.source.item(row)
        if place >= len(board.delays):
            # The sources have changed, and what is drawn is still of those before.
            return "", "muted"
        delay = board.delays[place]
        late = f" {delay.minutes}m" if delay.minutes else ""
        return f"{board.sources[place]}{late}", "muted"

    def _state(self, row: int) -> Cell:
        return self._words[self._report.badge.item(row)]

    # The class holds these and not each table: one that refers to itself stays until garbage is
    # looked for, and its columns with it.
    _WRITERS: ClassVar[dict[str, Callable[["BoardTable", int], Cell]]] = {
        "code": _code,
        "name": _name,
        "last": _last,
        "change": _change,
        "percent": _percent,
        "points": _points,
        "adr": _gap,
        "bid": _bid,
        "ask": _ask,
        "volume": _volume,
        "turnover": _turnover,
        "day": _day,
        "state": _state,
        "source": _source,
    }
