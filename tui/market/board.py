"""The market as it stands: one array per field, one row per instrument."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.market.admission import Admitted, admit
from tui.market.applied import Applied, Prints
from tui.market.arrays import Floats, Ints, Rows
from tui.market.batch_checks import quote_problem
from tui.market.board_apply import BatchWriter
from tui.market.columns import Columns
from tui.market.doubts import Doubts, HeldBack
from tui.market.held_quotes import HeldQuotes
from tui.market.price_screen import PriceScreen, Verdict, tokyo
from tui.market.quotes import Field, QuoteBatch

_SMALLEST: Final = 64
_VOCABULARIES: Final = 16
_SOURCES: Final = 255
_CLASSES: Final = 16
"""Delay classes of one source that are told apart; no exchange's service has as many."""
_DAYS_AHEAD: Final = 12
"""How far past its session's date, in UTC, a quote may be stamped. A session stands until the next
one begins, and currencies and futures are dealt in meanwhile: Tokyo has been shut for ten days."""


class Board(HeldQuotes):
    """The market as it stands.

    Only one thread writes it; `apply` never raises for what a source delivers.

    What `apply` does with what it is given:

    ==============================  ================================================================
    a batch that breaks the         refused as a whole, counted in `rejected`, told in `problem`
    contract of `QuoteBatch`
    a newer epoch, or a later       everything held is forgotten in one step and every row counts as
    session in the same epoch       changed; then the batch is applied
    an older epoch, or an earlier   dropped as a whole, counted in `outdated`
    session in the same epoch
    an unknown symbol               ignored, counted in `unknown`
    a quote older than the one      dropped, counted in `outdated`; "older" is by exchange time, and
    held                            the quotes of a batch count one after the other
    a quote without a time          taken; the time held stays
    a time more than twelve days    read as no time, counted in `bad_values`
    past the session's date
    NaN                             leaves what is held, but clears a field of the book
    an infinity, a figure beyond    read as NaN, counted in `bad_values`; so a base price of zero is
    reason, a price of zero or      unknown, and a bid of zero is no bid
    less, a negative size
    a symbol that repeats           the later figure told wins, field by field; of the book, and of
                                    state and quality, the last quote's
    high and low                    widen: every high, low and last price of the batch counts, so
                                    they never contradict the last price and never narrow within an
                                    epoch; while no source tells them they stay unknown, as does the
                                    open, since the first price seen need not be the day's
    volume, turnover                the later figure wins, also a smaller one: sources correct
                                    themselves
    a previous close without a      stands in for the base price, marked in `quality` until a base
    base price                      price is told
    a quote that takes over         what is held of its instrument is forgotten first, whatever its
                                    time: another source serves it from now on
    a price that cannot be true     held back, where the board screens prices: with the whole quote
    (`PriceScreen`)                 where it is the last or the base price, else by itself; counted
                                    in `held_back`, flagged in `quality`, told by `held_back_of`
    ==============================  ================================================================

    Args:
        symbols: The instruments, in the order of their rows; repetitions are left out.
        fine: Tells the names that trade on the finer ticks; where it is given, prices are
            screened.
    """

    def __init__(
        self, symbols: Iterable[str] = (), *, fine: Callable[[str], bool] | None = None
    ) -> None:
        super().__init__()
        self._fine = fine
        self._screen: PriceScreen | None = None
        self._store = Columns.blank(0)
        self._settle(tuple(dict.fromkeys(symbols)))

    # Instruments

    def row(self, symbol: str) -> int:
        """The row of an instrument, −1 where it is not on the board."""
        return self._rows.get(symbol, -1)

    def rows(self, symbols: Iterable[str]) -> Rows:
        """``int32[n]``: the row of each instrument, −1 where it is not on the board."""
        return self._find(symbols)

    def _find(self, symbols: Iterable[object]) -> Rows:
        """Rows of what a source calls its symbols, which need not even be text."""
        find = self._rows.get
        found = [find(symbol, -1) if isinstance(symbol, str) else -1 for symbol in symbols]
        return np.array(found, np.int32)

    def locate(self, symbols: tuple[str, ...], rows: npt.NDArray[np.integer]) -> Ints:
        """The board's rows of positions in a source's vocabulary, −1 where not on the board.

        The vocabulary is looked up once for each tuple and set of instruments.

        Args:
            symbols: The vocabulary, as in `QuoteBatch`.
            rows: ``int[n]``, positions in it.
        """
        known = self._vocabularies.get(id(symbols))
        if known is None:
            known = symbols, self._find(symbols).astype(np.int64)
            if len(self._vocabularies) >= _VOCABULARIES:
                del self._vocabularies[next(iter(self._vocabularies))]
            self._vocabularies[id(symbols)] = known
        found: Ints = known[1][rows]
        return found

    def set_symbols(self, symbols: Iterable[str]) -> Rows:
        """Change the instruments; those that stay keep what is held.

        Args:
            symbols: All instruments, in their new order; repetitions are left out.

        Returns:
            ``int32[new rows]``: where each row was before, −1 for a new one, as `Minutes.remap`
            takes it.
        """
        wanted = tuple(dict.fromkeys(symbols))
        previous = self.rows(wanted)
        if wanted != self._symbols:
            held = self._columns
            self._store = Columns.blank(max(len(wanted), _SMALLEST))
            self._store.first(len(wanted)).gather(held, previous)
            self._settle(wanted, previous)
            self._revision += 1
            self._columns.revision.fill(self._revision)
        return previous

    def add(self, symbols: Iterable[str]) -> Rows:
        """Put instruments at the end of the board; those already on it stay where they are.

        Returns:
            ``int32[n]``: the rows of all that were given.
        """
        asked = tuple(symbols)
        new = tuple(symbol for symbol in dict.fromkeys(asked) if symbol not in self._rows)
        if new:
            held, count = self._columns, len(self)
            wanted = self._symbols + new
            if len(wanted) > len(self._store):
                self._store = Columns.blank(max(len(wanted), 2 * len(self._store)))
                self._store.first(count).gather(held, np.arange(count))
            self._settle(
                wanted, np.where(np.arange(len(wanted)) < count, np.arange(len(wanted)), -1)
            )
            self._revision += 1
            self._columns.revision[count:] = self._revision
        return self.rows(asked)

    def _settle(self, symbols: tuple[str, ...], previous: Ints | Rows | None = None) -> None:
        self._symbols = symbols
        self._rows = {symbol: row for row, symbol in enumerate(symbols)}
        if len(symbols) > len(self._store):
            self._store = Columns.blank(max(len(symbols), _SMALLEST))
        self._columns = self._store.first(len(symbols))
        # A vocabulary is held with its rows: an id says nothing once its tuple is gone.
        self._vocabularies: dict[int, tuple[tuple[str, ...], Ints]] = {}
        self._index = None
        if self._fine is not None:
            doubts = Doubts(len(symbols))
            if self._screen is not None and previous is not None:
                doubts.gather(self._screen.doubts, previous)
            fine = np.fromiter(map(self._fine, symbols), np.bool_, len(symbols))
            self._screen = PriceScreen(tokyo(symbols), fine, doubts)
            self._screen.follow(self._columns)

    # What came in

    def apply(self, batch: QuoteBatch, at: float) -> Applied:
        """Take a batch, as the table above says.

        Args:
            batch: The quotes.
            at: The host's monotonic seconds, for `moved_at`.
        """
        problem = quote_problem(batch)
        if problem:
            return self._refused(batch, problem)
        order = self._order(batch)
        if order < 0:
            return Applied(revision=self._revision, outdated=len(batch))
        if order > 0:
            self._reset(batch)
        source = self._source(batch)
        if source > _SOURCES:
            return self._refused(batch, f"more than {_SOURCES} sources in one epoch")
        columns, screen = self._columns, self._screen
        rows = self.locate(batch.symbols, batch.rows)
        verdict: Verdict | None = None
        if screen is not None and len(self):
            verdict = screen.judge(batch, rows, columns, source)
            batch = verdict.batch
        handed = rows[:0]
        if batch.takes_over:
            handed = rows[rows >= 0 if verdict is None else (rows >= 0) & verdict.taken(rows)]
            columns.forget(handed)
        admitted = _admitted(batch, rows, columns.milliseconds, verdict)
        writer = BatchWriter(columns, batch, admitted)
        changed = doubted = handed
        if len(admitted):
            writer.write(source, at)
            changed = np.concatenate([handed, writer.rows[writer.changed]])
        if verdict is not None and screen is not None:
            blanked, doubted = screen.settle(columns, verdict, admitted, writer)
            changed = np.concatenate([changed, blanked, doubted])
        if len(changed) and order == 0:
            self._revision += 1
            columns.revision[changed] = self._revision
        return Applied(
            revision=self._revision,
            rows_changed=len(self) if order > 0 else _distinct(changed, len(self)),
            accepted=len(admitted),
            unknown=admitted.unknown,
            outdated=admitted.outdated,
            held_back=0 if verdict is None else verdict.count,
            bad_values=writer.bad_values,
            reset=order > 0,
            prints=_prints(admitted, writer, batch.epoch) if len(admitted) else None,
            pick=admitted.pick,
            held=None if verdict is None else verdict.positions,
            doubted=doubted if verdict is not None and verdict.count else None,
        )

    def held_back_of(self, row: int) -> HeldBack | None:
        """What was last held back of a row; None where nothing was, or prices are not screened."""
        screen = self._screen
        return None if screen is None else screen.doubts.of(row, self.sources)

    def _refused(self, batch: QuoteBatch, problem: str) -> Applied:
        return Applied(revision=self._revision, rejected=_length(batch.rows), problem=problem)

    def _order(self, batch: QuoteBatch) -> int:
        """Whether a batch's epoch is older than the one held (−1), the same (0), or newer (1)."""
        if self._epoch is None or self._session is None:
            return 1
        held, told = (self._epoch, self._session), (batch.epoch, batch.session)
        return (told > held) - (told < held)

    def _reset(self, batch: QuoteBatch) -> None:
        self._epoch, self._session = batch.epoch, batch.session
        self._forget_sources()
        self._columns.clear()
        if self._screen is not None:
            self._screen.forget()
        self._revision += 1
        self._columns.revision.fill(self._revision)

    def _source(self, batch: QuoteBatch) -> int:
        """The position of a batch's source and delay class; beyond the last where there is none."""
        key = batch.source, batch.delay
        position = self._places.get(key)
        if position is not None:
            return position
        own = [place for (name, _), place in self._places.items() if place and name == batch.source]
        if len(own) >= _CLASSES:
            position = self._least_borne(own)
            del self._places[batch.source, self._delays[position]]
            self._delays[position] = batch.delay
        else:
            position = len(self._sources)
            if position > _SOURCES:
                return position
            self._sources.append(batch.source)
            self._delays.append(batch.delay)
        self._places[key] = position
        return position

    def _least_borne(self, places: Sequence[int]) -> int:
        borne = np.bincount(self._columns.source, minlength=len(self._sources))
        return min(places, key=lambda place: int(borne[place]))


def _admitted(batch: QuoteBatch, rows: Ints, held: Ints, verdict: Verdict | None) -> Admitted:
    """The quotes that count, without those held back whole."""
    milliseconds, latest = batch.time.view(np.int64), _latest(batch.session)
    if verdict is None or verdict.held is None:
        return admit(rows, milliseconds, held, latest)
    kept = np.flatnonzero(~verdict.held)
    admitted = admit(rows[kept], milliseconds[kept], held, latest)
    return replace(admitted, pick=kept if admitted.pick is None else kept[admitted.pick])


def _distinct(rows: Ints, bound: int) -> int:
    seen = np.zeros(bound, np.bool_)
    seen[rows] = True
    return int(np.count_nonzero(seen))


def _length(rows: object) -> int:
    return rows.size if isinstance(rows, np.ndarray) else 1


def _latest(session: date) -> int:
    """The last instant, in milliseconds, that a quote of a session can bear."""
    return int(
        (np.datetime64(session, "D") + _DAYS_AHEAD).astype("datetime64[ms]").astype(np.int64)
    )


def _prints(admitted: Admitted, writer: BatchWriter, epoch: int) -> Prints:
    def told(field: Field) -> Floats | None:
        figures = writer.figures.get(field)
        return figures.values if figures else None

    return Prints(
        rows=admitted.rows,
        time=admitted.milliseconds.view("datetime64[ms]"),
        last=told(Field.LAST),
        volume=told(Field.VOLUME),
        turnover=told(Field.TURNOVER),
        epoch=epoch,
    )
