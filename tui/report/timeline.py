"""What falls due, from every source, with a countdown; and what became of what has passed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from tui.data.events import OwnEvent
from tui.market.folding import fold
from tui.market.market import INDICES, Market
from tui.market.times import JST
from tui.providers.contracts import DatedEvent
from tui.report.day_moves import DayMove, DayMoves

BEHIND: Final = timedelta(days=7)
AHEAD: Final = timedelta(days=92)
MOST: Final = 2_000
EARNINGS: Final = "earnings"
OWN: Final = "events"
"""The source of what the user notes."""
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
        moves: What its first names did on that day, once it has come; those that are known.
        indices: What both indices did on that day, once it has come; those that are known.
        title_ja: The title in Japanese, where its source has both.
        own: Whether it concerns a name of the user's lists.
        members: The entries that this one stands for; empty for one of its own.
    """

    on: date
    title: str
    kind: str = ""
    symbols: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    days: int = 0
    moves: tuple[DayMove, ...] = ()
    indices: tuple[DayMove, ...] = ()
    title_ja: str = ""
    own: bool = False
    members: "tuple[Entry, ...]" = ()

    def outcome(self, language: str) -> str:
        """What its names did, else both indices: ``Nikkei 225 +1.00%  TOPIX +0.60%``."""
        return "  ".join(each.words(language) for each in self.moves or self.indices)

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
    moves: DayMoves | None = None,
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
        moves: Where the moves of a day are read; what it has read of closes is kept there.
    """
    moves = moves or DayMoves(market)
    today = now.astimezone(JST).date()
    first, last = today - BEHIND, today + AHEAD
    mine = frozenset(listed)

    def entry(
        on: date, symbols: tuple[str, ...], title: str, kind: str, source: str,
        key: str = "", title_ja: str = "",
    ) -> Entry:  # fmt: skip
        return Entry(
            on=on, title=title, kind=kind, symbols=symbols, source=source, key=key,
            days=(on - today).days, title_ja=title_ja, own=not mine.isdisjoint(symbols),
        )  # fmt: skip

    found = [
        entry(
            each.due, each.symbols,
            title=each.headline, kind=each.kind, source=each.source, key=each.key,
        )
        for each in market.stories.dated()
        if each.due is not None
        and (each.time is None or each.time <= now)
        and (each.time is not None or each.session is None or each.session <= market.session)
    ]  # fmt: skip
    found += [
        entry(each.on, each.symbols, title=each.title, kind=each.kind, source=OWN) for each in own
    ]
    found += [
        entry(
            each.on, each.symbols,
            title=each.title, kind=each.kind, source=each.source, title_ja=each.title_ja,
        )
        for each in events
    ]  # fmt: skip
    once: dict[tuple[date, str, tuple[str, ...]], Entry] = {}
    for each in found:
        # A deadline that a catalyst names is told however far off it is.
        if first <= each.on and (each.on <= last or each.key):
            once.setdefault((each.on, fold(each.title), each.symbols), each)
    told = sorted(once.values(), key=lambda each: (each.on, not each.own, each.kind == EARNINGS))
    return tuple(_with_moves(moves, each) if each.days <= 0 else each for each in told[:MOST])


def gathered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with a day's results of names in no list of the user's told as one.

    On some days hundreds of companies report, and nothing else would be seen.
    """
    found: list[Entry] = []
    for _, group in groupby(entries, key=lambda each: each.on):
        day = list(group)
        others = [each for each in day if each.kind == EARNINGS and not _told_apart(each)]
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
                moves=(),
                members=tuple(others),
            )
        )
    return tuple(found)


def _told_apart(entry: Entry) -> bool:
    """Whether the user has a reason to see it by itself."""
    return bool(entry.own or entry.key) or entry.source == OWN


def ahead(entries: Iterable[Entry], most: int) -> tuple[Entry, ...]:
    """What falls due next, the soonest first."""
    return gathered(each for each in entries if each.days >= 0)[:most]


def refreshed(entries: Iterable[Entry], moves: DayMoves) -> tuple[Entry, ...]:
    """The same entries with what has happened so far today; the others stay the same objects."""
    return tuple(_with_moves(moves, each) if each.days == 0 else each for each in entries)


def _with_moves(moves: DayMoves, entry: Entry) -> Entry:
    return replace(
        entry,
        moves=moves.of(entry.on, entry.symbols[:_NAMES]),
        indices=moves.of(entry.on, INDICES),
    )
