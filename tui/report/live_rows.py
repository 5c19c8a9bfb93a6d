"""The figures of a list of instruments, brought up to date where something has changed."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

import numpy as np

from tui.market.market import Market, Members
from tui.report.rows import RowsReport, report_of, stale

_UNTOUCHED = frozenset({"symbols", "rows", "revision", "stale", "row_revision"})
"""What is not figures of single rows, or is taken whole."""


class LiveRows:
    """Reads a list again and again, at the cost of what has changed since the last time.

    Args:
        market: What is read.
        symbols: The list, all of it watched.
    """

    def __init__(self, market: Market, symbols: Sequence[str]) -> None:
        self._market = market
        self._symbols = tuple(symbols)
        self._rows = market.board.rows(())
        self._held: RowsReport | None = None
        self._stood_on: tuple[int | None, Members] | None = None
        self._second: datetime | None = None

    def read(self, now: datetime) -> RowsReport:
        """The list's figures; the arrays of the report before are written over.

        Args:
            now: The market's time. Whether quotes are old is judged anew with each second of it.
        """
        market, board = self._market, self._market.board
        second = now.replace(microsecond=0)
        stands_on = (board.epoch, market.members)
        held = self._held
        if (
            held is None
            or self._stood_on is None
            or stands_on[0] != self._stood_on[0]
            or (stands_on[1] is not self._stood_on[1])
        ):
            self._rows = board.rows(self._symbols)
            held = report_of(market, self._symbols, self._rows, now)
        elif board.revision != held.revision:
            held = self._renewed(held, now)
        if second != self._second:
            held = replace(held, stale=stale(market, self._rows, now))
        self._held, self._stood_on, self._second = held, stands_on, second
        return held

    def _renewed(self, held: RowsReport, now: datetime) -> RowsReport:
        board = self._market.board
        revisions = board.row_revision[self._rows]
        changed = np.flatnonzero(revisions > held.revision)
        if len(changed):
            part = report_of(self._market, (), self._rows[changed], now)
            for field in fields(RowsReport):
                if field.name not in _UNTOUCHED:
                    getattr(held, field.name)[changed] = getattr(part, field.name)
            held.stale[changed] = part.stale
        return replace(held, revision=board.revision, row_revision=revisions)
