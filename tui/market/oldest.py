"""Which reports go when there are too many: the oldest that nobody still waits for."""

from collections.abc import Iterator, Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Final

from tui.market.catalysts import Catalyst

_BEYOND: Final = 5
"""One in so many more than the limit may be kept as pinned or due; then even those go."""
_DAY: Final = 86_400.0
_EPOCH: Final = date(1970, 1, 1).toordinal()


def age_key(catalyst: Catalyst) -> float:
    """By what catalysts are ordered in time: POSIX seconds, or midnight UTC of the session.

    That midnight is nine in the morning in Tokyo, when trading begins. What has neither comes
    before everything.
    """
    if catalyst.time is not None:
        return catalyst.time.timestamp()
    if catalyst.session is not None:
        return (catalyst.session.toordinal() - _EPOCH) * _DAY
    return float("-inf")


class Oldest:
    """Reports by age. It may hold entries of reports that are gone; they are passed over."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, str]] = []

    def add(self, report: Catalyst) -> None:
        """Note a report."""
        if not report.pinned:
            heappush(self._heap, (age_key(report), report.key))

    def beyond(
        self, reports: Mapping[str, Catalyst], most: int, today: date | None
    ) -> Iterator[str]:
        """Keys to be taken out, one after the other, until no more than the limit are left.

        Args:
            reports: Those held; the caller takes out each key before it asks for the next.
            most: How many may be left.
            today: What falls due on this date or later is passed over; None passes over none.
        """
        if len(self._heap) > 2 * len(reports) + 1_000:
            self._heap = [entry for entry in self._heap if _stands(entry, reports)]
            heapify(self._heap)
        due: list[tuple[float, str]] = []
        while len(reports) > most and self._heap:
            entry = heappop(self._heap)
            if not _stands(entry, reports):
                continue
            ahead = reports[entry[1]].due
            if today is not None and ahead is not None and ahead >= today:
                due.append(entry)
            else:
                yield entry[1]
        for entry in due:
            heappush(self._heap, entry)
        while len(reports) > most + most // _BEYOND:
            yield next(iter(reports))


def _stands(entry: tuple[float, str], reports: Mapping[str, Catalyst]) -> bool:
    report = reports.get(entry[1])
    return report is not None and not report.pinned and age_key(report) == entry[0]
