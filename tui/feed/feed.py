"""The feed: sources and their supervisors, in a thread of their own."""

import random
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Generic, TypeVar

from tui.feed.backoff import Backoff
from tui.feed.clock import SystemClock
from tui.feed.health import Health, Quiet, assess, never_quiet
from tui.feed.ledger import Ledger
from tui.feed.loop import LoopThread
from tui.feed.outbox import NewsBox, Outbox, Wake, no_wake
from tui.feed.requests import Ask, Requests
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
_P = TypeVar("_P")


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


@dataclass(frozen=True, slots=True)
class _Source(Generic[_P]):
    """What it takes to construct a source, again if need be."""

    name: str
    factory: Callable[[Host], _P]
    settings: Mapping[str, object]


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
        self.around = Surroundings(
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
        self._quote_source: _Source[QuoteProvider] | None = None
        self._news_sources: dict[str, _Source[NewsProvider]] = {}
        self._quotes: QuoteSupervisor | None = None
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
        source = _Source(name, factory, settings or {})
        with self._lock:
            old, self._quote_source = self._quotes, source
            if old is not None:
                old.retire()
            self._quotes = self._quote_supervisor(source)
            revived = self._succeed(old, self._quotes)
        self._told(revived)

    def use_news(
        self,
        name: str,
        factory: Callable[[Host], NewsProvider],
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Take news from a source, beside others, in place of an earlier one of the same name."""
        source = _Source(name, factory, settings or {})
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
            loop, quotes = self._loop, self._quotes
        if loop is not None and quotes is not None:
            loop.call(lambda: quotes.restart(now=False))

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
        quotes = self._quotes
        return self._clock.now() if quotes is None else quotes.market_time()

    def session(self) -> date | None:
        """The session being delivered, in Tokyo; None where that is not known yet."""
        quotes = self._quotes
        return None if quotes is None else quotes.session

    def playback(self, command: Callable[[Playback], None]) -> bool:
        """Have the feed's thread give a command to a source that replays.

        Returns:
            False where the source cannot replay, or does not run yet.
        """
        loop, quotes = self._loop, self._quotes
        if loop is None or quotes is None or quotes.playback_state is None:
            return False

        def play() -> None:
            quotes.play(command)
            self._poke()

        return loop.call(play)

    def playback_state(self) -> tuple[bool, float] | None:
        """Whether the replay stands still, and its speed; None where there is no replay."""
        quotes = self._quotes
        return None if quotes is None else quotes.playback_state

    def run(self, ask: Ask[_T], *, topic: str = "", timeout: float | None = None) -> "Future[_T]":
        """Put a single question to a source, such as a search or a piece of history.

        Args:
            ask: Called in the feed's thread; returns what to await.
            topic: A newer question on the same topic cancels this one, and its late answer is
                dropped. Empty for a question that stands alone.
            timeout: Seconds until it is given up; None for the usual ones.

        Returns:
            The answer to come; cancelled by a newer question or by the feed's end. It raises what
            the source raised, or `Unavailable` where no answer came in time or the feed does not
            run. Its callbacks run in the feed's thread.
        """
        with self._lock:
            loop = self._loop
        return self._requests.put(loop, ask, topic, timeout)

    def _supervisors(self) -> list[QuoteSupervisor | NewsSupervisor]:
        quotes = [] if self._quotes is None else [self._quotes]
        return [*quotes, *self._news.values()]

    def _quote_supervisor(self, source: _Source[QuoteProvider]) -> QuoteSupervisor:
        return QuoteSupervisor(
            source.factory,
            source.settings,
            ledger=self._ledger(source.name, Role.QUOTES),
            backoff=self._backoff(),
            around=self.around,
            symbols=lambda: self._symbols,
            outbox=self._outbox,
            epochs=self._epochs,
        )

    def _news_supervisor(self, source: _Source[NewsProvider]) -> NewsSupervisor:
        return NewsSupervisor(
            source.factory,
            source.settings,
            ledger=self._ledger(source.name, Role.NEWS),
            backoff=self._backoff(),
            around=self.around,
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
        if self._quote_source is not None:
            self._quotes = self._quote_supervisor(self._quote_source)
        self._news = {
            name: self._news_supervisor(source) for name, source in self._news_sources.items()
        }
        loop.start()
        for supervisor in self._supervisors():
            loop.begin(supervisor, supervisor.run)

    def _succeed(
        self,
        old: QuoteSupervisor | NewsSupervisor | None,
        new: QuoteSupervisor | NewsSupervisor | None,
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
        for supervisor in self._supervisors():
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
