"""What is seen of the program while a fault lasts, and after it."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import numpy as np

from benchmarks.contestants.probe import Callback, Probe
from benchmarks.reliability import prices
from benchmarks.reliability.program import WatchedApp
from tui.feed.health import Health
from tui.market.arrays import Flags, Floats, Times
from tui.market.price_screen import tokyo
from tui.market.quotes import DelayKind, Field, Quality
from tui.market.rules import price_limits
from tui.market.times import Clock
from widgets.quote_table import QuoteTable

True_ = Callable[[str, int], float | None]
"""The true price of a symbol at an instant in milliseconds since 1970; None where none is known."""

_REALTIME, _DELAYED = timedelta(seconds=145), timedelta(seconds=355)
"""The age, beyond a source's own delay, from which data have to bear it: the feed's threshold of 90
or 300 s, and what the clock goes on until a screen where nothing comes looks again."""
_FLAGGED: Final = np.uint8(Quality.SUSPECT | Quality.HELD_BACK | Quality.DISPUTED | Quality.EARLY)
_BADGES: Final = ("held back", "suspect", "differs")
_AGE: Final = re.compile(r"STALE \d+ [smhd]|\d+ [smhd] old|NOT ANSWERING")
_TAIL: Final = 18
"""Letters at the end of a line of the health that the pane must have: why it is so."""
_LAYS_OUT: Final = 4
"""Refreshes after which a screen that was opened stands: composed, styled, sized, resumed."""
_STANDS: Final = 5
"""Looks in a row at which a row is the same, after which the screen must show it so."""


@dataclass(slots=True)
class Seen:
    """What was seen of one fault.

    Attributes:
        states: The states that the header told, in order of first sight.
        words: What the health said since the fault began, in words.
        outside, older, untrue: Prices that were outside the day's limits, older than those before,
            or not true for their time, and bore no flag.
        unlike: The last of the rows that are counted next.
        unshown: Rows that the screen did not show as the board has them.
        ageless: Looks at which old data stood without their age.
        bare: What the header said at the last of them, and how old the data were.
        unsaid: Whether the pane of sources lacked a line of the health.
        flagged: The most rows that were flagged at once.
        went_on: Whether true prices came until the end of the fault.
        old: Whether data were old at any time.
        stall: Seconds of the longest callback of the interface thread, without the waits that
            were the machine's.
        stalled: That callback, and where its time went.
        wall: Seconds of the longest one with all waits.
        opening: Seconds of the longest one in which the pane of sources was opened or closed.
        requests, opened: Requests, and streams opened, a minute.
        recovered: Seconds from the fault's end until all was well; None for never.
        looks: How often it was looked.
    """

    states: list[str] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    outside: int = 0
    older: int = 0
    untrue: int = 0
    unlike: str = ""
    unshown: int = 0
    ageless: int = 0
    bare: str = ""
    unsaid: bool = False
    flagged: int = 0
    went_on: bool = False
    old: bool = False
    stall: float = 0.0
    stalled: str = ""
    wall: float = 0.0
    opening: float = 0.0
    requests: float = 0.0
    opened: float = 0.0
    recovered: float | None = None
    looks: int = 0


def _letters(text: str) -> str:
    """The text without blanks and figures, which another name's have replaced a moment later."""
    return "".join(char for char in text if char.isalpha())


class UnwatchedProbe(Probe):
    """A probe that leaves out the callbacks that only look."""

    mine = False

    def _note(self, seen: Callback, handle: asyncio.Handle) -> None:
        if self.mine:
            self.mine = False
        else:
            super()._note(seen, handle)


class Watcher:
    """Looks at the board and the screen.

    Args:
        app: The program.
        clock: Its time.
        true: What the prices really are.
        probe: Times the callbacks of the interface thread.
    """

    def __init__(self, app: WatchedApp, clock: Clock, true: True_, probe: UnwatchedProbe) -> None:
        self.app = app
        self.probe = probe
        self.clock = clock
        self._true = true
        self._symbols: tuple[str, ...] = ()
        self._time: Times = app.monitor.market.board.time
        self._seen = Seen()
        self._before: dict[str, Health] = {}
        self._epoch: int | None = None
        self._last_looks: list[dict[str, tuple[float, bool]]] = []

    def begin(self) -> Seen:
        """Begin to look at another fault."""
        self._seen = Seen()
        self._before = {each.source: each for each in self.app.monitor.feed.health()}
        self._last_looks.clear()
        return self._seen

    @property
    def health(self) -> Health:
        """The source's health."""
        return self.app.monitor.feed.health()[0]

    def look(self) -> None:
        """Look once; what that costs is not the program's."""
        self.probe.mine = True
        seen = self._seen
        seen.looks += 1
        self._follow()
        board = self.app.monitor.market.board
        last, time = board.column(Field.LAST).copy(), board.time.copy()
        flagged: Flags = (board.quality & _FLAGGED) != 0
        known = self._tokyo & np.isfinite(last) & ~flagged
        seen.flagged = max(seen.flagged, int((flagged & self._tokyo).sum()))
        with np.errstate(invalid="ignore"):
            seen.outside += int((known & ((last < self._lower) | (last > self._upper))).sum())
            if board.epoch == self._epoch:
                seen.older += int((known & (time < self._time)).sum())
        self._epoch, self._time = board.epoch, time
        stamps = time.view(np.int64)
        for row in np.flatnonzero(known & ~np.isnat(time)).tolist():
            true = self._true(self._symbols[row], int(stamps[row]))
            seen.untrue += true is not None and abs(true - last[row]) > 0.01
        self._look_at_words()
        self._look_at_screen(last, flagged)

    def _follow(self) -> None:
        market = self.app.monitor.market
        if market.board.symbols != self._symbols:
            self._symbols = market.board.symbols
            self._tokyo = tokyo(self._symbols)
            bases: Floats = np.array([prices.base(symbol) for symbol in self._symbols])
            self._lower, self._upper = price_limits(bases, market.fine)
            self._time = market.board.time.copy()
            self._epoch = None

    def _look_at_words(self) -> None:
        seen, health = self._seen, self.health
        if health.state.value not in seen.states:
            seen.states.append(health.state.value)
        before = self._before.get(health.source, health)
        if health.errors > before.errors or health.rejected > before.rejected:
            seen.words[health.last_error] += 1
        elif health.held_back > before.held_back:
            seen.words["held back: " + health.last_held_back] += 1
        elif health.remarks > before.remarks:
            seen.words[health.last_remark] += 1
        newest = health.newest
        delay = health.delay
        allowed = _REALTIME
        if delay is not None and delay.kind is not DelayKind.REALTIME:
            allowed = _DELAYED + timedelta(minutes=delay.minutes)
        old = newest is not None and self.clock.now() - newest > allowed
        if old and not self.app.monitor.market.status(self.clock.now()).state.trading:
            old = False
        seen.old |= old
        banner = self.app.banner() if self._main_shown() else ""
        if old and banner and _AGE.search(banner) is None:
            seen.ageless += 1
            seen.bare = f"“{banner}” at {self.clock.now():%H:%M:%S}, data of {newest:%H:%M:%S} UTC"

    def _main_shown(self) -> bool:
        return len(self.app.screen_stack) == 1

    def _look_at_screen(self, last: Floats, flagged: Flags) -> None:
        """Hold against the board what stands on the screen, where it has stood for a while."""
        if not self._main_shown():
            self._last_looks.clear()
            return
        board = self.app.monitor.market.board
        table = self.app.screen.query_one(QuoteTable)
        keys = [key for key in table.visible_keys if key.endswith(".T")]
        rows = board.rows(keys).tolist()
        held = {key: (float(last[row]), bool(flagged[row]))
                for key, row in zip(keys, rows, strict=True)}  # fmt: skip
        self._last_looks.append(held)
        del self._last_looks[:-_STANDS]
        if len(self._last_looks) < _STANDS or self._seen.looks % _STANDS:
            return
        lines = self.app.text()
        for key, state in held.items():
            if any(look.get(key) != state for look in self._last_looks):
                continue
            price, flag = state
            code = key.removesuffix(".T")
            line = next(
                (each for each in lines if each.startswith((f"│ {code} ", f"│ {code}●"))), ""
            )
            shown = f"{price:,.0f}" in line if price == price else True
            told = not flag or any(badge in line for badge in _BADGES)
            if line and not (shown and told):
                self._seen.unshown += 1
                self._seen.unlike = f"{price} {flag}: {line.strip()}"

    async def look_at_pane(self, looks: int = 8) -> None:
        """Open the pane of sources, and see whether it says what the health does."""
        # What it says is of the instant at which it was opened, until it looks again.
        told = [self._last_words()]
        await self._laid_out(self.app.action_sources)
        panes: list[str] = []
        for _ in range(looks):
            await asyncio.sleep(0.05)
            self.probe.mine = True
            told.append(self._last_words())
            panes.append(_letters("".join(self.app.text())))
        self._seen.unsaid = not any(
            all(_letters(text)[-_TAIL:] in pane for text in said) for said in told for pane in panes
        )
        await self._laid_out(lambda: self.app.screen.dismiss(False))

    def _last_words(self) -> list[str]:
        """What the health tells of the last of each thing that went wrong."""
        lines = self.app.monitor.health_lines()
        return [text.split(", the last: ")[-1] for text, _ in lines if ", the last" in text]

    async def _laid_out(self, act: Callable[[], object]) -> None:
        """Open or close a screen, and wait until it stands.

        That a screen is laid out is the reader's doing and no fault's, so it is put aside. What
        comes after it, while the screen stands, counts.
        """
        self.probe.aside = 0.0
        act()
        for _ in range(_LAYS_OUT):
            painted = asyncio.Event()
            self.app.call_after_refresh(painted.set)
            await painted.wait()
        self._seen.opening = max(self._seen.opening, self.probe.aside)
        self.probe.aside = None

    def well(self, since: float) -> bool:
        """Whether everything is as before the fault.

        Args:
            since: When it ended, in seconds since 1970.
        """
        self._follow()
        monitor = self.app.monitor
        board = monitor.market.board
        if not self.health.state.delivering or board.epoch is None:
            return False
        mine = self._tokyo
        flagged = (board.quality[mine] & _FLAGGED) != 0
        fresh = board.time[mine].view(np.int64) >= int(since * 1000)
        return bool(not flagged.any() and fresh.all())
