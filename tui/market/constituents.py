"""Who is in the two indices and on the board, and how they are grouped: kept between ticks."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from tui.data.baskets import Basket
from tui.data.reader import ReferenceTables, shipped
from tui.market.arrays import Floats, Ints
from tui.market.groups import Grouping, Scheme, complements, grouping
from tui.market.held_quotes import at_rows
from tui.market.market import TOPIX, Market
from tui.market.previous_day import PreviousDay, previous_day
from tui.market.quotes import Field
from tui.market.topix import PreviousWeights, TopixMembers, Vintage, carry, vintage_of


class Constituents:
    """What attribution needs beside prices, computed anew only when it changes.

    That is when the session changes, the instruments on the board, or the baskets. To be used on
    the thread that writes the market.

    Args:
        market: The market that it is about.
        baskets: The user's and the shipped baskets, in order.
        reference: The tables; those that ship unless told otherwise.
    """

    def __init__(
        self,
        market: Market,
        baskets: Sequence[Basket] = (),
        reference: ReferenceTables | None = None,
    ) -> None:
        self._market = market
        self._baskets = tuple(baskets)
        self._reference = reference or shipped()
        self._session: date | None = None
        self._symbols: tuple[str, ...] | None = None
        self._vintage: Vintage | None = None
        self._previous: PreviousDay | None = None
        self._closes: Floats | None = None
        self._topix: TopixMembers | None = None
        self._scope: Ints | None = None
        self._groupings: dict[Scheme, Grouping] = {}
        self._complements: Grouping | None = None

    @property
    def topix(self) -> TopixMembers:
        """The TOPIX's members on the board, with their weights at the previous close."""
        vintage = self._current()
        # Without prices of the weights' day, nothing that the board holds changes them.
        carried = bool(np.isfinite(vintage.closes).any() and np.isfinite(vintage.level))
        closes = self._previous_closes() if carried else np.empty(0)
        if (
            self._topix is None
            or self._closes is None
            or not np.array_equal(closes, self._closes, equal_nan=True)
        ):
            self._closes = closes
            self._topix = self._members(vintage, closes)
        return self._topix

    @property
    def scope(self) -> Ints:
        """``int64[m]``: the board rows of the names in either index, ascending."""
        self._current()
        if self._scope is None:
            nikkei = self._market.members.rows.astype(np.int64)
            self._scope = np.union1d(nikkei, self.topix.rows)
        return self._scope

    def grouping(self, scheme: Scheme) -> Grouping:
        """The names by sector, size or basket."""
        self._current()
        held = self._groupings.get(scheme)
        if held is None:
            held = self._groupings[scheme] = grouping(
                scheme, self._market, self.scope, self._baskets, self._reference
            )
        return held

    def complements(self) -> Grouping:
        """For each basket, in the same order, the index's names outside it."""
        baskets = self.grouping(Scheme.BASKETS)
        if self._complements is None:
            self._complements = complements(baskets, self._market.board.symbols, self.scope)
        return self._complements

    @property
    def previous(self) -> PreviousDay:
        """The points of the session before, where bars of it ship."""
        self._current()
        if self._previous is None:
            market = self._market
            self._previous = previous_day(market.session, market.calendar, self._reference)
        return self._previous

    def use_baskets(self, baskets: Sequence[Basket]) -> None:
        """Take other baskets, as when the user's file has changed."""
        self._baskets = tuple(baskets)
        self._groupings.pop(Scheme.BASKETS, None)
        self._complements = None

    def _current(self) -> Vintage:
        market = self._market
        if self._vintage is None or self._session != market.session:
            self._session = market.session
            self._vintage = vintage_of(market.session, self._reference)
            self._previous = None
            self._symbols = None
        if self._symbols is not market.board.symbols:
            self._symbols = market.board.symbols
            self._topix, self._scope, self._complements = None, None, None
            self._groupings = {}
        return self._vintage

    def _previous_closes(self) -> Floats:
        """``float64[board]``: what the weights are of: closes, not base prices after rights."""
        board = self._market.board
        previous = board.column(Field.PREVIOUS_CLOSE)
        return np.where(np.isnan(previous), board.base(), previous)

    def _members(self, vintage: Vintage, closes: Floats) -> TopixMembers:
        market = self._market
        board, published = market.board, vintage.weights
        rows = board.rows(published.symbols)
        nothing = np.full(len(rows), np.nan)
        weights: PreviousWeights = carry(
            vintage,
            market.calendar.previous(market.session),
            at_rows(closes, rows) if len(closes) else nothing,
            float(at_rows(closes, board.rows((TOPIX,)))[0]) if len(closes) else np.nan,
        )
        held = np.flatnonzero(rows >= 0)
        found = rows[held].astype(np.int64)
        on_board = np.full(len(board), np.nan)
        on_board[found] = weights.weights[held]
        return TopixMembers(
            weights=weights,
            symbols=tuple(published.symbols[place] for place in held),
            rows=found,
            weight=weights.weights[held],
            on_board=on_board,
        )
