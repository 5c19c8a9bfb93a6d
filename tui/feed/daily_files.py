"""Daily bars kept on the disk between two runs, a file a name."""

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from tui.files import read_bounded, write_atomically
from tui.market.past_days import bars_fault, cleaned
from tui.market.quotes import DailyBars

_VERSION: Final = 1
_LARGEST: Final = 1 << 19
"""A file larger than this is refused unread."""
MOST: Final = 2_000
_AGAIN: Final = timedelta(hours=12)
"""How long a source is taken at its word that it has no more."""
_SUFFIX: Final = ".bars"


class _File(msgspec.Struct, frozen=True, array_like=True):
    """What stands in a file: days since 1970 as int32, six rows of float64, little-endian."""

    version: int
    source: str
    symbol: str
    start: date
    end: date
    asked: datetime
    days: bytes
    figures: bytes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeldBars:
    """What a source once said of one name.

    Attributes:
        bars: The bars; none where it had none.
        start, end: The span that it was asked for, both included.
        asked: When, aware, in UTC.
    """

    bars: DailyBars
    start: date
    end: date
    asked: datetime

    def serves(self, start: date, end: date, now: datetime) -> bool:
        """Whether the source need not be asked again for a span.

        One that did not have the last day yet is asked again half a day later.
        """
        if self.start > start or self.end < end or self.asked > now:
            return False
        complete = len(self.bars.dates) and self.bars.dates[-1] == np.datetime64(end)
        return bool(complete) or now - self.asked < _AGAIN


class DailyFiles:
    """A folder of bars, bounded, of which each file is checked before it is believed.

    Its methods touch the disk, so call them off the loop.

    Args:
        folder: Where they are; made when it is first written to.
        most: Files kept; beyond that those not written for the longest go.
    """

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most

    def read(self, source: str, symbol: str) -> tuple[HeldBars | None, str]:
        """What is held of a name from a source.

        Returns:
            What is held, None for nothing; and what is wrong with the file, in words, or nothing.
        """
        path = self._path(source, symbol)
        try:
            content = read_bounded(path, _LARGEST)
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            return None, f"{path.name}: cannot be read ({error.strerror})"
        try:
            file = msgspec.msgpack.decode(content, type=_File)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None, f"{path.name}: not a file of daily bars; asked again"
        held = _decoded(file, source, symbol)
        if held is None:
            return None, f"{path.name}: holds what cannot be true; asked again"
        return held, ""

    def write(self, source: str, symbol: str, held: HeldBars) -> str:
        """Keep what a source said of a name; what went wrong, in words, or nothing."""
        bars = held.bars
        figures = np.stack([bars.open, bars.high, bars.low, bars.close, bars.volume, bars.turnover])
        file = _File(
            version=_VERSION,
            source=source,
            symbol=symbol,
            start=held.start,
            end=held.end,
            asked=held.asked,
            days=bars.dates.astype(np.int64).astype("<i4").tobytes(),
            figures=figures.astype("<f8").tobytes(),
        )
        try:
            write_atomically(self._path(source, symbol), msgspec.msgpack.encode(file))
        except OSError as error:
            return f"daily bars cannot be kept in {self._folder} ({error.strerror})"
        return ""

    def prune(self) -> None:
        """Remove the oldest files beyond the bound; one that cannot be removed stays."""
        aged: list[tuple[float, Path]] = []
        with contextlib.suppress(OSError):
            aged = [(path.stat().st_mtime, path) for path in self._folder.glob(f"*{_SUFFIX}")]
        for _, path in sorted(aged)[: max(0, len(aged) - self._most)]:
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, source: str, symbol: str) -> Path:
        """Named by a digest, for a symbol may hold anything, and some systems mind the case."""
        name = f"{source}\0{symbol}".encode("utf-8", "surrogatepass")
        return self._folder / f"{hashlib.blake2b(name, digest_size=12).hexdigest()}{_SUFFIX}"


def _decoded(file: _File, source: str, symbol: str) -> HeldBars | None:
    """What a file says, unless it is of something else or cannot be true."""
    if (file.version, file.source, file.symbol) != (_VERSION, source, symbol):
        return None
    if len(file.days) % 4 or len(file.figures) != len(file.days) // 4 * 48:
        return None
    if file.asked.tzinfo is None:
        return None
    days = np.frombuffer(file.days, "<i4").astype(np.int64).astype("datetime64[D]")
    figures = np.frombuffer(file.figures, "<f8").astype(np.float64).reshape(6, len(days))
    bars = DailyBars(
        symbol=symbol,
        dates=days,
        open=figures[0],
        high=figures[1],
        low=figures[2],
        close=figures[3],
        volume=figures[4],
        turnover=figures[5],
        source=source,
    )
    if bars_fault(bars, symbol, file.start, file.end):
        return None
    return HeldBars(
        bars=cleaned(bars), start=file.start, end=file.end, asked=file.asked.astimezone(UTC)
    )
