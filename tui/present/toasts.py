"""What is said at the edge of the screen when news hits a name of the user's lists."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tui.market.catalysts import Catalyst
from tui.market.stories import Stories

MOST: Final = 3
"""Toasts in any minute."""
MINUTE: Final = 60.0
_LOOKED_AT: Final = 200
"""Stories of one step of the clock that are looked at, the newest."""
_REMEMBERED: Final = 2_000
_HELD: Final = 10_000
"""Hits that wait and are counted one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A catalyst that names something of the user's.

    Attributes:
        catalyst: The story.
        symbols: The names of the user's that it concerns.
        lists: Their lists.
        more: How many other hits are not told of one by one.
    """

    catalyst: Catalyst
    symbols: tuple[str, ...]
    lists: tuple[str, ...]
    more: int = 0


class Toasts:
    """Tells of each story once, when it comes or when a replay's clock passes it.

    Told are stories with a time after the start alone. Moving a replay is no passing of time: what
    lies between is not told.

    Args:
        lists: The user's lists with their symbols, asked when there is something to compare.
    """

    def __init__(self, lists: Callable[[], Mapping[str, Sequence[str]]]) -> None:
        self._lists = lists
        self._since: datetime | None = None
        self._now: datetime | None = None
        self._epoch: object = None
        self._came: dict[str, Catalyst] = {}
        self._told: OrderedDict[str, None] = OrderedDict()
        self._waiting: deque[Hit] = deque(maxlen=_HELD)
        self._shown: deque[float] = deque(maxlen=MOST)

    def take(self, stories: Mapping[str, Catalyst]) -> None:
        """Take stories that are new or told anew."""
        if self._since is None:
            return
        for key, story in stories.items():
            if story.time is not None and story.time > self._since and key not in self._told:
                self._came[key] = story

    def due(
        self, stories: Stories, now: datetime, at: float, *, jumped: object = None, quiet: bool
    ) -> list[Hit]:
        """What is to be told now.

        Args:
            stories: All that are held.
            now: The market's time.
            at: The host's monotonic seconds, by which the rate is bounded.
            jumped: Differs from the last time where the clock was moved and did not run.
            quiet: Whether nothing is told; it is not told later either.
        """
        before = self._now
        self._now = now
        if self._since is None or before is None or now < before or jumped != self._epoch:
            self._since, self._epoch = now, jumped
            self._came.clear()
            self._waiting.clear()
            return []
        passed: Iterable[Catalyst] = ()
        if now > before:
            passed = stories.between(before, now, _LOOKED_AT)
        if not self._came and not passed:
            return self._next(at)
        ripe = [story for story in self._came.values() if _at(story) <= now]
        self._came.clear()
        known = {story.key: story for story in (*ripe, *passed) if _at(story) > self._since}
        self._hit(sorted(known.values(), key=_at), quiet=quiet)
        return self._next(at)

    def _hit(self, stories: Iterable[Catalyst], *, quiet: bool) -> None:
        fresh = [story for story in stories if story.key not in self._told and story.symbols]
        if not fresh:
            return
        lists = self._lists()
        for story in fresh:
            self._told[story.key] = None
            if len(self._told) > _REMEMBERED:
                self._told.popitem(last=False)
            if quiet:
                continue
            named = [name for name, symbols in lists.items() if set(symbols) & set(story.symbols)]
            if named:
                held = {symbol for name in named for symbol in lists[name]}
                symbols = tuple(symbol for symbol in story.symbols if symbol in held)
                self._waiting.append(Hit(catalyst=story, symbols=symbols, lists=tuple(named)))

    def _next(self, at: float) -> list[Hit]:
        while self._shown and at - self._shown[0] >= MINUTE:
            self._shown.popleft()
        hits: list[Hit] = []
        while self._waiting and len(self._shown) < MOST:
            self._shown.append(at)
            hit = self._waiting.popleft()
            if len(self._shown) == MOST and self._waiting:
                # The last place of the minute goes to the newest; the rest is counted.
                more = len(self._waiting)
                hit = self._waiting.pop()
                hit = Hit(catalyst=hit.catalyst, symbols=hit.symbols, lists=hit.lists, more=more)
                self._waiting.clear()
            hits.append(hit)
        return hits


def _at(story: Catalyst) -> datetime:
    if story.time is None:
        raise ValueError("a story without a time is never told")
    return story.time
