"""The feed: sources and their supervisors, in a thread of their own."""

import random
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from tui.feed.backoff import Backoff
from tui.feed.chain_disputes import Dispute
from tui.feed.clock import SystemClock
from tui.feed.clock_watch import ClockWatch
from tui.feed.health import Health, Quiet, assess, never_quiet
from tui.feed.ledger import Ledger
from tui.feed.loop import LoopThread
from tui.feed.outbox import NewsBox, Outbox, Sink, Wake, no_wake
from tui.feed.quoting import Quoting
from tui.feed.requests import Ask, Requests
from tui.feed.sources import Source
from tui.feed.streams import Epochs, NewsSupervisor, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.feed.terms import Terms
from tui.feed.wording import error_words, plain
from tui.market.catalysts import Catalyst
from tui.market.quotes import Update
from tui.market.times import Clock
from tui.providers.contracts import (
    Host,
    InstrumentLookup,
    NewsProvider,
    Playback,
    QuoteProvider,
    Role,
    no_secret,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Drained:
    """What came since the last time.

    Attributes:
        updates: For the board and the minutes, in the order in which to apply them.
        catalysts: New or changed ones, oldest arrival first.
        more: Whether updates were left behind because of the bound that the caller set.
    """

    updates: list[Update]
    catalysts: list[Catalyst]
    more: bool = False


class Feed:
    """Quotes and news, supervised, for one reader.

    Every method may be called from any thread and returns at once, except `stop`, which is
    bounded. `use`, `use_news` and `subscribe` may come before `start`, in any order. No lock is
    held while code of a source or of the caller runs.

    Args:
        instruments: The reference tables, lent to every source.
        clock: The time.
        secret: Reads a key by name.
        quiet: Whether no trading is expected at an instant, so that old quotes are not stale.
        seed: Of the spread of the pauses between attempts; None for a different one each run.
        terms: The numbers by which it works.
    """

    def __init__(
        self,
        *,
        instruments: InstrumentLookup,
        clock: Clock | None = None,
        secret: Callable[[str], str | None] = no_secret,
        quiet: Quiet = never_quiet,
        seed: int | None = None,
        terms: Terms | None = None,
    ) -> None:
        self._clock: Clock = clock or SystemClock()
        self._terms = terms or Terms()
        self._quiet = quiet
        self._around = Surroundings(
            clock=self._clock,
            instruments=instruments,
            secret=secret,
            patience=self._terms.patience,
        )
        self._rng = random.Random(seed)
        self._outbox = Outbox()
        self._newsbox = NewsBox()
        self._epochs = Epochs()
        self._requests = Requests(self._clock, self._terms.patience.request)
        self._lock = threading.Lock()
        self._wake: Wake = no_wake
        self._loop: LoopThread | None = None
        self._symbols: tuple[str, ...] = ()
        self._quote_sources: tuple[Source[QuoteProvider], ...] = ()
        self._news_sources: dict[str, Source[NewsProvider]] = {}
        self._quotes = self._quoting()
        self._news: dict[str, NewsSupervisor] = {}
        self.stray = ""
        """The last error in the feed's thread that nobody waited for, in words."""
        self._outbox.wake = self._newsbox.wake = self._poke

    def start(self, wake: Wake = no_wake) -> None:
        """Start the thread and everything asked for so far; a running feed only takes the wake.

        Args:
            wake: Called when there is something to drain, or a source's health has changed; in
                the feed's thread, so it must be safe to call from there, and must not block.
        """
        with self._lock:
            self._wake = wake
            if self._loop is None:
                self._launch()

    def stop(self, timeout: float = 5.0) -> bool:
        """End everything, and return whatever the sources do.

        Args:
            timeout: Seconds to wait at most.

        Returns:
            Whether the thread has ended; one that a source blocks is left to itself.
        """
        with self._lock:
            loop, self._loop = self._loop, None
            self._retire_all()
        self._requests.cancel_all()
        return loop is None or loop.stop(timeout)

    def use(
        self,
        name: str,
        factory: Callable[[Host], QuoteProvider],
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Take quotes from a source, in place of the one before.

        What the old one still says is dropped from now on; the board keeps what it holds until
        the new one's first batch opens a new epoch.

        Args:
            name: The source's name, as registered.
            factory: Constructs it; called in the feed's thread.
            settings: Its table of the configuration.
        """
        self.use_chain([Source(name, factory, settings or {})])

    def use_chain(self, sources: Sequence[Source[QuoteProvider]]) -> None:
        """Take each instrument's quotes from the first of several sources that has it fresh.

        Each is supervised by itself and has a health of its own. The reader's rows bear the
        source that serves them, and its delay.

        Args:
            sources: The one preferred first; those of one name count once.
        """
        named = {source.name: source for source in reversed(sources)}
        with self._lock:
            self._quote_sources = tuple(reversed(named.values()))
            old = self._quotes
            old.retire()
            self._quotes = self._quoting()
            revived = self._revived()
            if not revived and self._loop is not None:
                _succeed(self._loop, old, self._quotes)
        self._told(revived)

    def use_news(
        self,
        name: str,
        factory: Callable[[Host], NewsProvider],
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Take news from a source, beside others, in place of an earlier one of the same name."""
        source = Source(name, factory, settings or {})
        with self._lock:
            old = self._news.get(name)
            if old is not None:
                old.retire()
            self._news_sources[name] = source
            self._news[name] = self._news_supervisor(source)
            revived = self._succeed(old, self._news[name])
        self._told(revived)

    def drop_news(self, name: str) -> None:
        """Take no more news from a source."""
        with self._lock:
            self._news_sources.pop(name, None)
            old = self._news.pop(name, None)
            if old is None:
                return
            old.retire()
            revived = self._succeed(old, None)
        self._told(revived)

    def subscribe(self, symbols: Iterable[str]) -> None:
        """Ask for quotes of these symbols from now on.

        The stream is started again once the wishes have come to rest for a moment, and not at
        all where they are what it runs with.
        """
        wanted = tuple(dict.fromkeys(symbols))
        with self._lock:
            if wanted == self._symbols:
                return
            self._symbols = wanted
            loop, quotes = self._loop, self._quotes.supervisors
        if loop is not None:
            for each in quotes:
                loop.call(partial(each.restart, now=False))

    def refresh(self) -> None:
        """Start every stream again now, without waiting out pauses of our own choice."""
        with self._lock:
            revived = self._revived()
            loop = self._loop
            supervisors = self._supervisors()
        if revived:
            self._told(revived)
        elif loop is not None:
            for supervisor in supervisors:
                loop.call(partial(supervisor.restart, now=True))

    def drain(self, at_most: int | None = None) -> Drained:
        """Take out what came.

        Args:
            at_most: Leave the rest for later once this many quotes are taken, so that catching
                up does not hold a frame; None takes everything.
        """
        updates = self._outbox.drain(at_most)
        return Drained(updates, self._newsbox.drain(), bool(self._outbox))

    @property
    def lost(self) -> int:
        """Updates dropped because the queue was full and could not be folded."""
        return self._outbox.lost

    def health(self) -> tuple[Health, ...]:
        """Every source as it is now: the quotes first, then news in the order of their use."""
        with self._lock:
            loop = self._loop
            written = [supervisor.ledger.health for supervisor in self._supervisors()]
        return tuple(
            assess(
                health,
                now=self._clock.now(),
                monotonic=self._clock.monotonic(),
                quiet=self._quiet,
                beat=None if loop is None else loop.beat,
                thresholds=self._terms.thresholds,
            )
            for health in written
        )

    def market_time(self) -> datetime:
        """The instant that the quotes show, aware, in UTC; the clock's where there are none."""
        return self._quotes.market_time()

    def session(self) -> date | None:
        """The session being delivered, in Tokyo; None where that is not known yet."""
        return self._quotes.session

    def disputes(self) -> Mapping[str, Dispute]:
        """What the sources of a chain tell differently at this time, by symbol."""
        return self._quotes.disputes

    def held_back(self, source: str, count: int, what: str) -> None:
        """Have the health count prices that the reader's board has held back.

        Those of a chain are counted where they are merged.

        Args:
            source: Whose they are.
            count: How many.
            what: The last of them, in words.
        """
        quotes = self._quotes
        for each in () if quotes.chained else quotes.supervisors:
            if each.ledger.health.source == source:
                each.ledger.held_back(count, what)

    def playback(self, command: Callable[[Playback], None]) -> bool:
        """Have the feed's thread give a command to a source that replays.

        Returns:
            False where the source cannot replay, or does not run yet.
        """
        loop, quotes = self._loop, self._quotes
        if loop is None or quotes.playback_state is None:
            return False

        def play() -> None:
            quotes.play(command)
            self._poke()

        return loop.call(play)

    def playback_state(self) -> tuple[bool, float] | None:
        """Whether the replay stands still, and its speed; None where there is no replay."""
        return self._quotes.playback_state

    def run(self, ask: Ask[_T], *, topic: str = "") -> "Future[_T]":
        """Put a single question to a source, such as a search or a piece of history.

        Args:
            ask: Called in the feed's thread; returns what to await.
            topic: A newer question on the same topic cancels this one, and its late answer is
                dropped. Empty for a question that stands alone.

        Returns:
            The answer to come; cancelled by a newer question or by the feed's end. It raises what
            the source raised, or `Unavailable` where no answer came in time or the feed does not
            run. Its callbacks run in the feed's thread.
        """
        with self._lock:
            loop = self._loop
        return self._requests.put(loop, ask, topic)

    def _supervisors(self) -> list[QuoteSupervisor | NewsSupervisor]:
        return [*self._quotes.supervisors, *self._news.values()]

    def _quoting(self) -> Quoting:
        return Quoting(
            self._quote_sources,
            supervise=self._quote_supervisor,
            symbols=lambda: self._symbols,
            instruments=self._around.instruments,
            clock=self._clock,
            quiet=self._quiet,
            outbox=self._outbox,
            epochs=self._epochs,
            terms=self._terms,
        )

    def _quote_supervisor(
        self, source: Source[QuoteProvider], sink: Sink, epochs: Epochs
    ) -> QuoteSupervisor:
        return QuoteSupervisor(
            source.factory,
            source.settings,
            ledger=self._ledger(source.name, Role.QUOTES),
            backoff=self._backoff(),
            around=self._around,
            symbols=lambda: self._symbols,
            outbox=sink,
            epochs=epochs,
        )

    def _news_supervisor(self, source: Source[NewsProvider]) -> NewsSupervisor:
        return NewsSupervisor(
            source.factory,
            source.settings,
            ledger=self._ledger(source.name, Role.NEWS),
            backoff=self._backoff(),
            around=self._around,
            newsbox=self._newsbox,
        )

    def _ledger(self, name: str, role: Role) -> Ledger:
        return Ledger(name, role, self._clock, self._poke)

    def _backoff(self) -> Backoff:
        return Backoff(self._terms.pauses, random.Random(self._rng.random()))

    def _launch(self) -> None:
        """Start a thread with a supervisor for every source; the lock is held."""
        loop = LoopThread(
            self._clock,
            grace=self._terms.patience.grace,
            pulse=self._terms.thresholds.beat / 4,
            failed=self._noted,
        )
        self._loop = loop
        self._quotes = self._quoting()
        self._news = {
            name: self._news_supervisor(source) for name, source in self._news_sources.items()
        }
        loop.start()
        for key, work in self._quotes.works():
            loop.begin(key, work)
        for supervisor in self._news.values():
            loop.begin(supervisor, supervisor.run)
        watch = ClockWatch(self._clock, leapt=self._leapt, rolled=self._rolled)
        loop.begin(watch, watch.run)

    def _leapt(self, what: str) -> None:
        """Start everything again after a leap of time; in the feed's thread."""
        for supervisor in self._supervisors():
            supervisor.ledger.remark(f"{what}; asked again")
            supervisor.restart(now=True)
        self._poke()

    def _rolled(self, day: date) -> None:  # noqa: ARG002 - which day it is, the source tells
        """Ask for the new day's session; a replay has a day of its own."""
        if self._quotes.playback_state is None:
            for supervisor in self._quotes.supervisors:
                supervisor.restart(now=True)
        self._poke()

    def _succeed(
        self,
        old: NewsSupervisor | None,
        new: NewsSupervisor | None,
    ) -> bool:
        """Let one supervisor end and then another begin; the lock is held.

        Returns:
            Whether that took a new thread.
        """
        if self._revived():
            return True
        if self._loop is not None:
            self._loop.begin(new, None if new is None else new.run, after=old)
        return False

    def _revived(self) -> bool:
        """Replace a thread that a source blocks or has ended; the lock is held."""
        loop = self._loop
        if loop is None:
            return False
        silence = self._clock.monotonic() - loop.beat
        if loop.alive and silence <= self._terms.thresholds.beat:
            return False
        self._retire_all()
        loop.stop(0.0)
        self._launch()
        return True

    def _retire_all(self) -> None:
        self._quotes.retire()
        for supervisor in self._news.values():
            supervisor.retire()

    def _told(self, revived: bool) -> None:
        """Tell whom it concerns that the sources have changed; the lock is not held."""
        if revived:
            self._requests.cancel_all()
        self._poke()

    def _noted(self, error: BaseException | str) -> None:
        self.stray = plain(error) if isinstance(error, str) else error_words(error)

    def _poke(self) -> None:
        try:
            self._wake()
        except Exception:  # noqa: BLE001 - the reader may be gone; the feed goes on without it
            self._wake = no_wake


def _succeed(loop: LoopThread, old: Quoting, new: Quoting) -> None:
    """Let what brought quotes end, and then what is to bring them begin."""
    ends = [key for key, _ in old.works()]
    begins = new.works()
    for key in ends[len(begins) :]:
        loop.begin(None, None, after=key)
    for place, (key, work) in enumerate(begins):
        loop.begin(key, work, after=ends[place] if place < len(ends) else None)
