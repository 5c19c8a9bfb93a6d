"""Asks a source for the past, one name at a time, and keeps what it told."""

import asyncio
import random
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from typing import TypeVar

from tui.errors import BadPayload, ConfigError, NotSupported
from tui.feed.backoff import Backoff, Pauses
from tui.feed.checks import update_fault
from tui.feed.daily_files import DailyFiles, HeldBars
from tui.feed.feed import Feed
from tui.feed.health import Health
from tui.feed.history_terms import (
    CHUNK,
    MINUTES,
    NAMES,
    READ,
    HistoryTerms,
    Progress,
    Wanted,
)
from tui.feed.ledger import Ledger
from tui.feed.outbox import Wake, no_wake
from tui.feed.waiting import within
from tui.feed.wording import Secrets, error_words, plain
from tui.market.past_days import PastDays, bars_fault, cleaned, no_bars, past_days
from tui.market.quotes import MinuteBatch
from tui.providers.contracts import HistoryProvider, Host, Role

_T = TypeVar("_T")


class HistoryDesk:
    """The past, from one source, asked for in the feed's thread and kept on the disk.

    `want`, `days`, `progress`, `take_minutes` and `health` are for the interface thread and return
    at once; nothing is asked before something is wanted. What the source does wrong costs it a
    pause and is told in its health; a name that it does not have is left alone for half a day.

    Args:
        name: The source's name, as registered.
        factory: Constructs it; called in the feed's thread.
        settings: Its table of the configuration.
        feed: Where the questions are put.
        files: Where bars are kept; None to keep none.
        terms: The numbers by which it works.
        seed: Of the spread of the pauses.
    """

    def __init__(
        self,
        name: str,
        factory: Callable[[Host], HistoryProvider],
        settings: Mapping[str, object],
        *,
        feed: Feed,
        files: DailyFiles | None,
        terms: HistoryTerms | None = None,
        seed: int | None = None,
    ) -> None:
        self.name = name
        self.wake: Wake = no_wake
        self._factory = factory
        self._feed = feed
        self._files = files
        self._terms = terms or HistoryTerms()
        self._clock = feed.around.clock
        self._ledger = Ledger(name, Role.HISTORY, self._clock, self._poke)
        self._secrets = Secrets(feed.around.secret)
        self._backoff = Backoff(Pauses(), random.Random(seed))
        self._host = Host(
            clock=self._clock,
            instruments=feed.around.instruments,
            settings=settings,
            secret=self._secrets,
            remark=self._remark,
            budgets=feed.around.budgets,
        )
        self._lock = threading.Lock()
        self._wanted: Wanted | None = None
        self._round: Future[None] | None = None
        self._begun = False
        self._refused = False
        self._held: dict[str, HeldBars] = {}
        self._read: set[str] = set()
        self._tried: dict[str, int] = {}
        self._asked_minutes: tuple[date | None, set[str]] = (None, set())
        self._minutes: list[MinuteBatch] = []
        self._days: PastDays | None = None
        self._progress = Progress()
        self._told = False
        """Whether bars have come since the last publication."""

    # --- for the interface thread ---------------------------------------------------------

    @property
    def days(self) -> PastDays | None:
        """What has been told so far; another object once there is more, None for nothing yet."""
        return self._days

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        wanted, asking = self._wanted, self._round
        done = asking is None or asking.done()
        now = self._progress
        return Progress(
            wanted=0 if wanted is None else len(wanted.symbols),
            known=now.known,
            absent=now.absent,
            asking=not done,
            last=now.last,
        )

    def health(self) -> Health:
        """How the source is doing."""
        return self._ledger.health

    def want(self, wanted: Wanted) -> None:
        """Wish for the past; what was wished for before and is no longer is not asked for.

        To be called again now and then: a round of questions that has ended, or was lost with the
        feed's thread, is begun anew where anything is lacking.
        """
        self._wanted = Wanted(
            symbols=wanted.symbols[:NAMES],
            start=wanted.start,
            end=wanted.end,
            minutes=wanted.minutes[:MINUTES],
            session=wanted.session,
        )
        running = self._round is not None and not self._round.done()
        if running or self._refused or not self._lacking():
            return
        self._round = self._feed.run(
            self._work, topic="history of the past", timeout=self._terms.whole
        )

    def refresh(self) -> None:
        """Ask again for what was refused or failed; the next `want` begins."""
        self._refused = False
        self._tried = {}

    def stop(self) -> None:
        """Give up what is being asked."""
        if self._round is not None:
            self._round.cancel()

    def take_minutes(self) -> list[MinuteBatch]:
        """Minutes that have come, each once; their epoch is the source's own."""
        with self._lock:
            taken, self._minutes = self._minutes, []
        return taken

    # --- in the feed's thread -------------------------------------------------------------

    def _lacking(self) -> bool:
        return bool(self._next_minutes() or self._next_name())

    def _next_minutes(self) -> tuple[str, ...]:
        """The names whose minutes are to be asked for next."""
        wanted = self._wanted
        if wanted is None or wanted.session is None:
            return ()
        session, asked = self._asked_minutes
        done = asked if session == wanted.session else set()
        left = [symbol for symbol in wanted.minutes if symbol not in done]
        return tuple(left[: min(CHUNK, max(0, MINUTES - len(done)))])

    def _next_name(self) -> str:
        """The name whose bars are to be asked for next; empty for none."""
        wanted = self._wanted
        if wanted is None:
            return ""
        now = self._clock.now()
        for symbol in wanted.symbols:
            held = self._held.get(symbol)
            if held is not None and held.serves(wanted.start, wanted.end, now):
                continue
            if self._tried.get(symbol, 0) < self._terms.tries:
                return symbol
        return ""

    async def _work(self) -> None:
        """One round: until nothing is lacking, or the source cannot be used."""
        provider: HistoryProvider | None = None
        try:
            if not self._begun:
                await self._clock.sleep(self._terms.first)
                self._begun = True
            self._tried = {}
            await self._read_files()
            published = self._clock.monotonic()
            while self._lacking():
                if await self._read_files():
                    continue
                provider = provider or self._opened()
                await self._ask_next(provider)
                if self._clock.monotonic() - published >= self._terms.publish:
                    self._publish()
                    published = self._clock.monotonic()
                await self._clock.sleep(self._terms.gap)
        except Exception as error:  # noqa: BLE001 - a source may raise anything from anywhere
            # It cannot be constructed or configured, so somebody has to mend it first.
            self._refused = True
            self._ledger.failed(error_words(error, self._secrets.hide), None)
        finally:
            self._publish()
            if provider is not None:
                await self._closed(provider)

    def _opened(self) -> HistoryProvider:
        provider: object = self._factory(self._host)
        if not isinstance(provider, HistoryProvider):
            raise BadPayload(f"{type(provider).__name__} is no source of history")
        self._ledger.introduce(provider.about)
        return provider

    async def _ask_next(self, provider: HistoryProvider) -> None:
        """Put one question, and wait out the pause that its failure costs."""
        minutes, name = self._next_minutes(), ""
        try:
            if minutes:
                await self._ask_minutes(provider, minutes)
            else:
                name = self._next_name()
                await self._ask_days(provider, name)
        except ConfigError:
            raise
        except Exception as error:  # noqa: BLE001 - a source may raise anything
            if name:
                self._tried[name] = self._tried.get(name, 0) + 1
            wait = self._backoff.after(error)
            self._ledger.failed(error_words(error, self._secrets.hide), wait)
            await self._clock.sleep(wait or 0.0)
            self._ledger.attempt()
        else:
            self._backoff.reset()

    async def _ask_minutes(self, provider: HistoryProvider, symbols: tuple[str, ...]) -> None:
        wanted = self._wanted
        session = None if wanted is None else wanted.session
        if session is None:
            return
        if self._asked_minutes[0] != session:
            self._asked_minutes = session, set()
        # Once only, whatever comes of it: the quotes fill the chart from now on in any case.
        self._asked_minutes[1].update(symbols)
        try:
            batch = await self._within(provider.minutes(symbols, session))
        except NotSupported as error:
            self._remark(error_words(error))
            return
        if batch is None:
            return
        if fault := _minutes_fault(batch, session):
            raise BadPayload(fault, subject=self.name)
        with self._lock:
            self._minutes.append(batch)
        self._ledger.bars(len(batch))
        self._poke()

    async def _ask_days(self, provider: HistoryProvider, symbol: str) -> None:
        wanted = self._wanted
        if wanted is None or not symbol:
            return
        start, end = wanted.start, wanted.end
        try:
            bars = await self._within(provider.daily(symbol, start, end))
        except NotSupported:
            bars = no_bars(symbol, self.name)
        if fault := bars_fault(bars, symbol, start, end):
            raise BadPayload(fault, subject=f"{self.name}, {symbol}")
        held = HeldBars(bars=cleaned(bars), start=start, end=end, asked=self._clock.now())
        self._held[symbol] = held
        self._read.add(symbol)
        self._told = True
        self._ledger.bars(1)
        self._count()
        if self._files is not None:
            problem = await asyncio.to_thread(self._files.write, self.name, symbol, held)
            if problem:
                self._remark(problem)

    async def _within(self, question: Awaitable[_T]) -> _T:
        return await within(question, self._terms.answer, self._clock, self.name)

    async def _read_files(self) -> bool:
        """Read what is kept of the names wanted; whether there was anything new to read."""
        wanted, files = self._wanted, self._files
        if wanted is None or files is None:
            return False
        new = [symbol for symbol in wanted.symbols if symbol not in self._read]
        if not new:
            return False
        if not self._read:
            await asyncio.to_thread(files.prune)
        for at in range(0, len(new), READ):
            batch = new[at : at + READ]
            told = await asyncio.to_thread(_read_all, files, self.name, batch)
            self._read.update(batch)
            for symbol, (held, problem) in zip(batch, told, strict=True):
                if held is not None:
                    self._held.setdefault(symbol, held)
                    self._told = True
                if problem:
                    self._remark(problem)
        self._publish()
        return True

    def _publish(self) -> None:
        """Let the screens have what has come."""
        self._count()
        if self._told:
            self._told = False
            days = past_days(self.name, [held.bars for held in self._held.values()])
            self._days = days if days.history.symbols else None
        self._poke()

    def _count(self) -> None:
        wanted = self._wanted
        symbols = () if wanted is None else wanted.symbols
        held = [self._held[symbol] for symbol in symbols if symbol in self._held]
        known = [each.bars.dates[-1] for each in held if len(each.bars.dates)]
        last: date | None = max(known).item() if known else None
        self._progress = Progress(known=len(known), absent=len(held) - len(known), last=last)

    async def _closed(self, provider: HistoryProvider) -> None:
        try:
            await provider.close()
        except Exception as error:  # noqa: BLE001 - what fails at the end costs nobody anything
            self._ledger.erred(error_words(error, self._secrets.hide))

    def _remark(self, text: str) -> None:
        self._ledger.remark(plain(text, self._secrets.hide))

    def _poke(self) -> None:
        try:
            self.wake()
        except Exception:  # noqa: BLE001 - the reader may be gone
            self.wake = no_wake


def _read_all(
    files: DailyFiles, source: str, symbols: Sequence[str]
) -> list[tuple[HeldBars | None, str]]:
    return [files.read(source, symbol) for symbol in symbols]


def _minutes_fault(batch: object, session: date) -> str:
    if not isinstance(batch, MinuteBatch):
        return f"{type(batch).__name__} is no batch of minutes"
    return update_fault(batch) or (
        "" if batch.session == session else "the minutes are of another session"
    )
