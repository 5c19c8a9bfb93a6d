"""The exchange's own calendar as a source of dated events."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from tui.errors import DataError, NotSupported
from tui.market.holidays import HOLIDAYS_JA
from tui.market.quotes import Delay, DelayKind
from tui.market.session import TokyoCalendar
from tui.providers.contracts import About, CalendarProvider, DatedEvent, Host

_SOURCE = "exchange-calendars"
_DAY = timedelta(days=1)


class ExchangeCalendar(CalendarProvider):
    """Weekdays on which Tokyo is closed, and the first and the last session of each year.

    The years 2015 to 2027 come from a table that ships, the rest of 1997 to 2040 from
    exchange-calendars. Of coming years it knows what the law says today; a holiday moved since
    then is not known.
    """

    about: ClassVar[About] = About(
        name="exchange",
        title="Exchange calendar",
        summary="Tokyo's exchange holidays, and each year's first and last session; free.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._calendar = TokyoCalendar()

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        """Closures and turns of the year of a span, both dates included, in order of date.

        Raises:
            NotSupported: The span reaches into years that no calendar covers.
        """
        try:
            # A year outside the table imports pandas, which takes its time.
            return await asyncio.to_thread(self._events, start, end)
        except DataError as error:
            raise NotSupported(error.what, subject=error.subject, remedy=error.remedy) from error

    def _events(self, start: date, end: date) -> list[DatedEvent]:
        events: list[DatedEvent] = []
        for year in range(start.year, end.year + 1):
            for day, reason in self._calendar.closures(year).items():
                name = HOLIDAYS_JA.get(reason, "")
                closed = f"東京市場休場（{name}）" if name else "東京市場休場"
                events.append(_event(day, f"Tokyo closed: {reason}", closed, "holiday"))
            first, last = self._ends(year)
            events.append(_event(first, "First session of the year", "大発会", "session"))
            events.append(_event(last, "Last session of the year", "大納会", "session"))
        inside = [event for event in events if start <= event.on <= end]
        return sorted(inside, key=lambda event: event.on)

    def _ends(self, year: int) -> tuple[date, date]:
        """A year's first and last session, found from its own closures."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        while not self._calendar.is_session(first):
            first += _DAY
        while not self._calendar.is_session(last):
            last -= _DAY
        return first, last


def _event(on: date, title: str, title_ja: str, kind: str) -> DatedEvent:
    return DatedEvent(on=on, title=title, title_ja=title_ja, kind=kind, source=_SOURCE)
