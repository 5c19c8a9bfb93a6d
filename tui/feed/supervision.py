"""What runs in the feed's thread: a supervisor for every source, and the watch on the clocks."""

import random
import threading
from collections.abc import Callable
from datetime import date

from tui.feed.backoff import Backoff
from tui.feed.clock import SystemClock
from tui.feed.clock_watch import ClockWatch
from tui.feed.enriched import Enrich
from tui.feed.health import Quiet, never_quiet
from tui.feed.ledger import Ledger
from tui.feed.loop import LoopThread
from tui.feed.outbox import NewsBox, Outbox, Sink, Wake, no_wake
from tui.feed.quoting import Quoting
from tui.feed.requests import Requests
from tui.feed.sources import Source
from tui.feed.streams import Epochs, NewsSupervisor, QuoteSupervisor
from tui.feed.supervisor import Surroundings
from tui.feed.terms import Terms
from tui.feed.wording import error_words, plain
from tui.market.text_rules import TextRules
from tui.market.times import Clock
from tui.providers.contracts import InstrumentLookup, NewsProvider, QuoteProvider, Role, no_secret


class Supervision:
    """The sources in use, their supervisors, and the thread in which they run.

    Args:
        instruments, clock, secret, quiet, seed, terms, enrich, rules: As in `Feed`.
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
        enrich: Enrich | None = None,
        rules: TextRules | None = None,
    ) -> None:
        self._clock: Clock = clock or SystemClock()
        self._terms = terms or Terms()
        self._quiet = quiet
        self.around = Surroundings(
            clock=self._clock,
            instruments=instruments,
            secret=secret,
            patience=self._terms.patience,
            rules=rules or TextRules(),
        )
        self._rng = random.Random(seed)
        self._outbox = Outbox()
        self._newsbox = NewsBox()
        self._enrich = enrich or (rules.enrich if rules is not None else None)
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

    def _supervisors(self) -> list[QuoteSupervisor | NewsSupervisor]:
        return [*self._quotes.supervisors, *self._news.values()]

    def _quoting(self) -> Quoting:
        return Quoting(
            self._quote_sources,
            supervise=self._quote_supervisor,
            symbols=lambda: self._symbols,
            instruments=self.around.instruments,
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
            around=self.around,
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
            around=self.around,
            newsbox=self._newsbox,
            enrich=self._enrich,
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


def succeed(loop: LoopThread, old: Quoting, new: Quoting) -> None:
    """Let what brought quotes end, and then what is to bring them begin."""
    ends = [key for key, _ in old.works()]
    begins = new.works()
    for key in ends[len(begins) :]:
        loop.begin(None, None, after=key)
    for place, (key, work) in enumerate(begins):
        loop.begin(key, work, after=ends[place] if place < len(ends) else None)
