"""The model behind the screens: what it asks the feed for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from tui.config import Config, State
from tui.feed.feed import Feed
from tui.market.indices import builtin_lists
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.present.monitor import Monitor
from tui.watchlists.lists import Lists


class QuietFeed:
    """A feed that delivers what the test gives it, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []
        self.updates: list[QuoteBatch] = []

    def subscribe(self, symbols: Sequence[str]) -> None:
        self.asked.append(tuple(symbols))

    def health(self) -> tuple[Any, ...]:
        return ()

    def drain(self, most: int, news: int | None = None, updates: int | None = None) -> Any:
        del news, updates
        taken, self.updates = self.updates[:most], []
        return SimpleNamespace(updates=taken, catalysts=(), more=False)


def test_a_turnover_that_the_source_never_tells_has_no_column(desk: Any, tmp_path: Path) -> None:
    monitor = Monitor(
        market=desk.market,
        feed=cast("Feed", QuietFeed()),
        lists=Lists(builtin_lists(desk.market.session), tmp_path / "lists.toml", lambda text: text),
        config=Config(),
        home=None,
        state=State(),
    )

    def keys() -> set[str]:
        return {column.key for column in monitor.columns()}

    assert {"volume", "turnover"} <= keys()
    desk.tell({"8035.T": {Field.LAST: 23000.0, Field.VOLUME: 100.0}})
    assert "volume" in keys()
    assert "turnover" not in keys()
    desk.tell({"8035.T": {Field.TURNOVER: 2.3e6}}, "10:01")
    assert "turnover" in keys()


def test_another_session_s_members_are_asked_for(desk: Any, tmp_path: Path) -> None:
    feed = QuietFeed()
    session = desk.market.session
    monitor = Monitor(
        market=desk.market,
        feed=cast("Feed", feed),
        lists=Lists(builtin_lists(session), tmp_path / "lists.toml", lambda text: text),
        config=Config(),
        home=None,
        state=State(),
    )
    before = len(feed.asked)
    monitor.take(0.0)
    assert len(feed.asked) == before
    feed.updates.append(
        QuoteBatch(
            symbols=("8035.T",),
            rows=np.zeros(1, np.int32),
            fields={Field.LAST: np.array([23000.0])},
            time=np.array(["2025-07-07T01:00"], "datetime64[ms]"),
            source="test",
            delay=Delay(DelayKind.REALTIME),
            epoch=1,
            session=date(2025, 7, 7),
        )
    )
    monitor.take(0.0)
    assert "6963.T" in feed.asked[-1]
    assert len(feed.asked) == before + 1
