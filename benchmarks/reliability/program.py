"""The whole program as its command puts it together, on a screen in memory and a clock of ours."""

import gc
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import tui.app
from benchmarks.contestants.probe import Probe
from tui.app import ZarabaApp
from tui.cli.arguments import parse
from tui.cli.setup import set_up
from tui.feed.feed import Feed
from tui.feed.sources import Source
from tui.feed.terms import Terms
from tui.garbage import by_hand
from tui.market.indices import builtin_lists
from tui.market.market import Market
from tui.market.quotes import QuoteBatch, Update
from tui.market.times import JST, Clock
from tui.present.monitor import Monitor
from tui.providers.contracts import QuoteProvider
from tui.watchlists.lists import Lists
from widgets.header_bar import HeaderBar

SIZE = (150, 45)


class CountedMarket(Market):
    """A market that counts the quotes it takes."""

    quotes = 0

    def apply(self, update: Update, at: float) -> Any:
        """Take an update."""
        if isinstance(update, QuoteBatch):
            self.quotes += len(update)
        return super().apply(update, at)


class WatchedApp(ZarabaApp):
    """The app, with a probe of its loop."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("screens") / "zaraba.tcss")

    def banner(self) -> str:
        """What the header says of the source, as it stands on the screen."""
        header = self.screen.query_one(HeaderBar)
        lines = header.render_lines(header.size.region)
        return "".join(segment.text for strip in lines for segment in strip)

    def text(self) -> list[str]:
        """The screen, line by line."""
        update = self.screen._compositor.render_update(  # noqa: SLF001 - as screenshots do
            full=True, screen_stack=self._background_screens
        )
        strips = getattr(update, "strips", [])
        return ["".join(part.text for strip in line for part in strip).rstrip() for line in strips]


def program(
    folder: Path,
    clock: Clock,
    sources: Sequence[Source[QuoteProvider]],
    *,
    terms: Terms | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> WatchedApp:
    """Put the program together; it starts its sources when its screen stands.

    Args:
        folder: Its home.
        clock: The time of everything in it.
        sources: Where the quotes come from, the one preferred first.
        terms: The numbers by which the feed works.
        lists: The user's lists: name → symbols.
    """
    config = folder / "config.toml"
    config.write_text("flash = true\n", encoding="utf-8")
    setup = set_up(parse(["--config", str(config), "--provider", "synthetic"]))
    session = clock.now().astimezone(JST).date()
    market = CountedMarket(setup.market.universe, setup.market.calendar, session)
    own = Lists(builtin_lists(session), setup.home.lists_file, lambda text: text)
    for name, symbols in (lists or {}).items():
        own.create(name, symbols)

    def quiet(moment: datetime) -> bool:
        return not market.calendar.status(moment).state.trading

    feed = Feed(instruments=market.universe, clock=clock, quiet=quiet, seed=7, terms=terms)
    feed.use_chain(sources)
    monitor = Monitor(
        market=market,
        feed=feed,
        lists=own,
        config=setup.config,
        home=None,
        state=setup.state,
        clock=clock,
    )
    return WatchedApp(monitor)


def settle() -> None:
    """Have garbage collected as the program does on a real terminal."""
    by_hand()
    gc.collect()
    gc.freeze()


def stalls(probe: Probe) -> float:
    """Seconds of the longest callback since the probe was started."""
    return probe.worst[0][0] if probe.worst else 0.0
