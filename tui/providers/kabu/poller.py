"""Who is registered, who is asked for and when: the half of a stream that speaks REST."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from tui.errors import NotSupported
from tui.market.session import SessionState
from tui.providers.contracts import Host
from tui.providers.kabu.listener import Listener
from tui.providers.kabu.service import PLACES, NoPlace, Service
from tui.providers.kabu.settings import Settings
from tui.providers.kabu.sheet import Sheet
from tui.providers.kabu.symbols import INDICES, Code
from tui.providers.kabu.told import told

TURN: Final = 10
"""Names that are asked for in one turn, and places that are kept free for it where names are more
than places: who is asked for takes a place."""
SILENCE: Final = 60.0
"""Seconds without a message after which the boards of the push are looked at, in busy hours."""
AFTERGLOW: Final = timedelta(minutes=15)
"""How long after the close figures may still change."""
STEP: Final = 5.0
"""Seconds between two looks at whether anything has to be done."""

_ABREAST: Final = 5
"""Boards that are asked for at a time, so that the limit of calls sets the pace and no answer."""
_QUIET: Final = frozenset({SessionState.LUNCH, SessionState.CLOSED, SessionState.HOLIDAY})
_NAMED: Final = 10
_NEVER: Final = -1


def pushed(symbols: Sequence[str]) -> list[str]:
    """The names that get the push: the indices, then the first that were asked for."""
    ordered = sorted(symbols, key=lambda symbol: symbol not in INDICES)
    return ordered if len(ordered) <= PLACES else ordered[: PLACES - TURN]


class Poller:
    """Keeps the registrations, and asks for boards until cancelled.

    All places are given up and taken anew when a stream begins and after every outage of the push,
    since the application forgets them when it is started again. The boards of the names on the push
    are looked at then, when Tokyo's day enters another phase, while there is no push, and when it
    has been silent in busy hours: if a board has news that the push did not tell, the line is deaf
    and another is opened. The other names are asked for in turns, which registers them, and taken
    off again. What the push has told before its first turn is not asked for then.

    Args:
        host: What the program lends.
        settings: How often.
        service: The REST interface.
        listener: The push.
        sheet: Where boards are held.
        codes: The names that can be asked for, by symbol, in order of importance.
        phase: Tells what Tokyo is doing at an instant.

    Attributes:
        news: Set when there is something new in the sheet.
        ready: Set when there is enough in the sheet for a first batch.
    """

    def __init__(
        self,
        host: Host,
        settings: Settings,
        service: Service,
        listener: Listener,
        sheet: Sheet,
        codes: Mapping[str, Code],
        phase: Callable[[datetime], SessionState],
    ) -> None:
        self.news = asyncio.Event()
        self.ready = asyncio.Event()
        self._host = host
        self._settings = settings
        self._service = service
        self._listener = listener
        self._sheet = sheet
        self._codes = dict(codes)
        self._phase_at = phase
        self._pushed = pushed(list(codes))
        self._others = [symbol for symbol in codes if symbol not in set(self._pushed)]
        self._turns: deque[list[str]] = deque()
        self._next_round = 0.0
        self._registered_for = _NEVER
        self._phase: SessionState | None = None
        self._looked = 0.0
        self._asked_twice: set[str] = set()
        self._asked: set[str] = set()

    @property
    def asked(self) -> tuple[int, int] | None:
        """How many names have been asked for, and of how many; None once all have been."""
        left = sum(name not in self._asked for name in self._codes)
        return (len(self._codes) - left, len(self._codes)) if left else None

    def heard(self, name: str) -> None:
        """Note that the push has told of a name."""
        self._asked.add(name)

    async def run(self) -> None:
        """Ask until cancelled.

        Raises:
            ProviderError: The application failed.
        """
        await self._service.sign_in()
        await self._listener.tried()
        crowded = False
        while True:
            try:
                await self._step()
            except NoPlace:
                if crowded:
                    raise
                # Another program registers names too, or asks for boards.
                self._host.remark("all places for names were taken; they are taken anew")
                self._registered_for = _NEVER
                crowded = True
            else:
                crowded = False

    @property
    def _now(self) -> float:
        return self._host.clock.monotonic()

    @property
    def _busy(self) -> bool:
        now = self._host.clock.now()
        return not {self._phase_at(now), self._phase_at(now - AFTERGLOW)} <= _QUIET

    def _pause(self) -> float:
        return self._settings.poll if self._busy else self._settings.poll_closed

    async def _step(self) -> None:
        """Do what is most urgent, or wait a little."""
        await self._tend_the_push()
        self.ready.set()
        if not self._turns and self._others and self._now >= self._next_round:
            self._next_round = self._now + self._pause()
            starts = range(0, len(self._others), TURN)
            self._turns.extend(self._others[start : start + TURN] for start in starts)
        if self._turns:
            await self._take_turn(self._turns[0])
            self._turns.popleft()
        else:
            await self._host.clock.sleep(STEP)

    async def _tend_the_push(self) -> None:
        """Register, and look at the boards of the names on the push, where there is reason to."""
        listener, phase = self._listener, self._phase_at(self._host.clock.now())
        began = self._now
        if self._registered_for != listener.opened:
            await self._register()
        elif phase is self._phase and listener.connected:
            if not self._busy or began - max(listener.heard, self._looked) < SILENCE:
                return
            self._looked = began
            if await self._look(self._pushed) and listener.heard < began:
                self._host.remark("the push has fallen silent; another line is opened")
                await listener.renew()
            return
        elif phase is self._phase and began - self._looked < self._pause():
            return
        first, self._phase, self._looked = self._phase is None, phase, began
        await self._look([name for name in self._pushed if not (first and name in self._asked)])

    async def _register(self) -> None:
        """Give up all places and take them for the names on the push."""
        opened = self._listener.opened
        await self._service.unregister_all()
        refused = await self._service.register([self._codes[name] for name in self._pushed])
        self._drop([name for name in self._pushed if self._codes[name] in refused])
        self._registered_for = opened

    async def _take_turn(self, names: list[str]) -> None:
        """Ask for names that are not on the push, and free their places."""
        await self._look(names)
        known = [self._codes[name] for name in names if name in self._codes]
        await self._service.unregister(known)

    async def _look(self, names: Sequence[str]) -> bool:
        """Ask for boards; whether one has news of a name already held."""
        news = False
        for start in range(0, len(names), TURN):
            some = [name for name in names[start : start + TURN] if name in self._codes]
            blank: list[str] = []
            news |= await self._ask_all(some, blank)
            # A name just registered may come without its figures: it is asked for once more.
            again = [name for name in blank if name not in self._asked_twice]
            self._asked_twice.update(again)
            await self._ask_all(again, [])
            self._asked.update(some)
            self.news.set()
            self.ready.set()
        return news

    async def _ask_all(self, names: Sequence[str], blank: list[str]) -> bool:
        """Ask for some boards, a few at a time; raises what the first of them that failed did."""
        news = False
        for start in range(0, len(names), _ABREAST):
            asked = (self._ask(name, blank) for name in names[start : start + _ABREAST])
            for answer in await asyncio.gather(*asked, return_exceptions=True):
                if isinstance(answer, BaseException):
                    raise answer
                news |= answer
        return news

    async def _ask(self, name: str, blank: list[str]) -> bool:
        try:
            found = told(await self._service.board(self._codes[name]))
        except NotSupported:
            self._drop([name])
            return False
        if found.blank:
            blank.append(name)
        return self._sheet.put(name, found, self._host.clock.now())

    def _drop(self, names: Sequence[str]) -> None:
        """Ask no more for names that the application does not know."""
        if not names:
            return
        gone = set(names)
        for name in names:
            self._codes.pop(name, None)
        self._pushed = [name for name in self._pushed if name not in gone]
        self._others = [name for name in self._others if name not in gone]
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        self._host.remark(f"unknown to kabu STATION: {', '.join(names[:_NAMED])}{more}")
