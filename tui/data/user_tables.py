"""The user's own tables: how an official file becomes one, and how it is kept.

Each lies in the user's data folder in the form of the tables that ship. What was there before is
kept beside it, in ``previous``, under its vintage; the new file replaces the old in one step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from tui.data import checks, overlay
from tui.data.official import FactorList, IssueList, WeightList
from tui.data.official.cells import plain
from tui.data.reader import MISSING, MOST_BYTES, Layer, ReferenceTables, Table
from tui.data.rows import (
    FORMAT,
    DivisorRow,
    FactorSet,
    ListedRow,
    NikkeiNameRow,
    TableFile,
    WeightSet,
)
from tui.errors import DataError, UsageError
from tui.files import why, write_atomically

Row = TypeVar("Row")

SEGMENTS = {
    "プライム（内国株式）": ("equity", "Prime"),
    "プライム（外国株式）": ("equity", "Prime"),
    "スタンダード（内国株式）": ("equity", "Standard"),
    "スタンダード（外国株式）": ("equity", "Standard"),
    "グロース（内国株式）": ("equity", "Growth"),
    "グロース（外国株式）": ("equity", "Growth"),
    "PRO Market": ("equity", "Pro Market"),
    "ETF・ETN": ("etf", ""),
    "REIT・ベンチャーファンド・カントリーファンド・インフラファンド": ("reit", ""),
    "出資証券": ("other", ""),
}
"""Kind and segment of each of JPX's market segments, in its own writing."""

_KINDS: dict[str, tuple[str, str]] = {plain(market): kind for market, kind in SEGMENTS.items()}

_COLUMNS = {
    "listed": ("code", "name_ja", "name_en", "kind", "segment", "sector33", "size_class", "lot"),
    "nikkei_names": ("code", "sector_en", "sector_ja", "industry_en", "industry_ja"),
    "nikkei_factors": ("vintage", "first", "last", "status", "codes", "factors"),
    "nikkei_divisors": ("first", "last", "divisor", "status", "note"),
    "topix_weights": ("vintage", "codes", "weights in per cent"),
}


@dataclass(frozen=True, slots=True)
class NewTable:
    """A table of the user's as it will stand.

    Attributes:
        name: The file's stem.
        content: The whole file.
    """

    name: str
    content: bytes


def factors_table(
    official: FactorList, reference: ReferenceTables, first: date | None = None
) -> tuple[FactorSet, list[NewTable]]:
    """The list of members as a table of the user's, with the classification it tells.

    The list holds until the next periodic review, in April or October, or the next list.

    Args:
        official: Nikkei's file.
        reference: The tables in use.
        first: The first session that the list holds for; its own day where it is not told.

    Raises:
        UsageError: The first session is after the list's own day, or before the review that
            precedes it.
        DataError: What is there already is damaged.
    """
    first = first or official.vintage
    if not overlay.first_of_review(official.vintage) <= first <= official.vintage:
        raise UsageError(
            f"the list is of {official.vintage} and cannot hold from {first}",
            subject="--from",
            remedy=f"Give a day from {overlay.first_of_review(official.vintage)} to its own.",
        )
    new = FactorSet(
        official.vintage,
        first,
        overlay.last_before_review(official.vintage),
        "published",
        tuple(row.code for row in official.rows),
        tuple(row.factor for row in official.rows),
    )
    held = [each for each in _own(reference.nikkei_factors) if each.vintage != new.vintage]
    factors = _file(
        reference.nikkei_factors,
        overlay.lay_spans(held, [new]),
        checks.check_factors,
        vintage=max(each.vintage for each in (*held, new)),
        origin="Nikkei Inc., price adjustment factor file that you imported",
    )
    return new, [*_names_table(official, reference), factors]


def divisor_table(row: DivisorRow, reference: ReferenceTables) -> NewTable:
    """The user's divisors with one more.

    Raises:
        DataError: What is there already is damaged.
    """
    held = _own(reference.nikkei_divisors)
    return _file(
        reference.nikkei_divisors,
        overlay.lay_spans(held, [row]),
        checks.check_divisors,
        vintage=max(each.first for each in (*held, row)),
        origin="Given by you, or solved from a close and prices that you gave",
    )


def weights_table(official: WeightList, reference: ReferenceTables) -> NewTable:
    """The user's weights with one more vintage.

    Raises:
        DataError: What is there already is damaged.
    """
    new = WeightSet(
        official.vintage,
        tuple(row.code for row in official.rows),
        tuple(row.weight for row in official.rows),
    )
    rows = overlay.lay_weights(_own(reference.topix_weights), [new])
    return _file(
        reference.topix_weights,
        rows,
        checks.check_weights,
        vintage=rows[-1].vintage,
        origin="JPX weights of the TOPIX that you imported",
    )


def listed_table(official: IssueList, reference: ReferenceTables) -> NewTable:
    """The list of issues as a table of the user's; it replaces an older one of theirs.

    English names are kept for issues whose Japanese name has not changed.

    Raises:
        DataError: It names a sector that no table has.
    """
    sectors = {row.code for row in reference.sectors.rows if row.scheme == 33}
    held = {row.code: row for row in reference.listed.rows}
    rows = []
    for issue in official.rows:
        if issue.sector33 and sectors and issue.sector33 not in sectors:
            raise DataError(
                f"{issue.code} is of sector {issue.sector33}, which is none of the 33",
                remedy="Check that it is JPX's list of issues.",
            )
        kind, segment = _KINDS.get(issue.market, ("other", ""))
        before = held.get(issue.code)
        named = before is not None and before.name_ja == issue.name
        rows.append(
            ListedRow(
                code=issue.code,
                name_ja=issue.name,
                name_en=before.name_en if before is not None and named else "",
                kind=msgspec.convert(kind, ListedRow.__annotations__["kind"]),
                segment=segment,
                sector33=issue.sector33,
                size_class=issue.size_class,
                lot=_lot(issue.market, issue.code),
            )
        )
    return _file(
        reference.listed,
        rows,
        checks.check_listed,
        vintage=official.vintage,
        origin="JPX list of issues that you imported",
    )


class Stored(NamedTuple):
    """One table that was written.

    Attributes:
        path: Where it lies.
        previous: Where what it replaced is kept; None where there was nothing.
    """

    path: Path
    previous: Path | None


def is_known_market(market: str) -> bool:
    """Whether a market of JPX's list is one whose kind is known; others count as ``other``."""
    return market in _KINDS


def store(tables: Sequence[NewTable], folder: Path) -> list[Stored]:
    """Write tables of the user's, each in one step, after what it replaces has been kept.

    Args:
        tables: What to write, in this order.
        folder: The folder of the user's tables; made where it is missing.

    Returns:
        What was written; a table that stands so already is left as it is.

    Raises:
        DataError: A file cannot be read or written; each table is then the old or the new one.
    """
    stored = []
    for table in tables:
        path = folder / f"{table.name}.json"
        try:
            old = path.read_bytes() if path.exists() else None
            if old == table.content:
                continue
            previous = None if old is None else _keep(path, old)
            write_atomically(path, table.content)
        except OSError as error:
            raise DataError(
                f"cannot be written: {why(error)}",
                subject=str(path),
                remedy="Check the folder's permissions and the free space.",
            ) from error
        stored.append(Stored(path, previous))
    return stored


def _keep(path: Path, old: bytes) -> Path:
    """Copy what a new table will replace to ``previous``, under its vintage."""
    try:
        vintage = str(msgspec.json.decode(old, type=_Heading).vintage or "undated")
    except (msgspec.MsgspecError, UnicodeDecodeError):
        vintage = "damaged"
    for count in range(1, 1_000):
        suffix = f"-{count}" if count > 1 else ""
        previous = path.parent / "previous" / f"{path.stem}-{vintage}{suffix}.json"
        if not previous.exists():
            write_atomically(previous, old)
            return previous
        if previous.read_bytes() == old:
            return previous
    raise OSError("there are a thousand earlier files of this vintage already")


class _Heading(msgspec.Struct):
    vintage: date | None


def _own(table: Table[Row]) -> tuple[Row, ...]:
    """The rows of the user's layer alone.

    Raises:
        DataError: It is there, but damaged: adding to it would lose what it holds.
    """
    for layer in table.layers():
        if layer.info.whose == "yours":
            return _sound(layer)
    return ()


def _sound(layer: Layer[Row]) -> tuple[Row, ...]:
    if layer.info.problem and layer.info.problem != MISSING:
        raise DataError(
            f"your table is unusable: {layer.info.problem}",
            subject=layer.info.name,
            remedy="Move it away, or put one from the folder “previous” in its place.",
        )
    return layer.rows


def _file(
    table: Table[Row],
    rows: Sequence[Row],
    check: Callable[[Sequence[Row]], str],
    *,
    vintage: date,
    origin: str,
) -> NewTable:
    """A table's content, checked as the reader will check it."""
    name = table.name
    if fault := check(rows):
        raise DataError(f"it cannot be used: {fault}", remedy="Check that it is the right file.")
    whole: TableFile[Any] = TableFile(
        format=FORMAT,
        name=name,
        title=table.title,
        vintage=vintage,
        origin=origin,
        columns=_COLUMNS[name],
        rows=tuple(rows),
    )
    content = msgspec.json.encode(whole) + b"\n"
    if len(content) > MOST_BYTES:
        raise DataError(
            f"your tables of this kind would be larger than {MOST_BYTES >> 20} MiB",
            subject=f"{name}.json",
            remedy="Move the file away and import the newest files again.",
        )
    return NewTable(name, content)


def _names_table(official: FactorList, reference: ReferenceTables) -> list[NewTable]:
    """Sectors and industries where the list tells others than are known; none where it does not.

    What has been seen in one language only stands for both.
    """
    known = reference.nikkei_names.rows
    of = {row.code: row for row in known}
    english = official.language == "en"
    sectors, industries = _dictionaries(known, english=english)
    told = []
    for row in official.rows:
        sector = sectors.get(row.sector, row.sector)
        industry = industries.get(row.industry, row.industry)
        told.append(
            NikkeiNameRow(row.code, row.sector, sector, row.industry, industry)
            if english
            else NikkeiNameRow(row.code, sector, row.sector, industry, row.industry)
        )
    new = [row for row in told if of.get(row.code) != row]
    if not new:
        return []
    return [
        _file(
            reference.nikkei_names,
            overlay.lay_names(_own(reference.nikkei_names), new),
            checks.check_nikkei_names,
            vintage=official.vintage,
            origin="Nikkei Inc., price adjustment factor file that you imported",
        )
    ]


def _dictionaries(
    known: Sequence[NikkeiNameRow], *, english: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Sectors and industries of one language in the other."""
    sectors = {row.sector_ja: row.sector_en for row in known if row.sector_ja}
    industries = {row.industry_ja: row.industry_en for row in known if row.industry_ja}
    if not english:
        return sectors, industries
    return ({en: ja for ja, en in sectors.items()}, {en: ja for ja, en in industries.items()})


def _lot(market: str, code: str) -> int:
    """A hundred for domestic common stock; other issues have units that the list does not tell."""
    domestic = market.endswith("(内国株式)") or market == "PRO Market"
    return 100 if domestic and len(code) == 4 else 0
