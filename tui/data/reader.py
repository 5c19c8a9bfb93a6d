"""The reference tables that ship, with the user's own laid over them, read on first use.

A table that is missing or unusable reads as an empty one; its `TableInfo` says what is wrong
with it. Nothing is decoded twice, and nothing before it is asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Generic, Literal, TypeVar

import msgspec

from tui.data import checks, overlay
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

MISSING = "missing"
"""The problem of a table that is not there."""

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
        whose: ``shipped``, ``yours``, or ``both`` where the user's lies over one that ships.
        until: The last day that its entries cover; None where they have no spans.
    """

    name: str
    title: str
    vintage: date | None = None
    rows: int = 0
    origin: str = ""
    problem: str = ""
    whose: Literal["shipped", "yours", "both"] = "shipped"
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Layer(Generic[Row]):
    """One table of one owner.

    Attributes:
        info: What is known of it.
        rows: Its rows; none where it cannot be used.
    """

    info: TableInfo
    rows: tuple[Row, ...]


class Table(Generic[Row]):
    """One table of a folder, read when it is first asked for. May be read from any thread.

    Args:
        folder: Where the file lies.
        name: The file's stem.
        title: For people, where the file cannot tell.
        layout: The type to decode into.
        check: Says what is wrong with decoded rows, or nothing.
        own: The folder of the user's tables; None where there is none, or the user can have no
            such table.
        lay: Lays the rows of a second table over those of a first.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        title: str,
        layout: type[TableFile[Row]],
        check: Callable[[tuple[Row, ...]], str],
        *,
        own: Path | None = None,
        lay: Callable[[Sequence[Row], Sequence[Row]], tuple[Row, ...]] | None = None,
    ) -> None:
        self.name = name
        self._folder = folder
        self.title = title
        self._layout = layout
        self._check = check
        self._own = own
        self._lay = lay
        self._lock = Lock()
        self._held: tuple[Layer[Row], ...] | None = None
        self._merged: Layer[Row] | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows; none where the table cannot be used."""
        return self._read().rows

    @property
    def problem(self) -> str:
        """Empty, or what is wrong with the table."""
        return self.info().problem

    def info(self) -> TableInfo:
        """What is known of the table; sound where either of its layers is."""
        return self._read().info

    def layers(self) -> tuple[Layer[Row], ...]:
        """The table that ships, then the user's own where there is one, each by itself."""
        self._read()
        return self._held or ()

    def _read(self) -> Layer[Row]:
        with self._lock:
            if self._merged is None:
                self._held = self._load()
                self._merged = self._merge(self._held)
            return self._merged

    def _load(self) -> tuple[Layer[Row], ...]:
        shipped = self._load_from(self._folder, "shipped")
        if self._own is None or self._lay is None:
            return (shipped,)
        own = self._load_from(self._own, "yours")
        return (shipped,) if own.info.problem == MISSING else (shipped, own)

    def _load_from(self, folder: Path, whose: Literal["shipped", "yours"]) -> Layer[Row]:
        try:
            table = read_table(folder, self.name, self._layout)
            if fault := self._check(table.rows):
                raise DataError(f"damaged: {fault}")
        except DataError as error:
            info = TableInfo(name=self.name, title=self.title, problem=error.what, whose=whose)
            return Layer(info, ())
        info = TableInfo(
            name=self.name,
            title=table.title,
            vintage=table.vintage,
            rows=len(table.rows),
            origin=table.origin,
            whose=whose,
            until=_until(table.rows),
        )
        return Layer(info, table.rows)

    def _merge(self, layers: tuple[Layer[Row], ...]) -> Layer[Row]:
        sound = [layer for layer in layers if not layer.info.problem]
        if self._lay is None or len(sound) < 2:
            return (sound or layers)[0]
        under, over = sound
        if self.name == "listed" and _vintage(over.info) < _vintage(under.info):
            under, over = over, under
        rows = self._lay(under.rows, over.rows)
        newest = max((layer.info for layer in sound), key=_vintage)
        origins = dict.fromkeys(layer.info.origin for layer in sound)
        merged = replace(
            newest, rows=len(rows), origin="; ".join(origins), whose="both", until=_until(rows)
        )
        return Layer(merged, rows)


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
        own: Where the user's own tables lie; None to leave them out.
    """

    def __init__(self, folder: Path = FOLDER, *, own: Path | None = None) -> None:
        self.folder = folder
        self.own = own
        self.listed = Table(
            folder,
            "listed",
            "Issues listed in Tokyo",
            TableFile[ListedRow],
            checks.check_listed,
            own=own,
            lay=overlay.lay_listed,
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
            own=own,
            lay=overlay.lay_names,
        )
        self.nikkei_factors = Table(
            folder,
            "nikkei_factors",
            "Nikkei 225 members and price adjustment factors",
            TableFile[FactorSet],
            checks.check_factors,
            own=own,
            lay=overlay.lay_spans,
        )
        self.nikkei_divisors = Table(
            folder,
            "nikkei_divisors",
            "Nikkei 225 divisors",
            TableFile[DivisorRow],
            checks.check_divisors,
            own=own,
            lay=overlay.lay_spans,
        )
        self.topix_weights = Table(
            folder,
            "topix_weights",
            "TOPIX weights",
            TableFile[WeightSet],
            checks.check_weights,
            own=own,
            lay=overlay.lay_weights,
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
        return [table.info() for table in self._tables()]

    def layer_infos(self) -> list[TableInfo]:
        """The same with the user's own tables apart, each after the one it lies over."""
        return [layer.info for table in self._tables() for layer in table.layers()]

    def listed_on(self, session: date) -> tuple[ListedRow, ...]:
        """The issues by the newest list from no later than a session, else by the oldest."""
        layers = [layer for layer in self.listed.layers() if not layer.info.problem]
        earlier = [layer for layer in layers if _vintage(layer.info) <= session]
        if earlier:
            return max(earlier, key=lambda layer: _vintage(layer.info)).rows
        return min(layers, key=lambda layer: _vintage(layer.info)).rows if layers else ()

    def _tables(self) -> tuple[Table[Any], ...]:
        return (
            self.listed,
            self.sectors,
            self.nikkei_names,
            self.nikkei_factors,
            self.nikkei_divisors,
            self.topix_weights,
            self.index_daily,
            self.daily,
            self.foreign,
            self.adr,
        )


def _vintage(info: TableInfo) -> date:
    return info.vintage or date.min


def _until(rows: Sequence[object]) -> date | None:
    lasts = [row.last for row in rows if isinstance(row, FactorSet | DivisorRow)]
    return max(lasts, default=None)


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
        raise DataError(MISSING, subject=path.name, remedy=_REMEDY) from None
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
