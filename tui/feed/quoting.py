"""The quote sources in use: one by itself, or several as a chain."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from types import MappingProxyType

from tui.feed.chain import Chain, Link
from tui.feed.chain_disputes import Dispute
from tui.feed.health import Quiet, assess
from tui.feed.loop import Work
from tui.feed.outbox import Sink
from tui.feed.sources import Source
from tui.feed.streams import Epochs, QuoteSupervisor
from tui.feed.terms import Terms
from tui.market.quotes import Delay, DelayKind, Update
from tui.market.times import Clock
from tui.providers.contracts import InstrumentLookup, Playback, QuoteProvider

Supervise = Callable[[Source[QuoteProvider], Sink, Epochs], QuoteSupervisor]
"""Makes the supervisor of a source, given where its updates go and who numbers its epochs."""

_NO_DISPUTES: Mapping[str, Dispute] = MappingProxyType({})


class Quoting:
    """What runs to bring quotes.

    A single source puts its updates straight into the outbox; those of a chain are merged first.

    Args:
        sources: The sources, the one preferred first; none brings nothing.
        supervise: Makes their supervisors.
        symbols: What is wanted.
        instruments: The reference tables.
        clock: The time.
        quiet: Whether no trading is expected at an instant.
        outbox: Where updates go.
        epochs: Numbers their epochs.
        terms: The numbers by which the feed works.
    """

    def __init__(
        self,
        sources: Sequence[Source[QuoteProvider]],
        *,
        supervise: Supervise,
        symbols: Callable[[], tuple[str, ...]],
        instruments: InstrumentLookup,
        clock: Clock,
        quiet: Quiet,
        outbox: Sink,
        epochs: Epochs,
        terms: Terms,
    ) -> None:
        self._clock = clock
        self._quiet = quiet
        self._terms = terms
        self._retired = False
        self._chain: Chain | None = None
        if len(sources) < 2:
            self.supervisors = tuple(supervise(source, outbox, epochs) for source in sources)
            return

        def fine(symbol: str) -> bool:
            instrument = instruments.get(symbol)
            return instrument is not None and instrument.topix500

        self._chain = Chain(
            [self._link(rank, source.name) for rank, source in enumerate(sources)],
            symbols=symbols,
            fine=fine,
            clock=clock,
            sink=_Gate(self, outbox),
            epochs=epochs,
            terms=terms.chain,
        )
        self.supervisors = tuple(
            supervise(source, self._chain.inlet(rank), Epochs())
            for rank, source in enumerate(sources)
        )

    def _link(self, rank: int, name: str) -> Link:
        return Link(
            name=name,
            healthy=partial(self._healthy, rank),
            lag=self._lag,
            held_back=partial(self._held_back, rank),
            remark=partial(self._remark, rank),
        )

    def _healthy(self, rank: int) -> bool:
        instant = self._clock.monotonic()
        return assess(
            self.supervisors[rank].ledger.health,
            now=self._clock.now(),
            monotonic=instant,
            quiet=self._quiet,
            beat=instant,
            thresholds=self._terms.thresholds,
        ).state.delivering

    def _held_back(self, rank: int, count: int, what: str) -> None:
        self.supervisors[rank].ledger.held_back(count, what)

    def _remark(self, rank: int, text: str) -> None:
        self.supervisors[rank].ledger.remark(text)

    def _lag(self, delay: Delay) -> float:
        """Seconds by which quotes may be behind another's: their own delay, and some patience."""
        thresholds = self._terms.thresholds
        if delay.kind is DelayKind.REALTIME:
            return thresholds.realtime
        return delay.minutes * 60.0 + thresholds.delayed

    @property
    def retired(self) -> bool:
        """Whether other sources have taken their place."""
        return self._retired

    def retire(self) -> None:
        """Let nothing more through. Any thread may call."""
        self._retired = True
        for supervisor in self.supervisors:
            supervisor.retire()

    def works(self) -> list[tuple[object, Work]]:
        """What runs, each with the key of its task."""
        works: list[tuple[object, Work]] = [(each, each.run) for each in self.supervisors]
        return works if self._chain is None else [*works, (self._chain, self._chain.run)]

    @property
    def chained(self) -> bool:
        """Whether several sources are merged."""
        return self._chain is not None

    @property
    def disputes(self) -> Mapping[str, Dispute]:
        """What the sources of a chain tell differently, by symbol."""
        return _NO_DISPUTES if self._chain is None else self._chain.disputes.told

    def market_time(self) -> datetime:
        """The instant that the quotes show, aware, in UTC; of a chain, the clock's."""
        if self.chained or not self.supervisors:
            return self._clock.now()
        return self.supervisors[0].market_time()

    @property
    def session(self) -> date | None:
        """The session being delivered, in Tokyo."""
        if self._chain is not None:
            return self._chain.session
        return self.supervisors[0].session if self.supervisors else None

    @property
    def playback_state(self) -> tuple[bool, float] | None:
        """Whether a replay stands still, and its speed; a chain replays nothing."""
        if self.chained or not self.supervisors:
            return None
        return self.supervisors[0].playback_state

    def play(self, command: Callable[[Playback], None]) -> None:
        """Give a command to a source that replays."""
        if self.playback_state is not None:
            self.supervisors[0].play(command)


class _Gate:
    """Closes when the chain behind it has been retired."""

    def __init__(self, quoting: Quoting, outbox: Sink) -> None:
        self._quoting = quoting
        self._outbox = outbox

    def put(self, update: Update) -> bool:
        return not self._quoting.retired and self._outbox.put(update)
