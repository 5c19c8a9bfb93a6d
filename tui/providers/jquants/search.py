"""Search over the issues that are listed today."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

import msgspec

from tui.market.folding import fold
from tui.market.instruments import Instrument, InstrumentKind
from tui.market.plaintext import plain
from tui.market.quotes import Delay, DelayKind
from tui.market.times import JST
from tui.providers.contracts import About, Host, SearchProvider
from tui.providers.jquants.service import KEY, NAME, Service, symbol_of

_SEGMENTS: Final = {"0111": "Prime", "0112": "Standard", "0113": "Growth"}
_NO_COMPANY: Final = "9999"
"""The sector of funds."""


class MasterRow(msgspec.Struct):
    """One listed issue."""

    code: str = msgspec.field(name="Code")
    name_ja: str = msgspec.field(name="CoName", default="")
    name_en: str = msgspec.field(name="CoNameEn", default="")
    sector17: str = msgspec.field(name="S17Nm", default="")
    sector33_code: str = msgspec.field(name="S33", default="")
    sector33: str = msgspec.field(name="S33Nm", default="")
    size_class: str = msgspec.field(name="ScaleCat", default="")
    market: str = msgspec.field(name="Mkt", default="")


class JQuantsSearch(SearchProvider):
    """Every issue of the exchange's list as of today, so also those newer than the shipped list.

    The list is fetched with the first search of a day.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name=NAME,
        title="J-Quants",
        summary="Every issue listed in Tokyo as of today, by code or name; needs a key.",
        delay=Delay(DelayKind.END_OF_DAY),
        keys=(KEY,),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._service = Service(host)
        self._as_of: date | None = None
        self._issues: list[tuple[str, Instrument]] = []

    async def close(self) -> None:
        """Release the connections."""
        await self._service.close()

    async def search(self, query: str, limit: int) -> Sequence[Instrument]:
        """Codes that begin with the query, then names that do, then names that hold it."""
        wanted = fold(query)
        if not wanted or limit <= 0:
            return ()
        today = self.host.clock.now().astimezone(JST).date()
        if self._as_of != today:
            rows = await self._service.rows("/equities/master", {}, MasterRow)
            self._issues = [
                (f"{each.code.lower()}\n{fold(each.name)}\n{fold(each.name_ja)}", each)
                for row in rows
                if (each := self._instrument(row)) is not None
            ]
            self._as_of = today
        tiers: tuple[list[Instrument], ...] = ([], [], [])
        for haystack, each in self._issues:
            place = haystack.find(wanted)
            if place >= 0:
                starts = place == 0 or f"\n{wanted}" in haystack
                tiers[0 if place == 0 else 1 if starts else 2].append(each)
        return [each for tier in tiers for each in tier][:limit]

    def _instrument(self, row: MasterRow) -> Instrument | None:
        symbol = symbol_of(row.code)
        if symbol is None:
            return None
        known = self.host.instruments.get(symbol)
        if known is not None:
            return known
        name_ja, name_en = plain(row.name_ja, 120), plain(row.name_en, 120)
        if not (name_ja or name_en):
            return None
        fund = row.sector33_code == _NO_COMPANY
        return Instrument(
            symbol=symbol,
            code=symbol.removesuffix(".T"),
            name=name_en or name_ja,
            name_ja=name_ja or name_en,
            kind=InstrumentKind.ETF if fund else InstrumentKind.EQUITY,
            segment=_SEGMENTS.get(row.market, ""),
            sector33="" if fund else plain(row.sector33, 40),
            sector17="" if fund else plain(row.sector17, 40),
            size_class=row.size_class if row.size_class.startswith("TOPIX ") else "",
        )
