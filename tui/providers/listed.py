"""Search over the instruments that the program knows by itself."""

from collections.abc import Sequence

from tui.market.instruments import Instrument
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, SearchProvider


class ListedSearch(SearchProvider):
    """The shipped reference tables: every code listed in Tokyo, by code or name."""

    about = About(
        name="listed",
        title="Listed issues",
        summary="Every issue listed in Tokyo by code, English or Japanese name; ships with the "
        "program.",
        delay=Delay(DelayKind.END_OF_DAY),
    )

    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        """Instruments of the reference tables, best first."""
        return self.host.instruments.search(query, limit)[:limit] if limit > 0 else ()
