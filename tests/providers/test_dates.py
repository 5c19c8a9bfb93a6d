import asyncio
from datetime import date

import pytest

from tui.errors import NotSupported
from tui.providers.conformance import CalendarConformance, ManualClock
from tui.providers.conformance.base import FewInstruments
from tui.providers.contracts import Host
from tui.providers.dates import RuleCalendar


class TestConformance(CalendarConformance):
    def make(self, host: Host) -> RuleCalendar:
        return RuleCalendar(host)


def test_years_beyond_every_calendar_are_not_supported() -> None:
    calendar = RuleCalendar(Host(clock=ManualClock(), instruments=FewInstruments()))
    with pytest.raises(NotSupported, match="2050"):
        asyncio.run(calendar.events(date(2050, 1, 1), date(2050, 12, 31)))
