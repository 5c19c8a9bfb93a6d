"""The lists, and which instruments are shown."""

from collections.abc import Sequence

import numpy as np
from msgspec import structs

from tui.config import Config, Home, ListView, State
from tui.feed.feed import Feed
from tui.market.market import Market
from tui.market.quotes import Field
from tui.present.bridge import LiveGaps
from tui.present.choices import Choices
from tui.present.columns import DEFAULT_COLUMNS, columns
from tui.present.selection import Marks, Picked, Selection
from tui.present.table import BoardTable
from tui.providers.contracts import Role
from tui.report.tape import asked_abroad
from tui.watchlists.lists import Lists
from widgets.quote_table import Column

_ONE_SOURCE = 2
"""Entries of the board's list of sources where there is one, the first standing for none."""


class ShownLists(Choices):
    """The user's and the built-in lists, the one shown, and how it is looked at.

    Every list's instruments are on the board, and the feed is asked for them.

    Args:
        market: The board and what is needed to read it.
        feed: The sources, asked for what is on the board.
        lists: Built-in and user lists.
        config: The user's configuration.
        home: Where the state is kept; None to remember nothing.
        state: What was chosen before.
        list_name: The list to begin with; empty for the remembered or the first one.
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
    ) -> None:
        super().__init__(config, home, state)
        self.market = market
        self.feed = feed
        self.lists = lists
        names = lists.names()
        wanted = list_name or state.list or config.list
        self.list_name = wanted if wanted in names else names[0]
        self.gaps = LiveGaps(market)
        self._table: BoardTable | None = None
        self._only: tuple[str, ...] = ()
        self._looked_at: set[str] = set()
        self.asked: tuple[tuple[str, ...], str] | None = None
        self.marks = Marks()
        self.narrowed: tuple[str, ...] = ()
        """What the list shown is narrowed to by a filter or a group; nothing where it is whole."""
        self._watch()

    def _reformat(self) -> None:
        self._table = None

    def _watch(self) -> None:
        """Put every list's instruments on the board, and ask the feed for them."""
        before = self.market.board.symbols
        self._put_on_board()
        self._table = None
        if self.market.board.symbols != before:
            self.feed.subscribe(self.market.board.symbols)

    def _put_on_board(self) -> None:
        listed = (s for name in self.lists.names() for s in self.lists.symbols(name))
        symbols = dict.fromkeys(
            (*listed, *self._only, *sorted(self._looked_at), *self._from_abroad())
        )
        self.market.watch(symbols)

    def _from_abroad(self) -> tuple[str, ...]:
        """What tape and night bridge need, where a source may have it."""
        sources = [each.source for each in self.feed.health() if each.role is Role.QUOTES]
        market = self.market
        return asked_abroad(self.config.tape, sources, market.universe, market.reference)

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

    def selection(self) -> Selection | None:
        """The names that are marked, else those that the list is narrowed to; None for neither."""
        if self.marks.symbols:
            return Selection(self.marks.symbols, Picked.MARKED)
        return Selection(self.narrowed, Picked.SHOWN) if self.narrowed else None

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

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list shown.

        Bid, ask and turnover only where the source tells them, the source only where there are
        several or the names shown differ in delay, the gap of the receipts only where any is known.
        """
        board = self.market.board
        absent = {
            key
            for key, field in (("bid", Field.BID), ("ask", Field.ASK))
            if not np.isfinite(board.column(field)).any()
        }
        # Before the first trade nobody tells a turnover, nor a volume.
        traded, turned = (
            np.isfinite(board.column(field)).any() for field in (Field.VOLUME, Field.TURNOVER)
        )
        if traded and not turned:
            absent.add("turnover")
        several = len(board.sources) > _ONE_SOURCE and (
            len(set(board.sources)) > _ONE_SOURCE
            or (self._table is not None and self._table.differs_in_delay)
        )
        if not several:
            absent.add("source")
        if not self.gaps.known:
            absent.add("adr")
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
