"""Keeps one source's stream running, whatever the source does."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tui.errors import BadPayload, RateLimited, Unavailable
from tui.feed.backoff import Backoff
from tui.feed.ledger import Ledger
from tui.feed.wording import Secrets, error_words, plain
from tui.market.text_rules import TextRules
from tui.market.times import Clock
from tui.providers.budget import Budgets
from tui.providers.contracts import About, Host, InstrumentLookup, Provider

P = TypeVar("P", bound=Provider)
T = TypeVar("T")

_BURST = 64
"""Updates after which a stream's pace is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that the feed gives.

    Attributes:
        answer: To a stream, for its first batch.
        settle: To the user's lists, to come to rest before a stream is started again.
        grace: To a stream that is cancelled, or a source that is closed, to end.
        request: To a search or a piece of history.
        update: To every update of a stream, on average; a source that is faster is held back,
            so that it cannot take the processor from the screen.
    """

    answer: float = 30.0
    settle: float = 0.25
    grace: float = 2.0
    request: float = 30.0
    update: float = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every supervisor of one feed shares.

    Attributes:
        clock: The time.
        instruments: The reference tables, lent to every source.
        secret: Reads a key by name.
        patience: How long to wait for what.
        budgets: How often each service may be asked.
        rules: By which texts are linked and filed.
    """

    clock: Clock
    instruments: InstrumentLookup
    secret: Callable[[str], str | None]
    patience: Patience = field(default_factory=Patience)
    budgets: Budgets = field(default_factory=Budgets)
    rules: TextRules = field(default_factory=TextRules)

    def host(self, settings: Mapping[str, object], secrets: Secrets) -> Host:
        """What is lent to a source that is asked single questions.

        Args:
            settings: Its table of the configuration.
            secrets: Reads its keys, and blots them out of what it says.
        """
        return Host(
            clock=self.clock,
            instruments=self.instruments,
            settings=settings,
            secret=secrets,
            budgets=self.budgets,
            rules=self.rules,
        )


@dataclass(slots=True)
class _Run:
    """One start of the stream; once it is over, what still comes of it is dropped."""

    over: bool = False
    began: float | None = None
    overdue: bool = False
    burst: int = 0
    paced: float = 0.0


@dataclass(frozen=True, slots=True)
class _End:
    """How a run ended."""

    error: BaseException | None
    lasted: float
    wanted: bool = False
    """Ended by us, to start it again at once."""


class Supervisor(ABC, Generic[P, T]):
    """Runs a source in one role: constructs it, reads its stream, starts it again after failures.

    The source object lives on over restarts of its stream, as its contract says; one whose stream
    does not end within the grace after it is cancelled is left to itself, and another is
    constructed in its place. Everything but `retire` and what the role says otherwise happens in
    the feed's thread.

    Args:
        factory: Constructs the source.
        settings: The source's table of the configuration.
        ledger: The account kept of it.
        backoff: The waits between attempts.
        around: What all supervisors share.
    """

    role_class: type[Provider]

    def __init__(
        self,
        factory: Callable[[Host], P],
        settings: Mapping[str, object],
        *,
        ledger: Ledger,
        backoff: Backoff,
        around: Surroundings,
    ) -> None:
        self.ledger = ledger
        self._factory = factory
        self._backoff = backoff
        self._clock = around.clock
        self._patience = around.patience
        self._secrets = Secrets(around.secret)
        self._host = Host(
            clock=around.clock,
            instruments=around.instruments,
            settings=settings,
            secret=self._secrets,
            remark=self._remark,
            budgets=around.budgets,
            rules=around.rules,
        )
        self._provider: P | None = None
        self._retired = False
        self._nudge = asyncio.Event()
        self._wanted = False
        self._forced = False

    @abstractmethod
    def _stream(self, provider: P) -> AsyncIterator[T]:
        """Start the source's stream."""

    @abstractmethod
    def _take(self, item: T) -> str:
        """Check an item and pass it on; what is wrong with it, or nothing."""

    def _ready(self) -> bool:
        """Whether there is anything to ask for."""
        return True

    def _differs(self) -> bool:
        """Whether what is wanted now differs from what the stream was started with."""
        return False

    def _introduced(self, provider: P) -> None:
        """The source has been constructed."""

    def retire(self) -> None:
        """Let nothing more of this source through. Any thread may call."""
        self._retired = True
        self.ledger.stopped()

    def restart(self, *, now: bool) -> None:
        """Start the stream again if what is wanted has changed, or in any case.

        Args:
            now: In any case, at once, and without waiting out a pause; only a pause that the
                source itself asked for is waited out.
        """
        self._wanted = True
        self._forced |= now
        self._nudge.set()

    async def run(self) -> None:
        """Supervise until cancelled."""
        attempts = 0
        try:
            while not self._retired:
                while not self._ready():
                    await self._nudged()
                self._wanted = self._forced = False
                if attempts:
                    self.ledger.attempt()
                attempts += 1
                end = await self._attempt()
                if not end.wanted and not self._retired:
                    await self._pause(end)
        except Exception as error:  # noqa: BLE001 - supervision must not end without a word
            self.ledger.failed(f"supervision ended: {error_words(error)}", None)
        finally:
            self._retired = True
            await self._close()

    async def _attempt(self) -> _End:
        run = _Run(paced=self._clock.monotonic())
        self._nudge.clear()
        pump = asyncio.ensure_future(self._pump(run))
        pump.add_done_callback(lambda _: self._nudge.set())
        alarm = asyncio.ensure_future(self._alarm(run))
        try:
            return await self._watch(pump, run)
        finally:
            run.over = True
            alarm.cancel()
            if not await self._ended(pump):
                self.ledger.erred("the stream does not end when it is told to, and was abandoned")
                await self._close()

    async def _watch(self, pump: "asyncio.Future[None]", run: _Run) -> _End:
        while True:
            await self._nudged()
            lasted = 0.0 if run.began is None else self._clock.monotonic() - run.began
            if pump.done():
                return _End(_error_of(pump), lasted)
            if self._wanted and await self._settled():
                return _End(None, lasted, wanted=True)
            if run.overdue and run.began is None:
                return _End(Unavailable(f"no answer for {self._patience.answer:g} s"), 0.0)

    async def _alarm(self, run: _Run) -> None:
        await self._clock.sleep(self._patience.answer)
        run.overdue = True
        self._nudge.set()

    async def _pump(self, run: _Run) -> None:
        """Read the stream; everything of the source's own happens in here."""
        try:
            stream = self._stream(self._opened())
            _check_stream(stream)
            closing = getattr(stream, "aclose", None)
            try:
                async for item in stream:
                    if run.over or self._retired:
                        return
                    self._receive(item, run)
                    del item  # the next may be hours away
                    await self._breathe(run)
            except GeneratorExit:  # abandoned, and the loop has ended: nothing can be awaited
                closing = None
                raise
            finally:
                if closing is not None:
                    await closing()
        except (SystemExit, KeyboardInterrupt) as error:
            raise BadPayload(f"the source tried to end the program by {_kind(error)}") from None

    async def _breathe(self, run: _Run) -> None:
        """Give way to other tasks, and hold back a source that never waits."""
        run.burst += 1
        await asyncio.sleep(0)
        if run.burst < _BURST:
            return
        due = run.paced + run.burst * self._patience.update
        ahead = due - self._clock.monotonic()
        if ahead > 0:
            await self._clock.sleep(ahead)
        run.burst, run.paced = 0, self._clock.monotonic()

    def _opened(self) -> P:
        if self._provider is None:
            provider = self._factory(self._host)
            if not isinstance(provider, self.role_class):
                raise BadPayload(f"{_kind(provider)} is no {self.role_class.__name__}")
            about: object = getattr(provider, "about", None)
            if isinstance(about, About):
                self.ledger.introduce(about)
            self._introduced(provider)
            self._provider = provider
        return self._provider

    def _receive(self, item: T, run: _Run) -> None:
        try:
            fault = self._take(item)
        except Exception as error:  # noqa: BLE001 - a stranger's object may raise from anything
            fault = error_words(error)
        if fault:
            self.ledger.rejected(plain(fault, self._secrets.hide))
        elif run.began is None:
            run.began = self._clock.monotonic()

    async def _pause(self, end: _End) -> None:
        """Wait before the next attempt: the back-off, or until somebody wants another."""
        wait = self._backoff.after(end.error, end.lasted)
        what = (
            "the stream ended" if end.error is None else error_words(end.error, self._secrets.hide)
        )
        self.ledger.failed(what, wait)
        if wait is None:
            while not self._wanted:
                await self._nudged()
            return
        alarm = asyncio.ensure_future(self._clock.sleep(wait))
        alarm.add_done_callback(lambda _: self._nudge.set())
        hurried = not isinstance(end.error, RateLimited)
        try:
            while not alarm.done() and not (self._forced and hurried):
                await self._nudged()
        finally:
            alarm.cancel()

    async def _settled(self) -> bool:
        """Wait until the wishes have come to rest; whether the stream must be started again."""
        while self._wanted and not self._forced:
            self._wanted = False
            await self._clock.sleep(self._patience.settle)
        forced, self._wanted, self._forced = self._forced, False, False
        self._nudge.set()
        return forced or self._differs()

    async def _nudged(self) -> None:
        await self._nudge.wait()
        self._nudge.clear()

    async def _ended(self, task: "asyncio.Future[Any]") -> bool:
        """Cancel a task and give it the grace to end; whether it did."""
        task.cancel()
        alarm = asyncio.ensure_future(self._clock.sleep(self._patience.grace))
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
        if task.done() and not task.cancelled():
            task.exception()
        return task.done()

    async def _close(self) -> None:
        provider, self._provider = self._provider, None
        if provider is None:
            return
        closing = asyncio.ensure_future(_closing(provider))
        alarm = asyncio.ensure_future(self._clock.sleep(self._patience.grace))
        await asyncio.wait({closing, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        if not closing.done():
            closing.cancel()
        elif not closing.cancelled() and (error := closing.exception()) is not None:
            self.ledger.erred(error_words(error, self._secrets.hide))

    def _remark(self, text: str) -> None:
        if not self._retired:
            self.ledger.remark(plain(text, self._secrets.hide))


async def _closing(provider: Provider) -> None:
    try:
        await provider.close()
    except (SystemExit, KeyboardInterrupt) as error:
        raise BadPayload(f"the source tried to end the program by {_kind(error)}") from None


def _error_of(task: "asyncio.Future[None]") -> BaseException | None:
    if task.cancelled():
        return Unavailable("the source cancelled its own stream")
    return task.exception()


def _check_stream(stream: object) -> None:
    """Refuse what cannot be iterated, such as the coroutine of a stream that never yields."""
    if isinstance(stream, AsyncIterator):
        return
    if isinstance(stream, Coroutine):
        stream.close()
    raise BadPayload(f"the stream is no asynchronous iterator but {_kind(stream)}")


def _kind(thing: object) -> str:
    return type(thing).__name__
