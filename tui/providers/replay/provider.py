"""Plays the recorded session: quotes at any speed, from any instant."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final

from tui.errors import ConfigError, DataError, Unavailable, UsageError
from tui.market.quotes import Update
from tui.market.times import JST, parse_at
from tui.providers.contracts import About, Host, QuoteProvider
from tui.providers.replay.playhead import FASTEST, SLOWEST, Playhead
from tui.providers.replay.recorded import DELAY, SOURCE, RecordedSession, Selection
from tui.providers.replay.timeline import from_ms, to_ms

FRAME: Final = 1 / 30
"""Seconds of the host's time between two batches, at least."""
_START: Final = time(8, 59, 50)
_SPEED: Final = 60.0
_NAMED: Final = 3
"""How many unknown symbols a remark names."""


class ReplayProvider(QuoteProvider):
    """The bundled session, playing.

    What it shows is a function of its playhead alone: playing up to an instant and seeking to it
    give the same quotes. The playhead outlives a stream, so one that starts anew with other symbols
    goes on where the last one was. At the close it stands still.

    Settings, in ``[providers.replay]``:
        ``at``: Where it starts: a time of day such as ``14:32``, or an instant; 08:59:50 unless
            told otherwise. Held between 08:00 and 15:30 of the session.
        ``speed``: Market seconds a second, 1 to 600; 60 unless told otherwise.
        ``paused``: Whether it starts standing still.

    Raises:
        ConfigError: A setting cannot be used.
        Unavailable: The bundled session is not there.
    """

    about: ClassVar[About] = About(
        name=SOURCE,
        title="Replay",
        summary="The Tokyo session of 26 May 2025, bundled with the program; free.",
        delay=DELAY,
        note="path modelled",
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        try:
            self.recorded = RecordedSession.load()
        except DataError as error:
            raise _unavailable(error) from error
        timeline = self.recorded.timeline
        settings = host.settings
        self._playhead = Playhead(
            host.clock,
            first=timeline.first,
            last=timeline.last,
            at=to_ms(_starting(settings, self.recorded.date)),
            speed=_speed(settings),
            paused=_paused(settings),
        )
        self._epoch = 1
        self._wakes: set[asyncio.Event] = set()
        self._remarked: tuple[str, ...] = ()

    def session(self) -> date:
        """The recorded session's date."""
        return self.recorded.date

    def market_time(self) -> datetime:
        """The instant of the playhead; it stops at 15:30."""
        return from_ms(self._playhead.position())

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._playhead.paused

    @property
    def speed(self) -> float:
        """Market seconds a second."""
        return self._playhead.speed

    def pause(self, on: bool) -> None:
        """Stand still, or go on."""
        self._playhead.pause(on)
        self._wake()

    def seek(self, moment: datetime) -> None:
        """Go to an instant (aware), held between 08:00 and 15:30; opens a new epoch."""
        self._go(to_ms(moment))

    def skip(self, step: timedelta) -> None:
        """Go forward or back by a step; opens a new epoch."""
        self._go(self._playhead.position() + step / timedelta(milliseconds=1))

    def set_speed(self, speed: float) -> None:
        """Set the speed, held between 1 and 600."""
        self._playhead.set_speed(speed)
        self._wake()

    async def stream(self, symbols: Sequence[str]) -> AsyncIterator[Update]:
        """Deliver the session: a snapshot with its minutes for each epoch, then what changes."""
        selection = self.recorded.select(symbols)
        self._remark(selection)
        wake = asyncio.Event()
        self._wakes.add(wake)
        try:
            async with aclosing(self._play(selection, wake)) as updates:
                async for update in updates:
                    yield update
                    del update
        except DataError as error:
            raise _unavailable(error) from error
        finally:
            self._wakes.discard(wake)

    async def _play(
        self, selection: Selection, wake: asyncio.Event
    ) -> AsyncGenerator[Update, None]:
        recorded = self.recorded
        while True:
            wake.clear()
            epoch = self._epoch
            ms = self._playhead.position()
            standing = recorded.standing(ms)
            yield recorded.all_quotes(selection, standing, epoch)
            minutes = recorded.minutes_of(selection, ms, epoch)
            if len(minutes.minutes):
                yield minutes
            del minutes  # a whole day's are two megabytes, and the session may rest for hours
            while True:
                await self._rest(wake, ms)
                wake.clear()
                if epoch != self._epoch:
                    break
                ms = self._playhead.position()
                before, standing = standing, recorded.standing(ms)
                batch = recorded.changes(selection, before, standing, epoch)
                if len(batch):
                    yield batch

    async def _rest(self, wake: asyncio.Event, ms: float) -> None:
        """Wait until something can have changed since an instant, or the playhead is turned."""
        if self._playhead.paused or ms >= self.recorded.timeline.last:
            await wake.wait()
            return
        due = self.recorded.timeline.next_change(ms) - ms
        seconds = max(due / 1000 / self._playhead.speed, FRAME)
        if seconds <= 2 * FRAME:
            await self.host.clock.sleep(seconds)
            return
        waits = [
            asyncio.ensure_future(self.host.clock.sleep(seconds)),
            asyncio.ensure_future(wake.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _go(self, ms: float) -> None:
        self._playhead.seek(ms)
        self._epoch += 1
        self._wake()

    def _wake(self) -> None:
        for wake in self._wakes:
            wake.set()

    def _remark(self, selection: Selection) -> None:
        unknown = selection.unknown
        if not unknown or unknown == self._remarked:
            return
        self._remarked = unknown
        some = ", ".join(unknown[:_NAMED]) + (", …" if len(unknown) > _NAMED else "")
        self.host.remark(f"{len(unknown)} not in the recorded session: {some}")


def _unavailable(error: DataError) -> Unavailable:
    return Unavailable(error.what, subject=error.subject, remedy=error.remedy)


def _starting(settings: Mapping[str, object], session: date) -> datetime:
    at = settings.get("at")
    try:
        if at is None:
            return datetime.combine(session, _START, JST)
        if isinstance(at, datetime):
            moment = at if at.tzinfo else at.replace(tzinfo=JST)
        elif isinstance(at, time):
            moment = datetime.combine(session, at, at.tzinfo or JST)
        elif isinstance(at, str):
            moment = parse_at(at, session)
        else:
            raise _wrong("at", at, "Give a time of day such as “14:32”, or an ISO time.")
    except UsageError as error:
        raise ConfigError(error.what, subject="providers.replay.at", remedy=error.remedy) from error
    if moment.astimezone(JST).date() != session:
        raise _wrong("at", at, f"The recorded session is of {session}.")
    return moment


def _speed(settings: Mapping[str, object]) -> float:
    speed = settings.get("speed", _SPEED)
    if (
        isinstance(speed, bool)
        or not isinstance(speed, int | float)
        or not math.isfinite(speed)
        or not SLOWEST <= speed <= FASTEST
    ):
        raise _wrong("speed", speed, "Give a number from 1 to 600.")
    return float(speed)


def _paused(settings: Mapping[str, object]) -> bool:
    paused = settings.get("paused", False)
    if not isinstance(paused, bool):
        raise _wrong("paused", paused, "Give true or false.")
    return paused


def _wrong(key: str, value: object, remedy: str) -> ConfigError:
    return ConfigError(
        f"“{value}” cannot be used", subject=f"providers.replay.{key}", remedy=remedy
    )
