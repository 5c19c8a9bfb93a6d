"""The role search: instruments anywhere, by code or English name."""

from collections.abc import Sequence
from typing import Final

from tui.market.instruments import Instrument, InstrumentKind
from tui.market.plaintext import plain
from tui.providers.contracts import Host, SearchProvider
from tui.providers.yahoo.quotes import ABOUT
from tui.providers.yahoo.service import Service
from tui.providers.yahoo.settings import Settings
from tui.providers.yahoo.shapes import SearchHit
from tui.providers.yahoo.symbols import from_yahoo

_KINDS: Final = {
    "EQUITY": InstrumentKind.EQUITY,
    "ETF": InstrumentKind.ETF,
    "INDEX": InstrumentKind.INDEX,
    "FUTURE": InstrumentKind.FUTURE,
    "CURRENCY": InstrumentKind.CURRENCY,
    "CRYPTOCURRENCY": InstrumentKind.OTHER,
    "MUTUALFUND": InstrumentKind.OTHER,
}
"""What is offered; options are not."""

_DOLLAR: Final = {"NMS", "NGM", "NCM", "NYQ", "ASE", "PCX", "BTS"}
"""Codes of exchanges whose shares are quoted in dollars; of the rest no answer tells a currency."""

_QUERY: Final = 100
_COUNT: Final = 50


class YahooSearch(SearchProvider):
    """Asks the service, and prefers what the reference tables know of an instrument it names."""

    about = ABOUT

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._service = Service(host, Settings.read(host.settings))

    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        """Instruments that match, best first; options are left out.

        Raises:
            ProviderError: The service failed.
        """
        asked = plain(query, _QUERY)
        if not asked or limit <= 0:
            return ()
        hits = await self._service.search(asked, min(max(limit * 2, 10), _COUNT))
        found: dict[str, Instrument] = {}
        for hit in hits:
            made = self._instrument(hit)
            if made is not None:
                found.setdefault(made.symbol, made)
        return tuple(found.values())[:limit]

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    def _instrument(self, hit: SearchHit) -> Instrument | None:
        symbol = from_yahoo(hit.symbol)
        kind = _KINDS.get((hit.quote_type or "").upper())
        if symbol is None or kind is None:
            return None
        known = self.host.instruments.get(symbol)
        if known is not None:
            return known
        tokyo = symbol.endswith(".T")
        name = plain(hit.long_name or hit.short_name or symbol, 80) or symbol
        exchange = plain(hit.exchange or "", 12)
        return Instrument(
            symbol=symbol,
            code=symbol.removesuffix(".T") if tokyo else "",
            name=name,
            name_ja=name,
            kind=kind,
            exchange="TSE" if tokyo else exchange,
            currency="JPY" if tokyo else "USD" if exchange in _DOLLAR else "",
        )
