"""The bundled session on a board of its own, with what a test leaves of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui
from tui.cli.arguments import parse
from tui.cli.collect import first_updates, opened
from tui.cli.setup import RECORDED, set_up
from tui.data.baskets import shipped_baskets
from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.notes import parse_notes
from tui.market.quotes import QuoteBatch, Update
from tui.market.times import parse_at, to_datetime
from tui.report.feed import FeedReport, delivered

NOTES = Path(tui.__file__).parent / "data" / "notes" / "2025-05-26.md"


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
def day(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """Makes the session of 26 May 2025 at a time of day; each is asked for once."""
    held: dict[str, Day] = {}
    config = tmp_path_factory.mktemp("home") / "config.toml"
    config.write_text("", encoding="utf-8")

    def make(at: str) -> Day:
        if at not in held:
            held[at] = _day(config, at)
        return held[at]

    return make


def _day(config: Path, at: str) -> Day:
    setup = set_up(parse(["print", "--at", at, "--config", str(config)]), remembered=False)
    setup.settings["paused"] = True
    universe, calendar = setup.market.universe, setup.market.calendar

    def empty() -> Market:
        return Market(universe, calendar, RECORDED)

    provider = opened("replay", setup.quote_provider(), setup.host())
    updates = first_updates(provider, setup.market.board.symbols)
    now = parse_at(at, RECORDED)
    notes = parse_notes(NOTES.read_text(encoding="utf-8"), name="notes", session=RECORDED)
    stamps = np.concatenate([u.time for u in updates if isinstance(u, QuoteBatch)])
    told = stamps[~np.isnat(stamps)]
    newest = to_datetime(told.max()) if len(told) else None
    feed = delivered(provider.about, newest, now, lambda _: True)
    return Day(now, updates, feed, empty, notes.catalysts)


def without(batch: QuoteBatch, hidden: Callable[[str, Any], bool]) -> QuoteBatch:
    """A batch in which some figures are not told."""
    fields = {}
    for field, values in batch.fields.items():
        hide = np.array([hidden(batch.symbols[row], field) for row in batch.rows], np.bool_)
        fields[field] = np.where(hide, np.nan, values)
    return replace(batch, fields=fields)
