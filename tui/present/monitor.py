"""The model behind the screens: the market, the feed, the lists, and what the user chose.

It is written and read by the interface thread alone. Screens call it and hand what it returns to
widgets; it knows nothing of Textual.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

from tui.config import Config, Home, ListView, State, save_state
from tui.feed.clock import SystemClock
from tui.feed.feed import Feed
from tui.feed.sources import quote_factory
from tui.files import write_atomically
from tui.market.applied import Applied
from tui.market.doubts import held_back_words
from tui.market.indices import builtin_lists
from tui.market.market import Market
from tui.market.quotes import Field
from tui.market.times import Clock
from tui.present.catalysts import StoryView, catalyst_views, due_views, story_view
from tui.present.columns import DEFAULT_COLUMNS, columns
from tui.present.detail import DetailView, SearchHit, detail_view, search_hit
from tui.present.header import header_view
from tui.present.ladder import LadderOrder, ladder_view
from tui.present.playing import Playing
from tui.present.sources import SourceChoice, health_lines, quote_sources
from tui.present.table import BoardTable
from tui.present.tape import breadth_view, tape_view
from tui.report.feed import FeedReport, feed_report
from tui.report.live_rows import LiveRows
from tui.report.rows import rows_report
from tui.report.summary import Summary, summarise
from tui.watchlists.lists import Lists
from widgets.breadth_bar import BreadthView
from widgets.catalyst_pane import CatalystView, DueView
from widgets.header_bar import HeaderView
from widgets.index_tape import TapeView
from widgets.ladder import LadderView
from widgets.quote_table import Column

if TYPE_CHECKING:
    # Only asked for once the monitor stands, so imported then.
    from tui.present.analysis import Analysis

LANGUAGES = ("en", "ja")
_ONE_SOURCE = 2
"""Entries of the board's list of sources where there is one, the first standing for none."""
_MOST = 200_000
"""Quotes taken in one go, so that catching up does not hold a frame."""


class Monitor:
    """Everything the screens look at.

    Args:
        market: The board and what is needed to read it.
        feed: The sources, already told which to use.
        lists: Built-in and user lists.
        config: The user's configuration.
        home: Where the state is kept; None to remember nothing.
        state: What was chosen before.
        list_name: The list to begin with; empty for the remembered or the first one.
        clock: The time by which the age of data is told.
        baskets: The file of the user's baskets.
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
        baskets: Path | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self.market = market
        self.feed = feed
        self.lists = lists
        self.config = config
        self.home = home
        self.state = state
        self.playing = Playing(feed, market)
        self._baskets = baskets
        names = lists.names()
        wanted = list_name or state.list or config.list
        self.list_name = wanted if wanted in names else names[0]
        self._summary: Summary | None = None
        self._summary_of: tuple[int, int, datetime] | None = None
        self._taken = 0
        self._table: BoardTable | None = None
        self._rows = LiveRows(market, ())
        self._ladder_order = LadderOrder()
        self._only: tuple[str, ...] = ()
        self._looked_at: set[str] = set()
        self.asked: tuple[tuple[str, ...], str] | None = None
        self._watch()

    # --- the feed -------------------------------------------------------------------------

    def start(self, wake: Callable[[], None]) -> None:
        """Start the sources; `wake` is called from their thread when something has come."""
        self.feed.start(wake)

    def stop(self) -> None:
        """Stop the sources and remember what was chosen."""
        if self.home is not None:
            save_state(self.home, self.state)
        self.feed.stop()

    def take(self, at: float) -> bool:
        """Apply what the feed has; tells whether more is waiting.

        Args:
            at: The host's monotonic seconds.
        """
        drained = self.feed.drain(_MOST)
        before, session = self.market.board.symbols, self.market.session
        if drained.updates or drained.catalysts:
            self._taken += 1
        for update in drained.updates:
            applied = self.market.apply(update, at)
            if applied is not None and applied.held_back:
                self._tell_held_back(update.source, applied)
        if self.market.session != session:
            # The built-in lists have the members of the session that is shown.
            self.lists.set_builtin(builtin_lists(self.market.session, self.market.reference))
            self._put_on_board()
            self._table = None
        if self.market.board.symbols != before:
            # Another session has other members, of which nothing has been asked yet.
            self._table = None
            self.feed.subscribe(self.market.board.symbols)
        if drained.catalysts:
            self.market.add_catalysts(drained.catalysts)
        return drained.more

    def _tell_held_back(self, source: str, applied: Applied) -> None:
        """Have the source's health count what the board has held back."""
        board = self.market.board
        row = -1 if applied.doubted is None else int(applied.doubted[-1])
        held = board.held_back_of(row) if row >= 0 else None
        what = f"{board.symbols[row]} {held_back_words(held)}" if held else ""
        self.feed.held_back(source, applied.held_back, what)

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

    def summary(self) -> Summary:
        """The market in figures, computed once for each change and each second."""
        now = self.now()
        market = self.market
        key = (market.board.revision, market.minutes.generation, now.replace(microsecond=0))
        if self._summary is None or key != self._summary_of:
            self._summary = summarise(market, key[2])
            self._summary_of = key
        return self._summary

    def feed_report(self) -> FeedReport:
        """The quote source's state in words."""
        board = self.market.board
        served = np.bincount(board.source, minlength=len(board.sources))
        shares = dict(zip(board.sources, served.tolist(), strict=False))
        return feed_report(self.feed.health(), self._clock.now(), shares)

    @cached_property
    def analysis(self) -> "Analysis":
        """Why the indices moved; imported and computed when a screen first asks."""
        from tui.data.baskets import read_baskets, shipped_baskets
        from tui.present.analysis import Analysis

        known = shipped_baskets()
        if self._baskets is not None:
            known = read_baskets(self._baskets, self.market.universe.symbols())
        return Analysis(self.market, known.rows, known.notice)

    def trouble(self) -> str:
        """What is wrong with the quote source, in a sentence; empty where it is well."""
        report = self.feed_report()
        if not report.trouble:
            return ""
        text = report.trouble.rstrip(".")
        return f"{text}." if text.startswith(report.source) else f"{report.source}: {text}."

    # --- the lists ------------------------------------------------------------------------

    def _watch(self) -> None:
        """Put every list's instruments on the board, and ask the feed for them."""
        before = self.market.board.symbols
        self._put_on_board()
        self._table = None
        if self.market.board.symbols != before:
            self.feed.subscribe(self.market.board.symbols)

    def _put_on_board(self) -> None:
        listed = (s for name in self.lists.names() for s in self.lists.symbols(name))
        symbols = dict.fromkeys((*listed, *self._only, *sorted(self._looked_at)))
        self.market.watch(symbols)

    def lists_changed(self) -> None:
        """Take up a change of the lists, whether made here or in the file."""
        if self.list_name not in self.lists.names():
            self.list_name = self.lists.names()[0]
        self._watch()

    def show_list(self, name: str) -> None:
        """Show another list."""
        self.list_name = name
        self._only = ()
        self._table = None
        self._remember(list=name)

    def rename_list(self, name: str) -> None:
        """Give the list shown another name; how it is looked at goes with it.

        Raises:
            WatchlistError: The name is taken or cannot be used, or the file cannot be written.
        """
        old = self.list_name
        self.lists.rename(old, name)
        views = dict(self.state.views)
        if old in views:
            views[name.strip()] = views.pop(old)
        self.list_name = name.strip()
        self._remember(list=self.list_name, views=views)

    def symbols(self) -> Sequence[str]:
        """The instruments shown: those of the list, or only those asked for."""
        return self._only or self.lists.symbols(self.list_name)

    def show_only(self, symbols: Sequence[str]) -> None:
        """Show only these instruments, in or off the list; none shows the whole list again."""
        self._only = tuple(symbols)
        self._watch()

    def ask_only(self, symbols: Sequence[str], name: str) -> None:
        """Ask the main screen, when it is seen next, to show only these instruments.

        Args:
            symbols: The instruments; those of which nothing can be known are left out there.
            name: What they are together.
        """
        self.asked = (tuple(symbols), name)

    def look_at(self, symbol: str) -> None:
        """Ask the feed for an instrument that may be in no list."""
        if self.market.board.row(symbol) < 0:
            self._looked_at.add(symbol)
            self._watch()

    # --- instruments ----------------------------------------------------------------------

    def resolve(self, text: str) -> str | None:
        """The symbol of a code in any usual writing, or of the name that fits best.

        Letters alone name a foreign symbol only in capitals: ``SONY`` is the ADR, ``sony`` the
        Tokyo line, as the search has it.
        """
        coded = text != text.lower() or not text.isalpha()
        instrument = self.market.universe.resolve(text) if coded else None
        if instrument is None:
            found = self.market.universe.search(text, 1)
            instrument = found[0] if found else None
        return instrument.symbol if instrument else None

    def search(self, text: str) -> list[SearchHit]:
        """Instruments by code or name, best first."""
        return [search_hit(each, self.language) for each in self.market.universe.search(text, 20)]

    def code(self, symbol: str) -> str:
        """The local code, or the symbol where there is none."""
        instrument = self.market.universe.get(symbol)
        return (instrument.code if instrument else "") or symbol

    def detail(self, symbol: str) -> DetailView:
        """One instrument."""
        return detail_view(
            self.market,
            rows_report(self.market, (symbol,), self.now()),
            self.language,
            self.feed.disputes().get(symbol),
        )

    # --- what the widgets read ------------------------------------------------------------

    def table(self, at: float) -> BoardTable:
        """The list shown as the live table reads it; the same object until the list changes."""
        now = self.now()
        if self._table is None:
            self._rows = LiveRows(self.market, self.symbols())
            self._table = BoardTable(self.market, self._rows.read(now), self.language)
        auction = self.market.status(now).state.auction
        self._table.update(self._rows.read(now), at, auction=auction)
        return self._table

    def header(self) -> HeaderView:
        """The header."""
        return header_view(
            self.summary(),
            self.feed_report(),
            language=self.language,
            paused=self.playing.paused,
            speed=self.playing.speed,
        )

    def tape(self) -> TapeView:
        """The index tape."""
        return tape_view(self.summary(), self.language)

    def breadth(self) -> BreadthView:
        """The breadth bar."""
        return breadth_view(self.summary())

    def ladder(self, at: float) -> LadderView:
        """The contribution ladder.

        Args:
            at: The host's monotonic seconds; its order changes at most once a second.
        """
        return ladder_view(self.market, self.summary(), self.language, self._ladder_order, at)

    def catalysts(self) -> list[CatalystView]:
        """The catalysts known at the market's time."""
        return catalyst_views(self.market, self.now())

    def catalyst_symbols(self, key: str) -> tuple[str, ...]:
        """The instruments of a catalyst."""
        catalyst = self.market.catalysts.get(key)
        return catalyst.symbols if catalyst else ()

    def story(self, key: str) -> StoryView:
        """One catalyst, whole."""
        return story_view(self.market, key, self.language)

    def wrap(self) -> str:
        """The report of the day as Markdown."""
        from tui.report.wrap_text import wrap_markdown

        return wrap_markdown(
            self.market,
            self.now(),
            self.language,
            summary=self.summary(),
            feed=self.feed_report(),
            constituents=self.analysis.constituents,
        )

    def save_wrap(self, path: str, text: str) -> str:
        """Save a text as a file; returns what is wrong, or nothing. Nothing is overwritten."""
        target = Path(path).expanduser()
        if target.exists():
            return f"{target}: there is a file of that name; choose another."
        try:
            write_atomically(target, text.encode())
        except OSError as error:
            return f"{target}: the file cannot be written ({error.strerror})."
        return ""

    def due(self) -> list[DueView]:
        """What falls due."""
        return due_views(self.market, self.market.session)

    # --- what the user chose --------------------------------------------------------------

    @property
    def language(self) -> str:
        """Language of names."""
        return self.state.language or self.config.language or LANGUAGES[0]

    def set_language(self, language: str) -> None:
        """Show names in another language."""
        if language in LANGUAGES:
            self._remember(language=language)
            self._table = None

    def set_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._remember(theme=theme)

    def set_convention(self, convention: str) -> None:
        """Remember the colours of rise and fall."""
        self._remember(convention=convention)

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list shown.

        Bid and ask only where the source tells them, the source only where there are several.
        """
        board = self.market.board
        absent = {
            key
            for key, field in (("bid", Field.BID), ("ask", Field.ASK))
            if not np.isfinite(board.column(field)).any()
        }
        if len(board.sources) <= _ONE_SOURCE:
            absent.add("source")
        keys = tuple(key for key in self.view().columns if key not in absent)
        return columns(keys, self.language)

    def view(self) -> ListView:
        """How the list shown was last looked at."""
        view = self.state.views.get(self.list_name)
        if view is None:
            usual = self._usual_sort()
            view = ListView(sort=usual, reverse=bool(usual))
        return view if view.columns else structs.replace(view, columns=list(DEFAULT_COLUMNS))

    def _usual_sort(self) -> str:
        """Built-in lists begin with what moves most; the user's own in the order written."""
        if not self.lists.builtin(self.list_name):
            return ""
        return "points" if self.list_name == self.lists.names()[0] else "percent"

    def set_view(self, view: ListView) -> None:
        """Remember how the list shown is looked at."""
        self._remember(views={**self.state.views, self.list_name: view})

    def _remember(self, **changes: object) -> None:
        self.state = structs.replace(self.state, **changes)

    # --- the sources ----------------------------------------------------------------------

    def quote_sources(self) -> list[SourceChoice]:
        """Every quote source that is installed."""
        return quote_sources(self.feed_report().source)

    def health_lines(self) -> list[tuple[str, str]]:
        """How each source in use is doing, with the tone of each line."""
        return health_lines(self.feed.health(), self._clock.now())

    def use_quotes(self, name: str) -> None:
        """Take quotes from another source; those of the one before are no longer shown."""
        self.feed.use(name, quote_factory(name), self.config.providers.get(name, {}))
        self.feed.drain()
        self.market.forget()
        self._summary = self._table = None

    def refresh(self) -> None:
        """Ask every source for everything again."""
        self.feed.refresh()
