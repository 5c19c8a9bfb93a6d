"""Instruments: who they are, in the program's own form."""

from dataclasses import dataclass
from enum import Enum


class InstrumentKind(Enum):
    """What sort of thing is quoted."""

    EQUITY = "equity"
    ETF = "etf"
    REIT = "reit"
    INDEX = "index"
    FUTURE = "future"
    CURRENCY = "currency"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument.

    Attributes:
        symbol: The program's own form: ``7203.T``, ``285A.T``, ``^N225``, ``JPY=X``, ``SONY``.
        code: The local code, ``7203``; empty where there is none.
        name: Display name in English, or the Japanese one where no English one is known.
        name_ja: Name in Japanese, or the English one where no Japanese one is known.
        kind: What sort of thing it is.
        exchange: ``TSE``, ``NYSE``, …; empty for an index or a currency.
        currency: ISO 4217.
        lot: Trading unit in shares; 0 where unknown.
        segment: ``Prime``, ``Standard``, ``Growth``, …; empty where there is none.
        sector33, sector17: The exchange's sector names in Japanese; empty where there is none.
        nikkei_sector: One of Nikkei's six in English, or ``Unclassified``.
        size_class: ``TOPIX Core30``, ``TOPIX Large70``, ``TOPIX Mid400``, …; empty where none.
    """

    symbol: str
    code: str = ""
    name: str
    name_ja: str
    kind: InstrumentKind = InstrumentKind.EQUITY
    exchange: str = "TSE"
    currency: str = "JPY"
    lot: int = 0
    segment: str = ""
    sector33: str = ""
    sector17: str = ""
    nikkei_sector: str = ""
    size_class: str = ""

    @property
    def topix500(self) -> bool:
        """Whether the finer tick table applies: TOPIX Core30, Large70 and Mid400."""
        return self.size_class in {"TOPIX Core30", "TOPIX Large70", "TOPIX Mid400"}
