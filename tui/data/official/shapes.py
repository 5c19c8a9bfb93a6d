"""What the publishers' files hold, once read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple


class FactorRow(NamedTuple):
    """A member of the Nikkei 225 in Nikkei's own words.

    Attributes:
        code: Local code.
        name: Name, in the file's language.
        factor: Price adjustment factor, cap-adjusted where a cap is set.
        industry: One of Nikkei's industries, in the file's language; empty where it is not told.
        sector: One of its six sectors, likewise.
    """

    code: str
    name: str
    factor: float
    industry: str
    sector: str


@dataclass(frozen=True, slots=True)
class FactorList:
    """Nikkei's file of price adjustment factors.

    Attributes:
        vintage: The session whose index was computed with these factors.
        language: The language of names, industries and sectors.
        rows: The members in order of code.
    """

    vintage: date
    language: Literal["ja", "en"]
    rows: tuple[FactorRow, ...]


class WeightRow(NamedTuple):
    """A member of the TOPIX.

    Attributes:
        code: Local code.
        name: Name in Japanese.
        weight: Per cent of the index.
    """

    code: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class WeightList:
    """JPX's file of weights.

    Attributes:
        vintage: The day at whose close the weights stood so.
        rows: The members in order of code.
    """

    vintage: date
    rows: tuple[WeightRow, ...]


class IssueRow(NamedTuple):
    """An issue listed in Tokyo.

    Attributes:
        code: Local code.
        name: Name in Japanese.
        market: Market segment or kind of product, in JPX's words with plain brackets.
        sector33: Code of the 33-sector, four digits; empty where there is none.
        size_class: ``TOPIX Core30``, …; empty where there is none.
    """

    code: str
    name: str
    market: str
    sector33: str
    size_class: str


@dataclass(frozen=True, slots=True)
class IssueList:
    """JPX's list of issues.

    Attributes:
        vintage: The day of the list.
        rows: The issues in order of code.
    """

    vintage: date
    rows: tuple[IssueRow, ...]
