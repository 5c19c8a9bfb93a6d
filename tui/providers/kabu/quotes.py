"""The role quotes: pushed as they change, the rest asked for in turns."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import date, datetime
from typing import Any, Final

from tui.errors import DataError
from tui.market.quotes import QuoteBatch, Update
from tui.market.session import ORDERS_FROM, SessionState, TokyoCalendar
from tui.market.times import JST
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.kabu.listener import Listener
from tui.providers.kabu.poller import Poller
from tui.providers.kabu.service import KEY, Service
from tui.providers.kabu.settings import NAME, Settings
from tui.providers.kabu.shapes import Board
from tui.providers.kabu.sheet import REALTIME, Sheet
from tui.providers.kabu.symbols import INDICES, TOKYO, Code, code_of
from tui.providers.kabu.told import told

GATHER: Final = 0.25
"""Seconds for which messages are gathered into one batch."""
_SIZES: Final = ("TOPIX Core30", "TOPIX Large70", "TOPIX Mid400")
"""The exchange's size classes, the heaviest first."""
_IDLE: Final = 3600.0
_NAMED: Final = 10
_SHORTEST_TICK, _LONGEST_TICK = 0.05, 60.0
"""Seconds between two looks at the clock, whose phase is part of a state."""


class KabuQuotes(QuoteProvider):
    """Real-time quotes of Tokyo, from the kabu STATION that runs on the same PC.

    The push carries fifty names. Where no more are asked for, all get it. Where there are more, the
    indices and the largest of the others get forty of the places; the rest take turns on the other
    ten, and are as old as a round takes. The first batch holds the first few names, and the others
    follow as fast as the limit of calls lets them.

    `Settings` tells what can be set.
    """

    about = About(
        name=NAME,
        title="kabu STATION",
        summary="Tokyo in real time from au Kabucom's application on this PC; for its customers, "
        "free.",
        delay=REALTIME,
        keys=(KEY,),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._settings = Settings.read(host.settings)
        self._service = Service(host, self._settings)
        self._calendar = TokyoCalendar()
        self._session: date | None = None
        self._epoch = 1
        self._asked: tuple[int, int] | None = None
        self._outage = False
        self._elsewhere: set[str] = set()

    async def stream(self, symbols: Sequence[str]) -> AsyncGenerator[Update, None]:
        """Deliver a snapshot, then what changes."""
        host = self.host
        wanted = tuple(symbols)
        codes = self._codes(wanted)
        while not codes:
            await host.clock.sleep(_IDLE)
        names = {code.symbol: symbol for symbol, code in codes.items()}
        sheet = Sheet(wanted, host.remark)

        def take(board: Board) -> None:
            symbol = names.get(str(board.symbol))
            # An index may come without a market.
            if symbol is not None and board.exchange in (None, 0, TOKYO, str(TOKYO)):
                sheet.put(symbol, told(board), host.clock.now())
                poller.heard(symbol)
                poller.news.set()

        listener = Listener(host, self._settings, take, outage=self._outage)
        poller = Poller(host, self._settings, self._service, listener, sheet, codes, self._phase)
        tasks = [asyncio.ensure_future(each.run()) for each in (poller, listener)]
        try:
            await _first(tasks, asyncio.ensure_future(poller.ready.wait()))
            first = True
            while True:
                poller.news.clear()
                before, self._asked = self._asked, poller.asked
                # The end of the first round has to be told, be there news or not.
                whole = first or (self._asked is None and before is not None)
                if (batch := self._batch(sheet, whole)) is not None:
                    first = False
                    yield batch
                await _first(
                    tasks,
                    asyncio.ensure_future(poller.news.wait()),
                    asyncio.ensure_future(host.clock.sleep(self._tick(host.clock.now()))),
                )
                if poller.news.is_set():
                    await host.clock.sleep(GATHER)
        finally:
            self._outage = listener.outage
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def session(self) -> date | None:
        """The session of the last batch."""
        return self._session

    def snapshot_progress(self) -> tuple[int, int] | None:
        """How many names the batches so far have been asked for; None once all have been."""
        return self._asked

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    def _codes(self, symbols: Sequence[str]) -> dict[str, Code]:
        """The names that can be asked for; the others are told of, each once."""
        codes: dict[str, Code] = {}
        for symbol in symbols:
            code = code_of(symbol)
            if code is not None:
                codes[symbol] = code
        elsewhere = [each for each in symbols if each not in codes and each not in self._elsewhere]
        if elsewhere:
            self._elsewhere.update(elsewhere)
            more = f" and {len(elsewhere) - _NAMED:,} more" if len(elsewhere) > _NAMED else ""
            self.host.remark(
                "not on kabu STATION, which has Tokyo's names, ^N225 and ^TOPX: "
                f"{', '.join(elsewhere[:_NAMED])}{more}"
            )
        return {symbol: codes[symbol] for symbol in sorted(codes, key=self._rank)}

    def _rank(self, symbol: str) -> int:
        """Orders names by what they weigh in an index; those that weigh alike stay as asked."""
        known = self.host.instruments.get(symbol)
        size = known.size_class if known is not None else ""
        return -1 if symbol in INDICES else _SIZES.index(size) if size in _SIZES else len(_SIZES)

    def _phase(self, now: datetime) -> SessionState:
        try:
            return self._calendar.status(now).state
        except DataError:
            return SessionState.MORNING

    def _tick(self, now: datetime) -> float:
        """Seconds until Tokyo's day enters another phase, or a while."""
        try:
            left = (self._calendar.status(now).next_change - now).total_seconds()
        except DataError:
            left = _LONGEST_TICK
        return min(max(_SHORTEST_TICK, left), _LONGEST_TICK)

    def _batch(self, sheet: Sheet, whole: bool) -> QuoteBatch | None:
        now = self.host.clock.now()
        session = self._session_at(now)
        rolled = self._session is not None and session != self._session
        if rolled:
            self._epoch += 1
        self._session = session
        return sheet.batch(session, self._epoch, self._phase(now), everything=whole or rolled)

    def _session_at(self, now: datetime) -> date:
        """The date of the session that is on, or of the last: it turns when orders begin."""
        local = now.astimezone(JST)
        day = local.date()
        try:
            if not (self._calendar.is_session(day) and local.time() >= ORDERS_FROM):
                day = self._calendar.previous(day)
        except DataError:
            pass
        return max(day, self._session) if self._session is not None else day


async def _first(tasks: "Sequence[asyncio.Future[None]]", *waits: "asyncio.Future[Any]") -> None:
    """Wait for the first of several things, and raise what ends a task that should not end."""
    try:
        await asyncio.wait((*tasks, *waits), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    for task in tasks:
        if task.done():
            task.result()
