"""Which of many reports one might be the same story as, found without comparing it with all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tui.market.catalysts import Catalyst
from tui.market.same_story import LIKE, document_key, link_key
from tui.market.title import Title, title

NEWEST: Final = 48
"""Reports of one place that a new one is compared with, the newest first."""
SYMBOLS: Final = 4
"""Instruments of one report by which others are looked for."""
_BUCKET: Final = timedelta(hours=12).total_seconds()
_BITS: Final = 127
_ROUNDING: Final = 1e-9


class _Mark:
    """What of a report tells cheaply that another cannot be the same story.

    Attributes:
        key: The report's.
        symbols: The report's.
        document, link, title: Hashes of what is equal where document, address or title are; 0
            for a report without document or address.
        japanese: Whether the title is.
        bits: One of 128 for each part of the title.
        need: How many bits two titles must have in common at least to be nearly the same, shared
            between both.
        figures: Those of the title.
    """

    __slots__ = (
        "bits", "document", "figures", "japanese", "key", "link", "need", "symbols", "title",
    )  # fmt: skip

    def __init__(self, report: Catalyst) -> None:
        told: Title = title(report.headline)
        document, address = document_key(report.link), link_key(report.link)
        bits = 0
        for part in told.parts:
            bits |= 1 << (hash(part) & _BITS)
        self.key = report.key
        self.symbols = report.symbols
        self.document = hash(("document", document)) if document else 0
        self.link = hash(("link", address)) if address else 0
        self.title = hash(("title", told.key))
        self.japanese = told.japanese
        self.bits = bits
        # Of two titles with so many parts each, those in common are LIKE / (1 + LIKE) of the sum
        # or more; and they are at most the bits in common with the parts that share a bit.
        parts = len(told.parts)
        self.need = parts * LIKE / (1 + LIKE) - (parts - bits.bit_count()) / 2 - _ROUNDING
        self.figures = told.figures


class NearReports:
    """Reports by document, address, title, and by instrument and half day."""

    def __init__(self) -> None:
        self._marks: dict[str, _Mark] = {}
        self._near: dict[object, list[_Mark]] = {}
        self._last: tuple[Catalyst, _Mark] | None = None

    def add(self, report: Catalyst) -> None:
        """Hold a report; of one place the newest are found, and older ones forgotten there."""
        mark = self._mark(report)
        self._marks[report.key] = mark
        for place in (*_same(mark), *_beside(report, (0,))):
            near = self._near.get(place)
            if near is None:
                self._near[place] = [mark]
            else:
                near.append(mark)
                if len(near) > NEWEST:
                    del near[0]

    def remove(self, report: Catalyst) -> None:
        """Let go of a report that is held."""
        mark = self._marks.pop(report.key)
        for place in (*_same(mark), *_beside(report, (0,))):
            near = self._near.get(place)
            if near is not None and mark in near:
                near.remove(mark)
                if not near:
                    del self._near[place]

    def like(self, report: Catalyst) -> Iterator[str]:
        """The keys of those that may be the same story, the likeliest places first.

        None is left out that `same_story` would find and that is among the newest of a place. A
        key may come more than once.
        """
        mark = self._mark(report)
        symbols = frozenset(report.symbols)
        for place in _same(mark):
            for other in reversed(self._near.get(place, ())):
                if not (symbols and other.symbols) or not symbols.isdisjoint(other.symbols):
                    yield other.key
        for place in _beside(report, (0, -1, 1)):
            if near := self._near.get(place):
                yield from _alike(mark, near)

    def _mark(self, report: Catalyst) -> _Mark:
        # A report is looked for and then held.
        if self._last is None or self._last[0] is not report:
            self._last = report, _Mark(report)
        return self._last[1]


def _alike(mark: _Mark, near: list[_Mark]) -> Iterator[str]:
    """Those of a place that are the same in something, or whose titles may be nearly the same.

    What the bits have in common bounds the parts in common from above, so nothing is missed.
    """
    bits, need, japanese, figures = mark.bits, mark.need, mark.japanese, mark.figures
    document, link, titled = mark.document or None, mark.link or None, mark.title
    for other in reversed(near):
        if (
            (
                (bits & other.bits).bit_count() >= need + other.need
                if other.japanese == japanese
                else not figures.isdisjoint(other.figures)
            )
            or other.title == titled
            or other.link == link
            or other.document == document
        ):
            yield other.key


def _same(mark: _Mark) -> Iterator[object]:
    if mark.document:
        yield mark.document
    if mark.link:
        yield mark.link
    yield mark.title


def _beside(report: Catalyst, buckets: tuple[int, ...]) -> Iterator[object]:
    """The half day of each instrument, and those so many half days from it."""
    own = _bucket(report)
    for away in buckets:
        for symbol in report.symbols[:SYMBOLS]:
            yield symbol, own + away


def _bucket(report: Catalyst) -> int:
    if report.time is not None:
        return int(report.time.timestamp() // _BUCKET)
    # A session has two half days; what has no time is kept with the first.
    return report.session.toordinal() * 2 - 1_438_326 if report.session is not None else 0
