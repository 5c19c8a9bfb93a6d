"""The rows of the reference tables, as they lie in their files.

Each is decoded strictly: a row of another shape makes the whole table unusable, never wrong.
"""

from datetime import date
from typing import Final, Generic, Literal, TypeVar

from msgspec import Struct

Row = TypeVar("Row")

FORMAT: Final = 1


class TableFile(Struct, Generic[Row], frozen=True):
    """One table with its heading.

    Attributes:
        format: Version of the layout.
        name: The file's stem.
        title: For people.
        vintage: The day on which the publisher's figures stood so; None where the table has
            no single day.
        origin: Whose figures they are, in a few words; `NOTICE` tells the rest.
        columns: What the places of a row mean, for someone who opens the file.
        rows: The rows, in a fixed order.
    """

    format: Literal[1]
    name: str
    title: str
    vintage: date | None
    origin: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class ListedRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One issue listed in Tokyo.

    Attributes:
        code: Local code, four or five characters: ``7203``, ``285A``, ``25935``.
        name_ja: Name in Japanese.
        name_en: Display name in English; empty where no source gives one.
        kind: ``equity``, ``etf``, ``reit`` or ``other``.
        segment: ``Prime``, ``Standard``, ``Growth``, ``Pro Market``; empty for a fund.
        sector33: Code of the 33-sector, ``3700``; empty where there is none.
        size_class: ``TOPIX Core30``, …; empty where there is none.
        lot: Trading unit in shares; 0 where unknown.
    """

    code: str
    name_ja: str
    name_en: str
    kind: Literal["equity", "etf", "reit", "other"]
    segment: str
    sector33: str
    size_class: str
    lot: int


class SectorRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One of the exchange's sectors.

    Attributes:
        scheme: 33 or 17.
        code: ``3700`` in the scheme of 33, ``6`` in that of 17.
        name_ja: Name in Japanese, the exchange's own.
        name_en: Name in English.
        sector17: For one of the 33, the code of the 17-sector it belongs to; else empty.
    """

    scheme: Literal[33, 17]
    code: str
    name_ja: str
    name_en: str
    sector17: str


class NikkeiNameRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """How Nikkei classifies a name that is or was in the Nikkei 225.

    Attributes:
        code: Local code.
        sector_en, sector_ja: One of six sectors; ``Unclassified`` and ``未分類`` where no source
            tells.
        industry_en, industry_ja: One of 36 industries; empty where no source tells.
    """

    code: str
    sector_en: str
    sector_ja: str
    industry_en: str
    industry_ja: str


class FactorSet(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Members of the Nikkei 225 and their price adjustment factors over a span.

    Attributes:
        vintage: The day whose list this is.
        first, last: The sessions it holds for, both included, as far as is known.
        status: ``published``, or ``derived`` from another list and checked against the index.
        codes: Members in order of code.
        factors: One for each code: cap-adjusted, positive.
    """

    vintage: date
    first: date
    last: date
    status: Literal["published", "derived"]
    codes: tuple[str, ...]
    factors: tuple[float, ...]


class DivisorRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """A divisor of the Nikkei 225 and the sessions it holds for, both included.

    Attributes:
        first, last: The span.
        divisor: Positive.
        status: ``published``, or ``derived`` by reconstructing the index from its names.
        note: What the value and the span rest on.
    """

    first: date
    last: date
    divisor: float
    status: Literal["published", "derived"]
    note: str


class WeightSet(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Weights of the TOPIX on one day.

    Attributes:
        vintage: The day at whose close they stood so.
        codes: Members in order of code.
        weights: Per cent of the index, one for each code.
    """

    vintage: date
    codes: tuple[str, ...]
    weights: tuple[float, ...]


class IndexBarRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One daily bar of an index."""

    symbol: str
    date: date
    open: float
    high: float
    low: float
    close: float


class DailyBarRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """One daily bar of a name, unadjusted; None where no source tells.

    Attributes:
        date: Session date in Tokyo.
        code: Local code.
        open, high, low, close: Yen.
        volume: Shares.
        turnover: Yen.
        basis: ``observed``, or ``derived``: a close solved from the index itself.
    """

    date: date
    code: str
    open: float | None
    high: float | None
    low: float | None
    close: float | None
    volume: float | None
    turnover: float | None
    basis: Literal["observed", "derived"]


class ForeignRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """An index, future, currency or rate beside the listed issues.

    Attributes:
        symbol: The program's own form.
        name_en, name_ja: Names.
        kind: ``index``, ``future``, ``currency`` or ``other``.
        currency: ISO 4217; empty where none applies or none is told.
        exchange: Where it is traded; empty for an index or a currency.
        yahoo: What Yahoo calls it, best first.
        note: What is not certain about it.
    """

    symbol: str
    name_en: str
    name_ja: str
    kind: Literal["index", "future", "currency", "other"]
    currency: str
    exchange: str
    yahoo: tuple[str, ...]
    note: str


class AdrRow(Struct, array_like=True, frozen=True, gc=False, forbid_unknown_fields=True):
    """A depositary receipt in the United States on a Tokyo name.

    Attributes:
        symbol: Its ticker there.
        code: Local code of the share in Tokyo.
        venue: ``NYSE`` or ``OTC``.
        shares: Tokyo shares for one receipt; None where no source tells.
        confidence: ``high``, ``medium``, ``low`` or ``unknown``, of the ratio.
        note: What the ratio rests on.
    """

    symbol: str
    code: str
    venue: str
    shares: float | None
    confidence: Literal["high", "medium", "low", "unknown"]
    note: str
