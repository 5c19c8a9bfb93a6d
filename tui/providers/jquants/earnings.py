"""Dates on which companies report."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec

from tui.market.plaintext import plain
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, CalendarProvider, DatedEvent, Host
from tui.providers.jquants.service import KEY, NAME, Service, symbol_of


class EarningsRow(msgspec.Struct):
    """One announcement."""

    code: str = msgspec.field(name="Code")
    on: date | None = msgspec.field(name="Date", default=None)
    company: str = msgspec.field(name="CoName", default="")
    quarter: str = msgspec.field(name="FQ", default="")


class JQuantsCalendar(CalendarProvider):
    """Announcements of results as the exchange lists them: those of the next business day.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="J-Quants",
        summary="Dates of results of the next business day, from the exchange; needs a key.",
        delay=Delay(DelayKind.END_OF_DAY),
        keys=(KEY,),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._service = Service(host)

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        """Announcements in a span; a row without a date is left out."""
        rows = await self._service.rows("/equities/earnings-calendar", {}, EarningsRow)
        found = []
        for row in rows:
            symbol = symbol_of(row.code)
            if symbol is None or row.on is None or not start <= row.on <= end:
                continue
            instrument = self.host.instruments.get(symbol)
            name = instrument.name if instrument else plain(row.company, 80) or symbol
            name_ja = instrument.name_ja if instrument else name
            quarter = plain(row.quarter, 20)
            found.append(
                DatedEvent(
                    on=row.on,
                    title=f"Results: {name}{f' ({quarter})' if quarter else ''}",
                    title_ja=f"決算：{name_ja}{f'（{quarter}）' if quarter else ''}",
                    kind="earnings",
                    symbols=(symbol,),
                    source=NAME,
                )
            )
        found.sort(key=lambda event: (event.on, event.symbols))
        return found
