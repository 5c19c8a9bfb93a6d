"""The sources of quotes and news, and what has come from them."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from time import perf_counter

import numpy as np

from tui.config import Config, Home, State
from tui.feed.clock import SystemClock
from tui.feed.feed import Feed
from tui.feed.history import HistoryDesk
from tui.market.applied import Applied
from tui.market.doubts import held_back_words
from tui.market.indices import builtin_lists
from tui.market.market import Market
from tui.market.stories import Changed
from tui.market.times import Clock
from tui.present.history import PastLink
from tui.present.playing import Playing
from tui.present.shown_lists import ShownLists
from tui.report.feed import FeedReport, feed_report
from tui.watchlists.lists import Lists

_MOST = 50_000
"""Quotes taken in one go, so that catching up does not hold a frame."""
_UPDATES = 16
"""Batches of quotes or minutes taken in one go, for what one costs hardly depends on its length."""
_NEWS = 16
"""Catalysts taken between two looks at the clock."""
_NEWS_SECONDS = 0.004
"""Of one frame, for catalysts."""


class SourcedLists(ShownLists):
    """The lists with the sources that fill them.

    Args:
        market: The board and what is needed to read it.
        feed: The sources, already told which to use.
        lists: Built-in and user lists.
        config: The user's configuration.
        home: Where the state is kept; None to remember nothing.
        state: What was chosen before.
        list_name: The list to begin with; empty for the remembered or the first one.
        clock: The time by which the age of data is told.
    """

    def __init__(
        self,
        *,
        market: Market,
        feed: Feed,
        lists: Lists,
        config: Config,
        home: Home | None,
        state: State,
        list_name: str = "",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(
            market=market,
            feed=feed,
            lists=lists,
            config=config,
            home=home,
            state=state,
            list_name=list_name,
        )
        self._clock = clock or SystemClock()
        self._taken = 0
        self.history: HistoryDesk | None = None
        self._past: PastLink | None = None
        self.playing = Playing(feed, market)

    def start(self, wake: Callable[[], None]) -> None:
        """Start the sources; `wake` is called from their thread when something has come."""
        if self.history is not None:
            self.history.wake = wake
        self.feed.start(wake)

    def use_history(self, desk: HistoryDesk) -> None:
        """Take the past from a source; nothing is asked before the first quotes have come."""
        if self.history is not None:
            desk.wake = self.history.wake
            self.history.stop()
        self.history = desk
        self._past = PastLink(self.market, desk)

    def stop(self) -> None:
        """Stop the sources and remember what was chosen."""
        self.save_choices()
        self.feed.stop()

    def take(self, at: float) -> bool:
        """Apply what the feed has; tells whether more is waiting.

        Args:
            at: The host's monotonic seconds.
        """
        drained = self.feed.drain(_MOST, _NEWS, updates=_UPDATES)
        before, session = self.market.board.symbols, self.market.session
        if drained.updates or drained.catalysts:
            self._taken += 1
        for update in drained.updates:
            applied = self.market.apply(update, at)
            if applied is not None and applied.held_back:
                self._tell_held_back(update.source, applied)
        if self.market.session != session:
            self._show_session()
        if self.market.board.symbols != before:
            # Another session has other members, of which nothing has been asked yet.
            self._table = None
            self.feed.subscribe(self.market.board.symbols)
        end = perf_counter() + _NEWS_SECONDS
        while drained.catalysts:
            self._told(self.market.add_catalysts(drained.catalysts))
            if perf_counter() >= end:
                break
            drained = self.feed.drain(0, _NEWS)
        if self._past is not None and self._past.look(
            self.symbols, self.feed.health, self.now(), at
        ):
            self._taken += 1
        return drained.more

    def _show_session(self) -> None:
        """Give the built-in lists the members of the session that is shown."""
        self.lists.set_builtin(builtin_lists(self.market.session, self.market.reference))
        self._put_on_board()
        self._table = None

    def _tell_held_back(self, source: str, applied: Applied) -> None:
        """Have the source's health count what the board has held back."""
        board = self.market.board
        row = -1 if applied.doubted is None else int(applied.doubted[-1])
        held = board.held_back_of(row) if row >= 0 else None
        what = f"{board.symbols[row]} {held_back_words(held)}" if held else ""
        self.feed.held_back(source, applied.held_back, what)

    def _told(self, changed: Changed) -> None:
        """Called with what became of the stories."""

    @property
    def revision(self) -> int:
        """Differs from what it was whenever anything has come."""
        return self._taken

    @property
    def ready(self) -> bool:
        """Whether the source has delivered anything."""
        return self.market.board.epoch is not None

    def now(self) -> datetime:
        """The market's time: the wall clock, or the replay's position."""
        return self.feed.market_time()

    def feed_report(self) -> FeedReport:
        """The quote source's state in words."""
        board = self.market.board
        served = np.bincount(board.source, minlength=len(board.sources))
        shares: Counter[str] = Counter()
        for source, count in zip(board.sources, served.tolist(), strict=False):
            shares[source] += count
        return feed_report(self.feed.health(), self._clock.now(), shares)

    def trouble(self) -> str:
        """What is wrong with the quote source, in a sentence; empty where it is well."""
        report = self.feed_report()
        if not report.trouble:
            return ""
        text = report.trouble.rstrip(".")
        return f"{text}." if text.startswith(report.source) else f"{report.source}: {text}."

    def refresh(self) -> None:
        """Ask every source for everything again."""
        self.feed.refresh()
        if self.history is not None:
            self.history.refresh()

    def _forget(self) -> None:
        """Called when what was made of the quotes so far no longer holds."""
        self._table = None
