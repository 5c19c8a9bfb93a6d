"""The news as the list reads it: what is wanted, in which order, and each line of it."""

from calendar import month_abbr
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.pricing import format_percent
from tui.market.times import JST
from tui.present.catalysts import kind_word
from tui.present.table import tone
from tui.report.impact import Impact, ImpactReport, Rank
from tui.report.news_index import NewsFilter, NewsIndex, Slots, told_by
from widgets.headline_row import HeadlineView

_MONTHS: Final = tuple(month_abbr)
_NAMES: Final = 2
"""Codes that a line has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsWish:
    """What is wanted of the news, as the keys have it; what is empty narrows nothing.

    Attributes:
        kind: A kind.
        source: A source.
        list_name: A list, of which at least one name must be concerned.
        symbol: An instrument that must be concerned.
        text: Words that must be held.
        unread: Only what was not read.
        rank: ``time`` or ``impact``.
    """

    kind: str = ""
    source: str = ""
    list_name: str = ""
    symbol: str = ""
    text: str = ""
    unread: bool = False
    rank: str = "time"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return replace(self, rank="time") != NewsWish()


class NewsRows:
    """Headlines in an order, each formatted when it is looked at.

    Args:
        market: The names of the instruments, and the session.
        index: The catalysts.
        slots: Those shown, in order.
        impacts: What is measured of some of them, by key.
        language: ``en`` or ``ja``.
    """

    def __init__(
        self,
        market: Market,
        index: NewsIndex,
        slots: Slots,
        impacts: Mapping[str, Impact],
        language: str = "en",
    ) -> None:
        self._market = market
        self._language = language
        self._index = index
        self._impacts = impacts
        # Both rows that are compared hold on to their impacts, so the identities are theirs.
        self.looks = index.revision, market.session, id(impacts), language
        self.slots = slots

    def __len__(self) -> int:
        return len(self.slots)

    def same_as(self, earlier: "NewsRows") -> bool:
        """Whether these look as earlier ones did."""
        return self.looks == earlier.looks and np.array_equal(self.slots, earlier.slots)

    def key(self, place: int) -> str:
        """The catalyst's key."""
        return self._index.catalyst(int(self.slots[place])).key

    def place(self, key: str) -> int:
        """Where a catalyst stands; -1 where it is not among those shown."""
        slot = self._index.slot(key)
        found = np.flatnonzero(self.slots == slot)
        return int(found[0]) if slot >= 0 and len(found) else -1

    def view(self, place: int) -> HeadlineView:
        """One line."""
        slot = int(self.slots[place])
        story = self._index.catalyst(slot)
        impact = self._impacts.get(story.key)
        moved = impact is not None and bool(np.isfinite(impact.percent))
        return HeadlineView(
            when=told_when(story, self._market, self._language),
            kind=kind_word(story.kind, self._language),
            headline=story.headline,
            names=self._codes(story.symbols),
            source=_tellers(story),
            impact=format_percent(impact.percent, 1) if impact is not None and moved else "",
            tone=tone(impact.percent) if impact is not None and moved else "",
            unread=self._index.unread(slot),
            pinned=story.pinned,
        )

    def _codes(self, symbols: Sequence[str]) -> str:
        if not symbols:
            return ""
        instrument = self._market.universe.get(symbols[0])
        code = (instrument.code if instrument is not None else "") or symbols[0]
        return f"{code} +{len(symbols) - 1}" if len(symbols) > 1 else code


class News:
    """The news of a market, filtered and ordered by what is wanted.

    Args:
        market: Where catalysts are held.
        index: The same, laid out for filtering.
        lists: The symbols of a list.
        impacts: What is measured of the session's catalysts.
    """

    def __init__(
        self,
        market: Market,
        index: NewsIndex,
        lists: Callable[[str], Sequence[str]],
        impacts: Callable[[], ImpactReport],
    ) -> None:
        self._market = market
        self._lists = lists
        self._impacts = impacts
        self._report: ImpactReport | None = None
        self._by_key: dict[str, Impact] = {}
        self.index = index
        self.wish = NewsWish()
        self.language = "en"

    def measure(self) -> None:
        """Take up what the market did to the headlines; `rows` goes by it until the next time."""
        report = self._impacts()
        if report is not self._report:
            self._report = report
            self._by_key = {impact.catalyst.key: impact for impact in report.impacts}

    def rows(self, now: datetime, reading: str = "") -> NewsRows:
        """What is wanted and known at the market's time, in order.

        Args:
            now: The market's time.
            reading: The key of the story that is being read, which stays where only unread ones
                are wanted.
        """
        wish = self.wish
        symbols: frozenset[str] | None = None
        if wish.list_name:
            symbols = frozenset(self._lists(wish.list_name))
        if wish.symbol:
            only = frozenset((wish.symbol,))
            symbols = only if symbols is None else symbols & only
        wanted = NewsFilter(
            kind=wish.kind,
            source=wish.source,
            symbols=symbols,
            text=wish.text,
            unread=wish.unread,
            keep=reading,
        )
        slots = self.index.select(wanted, now)
        if self._report is None:
            self.measure()
        if wish.rank == "impact" and self._report is not None:
            slots = self._biggest_first(slots, self._report)
        return NewsRows(self._market, self.index, slots, self._by_key, self.language)

    def _biggest_first(self, slots: Slots, report: ImpactReport) -> Slots:
        """Those that are measured by what they did, then the others as they stand."""
        ranked = [self.index.slot(each.catalyst.key) for each in report.ranked(Rank.IMPACT)]
        first = np.array([slot for slot in ranked if slot >= 0], np.intp)
        first = first[np.isin(first, slots)]
        return np.concatenate([first, slots[~np.isin(slots, first)]])

    def symbols(self, rows: NewsRows, most: int) -> tuple[str, ...]:
        """The instruments of the first headlines, so many at the most."""
        found: dict[str, None] = {}
        for slot in rows.slots.tolist():
            found.update(dict.fromkeys(self.index.catalyst(slot).symbols))
            if len(found) >= most:
                break
        return tuple(found)[:most]


def told_when(story: Catalyst, market: Market, language: str = "en") -> str:
    """``14:32`` on the session's day, ``23 May`` before, ``pre`` where no time of day is known."""
    # Written out for every line of a page: `strftime` would take as long as the rest of the line.
    japanese = language == "ja"
    if story.time is not None:
        local = story.time.astimezone(JST)
        if local.date() == market.session:
            return f"{local.hour:02d}:{local.minute:02d}"
        return _day(local.month, local.day, japanese=japanese)
    day = story.session
    if day is None:
        return ""
    if day == market.session:
        return "寄り前" if japanese else "pre"
    return _day(day.month, day.day, japanese=japanese)


def _day(month: int, day: int, *, japanese: bool) -> str:
    return f"{month}/{day}" if japanese else f"{day} {_MONTHS[month]}"


def wish_words(
    wish: NewsWish, counts: tuple[int, int, int], list_title: str, language: str
) -> list[str]:
    """What is shown, for one line, the fullest form first.

    Args:
        wish: What is wanted.
        counts: The place of the cursor from 1, how many are shown, how many are held.
        list_title: The list of the wish in the reader's language.
        language: ``en`` or ``ja``.
    """
    japanese = language == "ja"
    place, shown, held = counts
    told = f"{place:,} / {shown:,}"
    if shown != held:
        told += f"（全{held:,}件）" if japanese else f" of {held:,}"
    order = ("影響順" if japanese else "by impact") if wish.rank == "impact" else ""
    parts = [
        told,
        kind_word(wish.kind, language),
        wish.source,
        list_title,
        wish.symbol,
        f"“{wish.text}”" if wish.text else "",
        ("未読のみ" if japanese else "unread only") if wish.unread else "",
        order,
    ]
    title = "ニュース" if japanese else "News"
    return ["  ·  ".join(part for part in each if part) for each in ((title, *parts), parts)]


def _tellers(story: Catalyst) -> str:
    tellers = told_by(story)
    if not tellers:
        return ""
    return f"{tellers[0]} +{len(tellers) - 1}" if len(tellers) > 1 else tellers[0]
