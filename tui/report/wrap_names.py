"""Names that a wrap speaks of, with what they did on the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tui.market.market import Market
from tui.market.quotes import Quality
from tui.report.attribution import AttributionReport
from tui.report.rows import rows_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One name and its day; unknown is NaN.

    Attributes:
        symbol, code: In the program's own form, and locally.
        name, name_ja: For people.
        last: The special quote where one is displayed, else the last trade.
        change, percent: Against the base price.
        points: To the Nikkei 225.
        topix_points: To the TOPIX, an estimate where its weights are.
        derived: Whether the price is solved from other figures.
    """

    symbol: str
    code: str
    name: str
    name_ja: str
    last: float
    change: float
    percent: float
    points: float
    topix_points: float
    derived: bool


class Names:
    """Looks names up on the board.

    Args:
        market: The market as it stands.
        attribution: Over the whole day, of the same revision.
        now: The market's time, aware.
    """

    def __init__(self, market: Market, attribution: AttributionReport, now: datetime) -> None:
        self._market = market
        self._rows = rows_report(market, market.board.symbols, now)
        self._topix = attribution.topix.by_row()

    def of(self, symbols: Iterable[str]) -> tuple[Mover, ...]:
        """Those of the names that are on the board, in the order given."""
        rows = ((symbol, self._market.board.row(symbol)) for symbol in symbols)
        return tuple(self._mover(symbol, row) for symbol, row in rows if row >= 0)

    def carrying(self, symbols: Iterable[str], percent: float, count: int) -> tuple[Mover, ...]:
        """The names of a group that moved its way, those that weigh most in the market first.

        They are ranked by their points to the TOPIX; where none has any, by those to the Nikkei
        225, and else by their own move.

        Args:
            symbols: The group.
            percent: Its return; its sign says which names are meant.
            count: At most how many.
        """
        with_it = [m for m in self.of(symbols) if m.percent * percent > 0]
        for figure in ("topix_points", "points", "percent"):
            sizes = np.abs(np.array([getattr(mover, figure) for mover in with_it], np.float64))
            if np.isfinite(sizes).any():
                order = np.argsort(-np.where(np.isfinite(sizes), sizes, -1.0), kind="stable")
                return tuple(with_it[place] for place in order[:count])
        return ()

    def _mover(self, symbol: str, row: int) -> Mover:
        instrument = self._market.universe.get(symbol)
        rows = self._rows
        return Mover(
            symbol=symbol,
            code=instrument.code if instrument else "",
            name=instrument.name if instrument else symbol,
            name_ja=instrument.name_ja if instrument else symbol,
            last=float(rows.last[row]),
            change=float(rows.change[row]),
            percent=float(rows.percent[row]),
            points=float(rows.points[row]),
            topix_points=float(self._topix[row]),
            derived=bool(self._market.board.quality[row] & Quality.DERIVED),
        )
