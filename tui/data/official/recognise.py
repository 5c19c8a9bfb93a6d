"""Which of the publishers' files a content is, told by its heading alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tui.data.official.cells import Line, plain, read_lines
from tui.data.official.factors import read_factors
from tui.data.official.issues import read_issues
from tui.data.official.shapes import FactorList, IssueList, WeightList
from tui.data.official.table import Table
from tui.data.official.weights import read_weights
from tui.errors import DataError

Official: TypeAlias = FactorList | WeightList | IssueList

_HEADING_WITHIN = 10
"""Lines from the top in which the heading must stand."""


@dataclass(frozen=True, slots=True)
class _Shape:
    title: str
    columns: tuple[str, ...]
    read: Callable[[Table], Official]


_FACTORS_JA = ("対象日付", "コード", "銘柄名", "株価換算係数", "業種", "セクター")
_FACTORS_EN = (
    "Date of Data",
    "Code",
    "Company Name",
    "Price Adjustment Factor",
    "Nikkei Industrial Classification",
    "Sector",
)
_WEIGHTS = ("日付", "銘柄名", "コード", "TOPIXに占める個別銘柄のウエイト")
_ISSUES = ("日付", "コード", "銘柄名", "市場・商品区分", "33業種コード", "規模区分")

_SHAPES = (
    _Shape(
        "Nikkei's price adjustment factors (Japanese)",
        _FACTORS_JA,
        lambda table: read_factors(table, "ja"),
    ),
    _Shape(
        "Nikkei's price adjustment factors (English)",
        _FACTORS_EN,
        lambda table: read_factors(table, "en"),
    ),
    _Shape("JPX's weights of the TOPIX (topixweight_j.csv)", _WEIGHTS, read_weights),
    _Shape("JPX's list of issues (data_j.xls)", _ISSUES, read_issues),
)

_EXPECTED = (
    "Files that can be imported: Nikkei's price adjustment factors (CSV), JPX's topixweight_j.csv "
    "and data_j.xls."
)


def read_official(content: bytes) -> Official:
    """Recognise one of the publishers' files and read it.

    Args:
        content: The whole file.

    Raises:
        DataError: It is none of them, or one of them with something missing or implausible.
    """
    lines = read_lines(content)
    best: tuple[int, _Shape, Sequence[str]] | None = None
    for index, (_, cells) in enumerate(lines[:_HEADING_WITHIN]):
        heads = [_folded(cell) for cell in cells]
        for shape in _SHAPES:
            held = [name for name in shape.columns if _folded(name) in heads]
            if len(held) == len(shape.columns):
                return shape.read(_table(shape, heads, lines[index:]))
            if best is None or len(held) > best[0]:
                best = len(held), shape, held
    raise _refusal(lines, best)


def _table(shape: _Shape, heads: list[str], lines: list[Line]) -> Table:
    for name in shape.columns:
        if heads.count(_folded(name)) > 1:
            raise DataError(f"the column “{name}” is there twice", remedy=_EXPECTED)
    places = tuple(heads.index(_folded(name)) for name in shape.columns)
    return Table(shape.title, shape.columns, places, len(heads), lines[1:])


def _refusal(lines: list[Line], best: tuple[int, _Shape, Sequence[str]] | None) -> DataError:
    if best is not None and best[0] * 2 > len(best[1].columns):
        _, shape, held = best
        lacking = "”, “".join(name for name in shape.columns if name not in held)
        return DataError(
            f"it looks like {shape.title}, but there is no column “{lacking}”", remedy=_EXPECTED
        )
    found = ", ".join(lines[0][1])[:120] if lines else "nothing"
    return DataError(f"the heading is of no known file; found “{found}”", remedy=_EXPECTED)


def _folded(text: str) -> str:
    return plain(text).casefold().replace(" ", "")
