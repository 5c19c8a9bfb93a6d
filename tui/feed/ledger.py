"""The account that is kept of one source."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from tui.feed.delays import DelayClasses
from tui.feed.health import (
    RATE_SECONDS,
    FeedState,
    Health,
    decayed,
    delivering_state,
)
from tui.feed.wording import plain
from tui.market.quotes import Delay, MinuteBatch, Update
from tui.market.times import Clock
from tui.providers.contracts import About, Role

MOST_TOLD: Final = 8
"""Different remarks that are kept in words."""


class Ledger:
    """Writes a source's `Health`: an immutable object, swapped, which any thread may read.

    Args:
        source: The source's name, as registered.
        role: What it is asked for.
        clock: The time.
        changed: Called when what the screen says of the source may have changed.
    """

    def __init__(self, source: str, role: Role, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._lock = threading.Lock()
        self._epoch = -1
        self._classes = DelayClasses()
        self.health = Health(source=source, role=role, title=source)

    def introduce(self, about: About) -> None:
        """Note what the source says of itself."""
        self._write(
            title=plain(about.title) or self.health.source,
            note=plain(about.note),
            delay=about.delay,
        )

    def attempt(self) -> None:
        """A stream is being started, not for the first time."""
        before = self.health
        failed = before.state is FeedState.FAILED
        self._write(
            state=FeedState.RETRYING if failed else before.state,
            retry_at=None,
            restarts=before.restarts + 1,
        )

    def quotes(self, update: Update) -> None:
        """Quotes or minutes have come; the epoch is the program's own."""
        same = update.epoch == self._epoch
        self._epoch = update.epoch
        if not same:
            self._classes.forget()
        if isinstance(update, MinuteBatch):
            self._arrived(0, self.health.data_time if same else None, self.health.delay)
            return
        delay, data_time = self._classes.take(update)
        self._arrived(len(update), data_time, delay)

    def asking(self, asked: tuple[int, int] | None) -> None:
        """How far the first round of questions has come; None where it is over."""
        if asked != self.health.asked:
            self._write(asked=asked)

    def catalysts(self, count: int) -> None:
        """Catalysts have come."""
        self._arrived(count, self.health.data_time, self.health.delay)

    def bars(self, names: int) -> None:
        """Daily bars, or minutes, of so many names have come."""
        self._arrived(names, self.health.data_time, self.health.delay)

    def failed(self, what: str, wait: float | None) -> None:
        """An attempt has failed, or ended by itself.

        Args:
            what: The failure in words.
            wait: Seconds until the next attempt; None where none is planned.
        """
        retry_at = None if wait is None else self._clock.now() + timedelta(seconds=wait)
        self._write(
            state=FeedState.FAILED if wait is None else FeedState.RETRYING,
            errors=self.health.errors + 1,
            last_error=what,
            retry_at=retry_at,
        )
        self._changed()

    def rejected(self, what: str) -> None:
        """An update was dropped because it did not keep the contract."""
        self._write(rejected=self.health.rejected + 1, last_error=what)

    def erred(self, what: str) -> None:
        """Something failed that does not end the stream."""
        self._write(errors=self.health.errors + 1, last_error=what)
        self._changed()

    def remark(self, what: str) -> None:
        """The source tells of something that it survived. Any thread may call."""
        with self._lock:
            held = self.health
            told = (what, *(each for each in held.told if each != what))[:MOST_TOLD]
            self.health = replace(held, remarks=held.remarks + 1, last_remark=what, told=told)

    def held_back(self, count: int, what: str) -> None:
        """Prices of this source were held back as doubtful. Any thread may call."""
        with self._lock:
            self.health = replace(
                self.health, held_back=self.health.held_back + count, last_held_back=what
            )

    def stopped(self) -> None:
        """The source is switched off; nobody is told, for whoever switched it off knows."""
        self._write(state=FeedState.STOPPED, retry_at=None)

    def _arrived(self, count: int, data_time: datetime | None, delay: Delay | None) -> None:
        before = self.health
        instant = self._clock.monotonic()
        rate = decayed(before.rate, instant - before.rate_at) + count / RATE_SECONDS
        state = delivering_state(delay, before.role)
        self._write(
            state=state,
            delay=delay,
            data_time=data_time,
            received=self._clock.now(),
            quotes=before.quotes + count,
            rate=rate,
            rate_at=instant,
            retry_at=None,
        )
        if state is not before.state:
            self._changed()

    def _write(self, **changes: Any) -> None:
        with self._lock:
            self.health = replace(self.health, **changes)
