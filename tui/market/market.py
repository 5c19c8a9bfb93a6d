"""The market as the program holds it: reference data, board, minutes and the session's clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from tui.data.reader import ReferenceTables
from tui.market.amendments import Amendment
from tui.market.applied import Applied
from tui.market.arrays import Floats, Rows
from tui.market.batch_checks import minute_problem, quote_problem
from tui.market.board import Board
from tui.market.catalysts import Catalyst
from tui.market.indices import NikkeiBasket, index_closes, nikkei_basket
from tui.market.minutes import Minutes
from tui.market.past_days import PastDays
from tui.market.quotes import Field, MinuteBatch, QuoteBatch, Update
from tui.market.rules import price_limits
from tui.market.session import SessionStatus, TokyoCalendar
from tui.market.stories import Changed, Stories
from tui.market.times import JST, to_datetime64
from tui.market.universe import Universe

NIKKEI = "^N225"
TOPIX = "^TOPX"
INDICES = (NIKKEI, TOPIX)

_TENTH = 0.05
"""Half the smallest tick: what rounding may add to a limit."""

LONGEST_AUCTION = timedelta(minutes=30)
"""After the close, how long its print is waited for: the slowest sources are 20 minutes behind."""


@dataclass(frozen=True, slots=True)
class Members:
    """The Nikkei 225's members of the session, and where each stands on the board.

    Attributes:
        basket: Symbols, factors and divisor.
        rows: ``int32[n]``, the board row of each member.
        points_per_yen: ``float64[board]``, factor ÷ divisor, NaN off the index.
    """

    basket: NikkeiBasket
    rows: Rows
    points_per_yen: Floats


class Market:
    """One board with all that is needed to read it.

    Written by one thread only, the one that reads it.

    Args:
        universe: Who the instruments are.
        calendar: When Tokyo trades.
        session: The session's date to begin with; a batch of another session changes it.
        reference: What the indices are made of; the tables that ship unless told otherwise.
    """

    def __init__(
        self,
        universe: Universe,
        calendar: TokyoCalendar,
        session: date,
        reference: ReferenceTables | None = None,
    ) -> None:
        self.universe = universe
        self.calendar = calendar
        self.board = Board(fine=self._is_fine)
        self.stories = Stories()
        self.catalysts: dict[str, Catalyst] = {}
        self.days: PastDays | None = None
        """Daily bars from a source of history; None where only those that ship are known."""
        self.session = session
        self.reference = reference
        self.basket = nikkei_basket(session, reference)
        self.minutes = Minutes(calendar.minute_axis(session))
        self._watched: tuple[str, ...] = ()
        self.watch(())

    def _open_session(self, session: date) -> None:
        self.session = session
        self.basket = nikkei_basket(session, self.reference)
        self.watch(self._watched)

    def watch(self, symbols: Iterable[str]) -> None:
        """Set the instruments on the board; the indices and the members are always there.

        What is held of those that stay is kept.
        """
        self._watched = tuple(symbols)
        wanted = tuple(dict.fromkeys((*INDICES, *self.basket.symbols, *self._watched)))
        if wanted != self.board.symbols:
            self.minutes.remap(self.board.set_symbols(wanted))
        self._members: Members | None = None
        self.fine = np.fromiter(map(self._is_fine, wanted), np.bool_, len(wanted))
        self._limits: tuple[Floats, Floats, Floats] | None = None

    def _is_fine(self, symbol: str) -> bool:
        instrument = self.universe.get(symbol)
        return instrument is not None and instrument.topix500

    def limits(self) -> tuple[Floats, Floats]:
        """Lower and upper daily price limit of every board row; NaN where no base is known."""
        base = self.board.base()
        if self._limits is None or not np.array_equal(self._limits[0], base, equal_nan=True):
            lower, upper = price_limits(base, self.fine)
            tokyo = np.array([symbol.endswith(".T") for symbol in self.board.symbols], np.bool_)
            lower[~tokyo], upper[~tokyo] = np.nan, np.nan
            self._limits = (base.copy(), lower, upper)
        return self._limits[1], self._limits[2]

    @property
    def members(self) -> Members:
        """The Nikkei 225's members on the board."""
        if self._members is None:
            rows = self.board.rows(self.basket.symbols)
            per_yen = np.full(len(self.board), np.nan)
            if self.basket.divisor:
                per_yen[rows] = self.basket.factors / self.basket.divisor
            self._members = Members(self.basket, rows, per_yen)
        return self._members

    def apply(self, update: Update, at: float) -> Applied | None:
        """Take an update from the feed.

        Args:
            update: Quotes, or minutes that fill in.
            at: The host's monotonic seconds, kept with every price that moves.

        Returns:
            What was done with a batch of quotes; None for minutes.
        """
        if isinstance(update, MinuteBatch):
            self.minutes.fill(self._inside(update), self.board.locate)
            return None
        if self._begins(update):
            self._open_session(update.session)
        applied = self.board.apply(update, at)
        if applied.reset:
            self.minutes.reset(self.calendar.minute_axis(self.session), update.epoch)
        if applied.prints is not None:
            self.minutes.record(applied.prints)
        return applied

    def _inside(self, batch: MinuteBatch) -> MinuteBatch:
        """The minutes without prices outside the day's limits."""
        if minute_problem(batch) or not len(self.board):
            return batch
        rows = self.board.locate(batch.symbols, batch.rows)
        lower, upper = (limit[rows][:, None] for limit in self.limits())
        out = (batch.last < lower - _TENTH) | (batch.last > upper + _TENTH)
        out &= (rows >= 0)[:, None]
        return replace(batch, last=np.where(out, np.nan, batch.last)) if out.any() else batch

    def forget(self, session: date | None = None) -> None:
        """Drop every quote and minute, as before the first batch; the instruments stay.

        Args:
            session: The session's date to begin with anew; the one held unless given.
        """
        if session is not None and session != self.session:
            self._open_session(session)
        self.board = Board(self.board.symbols, fine=self._is_fine)
        axis = self.calendar.minute_axis(self.session)
        self.minutes = Minutes(axis, len(self.board))
        self._limits = None

    def _begins(self, batch: QuoteBatch) -> bool:
        """Whether a batch is the first of another session that the board will take."""
        if quote_problem(batch) or batch.session == self.session:
            return False
        board = self.board
        if board.epoch is None or board.session is None:
            return True
        return (batch.epoch, batch.session) > (board.epoch, board.session)

    def add_catalysts(self, catalysts: Sequence[Catalyst]) -> Changed:
        """Take catalysts; one with a key already held replaces it, one withdrawn removes it.

        What several sources tell of one story is held once, in `stories`; `catalysts` has the
        stories by key.

        Returns:
            What became of the stories.
        """
        return self._told(self.stories.add(catalysts, self.session))

    def amend_catalysts(self, amendments: Mapping[str, Amendment]) -> Changed:
        """Lay what somebody says by hand over what sources say; see `Stories.amend`."""
        return self._told(self.stories.amend(amendments))

    def _told(self, changed: Changed) -> Changed:
        for key in changed.gone:
            self.catalysts.pop(key, None)
        self.catalysts.update(changed.stories)
        return changed

    def status(self, now: datetime) -> SessionStatus:
        """The state of the session, whose auctions last until their print is held.

        On a day other than that of the board's session no print can be held yet, nor be waited
        for; the clock alone tells the state then.
        """
        if now.astimezone(JST).date() != self.session:
            return self.calendar.status(now)
        return self.calendar.status(now, opened=self._opened(), closed=self._closed(now))

    def _opened(self) -> bool:
        """Whether any member, or an index, has traded in the session.

        Before a source has told anything there is nothing to wait for.
        """
        if self.board.epoch is None:
            return True
        rows = np.concatenate([self.members.rows, self.board.rows(INDICES)])
        return bool(np.isfinite(self.board.column(Field.LAST)[rows]).any())

    def _closed(self, now: datetime) -> bool:
        """Whether most of what has traded has printed at the close.

        Quotes without a time cannot tell, so the clock does; and no auction is waited for longer
        than the print of the slowest source.
        """
        session = self.calendar.session(self.session)
        if session is None or now < session.close:
            return False
        if now >= session.close + LONGEST_AUCTION:
            return True
        rows = self.members.rows
        time = self.board.time[rows][np.isfinite(self.board.column(Field.LAST)[rows])]
        time = time[~np.isnat(time)]
        if not len(time):
            return True
        return bool((time >= to_datetime64(session.close)).mean() > 0.5)

    def closes(self, symbol: str) -> Floats:
        """Daily closes of an index before the session, oldest first, ending on the day before.

        Those that ship, else what a source of history tells; empty where neither reaches the
        previous session.
        """
        previous = np.datetime64(self.calendar.previous(self.session), "D")
        dates, _, _, _, close = index_closes(symbol)
        told = [(dates, close)]
        if self.days is not None:
            told.append(self.days.closes(symbol))
        for dates, close in told:
            before = dates < np.datetime64(self.session, "D")
            if before.any() and dates[before][-1] == previous:
                return close[before]
        return np.empty(0)
