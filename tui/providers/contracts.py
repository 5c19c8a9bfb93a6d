"""The five roles of a source of data.

A source is one class per role, registered under the role's entry-point group. The docstrings
here are the contract: shapes, units, time zones, errors, cancellation and rate limits. The
suite in `tui.providers.conformance` checks a source against them.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar, Protocol, runtime_checkable

from tui.market.catalysts import Catalyst
from tui.market.instruments import Instrument
from tui.market.quotes import DailyBars, Delay, MinuteBatch, Update
from tui.market.text_rules import TextRules
from tui.market.times import Clock
from tui.providers.budget import Budgets


class Role(Enum):
    """What a source can do; the value is the last word of its entry-point group."""

    QUOTES = "quotes"
    HISTORY = "history"
    NEWS = "news"
    SEARCH = "search"
    CALENDAR = "calendar"

    @property
    def group(self) -> str:
        """The entry-point group."""
        return f"zaraba.{self.value}"


class InstrumentLookup(Protocol):
    """The reference tables, as far as a source may read them."""

    def get(self, symbol: str) -> Instrument | None:
        """The instrument of a symbol, or None where it is not in the tables."""
        ...

    def search(self, query: str, limit: int = 20) -> Sequence[Instrument]:
        """Instruments by code or name in any usual writing, best first."""
        ...


def no_secret(name: str) -> str | None:  # noqa: ARG001 - the signature is the contract
    """A keyring without keys."""
    return None


def no_remark(text: str) -> None:
    """Drop a remark."""


@dataclass(frozen=True, kw_only=True)
class Host:
    """What the program lends to a source; it never sees more than this.

    Attributes:
        clock: The time. A source sleeps and reads the time only through it.
        instruments: The reference tables.
        settings: The source's own table of the configuration, ``[providers.NAME]``.
        secret: Reads a key by name from the environment or the keyring; None where there is none.
            It may take a while, so call it off the loop with `asyncio.to_thread`.
        remark: Tells the feed's health of something that was survived, in one line: a bad row
            skipped, a symbol unknown. It is counted and the last one is shown.
        budgets: How often each service may be asked, over all sources of the program.
        rules: By which texts are linked and filed, for a source that reads texts as a whole. What
            a source of news leaves bare is filled in by the feed in any case. The first use reads
            files, so make it off the loop.
    """

    clock: Clock
    instruments: InstrumentLookup
    settings: Mapping[str, object] = field(default_factory=dict)
    secret: Callable[[str], str | None] = no_secret
    remark: Callable[[str], None] = no_remark
    budgets: Budgets = field(default_factory=Budgets)
    rules: TextRules = field(default_factory=TextRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a source says of itself, before it is started.

    Attributes:
        name: As registered: lower case, no spaces.
        title: For people.
        summary: One sentence: what it covers and what it costs.
        delay: How far behind the market it is by its nature.
        note: What the screen must say beside the data, such as "path modelled"; may be empty.
        keys: Names of the keys that it asks `Host.secret` for.
    """

    name: str
    title: str
    summary: str
    delay: Delay
    note: str = ""
    keys: tuple[str, ...] = ()


class Provider(ABC):
    """A source in one role.

    It is constructed with a `Host` in the feed's thread, and must not do anything slow or
    reach for the network until it is asked for data. A setting that cannot be used raises
    `ConfigError` naming the key. Everything it raises on purpose is a `ProviderError`;
    anything else counts as a fault of the source and is survived. Every coroutine may be cancelled
    at any await and must release what it holds. A source keeps the limits of calls that its
    service asks for by itself, and raises `RateLimited` when the service complains.
    """

    about: ClassVar[About]

    def __init__(self, host: Host) -> None:
        self.host = host

    async def close(self) -> None:  # noqa: B027 - nothing to release is the usual case
        """Release what is held; called once, also after an error."""


class QuoteProvider(Provider):
    """Quotes, as a stream of batches."""

    @abstractmethod
    def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Deliver quotes of the symbols until cancelled.

        The first batch is a snapshot of everything known; later ones may hold only what has
        changed. Where exchanges differ in delay, there is a batch for each delay class in the
        place of one. A symbol that the source does not know is left out and told by
        `Host.remark`. The order of updates is the order of their truth: an epoch never goes
        back. The stream is started anew, with other symbols, when the user's lists change:
        position and connection that should outlive it belong to the object.

        Args:
            symbols: In the program's own form, without repetition.

        Yields:
            Quotes, and minutes that fill in what went before.

        Raises:
            ProviderError: The source failed; the feed starts the stream again after a pause.
        """

    def session(self) -> date | None:
        """The date in Tokyo of the session being delivered; None for the calendar's own."""
        return None

    def snapshot_progress(self) -> tuple[int, int] | None:
        """How many names the batches so far have been asked for, and of how many.

        For a source that has to ask for its names by and by, so that its first batch is a part of
        the snapshot; None once the last batch has completed it, and where the first one does.
        """
        return None

    def market_time(self) -> datetime:
        """The instant that the quotes show, aware, in UTC. May be called from any thread."""
        return self.host.clock.now()


@runtime_checkable
class Playback(Protocol):
    """What a source that replays can do besides; called in the feed's thread."""

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        ...

    @property
    def speed(self) -> float:
        """Market seconds a second."""
        ...

    def pause(self, on: bool) -> None:
        """Stand still, or go on."""
        ...

    def seek(self, moment: datetime) -> None:
        """Go to an instant (aware), held inside the recorded span; opens a new epoch."""
        ...

    def skip(self, step: timedelta) -> None:
        """Go forward or back by a step; opens a new epoch."""
        ...

    def set_speed(self, speed: float) -> None:
        """Set the speed, held between 1 and 600."""
        ...


class HistoryProvider(Provider):
    """Bars of the past."""

    @abstractmethod
    async def daily(self, symbol: str, start: date, end: date) -> DailyBars:
        """Daily bars of one instrument, both dates included, oldest first, none invented.

        Raises:
            NotSupported: The symbol, or the span, is not offered.
        """

    async def minutes(
        self,
        symbols: Sequence[str],  # noqa: ARG002 - what a source may offer
        session: date,  # noqa: ARG002
    ) -> MinuteBatch | None:
        """Minutes of one session, to fill charts; None where the source has none."""
        return None


class NewsProvider(Provider):
    """Headlines and notes."""

    @abstractmethod
    def stream(self) -> AsyncIterator[Sequence[Catalyst]]:
        """Deliver catalysts until cancelled: first all that are known, then what is new or changed.

        A catalyst with a `key` seen before replaces it; one that is `withdrawn` takes it back.
        Text is plain: no markup, no control
        characters.
        """


class SearchProvider(Provider):
    """Instruments by name."""

    @abstractmethod
    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        """Instruments that match a code or a name, best first, at most `limit`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvent:
    """Something that falls due: a holiday, a rebalance, a result.

    Attributes:
        on: The date in Tokyo.
        title: One line of plain text, in English or as the source has it.
        kind: An open word; may be empty.
        symbols: The instruments it concerns.
        source: Who says so.
        title_ja: The same in Japanese; empty where the source tells it in one language.
    """

    on: date
    title: str
    kind: str = ""
    symbols: tuple[str, ...] = ()
    source: str = ""
    title_ja: str = ""


class CalendarProvider(Provider):
    """What falls due."""

    @abstractmethod
    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        """Events of a span, both dates included, in order of date."""
