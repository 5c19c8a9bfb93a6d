"""The model behind the screens: the market, the feed, the lists, and what the user chose.

It is written and read by the interface thread alone. Screens call it and hand what it returns to
widgets; it knows nothing of Textual.
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config import Config, Home, State
from tui.errors import UsageError
from tui.feed.feed import Feed
from tui.files import write_atomically
from tui.market.market import Market
from tui.market.times import JST, Clock, parse_at
from tui.present.catalysts import StoryView, catalyst_views, due_views, story_view
from tui.present.detail import DetailView, SearchHit, detail_view, search_hit
from tui.present.header import header_view
from tui.present.ladder import LadderOrder, ladder_view
from tui.present.source_roles import SourceRoles
from tui.present.table import BoardTable
from tui.present.tape import breadth_view, tape_view
from tui.report.live_rows import LiveRows
from tui.report.rows import rows_report
from tui.report.summary import Summary, summarise
from tui.watchlists.lists import Lists
from widgets.breadth_bar import BreadthView
from widgets.catalyst_pane import CatalystView, DueView
from widgets.header_bar import HeaderView
from widgets.index_tape import TapeView
from widgets.ladder import LadderView

if TYPE_CHECKING:
    # Only asked for once the monitor stands, so imported then.
    from tui.present.analysis import Analysis


class Monitor(SourceRoles):
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
        self._summary: Summary | None = None
        self._summary_of: tuple[int, int, datetime] | None = None
        self._rows = LiveRows(market, ())
        self._ladder_order = LadderOrder()

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

    @cached_property
    def analysis(self) -> "Analysis":
        """Why the indices moved; imported and computed when a screen first asks."""
        from tui.data.baskets import read_baskets, shipped_baskets
        from tui.present.analysis import Analysis

        known = shipped_baskets()
        if self._baskets is not None:
            known = read_baskets(self._baskets, self.market.universe.symbols())
        return Analysis(self.market, known.rows, known.notice)

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
        self._table.mark(self.marks.symbols)
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

    def measure_since(self, moment: datetime | None = None, text: str = "") -> str:
        """Measure the views since an instant, a time as typed, or else the market's time.

        Args:
            moment: The instant, aware.
            text: ``13:05``, or ``off`` for the whole day again; in place of `moment`.

        Returns:
            What is wrong with it, or nothing.
        """
        if text.strip().casefold() in {"off", "none"}:
            self.analysis.measure_since(None)
            return ""
        if text:
            try:
                moment = parse_at(text, self.market.session)
            except UsageError as error:
                return f"{error.what}. {error.remedy}"
        moment = moment or self.now()
        if moment.astimezone(JST).date() != self.market.session:
            return f"{moment.astimezone(JST):%d %b %H:%M} is not in the session shown."
        self.analysis.measure_since(moment)
        return ""

    def window_words(self) -> str:
        """The window that the views measure over."""
        return self.analysis.window.words(self.language)

    def catalysts(self) -> list[CatalystView]:
        """The catalysts known at the market's time."""
        return catalyst_views(self.market, self.now())

    def catalyst_symbols(self, key: str) -> tuple[str, ...]:
        """The instruments of a catalyst."""
        catalyst = self.market.catalysts.get(key)
        return catalyst.symbols if catalyst else ()

    def story(self, key: str) -> StoryView:
        """One catalyst, whole."""
        return story_view(self.market, key, self.language, self.now())

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
