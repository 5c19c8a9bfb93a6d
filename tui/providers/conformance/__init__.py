"""The suite that tells a source's author whether the program can live with it.

Install it as ``zaraba[conformance]``. Derive a class from the one of your role, say how the source
is made and what it knows, and run pytest::

    from tui.providers.conformance import QuoteConformance
    from tui.providers.contracts import Host

    class TestMyQuotes(QuoteConformance):
        symbols = ("7203.T", "285A.T")

        def make(self, host: Host) -> MyQuotes:
            return MyQuotes(host)

With it come the parts that such tests need: a clock that the test moves, and a real server on the
loopback address, of HTTP and WebSocket, that fails in every way a service does. For what stands
behind the sources there are quotes that lie in every way, and a source that fails as it is told.
"""

from tui.providers.conformance.base import Bench, FewInstruments, ProviderConformance
from tui.providers.conformance.batches import check_bars, check_minutes, check_quotes
from tui.providers.conformance.clock import ManualClock
from tui.providers.conformance.faulty import FaultyQuotes, Scenario
from tui.providers.conformance.lies import LIES, Lie, told
from tui.providers.conformance.lookups import (
    CalendarConformance,
    HistoryConformance,
    SearchConformance,
)
from tui.providers.conformance.loopback import (
    Answer,
    Certificate,
    Fault,
    Line,
    LineClosed,
    LoopbackServer,
    Request,
    Trust,
)
from tui.providers.conformance.news import NewsConformance, check_catalyst
from tui.providers.conformance.quotes import QuoteConformance

__all__ = [
    "LIES",
    "Answer",
    "Bench",
    "CalendarConformance",
    "Certificate",
    "Fault",
    "FaultyQuotes",
    "FewInstruments",
    "HistoryConformance",
    "Lie",
    "Line",
    "LineClosed",
    "LoopbackServer",
    "ManualClock",
    "NewsConformance",
    "ProviderConformance",
    "QuoteConformance",
    "Request",
    "Scenario",
    "SearchConformance",
    "Trust",
    "check_bars",
    "check_catalyst",
    "check_minutes",
    "check_quotes",
    "told",
]
