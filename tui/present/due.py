"""What falls due: asked of the calendar sources, read from the user's file, put together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tui.data.events import OwnEvents, read_events
from tui.feed.calendars import ask_calendar
from tui.feed.feed import Feed
from tui.feed.wording import error_words
from tui.market.market import Market
from tui.market.timeline import countdown
from tui.market.times import JST
from tui.providers.contracts import DatedEvent
from tui.report.day_moves import DayMoves
from tui.report.timeline import AHEAD, BEHIND, Entry, ahead, gathered, refreshed, timeline
from widgets.catalyst_views import DueView

AGAIN = 6 * 3600.0
"""Seconds after which sources are asked again."""
AFTER_FAILURE = 600.0
"""Seconds after which one that failed is."""
LOOK = 2.0
"""Seconds between two looks at the user's file."""
MOST_SHOWN = 12
_PASSED = timedelta(days=3)
_LABELS = (("due", "was"), ("期日", "経過"))


class DueDates:
    """The timeline, kept up to date.

    The sources are asked in the feed's thread; what they answer is taken up at a later look.

    Args:
        market: The market, with its stories.
        feed: The feed, running.
        sources: The calendar sources by name, in order, each with its settings.
        own: The user's file; None for none.
        wake: Called, in any thread, when an answer has come.
        listed: The symbols of the user's lists.
    """

    def __init__(
        self,
        market: Market,
        feed: Feed,
        sources: Mapping[str, Mapping[str, Any]],
        own: Path | None,
        wake: Callable[[], None],
        listed: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._wake = wake
        self._listed = listed
        self._market = market
        self._feed = feed
        self._sources = dict(sources)
        self._path = own
        self._own = OwnEvents()
        self._stamp: object = None
        self._looked = float("-inf")
        self._asked: dict[str, tuple[date, float]] = {}
        self._open: dict[str, Future[tuple[DatedEvent, ...]]] = {}
        self._events: dict[str, tuple[DatedEvent, ...]] = {}
        self._problems: dict[str, str] = {}
        self._generation = 0
        self._moves = DayMoves(market)
        self._key: object = None
        self._made: object = None
        self._entries: tuple[Entry, ...] = ()

    @property
    def path(self) -> Path | None:
        """The user's file; None for none."""
        return self._path

    @property
    def waiting(self) -> bool:
        """Whether a source has been asked whose answer is not taken up yet."""
        return bool(self._open)

    @property
    def answered(self) -> bool:
        """Whether an answer waits to be taken up."""
        return any(answer.done() for answer in self._open.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the sources and the file, one line each."""
        own = (self._own.notice,) if self._own.notice else ()
        return (*own, *self._problems.values())

    @property
    def failed(self) -> Mapping[str, str]:
        """What is wrong with each source that failed when it was last asked, by its name."""
        return self._problems

    @property
    def notice(self) -> str:
        """What is wrong with the user's file, in one line; empty for nothing."""
        return self._own.notice

    def look(self, now: datetime, at: float) -> None:
        """Take up answers, ask whom it is time to ask, and read the file if it has changed.

        Args:
            now: The market's time, aware.
            at: The host's monotonic seconds.
        """
        today = now.astimezone(JST).date()
        for name, answer in list(self._open.items()):
            if answer.done():
                del self._open[name]
                self._take(name, answer, at)
        for name, settings in self._sources.items():
            day, next_at = self._asked.get(name, (None, float("-inf")))
            if name not in self._open and (day != today or at >= next_at):
                self._asked[name] = today, at + AGAIN
                answer = ask_calendar(self._feed, name, settings, today - BEHIND, today + AHEAD)
                self._open[name] = answer
                answer.add_done_callback(lambda _: self._wake())
        if self._path is not None and at - self._looked >= LOOK:
            self._looked = at
            self._read(self._path)

    def entries(self, now: datetime) -> tuple[Entry, ...]:
        """Everything dated, soonest first; the same objects where nothing has become of them."""
        market = self._market
        listed = self._listed()
        # What a moment makes known, and what it moves, are told apart: only today's moves run.
        known = tuple(c for c in market.stories.dated() if c.time is None or c.time <= now)
        today = now.astimezone(JST).date()
        made = known, market.session, market.days, listed, today, self._generation
        key = market.board.revision, now.replace(microsecond=0)
        if made != self._made:
            events = [event for name in self._sources for event in self._events.get(name, ())]
            self._entries = timeline(
                market, now, events=events, own=self._own.rows, listed=listed, moves=self._moves
            )
        elif key != self._key:
            self._entries = refreshed(self._entries, self._moves)
        self._made, self._key = made, key
        return self._entries

    def _take(self, name: str, answer: "Future[tuple[DatedEvent, ...]]", at: float) -> None:
        try:
            self._events[name] = answer.result()
            self._problems.pop(name, None)
        except CancelledError:
            self._asked.pop(name, None)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the rest of the timeline stands
            self._problems[name] = (
                f"calendar {name}: {error_words(error).removeprefix(f'{name}: ')}"
            )
            day, _ = self._asked[name]
            self._asked[name] = day, at + AFTER_FAILURE
        self._generation += 1

    def _read(self, path: Path) -> None:
        try:
            status = path.stat()
            stamp: object = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            stamp = None
        if stamp != self._stamp:
            self._stamp = stamp
            self._own = read_events(path)
            self._generation += 1


def due_entries(entries: Sequence[Entry], language: str) -> list[DueView]:
    """What falls due, soonest first, then what has passed of late with what came of it."""
    coming = ahead(entries, MOST_SHOWN)
    passed = [
        entry
        for entry in reversed(entries)
        if -_PASSED.days <= entry.days < 0 and (entry.moves or entry.indices)
    ]
    return [_view(entry, language) for entry in [*coming, *gathered(passed)]]


def _view(entry: Entry, language: str) -> DueView:
    # The day itself is told by the countdown, so that what happened has room.
    left = countdown(entry.on, entry.on - timedelta(days=entry.days), language)
    unit = "日" if language == "ja" else "d"
    if language == "ja":
        day = f"{entry.on.month}/{entry.on.day}"
    else:
        day = f"{entry.on.day} {entry.on:%b}"
    return DueView(
        when=day,
        headline=entry.titled(language),
        left=left,
        brief=f"{entry.days}{unit}" if entry.days > 0 else "",
        outcome=entry.outcome(language) if entry.days <= 0 else "",
        passed=entry.days < 0,
        label=_LABELS[language == "ja"][entry.days < 0],
    )
