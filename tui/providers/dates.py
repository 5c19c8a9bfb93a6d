"""Dates that standing rules give, as a source of dated events."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from tui.errors import DataError, NotSupported
from tui.market.quotes import Delay, DelayKind
from tui.market.session import TokyoCalendar
from tui.market.timeline import rule_dates
from tui.providers.contracts import About, CalendarProvider, DatedEvent, Host


class RuleCalendar(CalendarProvider):
    """Special quotations, index reviews, and the days around the ends of business years.

    They are computed from the exchange's calendar: SQ on the second Friday, the Nikkei 225's
    reviews on the first session of April and October, the TOPIX's of free float on the last
    session of January, April, July and October, and the last day with rights two sessions before
    the end of March and September. What is decided case by case is not among them.
    """

    about: ClassVar[About] = About(
        name="dates",
        title="Market dates",
        summary="SQ days, index reviews and ex-rights days, by standing rules; free.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._calendar = TokyoCalendar()

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        """The dates of a span, both ends included, in order.

        Raises:
            NotSupported: The span reaches into years that no calendar covers.
        """
        try:
            # A year outside the table imports pandas, which takes its time.
            found = await asyncio.to_thread(rule_dates, self._calendar, start, end)
        except DataError as error:
            raise NotSupported(error.what, subject=error.subject, remedy=error.remedy) from error
        return [
            DatedEvent(
                on=each.on,
                title=each.title,
                title_ja=each.title_ja,
                kind=each.kind,
                source="rule",
            )
            for each in found
        ]
