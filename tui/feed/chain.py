"""A chain of quote sources: each instrument from the first that has it fresh.

Every source runs under a supervisor of its own and has a board of its own here, on which its
batches are screened. What crosses to the reader is, for each instrument, the stream of the one
source that serves it; where another takes over, everything that source holds goes first, in a
batch that takes the place of what was there. So every row bears one source and its delay, and
what one source does to its own board touches nothing of another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Final

import numpy as np

from tui.errors import BadPayload
from tui.feed.chain_choice import NOBODY, ChainTerms, Choice
from tui.feed.chain_disputes import Disputes
from tui.feed.chain_member import Member
from tui.feed.folding import only
from tui.feed.outbox import Sink
from tui.feed.streams import AHEAD, Epochs
from tui.market.applied import Applied
from tui.market.arrays import Bytes, Flags, Ints
from tui.market.columns import UNKNOWN_TIME
from tui.market.doubts import held_back_words
from tui.market.price_screen import LEAP, tokyo
from tui.market.quotes import Delay, DelayKind, MinuteBatch, Quality, QuoteBatch, Update
from tui.market.times import JST, Clock

LOOK: Final = 1.0
"""Seconds between two looks at who serves what."""
_INDICES: Final = frozenset({"^N225", "^TOPX"})
_MODELLED: Final = frozenset({DelayKind.REPLAY, DelayKind.SYNTHETIC})


@dataclass(frozen=True, slots=True)
class Link:
    """What a chain is told of one of its sources.

    Attributes:
        name: Its registered name.
        healthy: Whether it delivers now, by its health.
        lag: Seconds that data of a delay class may be behind another source's.
        held_back: Counts prices held back, with the last of them in words.
        remark: Notes something survived.
    """

    name: str
    healthy: Callable[[], bool]
    lag: Callable[[Delay], float]
    held_back: Callable[[int, str], None]
    remark: Callable[[str], None]


class Chain:
    """Merges the streams of several sources. Everything happens in the feed's thread.

    Args:
        links: The sources, the one preferred first.
        symbols: What is wanted.
        fine: Tells the names that trade on the finer ticks.
        clock: The time.
        sink: Where the merged updates go.
        epochs: Numbers their epochs.
        terms: When to go over and back, and what counts as a dispute.
    """

    _serials = count()

    def __init__(
        self,
        links: Sequence[Link],
        *,
        symbols: Callable[[], tuple[str, ...]],
        fine: Callable[[str], bool],
        clock: Clock,
        sink: Sink,
        epochs: Epochs,
        terms: ChainTerms,
    ) -> None:
        self._links = tuple(links)
        self._wanted = symbols
        self._is_fine = fine
        self._clock = clock
        self._sink = sink
        self._epochs = epochs
        self._terms = terms
        self._serial = next(self._serials)
        self.members = tuple(Member(link.name, fine) for link in links)
        self.choice = Choice(len(links), terms)
        self.disputes = Disputes(self.members, terms.ticks)
        self._symbols: tuple[str, ...] = ()
        self._tokyo = self._limited = np.zeros(0, np.bool_)
        self._epoch = 0
        self.session: date | None = None
        """The session shown, in Tokyo: the latest that a source delivers."""

    async def run(self) -> None:
        """Look at who serves what, again and again, until cancelled."""
        while True:
            await self._clock.sleep(LOOK)
            self.look()

    def inlet(self, rank: int) -> Sink:
        """Where the supervisor of one source puts what comes."""
        return _Inlet(self, rank)

    def put(self, rank: int, update: Update) -> bool:
        """Take an update of one source in.

        Raises:
            BadPayload: It is of a session that has not begun.
        """
        self._follow()
        self._open(update, modelled=self._modelled(rank, update))
        if isinstance(update, MinuteBatch):
            return self._minutes(rank, update)
        member = self.members[rank]
        applied = member.apply(update, self._clock.monotonic())
        if applied.doubted is not None:
            self._tell_held_back(rank, applied)
        if applied.problem or applied.outdated == len(update) > 0:
            return not applied.problem
        serving = self.choice.serving
        rows = member.board.locate(update.symbols, update.rows)
        sent = self._sent(update, rows, applied)
        if applied.reset:
            mine = np.flatnonzero((serving == rank) & member.known())
            if len(mine):
                self._take_over(rank, mine)
        elif len(sent):
            self._forward(rank, update, rows, sent[serving[rows[sent]] == rank])
        if len(sent) and (serving[rows[sent]] == NOBODY).any():
            self._choose()
        return True

    def look(self) -> None:
        """Choose anew who serves what, and compare the sources."""
        self._follow()
        if self.session is None:
            return
        fresh = self._choose()
        self._compare(fresh)

    # --- who serves what ------------------------------------------------------------------

    def _follow(self) -> None:
        symbols = self._wanted()
        if symbols is self._symbols or symbols == self._symbols:
            return
        places = {symbol: row for row, symbol in enumerate(self._symbols)}
        previous = np.array([places.get(symbol, -1) for symbol in symbols], np.int64)
        self._symbols = symbols
        for member in self.members:
            member.follow(symbols)
        self.choice.follow(previous)
        self._limited = tokyo(symbols)
        self._tokyo = self._limited | np.array([s in _INDICES for s in symbols], np.bool_)
        fine = np.fromiter(map(self._is_fine, symbols), np.bool_, len(symbols))
        self.disputes.follow(previous, self._limited, fine)

    def _modelled(self, rank: int, update: Update) -> bool:
        kind = update.delay.kind if isinstance(update, QuoteBatch) else self.members[rank].kind
        return kind in _MODELLED

    def _open(self, update: Update, *, modelled: bool) -> None:
        today = (self._clock.now() + AHEAD).astimezone(JST).date()
        if update.session > today and not modelled:
            raise BadPayload(f"the session of {update.session} has not begun; today is {today}")
        if self.session is None or update.session > self.session:
            self.session = update.session
            self._epoch = self._epochs.number(("chain", self._serial, update.session))
            self.choice.forget()
            self.disputes.forget()

    def _choose(self) -> Flags:
        """Choose, let the new sources take over, and tell who has what fresh."""
        members, now = self.members, self._clock.now()
        known = np.array(
            [
                member.known() & ((member.session == self.session) | ~self._tokyo)
                for member in members
            ]
        )
        healthy = np.array([link.healthy() for link in self._links])
        doubted = np.array([member.doubted() for member in members])
        times = np.array([member.milliseconds(now) for member in members])
        believed = known & healthy[:, None] & ~doubted
        newest = np.where(believed, times, UNKNOWN_TIME).max(axis=0)
        lag = np.array([m.lags(link.lag) for m, link in zip(members, self._links, strict=True)])
        behind = (times != UNKNOWN_TIME) & (newest.astype(np.float64) - times > lag * 1000.0)
        fresh: Flags = believed & ~behind
        moved = self.choice.choose(
            self._clock.monotonic(), known, fresh, doubted, self._unlike(known)
        )
        for rank in range(len(members)):
            mine = moved[self.choice.serving[moved] == rank]
            if len(mine):
                self._take_over(rank, mine)
        return fresh

    def _unlike(self, known: Flags) -> Flags:
        """What differs from what is served by more than any market moves, and may be a lie."""
        rank = np.where(self.choice.serving == NOBODY, 0, self.choice.serving)
        served = (self.choice.serving != NOBODY) & known[rank, np.arange(len(rank))]
        base = np.array([member.board.base() for member in self.members])
        last = np.array([member.last() for member in self.members])
        price = np.where(self._limited, base, np.where(np.isnan(last), base, last))
        own = price[rank, np.arange(len(rank))]
        unlike: Flags = ((price > own * LEAP) | (price * LEAP < own)) & served
        return unlike

    # --- what crosses ---------------------------------------------------------------------

    def _sent(self, batch: QuoteBatch, rows: Ints, applied: Applied) -> Ints:
        """Positions of the quotes that the reader has to see: taken, or held back."""
        if applied.accepted == len(batch):
            return np.arange(len(batch))
        taken = np.zeros(len(batch), np.bool_)
        if applied.pick is not None:
            taken[applied.pick] = True
        if applied.held is not None:
            taken[applied.held] = True
        return np.flatnonzero(taken & (rows >= 0))

    def _forward(self, rank: int, batch: QuoteBatch, rows: Ints, sent: Ints) -> None:
        if not len(sent) or self.session is None:
            return
        part = batch if len(sent) == len(batch) else only(batch, sent)
        rows = rows[sent]
        self._sink.put(
            replace(
                part,
                symbols=self._symbols,
                rows=rows.astype(np.int32),
                quality=self._marked(part.quality, rows),
                epoch=self._epoch,
                session=self.session,
                source=self._links[rank].name,
            )
        )

    def _take_over(self, rank: int, rows: Ints) -> None:
        if self.session is None:
            return
        member = self.members[rank]
        for delay, mine in member.by_delay(rows):
            batch = member.quotes(self._symbols, mine, delay, self._epoch, self.session)
            self._sink.put(replace(batch, quality=self._marked(batch.quality, mine)))

    def _marked(self, quality: Bytes | None, rows: Ints) -> Bytes | None:
        disputed = self.disputes.flags[rows]
        if not disputed.any():
            return quality
        marks = np.where(disputed, np.uint8(Quality.DISPUTED), np.uint8(0))
        return marks if quality is None else quality | marks

    def _minutes(self, rank: int, batch: MinuteBatch) -> bool:
        """Pass on the minutes of what this source serves, or nobody serves yet."""
        if batch.session != self.session:
            return False
        rows = self.members[rank].board.locate(batch.symbols, batch.rows)
        serving = self.choice.serving[rows]
        mine = np.flatnonzero((rows >= 0) & ((serving == rank) | (serving == NOBODY)))
        return self._sink.put(
            replace(
                batch,
                symbols=self._symbols,
                rows=rows[mine].astype(np.int32),
                last=batch.last[mine],
                volume=batch.volume[mine],
                turnover=batch.turnover[mine],
                epoch=self._epoch,
                source=self._links[rank].name,
            )
        )

    def _tell_held_back(self, rank: int, applied: Applied) -> None:
        if applied.doubted is None or not len(applied.doubted):
            return
        row = int(applied.doubted[-1])
        held = self.members[rank].board.held_back_of(row)
        if held is not None:
            words = held_back_words(held)
            self._links[rank].held_back(applied.held_back, f"{self._symbols[row]} {words}")

    # --- who disagrees --------------------------------------------------------------------

    def _compare(self, fresh: Flags) -> None:
        """Have the reader's flags follow what the sources tell differently."""
        if self.session is None:
            return
        serving = self.choice.serving
        changed = self.disputes.compare(self._symbols, serving, fresh)
        for rank, link in enumerate(self._links):
            mine = changed[serving[changed] == rank]
            if not len(mine):
                continue
            member = self.members[rank]
            for delay, rows in member.by_delay(mine):
                quality = member.board.quality[rows] & ~np.uint8(Quality.HELD_BACK)
                self._sink.put(
                    QuoteBatch(
                        symbols=self._symbols,
                        rows=rows.astype(np.int32),
                        fields={},
                        time=np.full(len(rows), np.datetime64("NaT"), "datetime64[ms]"),
                        quality=self._marked(quality, rows),
                        source=member.name,
                        delay=delay,
                        epoch=self._epoch,
                        session=self.session,
                    )
                )
            if words := self.disputes.words(self._symbols, mine):
                link.remark(words)


class _Inlet:
    """One source's way into a chain."""

    def __init__(self, chain: Chain, rank: int) -> None:
        self._chain = chain
        self._rank = rank

    def put(self, update: Update) -> bool:
        return self._chain.put(self._rank, update)
