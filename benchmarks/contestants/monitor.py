"""The program itself: its own parts, put together as its command does, on the load's clock."""

import asyncio
import signal
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

import tui.app
from benchmarks.channel import Answerer
from benchmarks.contestants.probe import Probe
from benchmarks.contestants.ready import ReadyProvider
from benchmarks.contestants.rounds import changes
from benchmarks.headlines import TYPED, catalysts
from benchmarks.market import BATCH, LIST, SESSION, SessionClock, symbols
from tui.app import ZarabaApp
from tui.cli.arguments import parse
from tui.cli.interpreter import begin, settle
from tui.cli.setup import list_name, set_up
from tui.feed.feed import Feed
from tui.feed.sources import quote_factory
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.quotes import QuoteBatch, Update
from tui.present.monitor import Monitor
from tui.present.news import NewsWish
from tui.providers.synthetic import SyntheticMarket
from tui.report.movers import index_symbols
from tui.screens.heatmap import HeatmapScreen
from tui.screens.news import NewsScreen
from tui.terminal import BacklogDriver
from widgets.headline_list import HeadlineList
from widgets.quote_table import QuoteTable
from widgets.treemap import Treemap


class CountedMarket(Market):
    """A market that counts the quotes it takes."""

    quotes = 0

    def apply(self, update: Update, at: float) -> Any:
        """Take an update."""
        if isinstance(update, QuoteBatch):
            self.quotes += len(update)
        return super().apply(update, at)


def build(config: Path, source: str, rate: float) -> Monitor:
    """The model behind the screens, with one source of quotes on the load's clock.

    Args:
        config: The configuration's file.
        source: ``synthetic``; ``ready``, batches made beforehand; or ``none``.
        rate: Quotes a second.
    """
    options = parse(["--config", str(config), "--provider", "synthetic", "--list", LIST])
    setup = set_up(options)
    market = CountedMarket(setup.market.universe, setup.market.calendar, SESSION)
    calendar = market.calendar

    def quiet(moment: datetime) -> bool:
        return not calendar.status(moment).state.trading

    feed = Feed(instruments=market.universe, clock=SessionClock(), quiet=quiet)
    if source == "synthetic":
        feed.use(source, quote_factory(source), {"rate": rate, "batch": BATCH})
    elif source == "ready":
        feed.use(source, ReadyProvider, {"rate": rate})
    return Monitor(
        market=market,
        feed=feed,
        lists=setup.lists,
        config=setup.config,
        home=setup.home,
        state=setup.state,
        list_name=list_name(setup, options),
    )


class DeepDriver(BacklogDriver):
    """The driver, which remembers how many writes were queued at the most."""

    deepest = 0

    def write(self, data: str) -> None:
        """Queue text for the terminal."""
        super().write(data)
        DeepDriver.deepest = max(DeepDriver.deepest, self.backlog)


class MeasuredApp(ZarabaApp):
    """The app, which answers the benchmark's questions."""

    CSS_PATH = str(Path(tui.app.__file__).with_name("screens") / "zaraba.tcss")

    def on_mount(self) -> None:
        """Listen to the benchmark."""
        self.probe = Probe()
        self.invented: SyntheticMarket | None = None
        questions: dict[str, Any] = {
            "rounds": self.rounds,
            "why": self.why,
            "news": self.news,
            "probe": self.probe.answer,
            "quotes": self.quotes,
            "import": self.import_late,
            "backlog": self.deepest,
        }
        Answerer(questions).listen()
        # The driver would start the terminal anew whenever the benchmark lets it go on.
        signal.signal(signal.SIGCONT, signal.SIG_IGN)

    async def quotes(self) -> int:
        """How many quotes the board has taken."""
        market = self.monitor.market
        assert isinstance(market, CountedMarket)  # noqa: S101 - see `build`
        return market.quotes

    async def import_late(self, name: str) -> None:
        """Import something heavy on a thread, as a part that needs it late would."""
        await asyncio.to_thread(__import__, name)

    async def deepest(self) -> int:
        """The greatest number of writes queued since the last time asked."""
        deepest, DeepDriver.deepest = DeepDriver.deepest, 0
        return deepest

    async def painted(self) -> None:
        """Wait until what was asked for stands on the screen."""
        event = asyncio.Event()
        self.screen.call_after_refresh(event.set)
        await event.wait()

    async def rounds(self, case: str, count: int, turn: int) -> dict[str, float]:
        """Change and paint, many times; see `benchmarks.contestants.rounds`."""
        monitor, table = self.monitor, self.screen.query_one(QuoteTable)
        synthetic = SyntheticMarket(symbols(), seed=1, session=SESSION)
        if monitor.market.board.epoch is None:
            monitor.market.apply(
                replace(synthetic.snapshot(SessionClock().now()), state=None), time.monotonic()
            )
        batches = changes(synthetic, case, count, table.size.height - 1, turn)
        for _ in range(2):
            monitor.table(time.monotonic())
            table.refresh_data(time.monotonic())
            await self.painted()
        begun = time.process_time()
        for batch in batches:
            if batch is not None:
                at = time.monotonic()
                monitor.market.apply(batch, at)
                monitor.table(at)
                table.refresh_data(at)
            await self.painted()
        return {"seconds": (time.process_time() - begun) / count}

    async def why(self, count: int, moved: int) -> dict[str, float]:
        """Take both indices apart and paint the treemap, many times.

        The heatmap's own `paint` does it, as at every tick of the program. Quotes reach the board
        outside of what is timed: that is the part of `ingest`.

        Args:
            count: How many rounds.
            moved: How many names trade before each round; 0 for a round without anything, which
                is what waiting for the screen costs.

        Returns:
            ``seconds`` of processor time a round, ``names`` taken apart, ``changed`` rounds in
            which the map looked different.
        """
        monitor = self.monitor
        market = monitor.market
        names = dict.fromkeys((NIKKEI, TOPIX, *index_symbols(market, monitor.analysis.constituents,
                                                             TOPIX)))  # fmt: skip
        if names.keys() - set(market.board.symbols):
            market.watch((*market.board.symbols, *names))
        if self.invented is None:
            self.invented = SyntheticMarket(tuple(names), seed=1, session=SESSION)
            everything = self.invented.snapshot(monitor.now())
            market.apply(replace(everything, state=None), time.monotonic())
        if not isinstance(self.screen, HeatmapScreen):
            self.action_heatmap()
            await self.painted()
        screen = self.screen
        assert isinstance(screen, HeatmapScreen)  # noqa: S101 - just opened
        treemap = screen.query_one(Treemap)
        for _ in range(2):
            await self.painted()
        seconds, changed = 0.0, 0
        for _ in range(count):
            if moved:
                market.apply(self.invented.step(moved, monitor.now()), time.monotonic())
            before = treemap.render_lines(treemap.size.region)
            begun = time.process_time()
            if moved:
                screen.paint(time.monotonic())
            await self.painted()
            seconds += time.process_time() - begun
            changed += treemap.render_lines(treemap.size.region) != before
        report = monitor.analysis.report(monitor.now())
        known = int(np.isfinite(report.topix.points).sum())
        return {"seconds": seconds / count, "names": known, "changed": changed}

    async def news(self, case: str, count: int, items: int) -> dict[str, float]:
        """Go through the news, or filter it, many times.

        Args:
            case: ``page``: the cursor goes on to a page that was not seen before;
                ``key``: one more character of a filter is typed; ``none``: nothing, which is what
                waiting for the screen costs.
            count: How many rounds.
            items: How many headlines there are.

        Returns:
            ``seconds`` of processor time a round, ``worst`` of them, ``held`` headlines, and
            ``shown`` by the last round.
        """
        desk, market = self.monitor.desk, self.monitor.market
        if len(market.stories) < items // 2:
            market.add_catalysts(catalysts(items, market.session))
            while desk.follow():
                pass
        if not isinstance(self.screen, NewsScreen):
            self.action_news()
            await self.painted()
        screen = self.screen
        assert isinstance(screen, NewsScreen)  # noqa: S101 - just opened
        screen.repaint()
        await self.painted()
        view = screen.query_one(HeadlineList)
        costs = []
        wish = desk.news.wish
        for turn in range(count):
            if case == "page" and view.index + view.size.height >= len(desk.news.index):
                view.move_to_start()
                await self.painted()
            if case == "key":
                typed = TYPED[turn % len(TYPED)]
                if len(typed) == 1:
                    desk.news.index.forget_typed()
                wish = replace(desk.news.wish, text=typed)
            begun = time.process_time()
            if case == "page":
                view.move(view.size.height)
            elif case == "key":
                screen.wish(wish)
            await self.painted()
            costs.append(time.process_time() - begun)
        shown = float(len(desk.news.rows(self.monitor.now())))
        desk.news.wish = NewsWish()
        return {
            "seconds": sum(costs) / count,
            "worst": max(costs),
            "held": float(len(desk.news.index)),
            "shown": shown,
        }


if __name__ == "__main__":
    begin()
    app = MeasuredApp(
        build(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])), driver_class=DeepDriver
    )
    settle()
    app.run()
