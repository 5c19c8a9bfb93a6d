"""Stories: what several sources tell in several languages, held once."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from tui.market.amendments import Amendment, amended
from tui.market.catalysts import Catalyst
from tui.market.near_reports import NearReports
from tui.market.oldest import Oldest
from tui.market.same_story import contradict, same_story

MOST: Final = 50_000
"""Reports held; beyond it the oldest go, of those that are neither pinned nor still due."""
_TELLERS: Final = 16
"""Reports of one story; a further one stands by itself."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the stories.

    Attributes:
        stories: Those that are new or told anew, by key.
        gone: Keys under which there is no story any more.
    """

    stories: dict[str, Catalyst]
    gone: tuple[str, ...]


class Stories:
    """Reports put together into stories, one report at a time.

    A story has the key of the report that came first of those it still has, the earliest time
    that any of them gives, and everyone who tells it. A report joins a story if `same_story` says
    so of one of its reports and none of them contradicts it; two stories are never joined by a
    third. Each report is compared with the few that share its address, its title, or an
    instrument and the half day, never with all.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._reports: dict[str, Catalyst] = {}
        self._oldest = Oldest()
        self._amendments: Mapping[str, Amendment] = {}
        self._story_of: dict[str, str] = {}
        self._tellers: dict[str, list[str]] = {}
        self._told: dict[str, Catalyst] = {}
        self._near = NearReports()
        self._by_time: list[tuple[datetime, str]] = []
        self._untimed: dict[str, None] = {}
        self._dated: dict[str, None] = {}
        self._of: dict[str, dict[str, None]] = {}
        self.revision = 0
        """Grows with every change."""

    def __len__(self) -> int:
        return len(self._told)

    def get(self, key: str) -> Catalyst | None:
        """The story of a key, which may be that of any report of it."""
        return self._told.get(self._story_of.get(key, key))

    def between(self, start: datetime, end: datetime, most: int) -> list[Catalyst]:
        """The newest stories told between two instants (aware, both included), newest first."""
        first = bisect_left(self._by_time, start, key=_told_at)
        stop = bisect_right(self._by_time, end, key=_told_at)
        newest = self._by_time[max(first, stop - most) : stop]
        return [self._told[key] for _, key in reversed(newest)]

    def untimed(self) -> Iterator[Catalyst]:
        """Stories without a time, as they came."""
        return (self._told[key] for key in self._untimed)

    def dated(self) -> Iterator[Catalyst]:
        """Stories that fall due on a date, as they came."""
        return (self._told[key] for key in self._dated)

    def of(self, symbol: str) -> Iterator[Catalyst]:
        """Stories that concern an instrument, as they came."""
        return (self._told[key] for key in self._of.get(symbol, ()))

    def add(self, reports: Sequence[Catalyst], today: date | None = None) -> Changed:
        """Take reports; one with a key already held replaces it, one withdrawn removes it.

        Args:
            reports: What sources deliver.
            today: The date in Tokyo from which on a report with a due date is kept; None where
                no date is known, and none is kept for that.
        """
        touched: dict[str, None] = {}
        gone: dict[str, None] = {}
        for report in reports:
            if self._reports.get(report.key) == report:
                continue
            if report.key in self._reports:
                self._remove(report.key, touched, gone)
            if not report.withdrawn:
                self._insert(report, touched)
        for key in self._oldest.beyond(self._reports, self._most, today):
            self._remove(key, touched, gone)
        return self._changed(touched, gone)

    def amend(self, amendments: Mapping[str, Amendment]) -> Changed:
        """Lay what somebody says by hand over what sources say, in place of the last time.

        Args:
            amendments: By the key of a report; a story takes that of the first of its reports
                that has one.
        """
        before, self._amendments = self._amendments, amendments
        touched: dict[str, None] = {}
        for key in dict.fromkeys((*before, *amendments)):
            if before.get(key) != amendments.get(key) and key in self._story_of:
                touched[self._story_of[key]] = None
        return self._changed(touched, {})

    def reports(self, key: str) -> Sequence[str]:
        """The keys of a story's reports, in the order in which they came; empty for none."""
        return tuple(self._tellers.get(self._story_of.get(key, key), ()))

    def _changed(self, touched: dict[str, None], gone: dict[str, None]) -> Changed:
        stories: dict[str, Catalyst] = {}
        for key in touched:
            if key in self._tellers:
                stories[key] = self._tell(key)
        left = tuple(key for key in gone if key not in self._tellers)
        if stories or left:
            self.revision += 1
        return Changed(stories, left)

    # How reports come and go

    def _insert(self, report: Catalyst, touched: dict[str, None]) -> None:
        story = self._find(report)
        key = report.key
        self._reports[key] = report
        self._oldest.add(report)
        if story is None:
            story = key
            self._tellers[story] = []
        self._tellers[story].append(key)
        self._story_of[key] = story
        self._near.add(report)
        touched[story] = None

    def _remove(self, key: str, touched: dict[str, None], gone: dict[str, None]) -> None:
        report = self._reports.pop(key)
        self._near.remove(report)
        story = self._story_of.pop(key)
        tellers = self._tellers[story]
        tellers.remove(key)
        if tellers and story != key:
            touched[story] = None
            return
        if self._untell(story):
            gone[story] = None
        del self._tellers[story]
        if tellers:
            heir = tellers[0]
            self._tellers[heir] = tellers
            for teller in tellers:
                self._story_of[teller] = heir
            touched[heir] = None

    def _find(self, report: Catalyst) -> str | None:
        looked: set[str] = set()
        for key in self._near.like(report):
            story = self._story_of[key]
            if key in looked or len(self._tellers[story]) >= _TELLERS:
                continue
            looked.add(key)
            if same_story(report, self._reports[key]) and not any(
                contradict(report, self._reports[teller]) for teller in self._tellers[story]
            ):
                return story
        return None

    # How a story is told

    def _tell(self, key: str) -> Catalyst:
        self._untell(key)
        tellers = self._tellers[key]
        told = merged([self._reports[teller] for teller in tellers])
        if self._amendments:
            by_hand = next((t for t in tellers if t in self._amendments), None)
            told = amended(told, self._amendments[by_hand]) if by_hand is not None else told
        self._told[key] = told
        if told.time is None:
            self._untimed[key] = None
        else:
            insort(self._by_time, (told.time, key))
        if told.due is not None:
            self._dated[key] = None
        for symbol in told.symbols:
            self._of.setdefault(symbol, {})[key] = None
        return told

    def _untell(self, key: str) -> bool:
        """Take a story back; tells whether it had been told."""
        told = self._told.pop(key, None)
        if told is None:
            return False
        self._untimed.pop(key, None)
        self._dated.pop(key, None)
        for symbol in dict.fromkeys(told.symbols):
            concerned = self._of[symbol]
            del concerned[key]
            if not concerned:
                del self._of[symbol]
        if told.time is not None:
            place = bisect_left(self._by_time, (told.time, key))
            del self._by_time[place]
        return True


def merged(reports: Sequence[Catalyst]) -> Catalyst:
    """One story of several reports, in the order in which they came; a single one as it stands.

    Headline, text and source are of the one told earliest, of those without a time of the first;
    what it lacks is taken from the next that has it. Symbols are those of all.
    """
    if len(reports) == 1:
        return reports[0]
    timed = sorted((each for each in reports if each.time is not None), key=_time)
    order = timed + [each for each in reports if each.time is None]
    first = order[0]
    kind = next((each for each in order if each.kind), first)
    return replace(
        first,
        key=reports[0].key,
        text=next((each.text for each in order if each.text), ""),
        session=next((each.session for each in order if each.session is not None), None),
        kind=kind.kind,
        rule=kind.rule,
        symbols=_each(symbol for report in order for symbol in report.symbols),
        sources=_each(
            source for report in order for source in (report.source, *report.sources) if source
        ),
        link=next((each.link for each in order if each.link), ""),
        due=next((each.due for each in order if each.due is not None), None),
        pinned=any(each.pinned for each in order),
    )


def _told_at(entry: tuple[datetime, str]) -> datetime:
    return entry[0]


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _time(report: Catalyst) -> datetime:
    assert report.time is not None  # noqa: S101 - told to the type checker by its caller
    return report.time
