"""Markets to report on: the recorded session at an instant, and one made by hand."""

import time as clocks
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import pytest

import tui
from tui.cli.collect import first_updates
from tui.data.baskets import shipped_baskets
from tui.feed.clock import SystemClock
from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.notes import parse_notes
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch, Update
from tui.market.session import TokyoCalendar
from tui.market.times import JST, parse_at, to_datetime, to_datetime64
from tui.market.universe import Universe
from tui.providers.contracts import Host
from tui.providers.replay import ReplayProvider
from tui.report.feed import FeedReport, delivered

DAY = date(2025, 5, 26)
NOTES = Path(tui.__file__).parent / "data" / "notes" / "2025-05-26.md"
Told = Mapping[Field, float]


class Desk:
    """A market with the means to move it."""

    def __init__(self, universe: Universe, session: date) -> None:
        self.market = Market(universe, TokyoCalendar(), session)

    def jst(self, clock: str, day: date | None = None) -> datetime:
        day = day or self.market.session
        return datetime.combine(day, time.fromisoformat(clock), JST).astimezone(UTC)

    def tell(
        self,
        quotes: Mapping[str, Told],
        at: str | None = "10:00",
        *,
        state: int | None = None,
        quality: int | None = None,
        day: date | None = None,
    ) -> None:
        """Have a source tell these figures, at a time of the day or at none."""
        session = day or self.market.session
        stamp = np.datetime64("NaT", "ms") if at is None else to_datetime64(self.jst(at, session))
        kinds = list(dict.fromkeys(field for told in quotes.values() for field in told))
        self.market.apply(
            QuoteBatch(
                symbols=tuple(quotes),
                rows=np.arange(len(quotes), dtype=np.int32),
                fields={
                    kind: np.array([told.get(kind, np.nan) for told in quotes.values()])
                    for kind in kinds
                },
                time=np.full(len(quotes), stamp, "datetime64[ms]"),
                state=None if state is None else np.full(len(quotes), state, np.uint8),
                quality=None if quality is None else np.full(len(quotes), quality, np.uint8),
                source="test",
                delay=Delay(DelayKind.REALTIME),
                epoch=1,
                session=session,
            ),
            1.0,
        )

    def replay(self, clock: str) -> None:
        """Have the recorded session tell how it stood."""
        settings = {"at": self.jst(clock), "paused": True}
        host = Host(clock=SystemClock(), instruments=self.market.universe, settings=settings)
        for update in first_updates(ReplayProvider(host), self.market.board.symbols):
            self.market.apply(update, clocks.monotonic())


@pytest.fixture(scope="session")
def universe() -> Universe:
    return Universe()


@pytest.fixture
def desk(universe: Universe) -> Desk:
    return Desk(universe, DAY)


@pytest.fixture
def desk_on(universe: Universe) -> Callable[[date], Desk]:
    return lambda session: Desk(universe, session)


@dataclass(frozen=True)
class Day:
    """The session at an instant, kept as its source delivered it."""

    now: datetime
    updates: Sequence[Update]
    feed: FeedReport
    empty: Callable[[], Market]
    catalysts: tuple[Catalyst, ...]

    def market(
        self,
        change: Callable[[QuoteBatch], QuoteBatch] = lambda batch: batch,
        catalysts: Sequence[Catalyst] | None = None,
    ) -> Market:
        """A market that holds it, its quotes changed as a test wants them."""
        market = self.empty()
        market.watch([symbol for basket in shipped_baskets().rows for symbol in basket.symbols])
        market.add_catalysts(self.catalysts if catalysts is None else catalysts)
        for update in self.updates:
            market.apply(change(update) if isinstance(update, QuoteBatch) else update, 0.0)
        return market


Days = Callable[[str], Day]


@pytest.fixture(scope="session")
def day(universe: Universe) -> Days:
    """Makes the session of 26 May 2025 at a time of day; each is asked for once."""
    held: dict[str, Day] = {}

    def make(at: str) -> Day:
        if at not in held:
            held[at] = _day(universe, at)
        return held[at]

    return make


def _day(universe: Universe, at: str) -> Day:
    calendar, now = TokyoCalendar(), parse_at(at, DAY)

    def empty() -> Market:
        return Market(universe, calendar, DAY)

    host = Host(clock=SystemClock(), instruments=universe, settings={"at": now, "paused": True})
    provider = ReplayProvider(host)
    updates = first_updates(provider, empty().board.symbols)
    stamps = np.concatenate([u.time for u in updates if isinstance(u, QuoteBatch)])
    told = stamps[~np.isnat(stamps)]
    return Day(
        now=now,
        updates=updates,
        feed=delivered(
            provider.about, to_datetime(told.max()) if len(told) else None, now, lambda _: True
        ),
        empty=empty,
        catalysts=parse_notes(
            NOTES.read_text(encoding="utf-8"), name="notes", session=DAY
        ).catalysts,
    )
