"""Every catalyst held, so laid out that many thousands are filtered between two keystrokes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tui.market.arrays import Flags, Floats
from tui.market.catalysts import Catalyst
from tui.market.folding import fold
from tui.market.oldest import age_key
from tui.market.stories import Changed
from tui.market.universe import Universe
from tui.report.labels import Label, Labels
from tui.report.text_search import TextSearch

Slots = NDArray[np.intp]

_KIND, _SOURCE, _SYMBOL = "kind", "source", "symbol"
_CHECK: Final = 32
"""Catalysts taken up between two looks at the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFilter:
    """Which catalysts are wanted; what is empty narrows nothing.

    Attributes:
        kind: A kind, as it is written.
        source: One that tells it.
        symbols: At least one of these instruments.
        text: Words that headline, kind, sources or names hold, in any usual writing.
        unread: Only those that were not read.
        keep: The key of one that counts as not read, as it is being read now.
    """

    kind: str = ""
    source: str = ""
    symbols: frozenset[str] | None = None
    text: str = ""
    unread: bool = False
    keep: str = ""


class NewsIndex:
    """Catalysts by what they can be filtered by.

    `take` only notes what has changed; `follow` takes it up, in slices that hold no frame.

    Args:
        universe: The names of the instruments, by which they can be looked for.
        read: Keys of catalysts that were read.
    """

    def __init__(self, universe: Universe, read: Mapping[str, object] | None = None) -> None:
        self._universe = universe
        self._read = read if read is not None else {}
        self._waiting: dict[str, Catalyst | None] = {}
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._held: list[Catalyst | None] = []
        self._headlines = TextSearch()
        self._labels = Labels()
        self._age: Floats = np.empty(0)
        self._unread: Flags = np.empty(0, np.bool_)
        self._alive: Flags = np.empty(0, np.bool_)
        self._order: Slots | None = None
        self._last: tuple[str, Flags] | None = None
        self.revision = 0
        """Grows with every change that is taken up."""

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def waiting(self) -> int:
        """How many changes are still to be taken up."""
        return len(self._waiting)

    def take(self, changed: Changed) -> None:
        """Note what became of the stories."""
        if not self._waiting and not changed.gone:
            self._waiting = dict(changed.stories)
            return
        for key in changed.gone:
            self._waiting.pop(key, None)
            self._waiting[key] = None
        for key, story in changed.stories.items():
            self._waiting.pop(key, None)
            self._waiting[key] = story

    def take_all(self, stories: Mapping[str, Catalyst]) -> None:
        """Lay out all of these at once."""
        self.take(Changed(dict(stories), ()))
        self.follow()

    def follow(self, seconds: float = float("inf")) -> bool:
        """Take up what has changed.

        Args:
            seconds: After so many the rest is left for the next time.

        Returns:
            Whether something is left.
        """
        if not self._waiting:
            return False
        end = perf_counter() + seconds
        for count, key in enumerate(self._first(), 1):
            story = self._waiting.pop(key)
            self._drop(key)
            if story is not None:
                self._add(story)
            if count % _CHECK == 0 and perf_counter() >= end:
                break
        self._order = self._last = None
        self.revision += 1
        return bool(self._waiting)

    def _first(self) -> Iterator[str]:
        while self._waiting:
            yield next(iter(self._waiting))

    # --- what is held ---------------------------------------------------------------------

    def catalyst(self, slot: int) -> Catalyst:
        """The catalyst of a slot that `select` gave."""
        held = self._held[slot]
        if held is None:
            raise KeyError(slot)
        return held

    def slot(self, key: str) -> int:
        """The slot of a catalyst; -1 for one that is not held."""
        return self._slots.get(key, -1)

    def unread(self, slot: int) -> bool:
        """Whether a catalyst was not read."""
        return bool(self._unread[slot])

    def mark(self, keys: Iterable[str], *, unread: bool) -> None:
        """Mark catalysts as read, or as not read."""
        for key in keys:
            slot = self._slots.get(key)
            if slot is not None and self._unread[slot] != unread:
                self._unread[slot] = unread
                self.revision += 1

    def kinds(self) -> dict[str, int]:
        """Every kind with how many catalysts are of it, the commonest first."""
        return self._labels.counts(_KIND)

    def sources(self) -> dict[str, int]:
        """Every source with how many catalysts it tells, the busiest first."""
        return self._labels.counts(_SOURCE)

    # --- filtering ------------------------------------------------------------------------

    def select(self, wanted: NewsFilter, now: datetime) -> Slots:
        """The slots of what is wanted and told by an instant, newest first.

        What bears no time stands at the beginning of its session, what bears neither last.

        Args:
            wanted: What is wanted.
            now: The market's time, aware; what is told later is not known yet.
        """
        mask = self._alive & (self._age <= now.timestamp())
        if wanted.unread:
            kept = self._unread.copy()
            if (slot := self.slot(wanted.keep)) >= 0:
                kept[slot] = True
            mask &= kept
        if wanted.kind:
            mask &= self._filed(_KIND, (wanted.kind,))
        if wanted.source:
            mask &= self._filed(_SOURCE, (wanted.source,))
        if wanted.symbols is not None:
            mask &= self._filed(_SYMBOL, wanted.symbols)
        words = fold(wanted.text)
        if words:
            mask &= self._holding(words)
        order = self._ordered()
        return order.compress(mask.take(order))

    def forget_typed(self) -> None:
        """Look for the next text among all, as if nothing had been typed before it."""
        self._last = None
        self._headlines.forget_found()
        self._labels.forget_found()

    def _holding(self, words: str) -> Flags:
        """Whose text holds every word, each in the headline or in something it is filed under."""
        last = self._last
        if last is not None and last[0] == words:
            return last[1]
        mask = np.ones(len(self._alive), np.bool_)
        for word in words.split():
            holding = np.zeros(len(mask), np.bool_)
            self._headlines.mark(word, holding)
            self._labels.mark_holding(word, holding)
            mask &= holding
        self._last = words, mask
        return mask

    def _filed(self, shelf: str, names: Iterable[str]) -> Flags:
        mask = np.zeros(len(self._alive), np.bool_)
        self._labels.mark(shelf, names, mask)
        return mask

    def _ordered(self) -> Slots:
        if self._order is None:
            self._order = np.argsort(-self._age, kind="stable")
        return self._order

    # --- taking up ------------------------------------------------------------------------

    def _add(self, story: Catalyst) -> None:
        slot = self._free.pop() if self._free else self._room()
        self._slots[story.key] = slot
        self._held[slot] = story
        self._headlines.put(slot, fold(story.headline))
        self._labels.put(slot, self._numbers(story))
        self._age[slot] = age_key(story)
        self._alive[slot] = True
        self._unread[slot] = story.key not in self._read

    def _drop(self, key: str) -> None:
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        self._held[slot] = None
        self._headlines.drop(slot)
        self._labels.drop(slot)
        self._age[slot] = np.inf
        self._alive[slot] = False
        self._free.append(slot)

    def _numbers(self, story: Catalyst) -> list[int]:
        """What a catalyst is filed under, each once."""
        labels = [Label(_KIND, story.kind)] if story.kind else []
        labels += [Label(_SOURCE, name) for name in told_by(story)]
        labels += [Label(_SYMBOL, symbol) for symbol in story.symbols]
        number = self._labels.number
        return [
            number(label) or self._labels.add(label, self._text(label))
            for label in dict.fromkeys(labels)
        ]

    def _room(self) -> int:
        """A slot at the end; the arrays grow by a half."""
        slot = len(self._held)
        if slot == len(self._age):
            more = max(256, slot // 2)
            self._age = np.concatenate([self._age, np.full(more, np.inf)])
            self._unread = np.concatenate([self._unread, np.zeros(more, np.bool_)])
            self._alive = np.concatenate([self._alive, np.zeros(more, np.bool_)])
        self._held.append(None)
        return slot

    def _text(self, label: Label) -> str:
        """By which words a label is found: an instrument by its code and names too."""
        told = [label.name]
        instrument = self._universe.get(label.name) if label.shelf == _SYMBOL else None
        if instrument is not None:
            told += [instrument.code, instrument.name, instrument.name_ja]
        # What is looked for has no line breaks, so nothing is found across two of them.
        return "\n".join(map(fold, told))


def told_by(story: Catalyst) -> tuple[str, ...]:
    """Everyone who tells a story, each once."""
    return story.sources or ((story.source,) if story.source else ())
