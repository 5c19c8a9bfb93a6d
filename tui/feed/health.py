"""How a source is doing, as something that any thread may read at any instant."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import Role

Quiet = Callable[[datetime], bool]
"""Whether no trading is expected at an instant (aware, UTC): lunch, closed, before the open."""


def never_quiet(moment: datetime) -> bool:  # noqa: ARG001 - the signature is the contract
    """Expect trading at any instant."""
    return False


RATE_SECONDS = 5.0
"""How long the count of quotes a second looks back."""


class FeedState(Enum):
    """What the screen says of a source; the value is the word."""

    STARTING = "STARTING"
    LIVE = "LIVE"
    DELAYED = "DELAYED"
    REPLAY = "REPLAY"
    SYNTHETIC = "SYNTHETIC"
    STALE = "STALE"
    RETRYING = "RETRYING"
    FAILED = "FAILED"
    NOT_ANSWERING = "NOT ANSWERING"
    """The source blocks the feed's own thread, so nothing can be said of anything in it."""
    STOPPED = "STOPPED"

    @property
    def delivering(self) -> bool:
        """Whether data comes, and is as fresh as its source makes it."""
        return self in _DELIVERING


_DELIVERING = {FeedState.LIVE, FeedState.DELAYED, FeedState.REPLAY, FeedState.SYNTHETIC}

_FAILING = frozenset({FeedState.RETRYING, FeedState.FAILED, FeedState.NOT_ANSWERING})
_BY_KIND = {
    DelayKind.REALTIME: FeedState.LIVE,
    DelayKind.DELAYED: FeedState.DELAYED,
    DelayKind.END_OF_DAY: FeedState.DELAYED,
    DelayKind.REPLAY: FeedState.REPLAY,
    DelayKind.SYNTHETIC: FeedState.SYNTHETIC,
    DelayKind.UNKNOWN: FeedState.DELAYED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Seconds of data age, beyond the source's own delay, from which data are stale.

    Attributes:
        realtime: For sources in real time.
        delayed: For delayed ones, and for those that do not say.
        beat: Of silence of the feed's thread, from which it is not answering.
    """

    realtime: float = 90.0
    delayed: float = 300.0
    beat: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One source in one role, at one instant.

    Attributes:
        source: The source's name, as registered.
        role: What it is asked for.
        state: What the screen says of it.
        title: The source's name for people; as `source` until it is known.
        note: What the screen must say beside its data, such as "path modelled".
        delay: How far behind the market it is, of several classes that of Tokyo's names; None until
            it is known.
        data_time: Exchange time of the newest quote of this epoch in that class, aware, in UTC;
            None where none has a time.
        received: When something last came, aware, in UTC, by the program's clock.
        quotes: Quotes, or catalysts, taken in since the start.
        rate: Quotes a second over the last seconds, as measured at `rate_at`.
        rate_at: The clock's `monotonic` then.
        errors: How often it failed.
        last_error: The last failure, in words of plain text.
        rejected: Updates dropped because they did not keep the contract.
        remarks: Things survived that the source told of.
        last_remark: The last of them.
        told: The last few different ones, the newest first.
        held_back: Prices held back because they cannot be true.
        last_held_back: The last of them, in words.
        retry_at: When it is asked again, aware, in UTC; None where that is not planned.
        restarts: Attempts after the first.
        asked: How many names of the first round have been asked for, and of how many; None where
            all have been.
        silence: Seconds since the feed's thread last gave a sign of life, where it is overdue.
        aged: Whether its quotes are older than they may be, whatever its state.
    """

    source: str
    role: Role
    state: FeedState = FeedState.STARTING
    title: str = ""
    note: str = ""
    delay: Delay | None = None
    data_time: datetime | None = None
    received: datetime | None = None
    quotes: int = 0
    rate: float = 0.0
    rate_at: float = -math.inf
    errors: int = 0
    last_error: str = ""
    rejected: int = 0
    remarks: int = 0
    last_remark: str = ""
    told: tuple[str, ...] = ()
    held_back: int = 0
    last_held_back: str = ""
    retry_at: datetime | None = None
    restarts: int = 0
    asked: tuple[int, int] | None = None
    silence: float = 0.0
    aged: bool = False

    @property
    def newest(self) -> datetime | None:
        """The instant whose age is the age of the data: exchange time, else the time received."""
        return self.data_time or self.received


def delivering_state(delay: Delay | None, role: Role) -> FeedState:
    """The state of a source that delivers."""
    if delay is None or (role is not Role.QUOTES and delay.kind is DelayKind.UNKNOWN):
        return FeedState.LIVE
    return _BY_KIND[delay.kind]


def decayed(rate: float, seconds: float) -> float:
    """What is left of a rate a while after it was measured."""
    return rate * math.exp(-max(0.0, seconds) / RATE_SECONDS) if rate else 0.0


def assess(
    health: Health,
    *,
    now: datetime,
    monotonic: float,
    quiet: Quiet,
    beat: float | None = None,
    thresholds: Thresholds = Thresholds(),
) -> Health:
    """A source's health as it is now, from what the feed's thread last wrote.

    Quotes are stale when they are older than now, less the source's delay, by more than the
    threshold, and trading has been expected for all of that time. News and replays are never
    stale.

    Args:
        health: What the feed's thread wrote.
        now: The instant, aware, in UTC.
        monotonic: The clock's `monotonic` now.
        quiet: Whether no trading is expected at an instant.
        beat: The clock's `monotonic` at the thread's last sign of life; None where it is stopped.
        thresholds: From when data are stale.
    """
    state, overdue = health.state, 0.0
    over = beat is None or state is FeedState.STOPPED
    silence = 0.0 if beat is None else monotonic - beat
    if over:
        pass
    elif silence > thresholds.beat:
        state, overdue = FeedState.NOT_ANSWERING, silence
    aged = not over and _is_stale(health, now, quiet, thresholds)
    if aged and state.delivering:
        state = FeedState.STALE
    rate = decayed(health.rate, monotonic - health.rate_at)
    rate = rate if rate >= 0.05 else 0.0
    return replace(health, state=state, silence=overdue, rate=rate, aged=aged)


def _is_stale(health: Health, now: datetime, quiet: Quiet, thresholds: Thresholds) -> bool:
    newest = health.newest
    if health.role is not Role.QUOTES or health.delay is None or newest is None:
        return False
    match health.delay.kind:
        case DelayKind.REALTIME:
            allowed = timedelta(seconds=thresholds.realtime)
        case DelayKind.DELAYED | DelayKind.UNKNOWN:
            allowed = timedelta(seconds=thresholds.delayed)
        case _:
            return False
    due = now - timedelta(minutes=health.delay.minutes)
    return due - newest > allowed and not quiet(due) and not quiet(due - allowed)


def words(health: Health, now: datetime) -> str:
    """What the header says: ``LIVE``, ``DELAYED 20 m``, ``STALE 3 m``, ``RETRYING in 4 s``.

    Args:
        health: As `assess` returned it.
        now: The instant, aware.
    """
    told = _state_words(health, now)
    if health.newest is None or health.state is FeedState.STALE:
        return told
    # A delayed source that fails no longer says in its state how late its quotes are.
    late = health.role is Role.QUOTES and health.delay is not None and health.delay.minutes > 0
    if health.aged or (late and health.state in _FAILING):
        return f"{told} · {age(now - health.newest)} old"
    return told


def _state_words(health: Health, now: datetime) -> str:
    word = health.state.value
    match health.state:
        case FeedState.DELAYED if health.delay is not None:
            if health.delay.kind is DelayKind.END_OF_DAY:
                return "END OF DAY"
            if health.delay.kind is DelayKind.UNKNOWN:
                return "DELAY UNKNOWN"
            return f"{word} {health.delay.minutes} m" if health.delay.minutes else word
        case FeedState.STALE if health.newest is not None:
            return f"{word} {age(now - health.newest)}"
        case FeedState.RETRYING if health.retry_at is not None:
            return f"{word} in {age(health.retry_at - now)}"
        case FeedState.NOT_ANSWERING:
            return f"{word} {age(timedelta(seconds=health.silence))}"
        case _:
            return word


def age(span: timedelta) -> str:
    """A span in its largest whole unit: ``4 s``, ``3 m``, ``17 h``, ``2 d``; never negative."""
    seconds = max(0, math.ceil(span.total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
