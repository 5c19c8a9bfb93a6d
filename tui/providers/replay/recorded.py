"""The recorded session as a pure function of the instant: what every quote was then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np

from tui.data.session import FOLDER, SessionFacts, load_facts
from tui.data.session_paths import CLOSE_SLOT, LOT, STEP_SLOTS, SessionPaths, load_paths
from tui.market.arrays import Bytes, Flags, Floats, Ints, Rows, Times
from tui.market.quotes import (
    Delay,
    DelayKind,
    Field,
    MinuteBatch,
    Quality,
    QuoteBatch,
    QuoteState,
)
from tui.providers.replay.timeline import Phase, Timeline, to_ms

SOURCE: Final = "replay"
DELAY: Final = Delay(DelayKind.REPLAY)

_OFFICIAL_OPEN_SLOT: Final = 75
"""15 seconds after the open; from then the Nikkei 225's official open is shown."""

_STATES: Final = {
    Phase.BEFORE: QuoteState.PRE_OPEN,
    Phase.CONTINUOUS: QuoteState.TRADING,
    Phase.LUNCH: QuoteState.BREAK,
    Phase.PRE_CLOSING: QuoteState.AUCTION,
    Phase.CLOSED: QuoteState.CLOSED,
}
_RUNNING: Final = (
    Field.LAST,
    Field.OPEN,
    Field.HIGH,
    Field.LOW,
    Field.VWAP,
    Field.VOLUME,
    Field.TURNOVER,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The symbols of one subscription, and their rows in the session.

    Attributes:
        symbols: Those that the session knows, in the order asked for.
        rows: ``int64[n]``, their rows in `SessionFacts`.
        unknown: Those that it does not know.
    """

    symbols: tuple[str, ...]
    rows: Ints
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where every row stands at an instant.

    Attributes:
        slot: The last slot that has begun; -1 before the open.
        step: ``int64[rows - 1]``, the step that each path has reached; 0 before its first.
        mark: ``int64[rows]``, the step of a path's last trade, the slot of the Nikkei 225's last
            change; -1 before the first. A row's figures differ only where its mark does.
        state: ``uint8[rows]`` of `QuoteState`.
    """

    slot: int
    step: Ints
    mark: Ints
    state: Bytes

    @property
    def printed(self) -> Flags:
        """``bool[rows]``: whether it has traded today."""
        return self.mark >= 0


class RecordedSession:
    """The bundled session, readable at any instant.

    Before the open only the real figures are read; the modelled paths are decoded when an instant
    after the open is first asked for. Both happen in the thread that asks.

    Args:
        facts: The real figures.
        folder: Where the paths are.
    """

    def __init__(self, facts: SessionFacts, folder: Path = FOLDER) -> None:
        self.facts = facts
        self.timeline = Timeline(facts.session)
        self._folder = folder
        self._paths: SessionPaths | None = None
        self._row = {symbol: row for row, symbol in enumerate(facts.symbols)}

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "RecordedSession":
        """Read the real figures.

        Raises:
            DataError: They are missing or not usable.
        """
        return cls(load_facts(folder), folder)

    @property
    def date(self) -> date:
        """The session's date in Tokyo."""
        return self.facts.session

    @property
    def paths(self) -> SessionPaths:
        """The modelled paths, decoded at the first use.

        Raises:
            DataError: They are missing or not usable.
        """
        if self._paths is None:
            self._paths = load_paths(self.facts, self._folder)
        return self._paths

    def select(self, symbols: Sequence[str]) -> Selection:
        """Look symbols up once, for many batches."""
        known = tuple(symbol for symbol in symbols if symbol in self._row)
        unknown = tuple(symbol for symbol in symbols if symbol not in self._row)
        rows = np.array([self._row[symbol] for symbol in known], dtype=np.int64)
        return Selection(known, rows, unknown)

    def snapshot(self, moment: datetime, symbols: Sequence[str], *, epoch: int = 1) -> QuoteBatch:
        """Every figure of the symbols at an instant; unknown symbols are left out.

        Args:
            moment: Aware; before 08:00 and after 15:30 the session stands as it did then.
            symbols: In the program's own form.
            epoch: The epoch to put on the batch.
        """
        standing = self.standing(to_ms(moment))
        return self.all_quotes(self.select(symbols), standing, epoch)

    def minutes(self, moment: datetime, symbols: Sequence[str], *, epoch: int = 1) -> MinuteBatch:
        """The minutes from 09:00 to an instant, with the one under way; lunch is among them.

        Args: As in `snapshot`.
        """
        return self.minutes_of(self.select(symbols), to_ms(moment), epoch)

    def standing(self, ms: float) -> Standing:
        """Where every row stands at an instant, in milliseconds since the Unix epoch."""
        phase, slot = self.timeline.place(ms)
        count = len(self.facts.symbols)
        state = np.full(count, _STATES[phase], dtype=np.uint8)
        mark = np.full(count, -1, dtype=np.int64)
        if slot < 0:
            return Standing(slot, np.zeros(count - 1, dtype=np.int64), mark, state)
        step, printed = self._reached(np.array([slot]))
        paths = self.paths
        columns = np.arange(count - 1)
        mark[:-1] = np.where(printed[0], paths.since[step[0], columns], -1)
        if printed[0, :-1].any():
            mark[-1] = paths.index_since[slot]
            if slot >= _OFFICIAL_OPEN_SLOT:
                mark[-1] = max(mark[-1], _OFFICIAL_OPEN_SLOT)
        if phase is Phase.CONTINUOUS:
            state[mark < 0] = QuoteState.PRE_OPEN
        return Standing(slot, step[0], mark, state)

    def all_quotes(self, selection: Selection, standing: Standing, epoch: int) -> QuoteBatch:
        """A batch of everything that is known of the selection."""
        positions = np.arange(len(selection.rows), dtype=np.int32)
        facts = self.facts
        before = {
            Field.BASE: facts.previous_close[selection.rows],
            Field.PREVIOUS_CLOSE: facts.previous_close[selection.rows],
        }
        return self._batch(selection, positions, standing, epoch, before)

    def changes(
        self, selection: Selection, before: Standing, after: Standing, epoch: int
    ) -> QuoteBatch:
        """A batch of what differs between two instants of one epoch; it may be empty."""
        changed = (before.mark != after.mark) | (before.state != after.state)
        positions = np.flatnonzero(changed[selection.rows]).astype(np.int32)
        return self._batch(selection, positions, after, epoch, {})

    def minutes_of(self, selection: Selection, ms: float, epoch: int) -> MinuteBatch:
        """The minutes from 09:00 to an instant, in milliseconds since the Unix epoch."""
        starts, slots = self.timeline.minutes(ms)
        shape = (len(self.facts.symbols), len(starts))
        last, volume, turnover = (np.full(shape, np.nan) for _ in range(3))
        if len(starts):
            self._fill_minutes(slots, last, volume, turnover)
        rows = selection.rows
        return MinuteBatch(
            symbols=selection.symbols,
            rows=np.arange(len(rows), dtype=np.int32),
            minutes=starts,
            last=last[rows],
            volume=volume[rows],
            turnover=turnover[rows],
            source=SOURCE,
            epoch=epoch,
            session=self.date,
        )

    def _reached(self, slots: Ints) -> tuple[Ints, Flags]:
        """The step of each path at each slot, and whether it has printed; both ``[slots, p]``."""
        paths = self.paths
        whole, rest = np.divmod(slots, STEP_SLOTS)
        step = whole[:, np.newaxis] - (paths.offset[whole] > rest[:, np.newaxis])
        return np.maximum(step, 0), step >= paths.first_step

    def _batch(
        self,
        selection: Selection,
        positions: Rows,
        standing: Standing,
        epoch: int,
        fields: Mapping[Field, Floats],
    ) -> QuoteBatch:
        rows = selection.rows[positions]
        running = self._running(standing) if standing.slot >= 0 and len(rows) else {}
        blank = np.full(len(rows), np.nan)
        told = {field: running[field][rows] if running else blank for field in _RUNNING}
        return QuoteBatch(
            symbols=selection.symbols,
            rows=positions,
            fields={**fields, **told},
            time=self._times(standing)[rows],
            state=standing.state[rows],
            quality=self._quality(standing)[rows],
            source=SOURCE,
            delay=DELAY,
            epoch=epoch,
            session=self.date,
        )

    def _running(self, standing: Standing) -> dict[Field, Floats]:
        """``float64[rows]`` of each figure that moves during the day."""
        facts, paths = self.facts, self.paths
        names = facts.names
        step, columns = standing.step, np.arange(names + 1)
        printed = standing.printed
        unknown = facts.derived | ~printed

        def prices(levels: np.ndarray[tuple[int, ...], np.dtype[np.uint16]]) -> Floats:
            values = np.empty(names + 2)
            values[:-1] = (levels[step, columns] + paths.floor) * facts.unit / 100.0
            return values

        last, high, low = prices(paths.level), prices(paths.high), prices(paths.low)
        opened = facts.open.copy()
        last[-1], opened[-1], high[-1], low[-1] = self._nikkei(standing.slot)
        volume, turnover = np.full(names + 2, np.nan), np.full(names + 2, np.nan)
        volume[:names] = paths.lots[step[:names], columns[:names]] * LOT
        turnover[:names] = paths.turnover[step[:names], columns[:names]]
        last[~printed] = np.nan
        for values in (opened, high, low, volume, turnover):
            values[unknown] = np.nan
        vwap = np.clip(turnover / volume, low, high)
        return dict(zip(_RUNNING, (last, opened, high, low, vwap, volume, turnover), strict=True))

    def _nikkei(self, slot: int) -> tuple[float, float, float, float]:
        """The Nikkei 225's last, open, high and low.

        The open is the official one, from the time at which it is published. High and low are
        those of the modelled path and of that open, until the official ones stand at the close.
        """
        facts, paths = self.facts, self.paths
        if slot == CLOSE_SLOT:
            close, opened, high, low = (
                float(figures[-1]) for figures in (facts.close, facts.open, facts.high, facts.low)
            )
            return close, opened, high, low
        last, high, low = (
            int(figures[slot]) / 100.0
            for figures in (paths.index, paths.index_high, paths.index_low)
        )
        if slot < _OFFICIAL_OPEN_SLOT:
            return last, np.nan, high, low
        official = float(facts.open[-1])
        return last, official, max(high, official), min(low, official)

    def _times(self, standing: Standing) -> Times:
        """``datetime64[ms][rows]``: the last trade of a name, the last change of the index."""
        slots = standing.mark.copy()
        if standing.slot >= 0:
            traded = np.maximum(standing.mark[:-1], 0)
            offset = self.paths.offset[traded, np.arange(len(traded))]
            slots[:-1] = traded * STEP_SLOTS + offset
        times = self.timeline.times(slots)
        times[~standing.printed] = np.datetime64("NaT")
        return times

    def _quality(self, standing: Standing) -> Bytes:
        """What is not plainly observed: at the close only what was derived."""
        quality = np.where(self.facts.derived, int(Quality.DERIVED), 0)
        if standing.slot != CLOSE_SLOT:
            quality |= np.where(standing.printed, int(Quality.MODELLED), 0)
        return quality.astype(np.uint8)

    def _fill_minutes(self, slots: Ints, last: Floats, volume: Floats, turnover: Floats) -> None:
        """Fill ``float64[rows, k]`` arrays with what stood at the given slots."""
        facts, paths = self.facts, self.paths
        names = facts.names
        step, printed = self._reached(slots)
        columns = np.arange(names + 1)
        mark = np.where(printed, paths.since[step, columns], -1)
        traded = np.diff(mark, axis=0, prepend=np.int64(-1)) > 0
        price = (paths.level[step, columns] + paths.floor) * facts.unit / 100.0
        last[:-1] = np.where(traded, price, np.nan).T
        moved = np.diff(slots, prepend=-1) > 0
        last[-1] = np.where(moved, paths.index[slots] / 100.0, np.nan)
        known = printed[:, :names] & ~facts.derived[:names]
        of_names = step[:, :names], columns[:names]
        volume[:names] = np.where(known, paths.lots[of_names] * LOT, np.nan).T
        turnover[:names] = np.where(known, paths.turnover[of_names], np.nan).T
