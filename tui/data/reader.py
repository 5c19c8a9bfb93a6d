"""The reference tables that ship, read on first use.

A table that is missing or unusable reads as an empty one; its `TableInfo` says what is wrong
with it. Nothing is decoded twice, and nothing before it is asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from tui.data import checks
from tui.data.rows import (
    AdrRow,
    DailyBarRow,
    DivisorRow,
    FactorSet,
    ForeignRow,
    IndexBarRow,
    ListedRow,
    NikkeiNameRow,
    SectorRow,
    TableFile,
    WeightSet,
)
from tui.errors import DataError

FOLDER = Path(__file__).resolve().parent
"""Where the tables ship."""

MOST_BYTES = 8 * 1024 * 1024
"""A larger table is refused undecoded."""

_REMEDY = "Reinstall zaraba, or build the tables anew with python -m tui.data.build."

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """What is known of one table.

    Attributes:
        name: The file's stem.
        title: For people.
        vintage: The day on which its figures stood so; None where it has no single day or
            cannot be read.
        rows: How many rows it has; 0 where it cannot be read.
        origin: Whose figures they are.
        problem: Empty, or what is wrong with it: ``missing``, or a clause.
    """

    name: str
    title: str
    vintage: date | None = None
    rows: int = 0
    origin: str = ""
    problem: str = ""


class Table(Generic[Row]):
    """One table of a folder, read when it is first asked for. May be read from any thread.

    Args:
        folder: Where the file lies.
        name: The file's stem.
        title: For people, where the file cannot tell.
        layout: The type to decode into.
        check: Says what is wrong with decoded rows, or nothing.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        title: str,
        layout: type[TableFile[Row]],
        check: Callable[[tuple[Row, ...]], str],
    ) -> None:
        self.name = name
        self._folder = folder
        self._title = title
        self._layout = layout
        self._check = check
        self._lock = Lock()
        self._held: tuple[TableInfo, tuple[Row, ...]] | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows; none where the table cannot be used."""
        return self._read()[1]

    @property
    def problem(self) -> str:
        """Empty, or what is wrong with the table."""
        return self.info().problem

    def info(self) -> TableInfo:
        """What is known of the table."""
        return self._read()[0]

    def _read(self) -> tuple[TableInfo, tuple[Row, ...]]:
        with self._lock:
            if self._held is None:
                self._held = self._load()
            return self._held

    def _load(self) -> tuple[TableInfo, tuple[Row, ...]]:
        try:
            table = read_table(self._folder, self.name, self._layout)
            if fault := self._check(table.rows):
                raise DataError(f"damaged: {fault}")
        except DataError as error:
            return TableInfo(name=self.name, title=self._title, problem=error.what), ()
        info = TableInfo(
            name=self.name,
            title=table.title,
            vintage=table.vintage,
            rows=len(table.rows),
            origin=table.origin,
        )
        return info, table.rows


class ReferenceTables:
    """The tables of one folder.

    Attributes:
        listed: Issues listed in Tokyo, in order of code.
        sectors: The 33 and the 17 sectors.
        nikkei_names: Nikkei's classification of the names that are or were in its index.
        nikkei_factors: Members and price adjustment factors, oldest first.
        nikkei_divisors: Divisors, oldest first.
        topix_weights: Weights of the TOPIX, oldest first.
        index_daily: Daily bars of ``^N225`` and ``^TOPX``, by symbol, oldest first.
        daily: Daily bars of the Nikkei 225's names, by code, oldest first.
        foreign: Indices, futures, currencies and rates beside the listed issues.
        adr: Depositary receipts on Tokyo names.

    Args:
        folder: Where the files lie.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.listed = Table(
            folder, "listed", "Issues listed in Tokyo", TableFile[ListedRow], checks.check_listed
        )
        self.sectors = Table(
            folder,
            "sectors",
            "Sectors of the exchange",
            TableFile[SectorRow],
            checks.check_sectors,
        )
        self.nikkei_names = Table(
            folder,
            "nikkei_names",
            "Nikkei sectors and industries",
            TableFile[NikkeiNameRow],
            checks.check_nikkei_names,
        )
        self.nikkei_factors = Table(
            folder,
            "nikkei_factors",
            "Nikkei 225 members and price adjustment factors",
            TableFile[FactorSet],
            checks.check_factors,
        )
        self.nikkei_divisors = Table(
            folder,
            "nikkei_divisors",
            "Nikkei 225 divisors",
            TableFile[DivisorRow],
            checks.check_divisors,
        )
        self.topix_weights = Table(
            folder, "topix_weights", "TOPIX weights", TableFile[WeightSet], checks.check_weights
        )
        self.index_daily = Table(
            folder,
            "index_daily",
            "Daily bars of the indices",
            TableFile[IndexBarRow],
            checks.check_index_daily,
        )
        self.daily = Table(
            folder,
            "daily",
            "Daily bars of the Nikkei 225's names",
            TableFile[DailyBarRow],
            checks.check_daily,
        )
        self.foreign = Table(
            folder,
            "foreign",
            "Indices, futures, currencies and rates",
            TableFile[ForeignRow],
            checks.check_foreign,
        )
        self.adr = Table(
            folder,
            "adr",
            "Depositary receipts on Tokyo names",
            TableFile[AdrRow],
            checks.check_adr,
        )

    def infos(self) -> list[TableInfo]:
        """What is known of every table, in a fixed order; reads those not yet read."""
        return [
            self.listed.info(),
            self.sectors.info(),
            self.nikkei_names.info(),
            self.nikkei_factors.info(),
            self.nikkei_divisors.info(),
            self.topix_weights.info(),
            self.index_daily.info(),
            self.daily.info(),
            self.foreign.info(),
            self.adr.info(),
        ]


@cache
def shipped() -> ReferenceTables:
    """The tables that ship: one object for the whole program, since they never change."""
    return ReferenceTables()


def tables(reference: ReferenceTables | None = None) -> list[TableInfo]:
    """What is known of every table, in a fixed order, each read and checked."""
    return (reference or shipped()).infos()


def read_table(folder: Path, name: str, layout: type[TableFile[Row]]) -> TableFile[Row]:
    """Read one table with its heading.

    Args:
        folder: Where the file lies.
        name: The file's stem.
        layout: The type to decode into, such as ``TableFile[ListedRow]``.

    Raises:
        DataError: It is missing, too large, unreadable, or of another shape.
    """
    path = folder / f"{name}.json"
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise DataError("missing", subject=path.name, remedy=_REMEDY) from None
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror or error}", subject=path.name, remedy=_REMEDY
        ) from error
    if len(body) > MOST_BYTES:
        raise DataError(f"larger than {MOST_BYTES:,} bytes", subject=path.name, remedy=_REMEDY)
    try:
        table = msgspec.json.decode(body, type=layout)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"damaged: {error}", subject=path.name, remedy=_REMEDY) from error
    if table.name != name:
        raise DataError(f"holds the table “{table.name}”", subject=path.name, remedy=_REMEDY)
    return table
