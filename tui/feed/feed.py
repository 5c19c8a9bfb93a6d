"""The feed: sources and their supervisors, in a thread of their own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from tui.feed.chain_disputes import Dispute
from tui.feed.health import Health, assess
from tui.feed.outbox import Wake, no_wake
from tui.feed.requests import Ask
from tui.feed.sources import Source
from tui.feed.supervision import Supervision, succeed
from tui.market.catalysts import Catalyst
from tui.market.quotes import Update
from tui.providers.contracts import (
    Host,
    NewsProvider,
    Playback,
    QuoteProvider,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Drained:
    """What came since the last time.

    Attributes:
        updates: For the board and the minutes, in the order in which to apply them.
        catalysts: New or changed ones, oldest arrival first.
        more: Whether anything was left behind because of the bounds that the caller set.
    """

    updates: list[Update]
    catalysts: list[Catalyst]
    more: bool = False


class Feed(Supervision):
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
        enrich: Gives catalysts what their sources leave out, in worker threads; that of `rules`
            unless told otherwise.
        rules: By which texts are linked and filed, lent to every source; without them what
            sources leave bare stays so.
    """

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
                succeed(self._loop, old, self._quotes)
        self._told(revived)

    @property
    def quote_names(self) -> tuple[str, ...]:
        """The quote sources in use, the one preferred first."""
        return tuple(source.name for source in self._quote_sources)

    @property
    def news_names(self) -> tuple[str, ...]:
        """The sources of news in use."""
        return tuple(self._news_sources)

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

    def drain(
        self,
        at_most: int | None = None,
        catalysts: int | None = None,
        updates: int | None = None,
    ) -> Drained:
        """Take out what came.

        Args:
            at_most: Leave the rest for later once this many quotes are taken, so that catching
                up does not hold a frame; None takes everything.
            catalysts: Take so many catalysts; None takes all.
            updates: Leave the rest for later once so many updates are taken, for the same reason.
        """
        taken = self._outbox.drain(at_most, updates)
        news = self._newsbox.drain(catalysts)
        return Drained(taken, news, bool(self._outbox) or bool(self._newsbox))

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
