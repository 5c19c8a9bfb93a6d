"""A list of movers as the live table reads it: the usual cells, and what puts a name on it."""

from collections.abc import Callable, Sequence

import numpy as np

from tui.market.arrays import Floats, Ints
from tui.market.held_quotes import at_rows
from tui.market.market import Market
from tui.market.pricing import format_percent, format_points
from tui.market.quotes import Field
from tui.present.columns import columns as usual_columns
from tui.present.movers import MarketMovers
from tui.present.table import BoardTable, tone
from tui.report.live_rows import LiveRows
from tui.report.mover_lists import MoverList, Movers
from tui.report.rows import RowsReport
from widgets.quote_table import Cell, Column

_OWN: dict[str, tuple[str, str, int, int]] = {
    # key: title, in Japanese, width in cells, how soon it gives way (0 last)
    "move": ("Chg%", "騰落率", 8, 0),
    "open": ("Open", "始値", 9, 4),
    "gap": ("Gap", "ギャップ", 8, 1),
    "extreme": ("Extreme", "高安", 9, 4),
    "times": ("× usual", "平常比", 8, 1),
    "share": ("Share", "代金比率", 8, 1),
    "index": ("Pts", "寄与度", 8, 3),
    "before": ("Prev pts", "前日寄与", 8, 5),
    "since": ("New of", "更新", 8, 2),
}
_COMMON = ("index", "before", "turnover", "day", "state")
_COLUMNS: dict[MoverList, tuple[str, ...]] = {
    MoverList.HIGHS: ("extreme", "since", *_COMMON),
    MoverList.LOWS: ("extreme", "since", *_COMMON),
    MoverList.GAPS_UP: ("gap", "open", *_COMMON),
    MoverList.GAPS_DOWN: ("gap", "open", *_COMMON),
    MoverList.UNUSUAL: ("times", "volume", *_COMMON),
    MoverList.TRADED: ("share", *_COMMON),
}


def mover_columns(which: MoverList, language: str, *, before: bool) -> tuple[Column, ...]:
    """The columns of a list.

    Args:
        which: The list.
        language: ``en`` or ``ja``.
        before: Whether the points of the session before are known.
    """
    usual = {
        column.key: column
        for column in usual_columns(
            ("code", "name", "last", "volume", "turnover", "day", "state"), language
        )
    }
    keys = ("code", "name", "last", "move", *_COLUMNS.get(which, _COMMON))
    return tuple(
        usual[key] if key in usual else _own(key, language)
        for key in keys
        if before or key != "before"
    )


def _own(key: str, language: str) -> Column:
    title, title_ja, width, gives_way = _OWN[key]
    left = key == "since"
    return Column(
        key=key,
        title=title_ja if language == "ja" else title,
        width=max(width, 8),
        align="left" if left else "right",
        priority=-gives_way,
    )


class MoverTable(BoardTable):
    """The names of one list; a new one is made when its names or the language change.

    Args:
        market: Where names, prices and minutes are read.
        symbols: The names in order, all of them on the board.
        shown: The figures.
        movers: The list they are on.
        language: ``en`` or ``ja``.
    """

    def __init__(
        self,
        market: Market,
        symbols: tuple[str, ...],
        shown: MarketMovers,
        movers: Movers,
        language: str,
    ) -> None:
        self.symbols = symbols
        self.which = movers.which
        self.language = language
        self.board_symbols = market.board.symbols
        self._lines = LiveRows(market, symbols)
        places = {symbol: place for place, symbol in enumerate(shown.report.symbols)}
        self._places = np.array([places[symbol] for symbol in symbols], np.int64)
        self._seen = np.full((len(_OWN), len(symbols)), np.nan)
        self._turn = 0
        self._changed = np.zeros(len(symbols), np.int64)
        self._told: Ints | None = None
        super().__init__(market, self._lines.read(shown.report.as_of), language)
        self._own = {key: self._writer(key) for key in _OWN}
        self.follow(shown, movers, 0.0)

    def serves(self, symbols: tuple[str, ...], which: MoverList, language: str) -> bool:
        """Whether it can go on showing a list, whose names are these now."""
        return (symbols, which, language) == (self.symbols, self.which, self.language) and (
            self.board_symbols is self._market.board.symbols
        )

    def follow(self, shown: MarketMovers, movers: Movers, at: float) -> None:
        """Take new figures of the same names.

        Args:
            shown: The figures.
            movers: The list, whose order may have changed.
            at: The host's monotonic seconds.
        """
        report = self._lines.read(shown.report.as_of)
        auction = self._market.status(shown.report.as_of).state.auction
        super().update(report, at, auction=auction)
        figures = self._figures(shown, movers, report)
        different = (figures != self._seen) & ~(np.isnan(figures) & np.isnan(self._seen))
        changed = different.any(axis=0)
        if self._told is not None:
            changed |= self.row_revision != self._told
        self._told, self._seen = self.row_revision, figures
        if changed.any():
            self._turn += 1
            self._changed[changed] = self._turn
        self.revision, self.row_revision = self._turn, self._changed

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One row's texts and tones."""
        own, usual = self._own, self._WRITERS
        return [
            own[column](row) if column in own else usual[column](self, row) for column in columns
        ]

    def sort_key(self, column: str) -> Floats | Sequence[str]:
        """What a column is ordered by."""
        keys = list(_OWN)
        if column in keys:
            return np.asarray(self._seen[keys.index(column)])
        return super().sort_key(column)

    def _figures(self, shown: MarketMovers, movers: Movers, report: RowsReport) -> Floats:
        """``float64[columns, n]`` in the order of `_OWN`; NaN where unknown."""
        told, rows, board = shown.report, report.rows, self._market.board
        at = self._places
        opening, base = board.column(Field.OPEN)[rows], report.base
        high = self.which is not MoverList.LOWS
        own = shown.attribution.index(shown.index)
        before = np.full(len(board), np.nan)
        if shown.previous is not None:
            before[own.rows] = shown.previous.points
        ratio = told.volume_ratio
        of_year = np.full(len(told.symbols), np.nan)
        of_year[movers.members] = movers.of_year
        nothing = np.full(len(at), np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            figures = {
                "move": at_rows(told.percent, at),
                "open": opening,
                "gap": np.where(base > 0, (opening / base - 1.0) * 100.0, np.nan),
                "extreme": board.column(Field.HIGH if high else Field.LOW)[rows],
                "times": ratio[at] if ratio is not None else nothing,
                "share": report.turnover / told.turnover.total * 100.0,
                "index": own.by_row()[rows],
                "before": before[rows],
                "since": of_year[at],
            }
        return np.array([figures[key] for key in _OWN])

    def _writer(self, key: str) -> Callable[[int], Cell]:
        place = list(_OWN).index(key)

        def written(row: int) -> Cell:
            value = float(self._seen[place, row])
            if np.isnan(value):
                return "", ""
            match key:
                case "move" | "gap":
                    return format_percent(value), tone(value)
                case "index" | "before":
                    return format_points(value), tone(value) if key == "index" else "muted"
                case "times":
                    return f"{value:.1f}×", "accent"
                case "share":
                    return f"{value:.1f}%", ""
                case "since":
                    return _period(bool(value), self.language), "accent" if value else "muted"
                case _:
                    return self._price(row, value), ""

        return written


def _period(of_year: bool, language: str) -> str:
    if language == "ja":
        return "年初来" if of_year else "当日"
    return "the year" if of_year else "the day"
