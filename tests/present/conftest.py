"""Markets to present: the recorded session at an instant, and one made by hand."""

import time as clocks
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from tui.cli.collect import first_updates
from tui.feed.clock import SystemClock
from tui.market.market import Market
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import JST, to_datetime64
from tui.market.universe import Universe
from tui.providers.contracts import Host
from tui.providers.replay import ReplayProvider

DAY = date(2025, 5, 26)
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
