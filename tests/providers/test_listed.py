import asyncio

from tui.market.instruments import Instrument
from tui.providers.conformance import FewInstruments, ManualClock, SearchConformance
from tui.providers.contracts import Host
from tui.providers.listed import ListedSearch

TOYOTA = Instrument(symbol="7203.T", code="7203", name="Toyota Motor", name_ja="トヨタ自動車")
KIOXIA = Instrument(symbol="285A.T", code="285A", name="Kioxia Holdings", name_ja="キオクシア")


class TestListedConforms(SearchConformance):
    instruments = (TOYOTA, KIOXIA)
    finds = (("toyota", "7203.T"), ("トヨタ", "7203.T"), ("285A", "285A.T"))

    def make(self, host: Host) -> ListedSearch:
        return ListedSearch(host)


def test_no_more_are_given_than_were_asked_for() -> None:
    host = Host(clock=ManualClock(), instruments=FewInstruments((TOYOTA, KIOXIA)))

    assert list(asyncio.run(ListedSearch(host).search("o", 1))) == [TOYOTA]
    assert list(asyncio.run(ListedSearch(host).search("o", 0))) == []
