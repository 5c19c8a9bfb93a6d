"""Quotes, history and search of one program ask the service out of one budget."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import date
from typing import Any

from tui.errors import NotSupported
from tui.feed.feed import Feed
from tui.feed.history import HistoryDesk
from tui.feed.history_terms import HistoryTerms, Wanted
from tui.market.quotes import DailyBars, Update
from tui.market.session import TokyoCalendar
from tui.providers.conformance import Answer, FewInstruments, Request
from tui.providers.contracts import Host
from tui.providers.yahoo import YahooHistory, YahooQuotes, YahooSearch
from tui.providers.yahoo.service import CALLS, FOR_QUOTES, SPAN
from tui.providers.yahoo.sheet import Sheet

START, END = date(2025, 5, 19), date(2025, 5, 23)
NAMES = tuple(f"{code}.T" for code in range(7001, 7101))


class Played:
    """The service without a crumb, which notes when it was asked for what."""

    def __init__(self, yahoo: Any, desk: Any) -> None:
        self.asked: list[tuple[float, str]] = []
        self._yahoo = yahoo
        self._clock = desk.clock
        desk.greet()
        desk.server.script(yahoo.quote, lambda request: self._noted(request, yahoo.unauthorised))
        found = Answer.of({"quotes": []})
        desk.server.script(yahoo.find, lambda request: self._noted(request, found))
        desk.server.script("/v8/finance/chart/*", self._chart)

    def _noted(self, request: Request, answer: Answer) -> Answer:
        self.asked.append((self._clock.monotonic(), request.path))
        return answer

    def _chart(self, request: Request) -> Answer:
        symbol = request.path.rpartition("/")[2]
        bars = [(self._yahoo.stamp(9, day=day), 10.0, 12.0, 9.0, 11.0, 100) for day in (22, 23)]
        head = self._yahoo.meta(symbol, dataGranularity="1d")
        return self._noted(request, self._yahoo.chart(head, bars))


async def charts(quotes: YahooQuotes) -> None:
    async with aclosing(quotes.stream(NAMES)) as stream:
        async for _ in stream:
            pass


async def searched(search: YahooSearch, clock: Any) -> list[float]:
    """Look for something now and then; how long each answer took."""
    waited = []
    for _ in range(12):
        await clock.sleep(25.0)
        began = clock.monotonic()
        await search.search("toyota", 5)
        waited.append(clock.monotonic() - began)
    return waited


async def every_day(history: YahooHistory) -> None:
    for name in NAMES:
        await history.daily(name, START, END)


def test_no_minute_holds_more_calls_than_allowed_whichever_role_asks(yahoo: Any) -> None:
    asked: list[tuple[float, str]] = []

    async def steps(desk: Any) -> None:
        played = Played(yahoo, desk)
        lent: Host = desk.host()
        quotes, history, search = YahooQuotes(lent), YahooHistory(lent), YahooSearch(lent)

        async def whole() -> list[float]:
            polling = asyncio.ensure_future(charts(quotes))
            _, waited = await asyncio.gather(every_day(history), searched(search, desk.clock))
            # Nothing changes any more, so that the stream may have nothing to tell for an hour.
            assert not polling.done()
            polling.cancel()
            await asyncio.wait([polling])
            return waited

        waited = await desk.clock.until(whole(), limit=7200.0, patience=60.0)
        for each in (quotes, history, search):
            await each.close()
        assert max(waited) == 0.0, "a search waited behind a long list of charts"
        asked.extend(played.asked)

    yahoo.play(steps)
    listed = [at for at, path in asked if "/chart/" in path]
    assert len(listed) > 1.5 * len(NAMES), "both roles must have asked"
    for times, most in (([at for at, _ in asked], CALLS), (listed, CALLS - FOR_QUOTES)):
        # What has arrived by an instant was sent by then: so many full spans, and one begun.
        for count, at in enumerate(times, start=1):
            assert count <= most * (at // SPAN + 1)


class Resting(YahooQuotes):
    """The real source, which asks for nothing."""

    async def stream(self, symbols: Sequence[str]) -> AsyncGenerator[Update, None]:  # noqa: ARG002 - the contract's
        await self.host.clock.sleep(3600.0)
        yield Sheet((), self.host.instruments, TokyoCalendar(), self.host.remark).batches(
            self.host.clock.now(), START, 1, everything=True
        )[0]


class Forgetful(YahooHistory):
    """The real source, which has nothing of any name."""

    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:  # noqa: ARG002 - the contract's
        raise NotSupported(symbol)


def test_the_program_lends_one_set_of_budgets_to_all_roles(yahoo: Any) -> None:
    lent: list[Host] = []
    feed = Feed(instruments=FewInstruments(yahoo.instruments), seed=7)

    def quotes(host: Host) -> YahooQuotes:
        lent.append(host)
        return Resting(host)

    def history(host: Host) -> YahooHistory:
        lent.append(host)
        return Forgetful(host)

    feed.use("yahoo", quotes)
    feed.subscribe(("7203.T",))
    terms = HistoryTerms(first=0.0, gap=0.0)
    past = HistoryDesk("yahoo", history, {}, feed=feed, files=None, terms=terms)
    answered = threading.Event()
    past.wake = answered.set
    feed.start()
    try:
        past.want(Wanted(symbols=("7203.T",), start=START, end=END))
        assert answered.wait(30.0)
    finally:
        feed.stop()
    assert len(lent) == 2
    assert all(each.budgets is feed.around.budgets for each in lent)
