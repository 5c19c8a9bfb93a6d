"""The bundled session: its real figures, as they ship.

Two files ship. ``session_facts.json`` holds what is real: daily bars of the Nikkei 225's names and
of two indices, read here at once. ``session_paths.npz`` holds what is modelled, the way between a
name's open and its close; `tui.data.session_paths` reads it when the market first moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from tui.errors import DataError

FOLDER: Final = Path(__file__).parent
FACTS_FILE: Final = "session_facts.json"
PATHS_FILE: Final = "session_paths.npz"
REMEDY: Final = "Install the program again, or choose another source with --provider."

NIKKEI: Final = "^N225"
TOPIX: Final = "^TOPX"

_MAX_BYTES: Final = 2_000_000

_Floats: TypeAlias = npt.NDArray[np.float64]
_Price: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=1e8)]
_Amount: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10**15)]


class Bar(msgspec.Struct, array_like=True, frozen=True):
    """One day of one name; None where the figure is not known."""

    open: _Price | None
    high: _Price | None
    low: _Price | None
    close: _Price
    volume: _Amount | None
    turnover: _Amount | None


class NameBars(msgspec.Struct, array_like=True, frozen=True):
    """One name: its days, and how it counts in the Nikkei 225 on the session's date.

    Attributes:
        symbol: The program's own form.
        factor: Price adjustment factor; None for a name that is not in the index that day.
        unit: The smallest tick inside the session's range, in hundredths of a yen.
        bars: One for each of the file's dates.
    """

    symbol: str
    factor: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None
    unit: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    bars: list[Bar]


class IndexDay(msgspec.Struct, array_like=True, frozen=True):
    """One day of an index."""

    day: date
    open: _Price
    high: _Price
    low: _Price
    close: _Price


class FactsFile(msgspec.Struct, frozen=True):
    """The shape of ``session_facts.json``.

    Attributes:
        session: The session's date; the last of `dates`, and the last of each index.
        vintage: The date to which the figures stand.
        origin: Where they come from, in words.
        divisor: The Nikkei 225's divisor that day.
        dates: The days of every name's bars, oldest first; the session and at least the one before.
        names: In order of symbol.
        indices: Daily bars of each index by symbol, oldest first.
    """

    session: date
    vintage: date
    origin: str
    divisor: Annotated[float, msgspec.Meta(gt=0)]
    dates: list[date]
    names: list[NameBars]
    indices: dict[str, list[IndexDay]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """The real figures of the session, one array per figure.

    Rows are the index's names in order of symbol, then TOPIX, then the Nikkei 225: ``rows`` of
    them in all. NaN where a figure is not known.

    Attributes:
        session: The session's date in Tokyo.
        symbols: ``rows`` symbols.
        factor: ``float64[names]``, price adjustment factors.
        divisor: The Nikkei 225's divisor.
        unit: ``int64[names + 1]``, hundredths of a yen (or of a point) in one unit of path.
        previous_close: ``float64[rows]``. No name went ex-rights that day, so it is the base
            price too: summed with factors and divisor it gives the index's own previous close.
        open, high, low, close: ``float64[rows]``.
        volume, turnover: ``float64[rows]``, of the whole day.
        file: The file, with the days before.
    """

    session: date
    symbols: tuple[str, ...]
    factor: _Floats
    divisor: float
    unit: npt.NDArray[np.int64]
    previous_close: _Floats
    open: _Floats
    high: _Floats
    low: _Floats
    close: _Floats
    volume: _Floats
    turnover: _Floats
    file: FactsFile

    @property
    def names(self) -> int:
        """How many names the index has."""
        return len(self.factor)

    @property
    def derived(self) -> npt.NDArray[np.bool_]:
        """``bool[rows]``: a close that was solved from the index, with nothing else known."""
        return np.isnan(self.open)


def load_facts(folder: Path = FOLDER) -> SessionFacts:
    """Read the real figures.

    Raises:
        DataError: The file is missing or does not hold what it should.
    """
    path = folder / FACTS_FILE
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise DataError(
            f"the bundled session cannot be read ({error.strerror})",
            subject=str(path),
            remedy=REMEDY,
        ) from error
    if len(raw) > _MAX_BYTES:
        raise DataError("the bundled session is too large", subject=str(path), remedy=REMEDY)
    try:
        return arrange(msgspec.json.decode(raw, type=FactsFile))
    except (msgspec.MsgspecError, ValueError) as error:
        raise DataError(
            f"the bundled session is not usable ({error})", subject=str(path), remedy=REMEDY
        ) from error


def arrange(file: FactsFile) -> SessionFacts:
    """Lay the file out as arrays.

    Raises:
        ValueError: Its parts do not fit together.
    """
    members = [name for name in file.names if name.factor is not None]
    if not members:
        raise ValueError("no name is in the index")
    if len(file.dates) < 2 or file.dates[-1] != file.session:
        raise ValueError("the dates do not end with the session")
    if any(len(name.bars) != len(file.dates) for name in file.names):
        raise ValueError("a name lacks a day")
    indices = [_last_two(file, symbol) for symbol in (TOPIX, NIKKEI)]
    today = [name.bars[-1] for name in members]

    def row(names: Sequence[float | None], of_indices: Sequence[float]) -> _Floats:
        return np.array([*names, *of_indices], dtype=np.float64)

    blank = [np.nan] * len(indices)
    return SessionFacts(
        session=file.session,
        symbols=(*(name.symbol for name in members), TOPIX, NIKKEI),
        factor=np.array([name.factor for name in members], dtype=np.float64),
        divisor=file.divisor,
        unit=np.array([*(name.unit for name in members), 1], dtype=np.int64),
        previous_close=row(
            [name.bars[-2].close for name in members], [before.close for before, _ in indices]
        ),
        open=row([bar.open for bar in today], [day.open for _, day in indices]),
        high=row([bar.high for bar in today], [day.high for _, day in indices]),
        low=row([bar.low for bar in today], [day.low for _, day in indices]),
        close=row([bar.close for bar in today], [day.close for _, day in indices]),
        volume=row([bar.volume for bar in today], blank),
        turnover=row([bar.turnover for bar in today], blank),
        file=file,
    )


def _last_two(file: FactsFile, symbol: str) -> tuple[IndexDay, IndexDay]:
    """The day before the session and the session itself, of an index."""
    days = file.indices.get(symbol, [])
    if len(days) < 2 or days[-1].day != file.session:
        raise ValueError(f"{symbol} does not end with the session")
    return days[-2], days[-1]
