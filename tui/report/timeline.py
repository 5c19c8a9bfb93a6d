"""What falls due, from every source, with a countdown; and what became of what has passed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

import numpy as np

from tui.data.events import OwnEvent
from tui.market.folding import fold
from tui.market.indices import index_closes
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.pricing import format_percent
from tui.market.quotes import Field
from tui.market.times import JST
from tui.providers.contracts import DatedEvent

BEHIND: Final = timedelta(days=7)
AHEAD: Final = timedelta(days=92)
MOST: Final = 2_000
EARNINGS: Final = "earnings"
_FEW: Final = 2
"""Results of a day that are told one by one though no list of the user's has the names."""
_NAMES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something dated.

    Attributes:
        on: The date in Tokyo.
        title: One line of plain text.
        kind: An open word; may be empty.
        symbols: The instruments it concerns.
        source: Who says so.
        key: The catalyst that dates it; empty where it is none.
        days: Days until then; negative once it has passed.
        outcome: What its names, or both indices, did on that day, where that day's session is
            held or its closes ship: ``Nikkei 225 +1.00%  TOPIX +0.60%``; else empty.
        title_ja: The title in Japanese, where its source has both.
        own: Whether it concerns a name of the user's lists.
    """

    on: date
    title: str
    kind: str = ""
    symbols: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    days: int = 0
    outcome: str = ""
    title_ja: str = ""
    own: bool = False

    def titled(self, language: str) -> str:
        """The title in a language, as far as its source tells it."""
        return (self.title_ja if language == "ja" else "") or self.title


def timeline(
    market: Market,
    now: datetime,
    *,
    events: Iterable[DatedEvent] = (),
    own: Iterable[OwnEvent] = (),
    listed: Collection[str] = (),
) -> tuple[Entry, ...]:
    """Everything dated from a week back to three months ahead, soonest first.

    Catalysts count once they are known. What several sources date alike is told once: by the
    catalyst, else by the user's file, else by the source that was asked first.

    Args:
        market: The market, with its stories.
        now: The market's time, aware.
        events: Of the calendar sources, in the order in which they are asked.
        own: Of the user's file.
        listed: The symbols of the user's lists; what concerns them stands first on its day.
    """
    today = now.astimezone(JST).date()
    first, last = today - BEHIND, today + AHEAD
    found: list[Entry] = [
        Entry(
            on=each.due, title=each.headline, kind=each.kind, symbols=each.symbols,
            source=each.source, key=each.key,
        )
        for each in market.stories.dated()
        if each.due is not None
        and (each.time is None or each.time <= now)
        and (each.time is not None or each.session is None or each.session <= market.session)
    ]  # fmt: skip
    found += [
        Entry(on=each.on, title=each.title, kind=each.kind, symbols=each.symbols, source="events")
        for each in own
    ]
    found += [
        Entry(
            on=each.on, title=each.title, kind=each.kind, symbols=each.symbols,
            source=each.source, title_ja=each.title_ja,
        )
        for each in events
    ]  # fmt: skip
    once: dict[tuple[date, str, tuple[str, ...]], Entry] = {}
    for each in found:
        # A deadline that a catalyst names is told however far off it is.
        if first <= each.on and (each.on <= last or each.key):
            once.setdefault((each.on, fold(each.title), each.symbols), each)
    told = [
        replace(each, own=any(symbol in listed for symbol in each.symbols))
        for each in once.values()
    ]
    told.sort(key=lambda each: (each.on, not each.own, each.kind == EARNINGS))
    return tuple(_told(market, each, today) for each in told[:MOST])


def gathered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with a day's results of names in no list of the user's told as one.

    On some days hundreds of companies report, and nothing else would be seen.
    """
    found: list[Entry] = []
    for _, group in groupby(entries, key=lambda each: each.on):
        day = list(group)
        others = [each for each in day if each.kind == EARNINGS and not (each.own or each.key)]
        if len(others) <= _FEW:
            found += day
            continue
        found += [each for each in day if each not in others]
        found.append(
            replace(
                others[0],
                title=f"Results of {len(others)} companies",
                title_ja=f"決算発表 {len(others)}社",
                symbols=(),
                outcome="",
            )
        )
    return tuple(found)


def ahead(entries: Iterable[Entry], most: int) -> tuple[Entry, ...]:
    """What falls due next, the soonest first."""
    return gathered(each for each in entries if each.days >= 0)[:most]


def _told(market: Market, entry: Entry, today: date) -> Entry:
    days = (entry.on - today).days
    outcome = _outcome(market, entry.on, entry.symbols) if days <= 0 else ""
    return replace(entry, days=days, outcome=outcome)


def _outcome(market: Market, on: date, symbols: Sequence[str]) -> str:
    if on == market.session:
        told = [_move(market, symbol) for symbol in symbols[:_NAMES]]
        told = [each for each in told if each]
        return "  ".join(told) or "  ".join(
            each for each in (_move(market, NIKKEI), _move(market, TOPIX)) if each
        )
    parts = []
    for symbol, name in ((NIKKEI, "Nikkei 225"), (TOPIX, "TOPIX")):
        percent = _closed(market, symbol, on)
        if np.isfinite(percent):
            parts.append(f"{name} {format_percent(percent)}")
    return "  ".join(parts)


def _move(market: Market, symbol: str) -> str:
    row = market.board.row(symbol)
    if row < 0:
        return ""
    last, base = float(market.board.column(Field.LAST)[row]), float(market.board.base()[row])
    if not (np.isfinite(last) and base > 0):
        return ""
    instrument = market.universe.get(symbol)
    name = (instrument.code or instrument.name) if instrument is not None else symbol
    return f"{name} {format_percent((last / base - 1) * 100)}"


def _closed(market: Market, symbol: str, on: date) -> float:
    """An index's change on a day of the closes that ship, in per cent; NaN where it is unknown."""
    bars = index_closes(symbol, market.reference)
    place = np.flatnonzero(bars.dates == np.datetime64(on, "D"))
    if not len(place) or place[0] == 0 or on >= market.session:
        return float("nan")
    at = int(place[0])
    if bars.dates[at - 1] != np.datetime64(market.calendar.previous(on), "D"):
        return float("nan")
    return float((bars.close[at] / bars.close[at - 1] - 1) * 100)
