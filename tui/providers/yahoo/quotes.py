"""The role quotes: polled in batches, with what the stream adds."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tui.errors import BadPayload, DataError, NotSupported, Unauthorised
from tui.market.quotes import Delay, DelayKind, QuoteBatch, QuoteState, Update
from tui.market.session import TokyoCalendar
from tui.market.times import JST
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.yahoo.pricing import Push
from tui.providers.yahoo.service import Service
from tui.providers.yahoo.settings import NAME, Settings
from tui.providers.yahoo.sheet import TOKYO_DELAY, Sheet, tokyo_day
from tui.providers.yahoo.streamer import GATHER, Streamer
from tui.providers.yahoo.symbols import from_yahoo, in_tokyo, to_yahoo, why_not
from tui.providers.yahoo.told import of_chart, of_quote, with_push

ABOUT: Final = About(
    name=NAME,
    title="Yahoo Finance",
    summary="Tokyo 20 minutes late, and receipts, futures, currencies and indices abroad; free, "
    "without a key.",
    delay=Delay(DelayKind.DELAYED, TOKYO_DELAY),
)

WITHOUT_CRUMB: Final = 600.0
"""Seconds for which charts stand in after a crumb was refused."""
CHARTS_PAUSE: Final = 60.0
"""Seconds between two rounds of charts at least: each symbol is a request of its own."""
_SLICE: Final = 20
"""Charts after which what is known is delivered."""
_AFTER_CLOSE: Final = timedelta(minutes=TOKYO_DELAY + 15)
"""How long after the close its figures may still change, as they come late."""
_PUSH_AHEAD: Final = 60.0
"""Seconds by which a message of the stream may be ahead of our clock."""
_MOVING: Final = frozenset({QuoteState.TRADING, QuoteState.UNKNOWN})
_IDLE: Final = 3600.0
_NAMED: Final = 10
_DAY: Final = {"range": "1d", "interval": "5m", "includePrePost": "false"}


@dataclass(slots=True)
class _Group:
    """Symbols that trade together, and when they are next asked for."""

    tokyo: bool
    symbols: list[str] = field(default_factory=list)
    due: float = 0.0


class YahooQuotes(QuoteProvider):
    """Polls quotes, and lays over them what the stream tells.

    Polling is the truth; a symbol that the stream carries is merely sooner. `Settings` tells what
    can be set.
    """

    about = ABOUT

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._settings = Settings.read(host.settings)
        self._service = Service(host, self._settings)
        self._calendar = TokyoCalendar()
        self._session: date | None = None
        self._epoch = 1
        self._charts_until = 0.0
        self._unknown: set[str] = set()
        self._outage = False

    async def stream(self, symbols: Sequence[str]) -> AsyncGenerator[Update, None]:
        """Deliver a snapshot, then what changes."""
        clock = self.host.clock
        sheet = Sheet(tuple(symbols), self.host.instruments, self._calendar, self.host.remark)
        groups = self._groups(sheet.symbols)
        streamer, listening = self._listen(groups)
        first = True
        try:
            while True:
                asked = [group for group in groups if group.due <= clock.monotonic()]
                async with aclosing(self._round(asked, sheet)) as slices:
                    async for _ in slices:
                        if streamer is not None:
                            self._lay_over(streamer.take(), sheet)
                        for batch in self._batches(sheet, first):
                            first = False
                            yield batch
                for group in asked:
                    group.due = clock.monotonic() + self._pause(group, sheet)
                for batch in self._batches(sheet, first):
                    first = False
                    yield batch
                due = min((group.due for group in groups), default=clock.monotonic() + _IDLE)
                while (left := due - clock.monotonic()) > 0:
                    if streamer is None:
                        await clock.sleep(left)
                    elif await streamer.wait(left):
                        await clock.sleep(GATHER)
                        self._lay_over(streamer.take(), sheet)
                        for batch in self._batches(sheet, first):
                            yield batch
        finally:
            if streamer is not None and listening is not None:
                self._outage = streamer.outage
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    def session(self) -> date | None:
        """The session of the last batch."""
        return self._session

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    def _groups(self, symbols: tuple[str, ...]) -> list[_Group]:
        """The symbols that can be asked for, parted by the session that they keep."""
        groups = {tokyo: _Group(tokyo) for tokyo in (True, False)}
        for symbol in symbols:
            if to_yahoo(symbol) is not None:
                groups[in_tokyo(symbol)].symbols.append(symbol)
            elif symbol not in self._unknown:
                self._unknown.add(symbol)
                self.host.remark(why_not(symbol))
        return [group for group in groups.values() if group.symbols]

    def _listen(
        self, groups: Sequence[_Group]
    ) -> "tuple[Streamer | None, asyncio.Future[None] | None]":
        if not (groups and self._settings.stream):
            return None, None
        names = [symbol for group in groups for symbol in group.symbols]
        streamer = Streamer(self.host, self._settings, names, outage=self._outage)
        return streamer, asyncio.ensure_future(streamer.run())

    async def _round(self, groups: Sequence[_Group], sheet: Sheet) -> AsyncGenerator[None, None]:
        """Ask for what is due; yields where so much has come that it should be shown."""
        clock = self.host.clock
        symbols = [symbol for group in groups for symbol in group.symbols]
        if clock.monotonic() >= self._charts_until:
            try:
                await self._ask_quotes(symbols, sheet)
            except Unauthorised as error:
                self._charts_until = clock.monotonic() + WITHOUT_CRUMB
                self.host.remark(f"{error.what}; charts stand in for batched quotes")
            else:
                return
        missing: list[str] = []
        known = [symbol for symbol in symbols if symbol not in self._unknown]
        for count, symbol in enumerate(known, start=1):
            try:
                chart = await self._service.chart(symbol, _DAY)
            except NotSupported:
                missing.append(symbol)
                continue
            now = clock.now()
            sheet.put(symbol, of_chart(symbol, chart, int(now.timestamp())), now)
            if count % _SLICE == 0:
                yield
        self._tell_unknown(missing)

    async def _ask_quotes(self, symbols: Sequence[str], sheet: Sheet) -> None:
        size = self._settings.batch
        for start in range(0, len(symbols), size):
            asked = symbols[start : start + size]
            wanted = set(asked)
            rows = await self._service.quotes(asked)
            if not rows and any(sheet.get(symbol) is not None for symbol in asked):
                raise BadPayload(
                    "answered without a single quote",
                    subject=NAME,
                    remedy="It is asked again by itself.",
                )
            now = self.host.clock.now()
            for row in rows:
                symbol = from_yahoo(row.symbol)
                if symbol in wanted:
                    wanted.discard(symbol)
                    sheet.put(symbol, of_quote(symbol, row), now)
            self._tell_unknown([symbol for symbol in asked if symbol in wanted])

    def _tell_unknown(self, symbols: Sequence[str]) -> None:
        """Remark upon symbols that the service does not know, each once."""
        new = [symbol for symbol in symbols if symbol not in self._unknown]
        if new:
            self._unknown.update(new)
            more = f" and {len(new) - _NAMED:,} more" if len(new) > _NAMED else ""
            self.host.remark(f"unknown to Yahoo: {', '.join(new[:_NAMED])}{more}")

    def _lay_over(self, pushes: Sequence[Push], sheet: Sheet) -> None:
        """Take what the stream told of symbols that polling knows, where it is newer."""
        now = self.host.clock.now()
        for push in pushes:
            symbol = from_yahoo(push.symbol)
            held = sheet.get(symbol) if symbol is not None else None
            if symbol is None or held is None or push.time > now.timestamp() + _PUSH_AHEAD:
                continue
            if held.time is not None and push.time < held.time:
                continue
            # Polling alone turns the page to another session.
            if held.tokyo and tokyo_day(push.time) != self._session:
                continue
            sheet.put(symbol, with_push(held, push), now)

    def _batches(self, sheet: Sheet, first: bool) -> list[QuoteBatch]:
        now = self.host.clock.now()
        session = sheet.session(now, self._session)
        rolled = self._session is not None and session != self._session
        if rolled:
            self._epoch += 1
        self._session = session
        return sheet.batches(now, session, self._epoch, everything=first or rolled)

    def _pause(self, group: _Group, sheet: Sheet) -> float:
        """Seconds until a group is asked for again."""
        now = self.host.clock.now()
        if group.tokyo:
            trading = self._tokyo_trades(now)
        else:
            held = (sheet.get(symbol) for symbol in group.symbols)
            trading = any(each is not None and each.state in _MOVING for each in held)
        pause = self._settings.poll if trading else self._settings.poll_closed
        if self.host.clock.monotonic() < self._charts_until:
            pause = max(pause, CHARTS_PAUSE)
        return pause

    def _tokyo_trades(self, now: datetime) -> bool:
        try:
            session = self._calendar.session(now.astimezone(JST).date())
        except DataError:
            return True
        if session is None:
            return False
        return session.open <= now < session.close + _AFTER_CLOSE
