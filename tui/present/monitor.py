"""The model behind the screens: the market, the feed, the lists, and what the user chose.

It is written and read by the interface thread alone. Screens call it and hand what it returns to
widgets; it knows nothing of Textual.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config import Config, Home, State
from tui.feed.feed import Feed
from tui.feed.outbox import no_wake
from tui.feed.sources import news_factory
from tui.files import write_atomically
from tui.market.market import INDICES, Market
from tui.market.stories import Changed
from tui.market.text_rules import TextRules
from tui.market.times import Clock
from tui.present.header import header_view
from tui.present.ladder import LadderOrder, ladder_view
from tui.present.measured import Measured
from tui.present.news_desk import NewsDesk
from tui.present.table import BoardTable
from tui.present.tape import breadth_view, tape_view
from tui.present.toasts import Hit
from tui.report.bridge import BridgeReport, bridge_report
from tui.report.live_rows import LiveRows
from tui.report.rows import rows_report
from tui.report.summary import Summary, summarise
from tui.report.tape import held_items, tape_symbols, topix_proxy
from tui.watchlists.lists import Lists
from widgets.breadth_bar import BreadthView
from widgets.header_bar import HeaderView
from widgets.index_tape import TapeView
from widgets.ladder import LadderView

if TYPE_CHECKING:
    # Only asked for once the monitor stands, so imported then.
    from tui.present.detail import DetailView
    from tui.present.finding import Finder
    from tui.present.wrap_page import WrapPage


NOTES = "notes"
"""The source of the user's own notes."""


class Monitor(Measured):
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
        events: The file of what falls due, as the user notes it.
        rules: By which texts are linked and filed; the feed's own.
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
        events: Path | None = None,
        rules: TextRules | None = None,
    ) -> None:
        super().__init__(
            market=market,
            feed=feed,
            lists=lists,
            config=config,
            home=home,
            state=state,
            list_name=list_name,
            clock=clock,
        )
        self._baskets = baskets
        self._events = events
        self._rules = rules or TextRules()
        self._noticed: frozenset[str] = frozenset()
        self._wake: Callable[[], None] = no_wake
        self.desk = NewsDesk(
            market=market,
            lists=lists,
            home=home,
            settings=config.providers.get(NOTES, {}),
            impacts=self.impacts,
            resolve=self.resolve,
            watch_notes=self._watch_notes,
        )
        self._summary: Summary | None = None
        self._summary_of: tuple[int, int, datetime] | None = None
        self._rows = LiveRows(market, ())
        self._ladder_order = LadderOrder()
        self._tape = tape_symbols(config.tape, market.universe)

    def start(self, wake: Callable[[], None]) -> None:
        """Start the sources; `wake` is called from their thread when something has come."""
        self._wake = wake
        super().start(wake)

    def take(self, at: float) -> bool:
        """Apply what the feed has; tells whether more is waiting."""
        more = super().take(at)
        self.desk.look(at)
        if self._looks > 1 and self.due_dates.answered:
            self.due_dates.look(self.now(), at)
            self._taken += 1
        return more

    def stop(self) -> None:
        """Stop the sources and remember what was chosen and read."""
        if "finder" in self.__dict__:
            self.finder.close()
        super().stop()
        self.desk.close()

    def _told(self, changed: Changed) -> None:
        self.desk.take(changed)

    def _watch_notes(self, folder: Path) -> None:
        """Have a folder of notes watched that was not, where notes are a source at all."""
        if NOTES in self.config.sources.news:
            settings = {**self.config.providers.get(NOTES, {}), "folder": str(folder)}
            self.feed.use_news(NOTES, news_factory(NOTES), settings)

    def hits(self, at: float) -> list[Hit]:
        """News of the user's names that is to be told at the edge of the screen.

        Args:
            at: The host's monotonic seconds.
        """
        replayed = self.feed.playback_state() is not None
        jumped = self.market.board.epoch if replayed else None
        if not self.ready:
            return []
        return self.desk.hits(self.now(), at, jumped=jumped, quiet=self.state.quiet)

    def take_notices(self) -> list[str]:
        """What is wrong with the user's files and with the calendar sources, each told once."""
        dates = self.due_dates.problems if self._looks > 1 else ()
        wrong = frozenset((*self._rules.notices, *dates))
        new, self._noticed = sorted(wrong - self._noticed), wrong
        return [*self.desk.take_notices(), *new]

    def _forget(self) -> None:
        super()._forget()
        self._summary = None

    # --- what is computed -----------------------------------------------------------------

    def summary(self) -> Summary:
        """The market in figures, computed once for each change and each second."""
        now = self.now()
        market = self.market
        key = (market.board.revision, market.minutes.generation, now.replace(microsecond=0))
        if self._summary is None or key != self._summary_of:
            self._summary = summarise(market, key[2])
            self._summary_of = key
        return self._summary

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

    @cached_property
    def finder(self) -> "Finder":
        """The search over the tables and, where one is chosen, over a source."""
        from tui.present.finding import Finder

        path = self.home.found_file if self.home is not None else None
        return Finder(self.market.universe, self.feed, lambda: self.config, path)

    def code(self, symbol: str) -> str:
        """The local code, or the symbol where there is none."""
        instrument = self.market.universe.get(symbol)
        return (instrument.code if instrument else "") or symbol

    def detail(self, symbol: str) -> "DetailView":
        """One instrument."""
        from tui.present.detail import detail_view
        from tui.present.impact import marks

        about = [i for i in self.impacts().impacts if symbol in i.catalyst.symbols]
        return detail_view(
            self.market,
            rows_report(self.market, (symbol,), self.now()),
            self.language,
            self.feed.disputes().get(symbol),
            self._marks if symbol in INDICES else marks(self.market, about),
            now=self.now(),
        )

    # --- what the widgets read ------------------------------------------------------------

    def table(self, at: float) -> BoardTable:
        """The list shown as the live table reads it; the same object until the list changes."""
        now = self.now()
        if self._table is None:
            self._rows = LiveRows(self.market, self.symbols())
            self._table = BoardTable(self.market, self._rows.read(now), self.language)
        auction = self.market.status(now).state.auction
        self._table.mark(self.marks.symbols)
        self._table.set_gaps(self.gaps.read(now, at))
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
        market, now = self.market, self.summary().as_of
        return tape_view(
            self.summary(),
            self.language,
            self._marks,
            shown=self._tape,
            proxy=topix_proxy(market, now),
            beside=held_items(market, now, self._tape),
        )

    def bridge(self) -> BridgeReport:
        """The receipts abroad against the Tokyo close, and what the futures imply."""
        return bridge_report(self.market, self.now())

    def breadth(self) -> BreadthView:
        """The breadth bar."""
        return breadth_view(self.summary(), self.language)

    def ladder(self, at: float) -> LadderView:
        """The contribution ladder.

        Args:
            at: The host's monotonic seconds; its order changes at most once a second.
        """
        return ladder_view(self.market, self.summary(), self.language, self._ladder_order, at)

    def selection_words(self) -> tuple[str, str]:
        """What the names marked, or shown, made of both indices on the day; and in fewer words.

        Empty for no such names.
        """
        selection = self.selection()
        if selection is None:
            return "", ""
        from tui.present.selection_words import both_words

        report = self.analysis.day_report(self.now())
        full = both_words(report, selection, self.language)
        return full, both_words(report, selection, self.language, short=True)

    def wrap(self) -> "WrapPage":
        """The report of the day."""
        from tui.present.wrap_page import WrapPage
        from tui.report.wrap_text import wrap_document

        words = wrap_document(
            self.market,
            self.now(),
            self.language,
            summary=self.summary(),
            feed=self.feed_report(),
            constituents=self.analysis.constituents,
            impacts=self.impacts(),
            dates=self.due_dates.entries(self.now()),
        )
        return WrapPage(words)

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
