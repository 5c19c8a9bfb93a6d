"""The receipts of the night bridge as the live table reads them."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Floats
from tui.market.folding import fold
from tui.market.market import Market
from tui.market.pricing import format_level, format_percent, format_points, format_price
from tui.present.bridge import clock_words
from tui.present.table import tone
from tui.present.tape import old_words
from tui.report.bridge import BridgeReport, Why
from widgets.quote_table import Cell, Column

_TITLES: dict[str, tuple[str, str, int, str, int]] = {
    # key: title, in Japanese, width in cells, side, how soon it gives way (0 last)
    "code": ("Code", "コード", 6, "left", 1),
    "name": ("Name", "銘柄", 12, "left", 3),
    "receipt": ("ADR", "ADR", 6, "left", 0),
    "venue": ("Venue", "市場", 5, "left", 8),
    "price": ("Price", "値段", 9, "right", 4),
    "ratio": ("Shares", "株数", 7, "right", 5),
    "parity": ("Parity", "換算値", 10, "right", 2),
    "close": ("Close", "終値", 10, "right", 3),
    "gap": ("Gap", "差", 8, "right", 4),
    "percent": ("Gap%", "差率", 8, "right", 0),
    "points": ("Pts", "寄与度", 8, "right", 1),
    "time": ("Quoted", "時刻", 11, "right", 6),
    "state": ("State", "状態", 6, "left", 9),
    "why": ("Remark", "備考", 25, "left", 1),
}

_REMARK_LEAST = 16

_CONFIDENCE = {
    "high": ("", ""),
    "medium": ("ratio probable", "比率ほぼ確か"),
}


def bridge_columns(language: str) -> tuple[Column, ...]:
    """The columns of the list."""
    japanese = language == "ja"
    return tuple(
        Column(
            key=key,
            title=title_ja if japanese else title,
            width=width,
            min_width=_REMARK_LEAST if key == "why" else 0,
            align="right" if side == "right" else "left",
            grow=key == "name",
            priority=-gives_way,
        )
        for key, (title, title_ja, width, side, gives_way) in _TITLES.items()
    )


def share_of(report: BridgeReport, receipt: str | None) -> str:
    """The Tokyo share that a receipt stands for; empty where there is none of that symbol."""
    places = (n for n, row in enumerate(report.receipts) if row.symbol == receipt)
    place = next(places, None)
    return "" if place is None else report.shares[place]


def shares_shown(report: BridgeReport) -> tuple[str, ...]:
    """The Tokyo shares with a gap, each once."""
    known = np.flatnonzero(np.isfinite(report.percent))
    return tuple(dict.fromkeys(report.shares[place] for place in known))


class BridgeTable:
    """The receipts, a row each, in the order of their table.

    Args:
        market: Where names and ticks are read.
        report: The figures.
        language: ``en`` or ``ja``.
    """

    def __init__(self, market: Market, report: BridgeReport, language: str) -> None:
        self.language = language
        self.keys: Sequence[str] = tuple(row.symbol for row in report.receipts)
        instruments = [market.universe.get(symbol) for symbol in report.shares]
        self._names = [
            "" if each is None else each.name_ja if language == "ja" else each.name
            for each in instruments
        ]
        self._fine = [bool(each and each.topix500) for each in instruments]
        self._report = report
        self._writers: dict[str, Callable[[int], Cell]] = {
            "code": self._code,
            "name": self._name,
            "receipt": self._receipt,
            "venue": self._venue,
            "price": self._price,
            "ratio": self._ratio,
            "parity": self._parity,
            "close": self._close,
            "gap": self._gap,
            "percent": self._percent,
            "points": self._points,
            "time": self._time,
            "state": self._state,
            "why": self._remark,
        }
        count = len(self.keys)
        self.revision = 0
        self.row_revision: npt.NDArray[np.int64] = np.zeros(count, np.int64)
        self.moved: npt.NDArray[np.int8] = np.zeros(count, np.int8)
        self.moved_at: npt.NDArray[np.float64] = np.full(count, np.nan)
        self.stale: npt.NDArray[np.bool_] = _old(report)

    def serves(self, report: BridgeReport, language: str) -> bool:
        """Whether it can go on showing these receipts."""
        return language == self.language and report.receipts is self._report.receipts

    def update(self, report: BridgeReport) -> None:
        """Take new figures of the same receipts."""
        columns = tuple(_TITLES)
        before = [self.cells(row, columns) for row in range(len(self.keys))]
        self._report = report
        self.stale = _old(report)
        changed = [row for row in range(len(self.keys)) if self.cells(row, columns) != before[row]]
        if changed:
            self.revision += 1
            self.row_revision[changed] = self.revision

    def cells(self, row: int, columns: Sequence[str]) -> Sequence[Cell]:
        """One row's texts and tones."""
        writers = self._writers
        return [writers[column](row) for column in columns]

    def sort_key(self, column: str) -> npt.NDArray[np.float64] | Sequence[str]:
        """What a column is ordered by."""
        report = self._report
        figures: dict[str, Floats] = {
            "parity": report.parity,
            "close": report.close,
            "gap": report.gap,
            "percent": report.percent,
            "points": report.points,
            "price": np.array([each.price for each in report.quotes]),
            "ratio": np.array(
                [np.nan if row.shares is None else row.shares for row in report.receipts]
            ),
            "time": np.array(
                [np.nan if q.time is None else q.time.timestamp() for q in report.quotes]
            ),
            "why": report.why.astype(np.float64),
        }
        if column in figures:
            return figures[column]
        if column == "code":
            return [row.code for row in report.receipts]
        if column == "name":
            return [fold(name) for name in self._names]
        if column == "venue":
            return [row.venue for row in report.receipts]
        if column == "state":
            return [each.state.value for each in report.quotes]
        return list(self.keys)

    def matches(self, query: str) -> npt.NDArray[np.bool_]:
        """Which receipts hold a text in their symbol, code or name."""
        wanted = fold(query)
        return np.array(
            [
                wanted in fold(f"{row.symbol} {row.code} {name}")
                for row, name in zip(self._report.receipts, self._names, strict=True)
            ],
            np.bool_,
        )

    def _tone(self, row: int, value: float) -> str:
        """Of a gap; one that rests on a doubtful ratio is set back."""
        return tone(value) if self._report.why[row] == Why.KNOWN else "muted"

    def _code(self, row: int) -> Cell:
        return self._report.receipts[row].code, "muted"

    def _name(self, row: int) -> Cell:
        return self._names[row], ""

    def _receipt(self, row: int) -> Cell:
        return self._report.receipts[row].symbol, "accent"

    def _venue(self, row: int) -> Cell:
        return self._report.receipts[row].venue, "muted"

    def _price(self, row: int) -> Cell:
        text = format_price(self._report.quotes[row].price, "USD")
        return (f"${text}" if text else ""), ""

    def _ratio(self, row: int) -> Cell:
        receipt = self._report.receipts[row]
        sure = receipt.confidence == "high"
        return ("" if receipt.shares is None else f"{receipt.shares:g}"), "" if sure else "warn"

    def _parity(self, row: int) -> Cell:
        known = self._report.why[row] == Why.KNOWN
        return format_level(float(self._report.parity[row]), 1), "" if known else "muted"

    def _close(self, row: int) -> Cell:
        close = float(self._report.close[row])
        return format_price(close, "JPY", fine=self._fine[row]), ""

    def _gap(self, row: int) -> Cell:
        gap = float(self._report.gap[row])
        return format_points(gap, 1), self._tone(row, gap)

    def _percent(self, row: int) -> Cell:
        percent = float(self._report.percent[row])
        return format_percent(percent), self._tone(row, percent)

    def _points(self, row: int) -> Cell:
        points = float(self._report.points[row])
        return format_points(points), self._tone(row, points)

    def _time(self, row: int) -> Cell:
        return clock_words(self._report.quotes[row].time), "muted"

    def _state(self, row: int) -> Cell:
        state = self._report.quotes[row].state
        return state.word_ja if self.language == "ja" else state.value, "muted"

    def _remark(self, row: int) -> Cell:
        """Why there is no gap, or what to know of it: the ratio's confidence, the quote's age."""
        report, japanese = self._report, self.language == "ja"
        why = Why(int(report.why[row]))
        words = [why.word_ja if japanese else why.word]
        if why is Why.KNOWN:
            words = [_CONFIDENCE.get(report.receipts[row].confidence, ("", ""))[japanese]]
        old = old_words(report.quotes[row].age, self.language)
        if why < Why.NO_RATE:
            words.append(old)
        text = " · ".join(word for word in words if word)
        if why is Why.KNOWN:
            return text, "warn" if old else "muted"
        return text, "muted" if why >= Why.NO_CLOSE else "warn"


def _old(report: BridgeReport) -> npt.NDArray[np.bool_]:
    return np.array([each.age is not None for each in report.quotes], np.bool_)
