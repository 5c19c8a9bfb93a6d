"""The past as it lies on the disk, for commands that ask no source of history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui.feed.daily_files import DailyFiles
from tui.feed.history_terms import NAMES
from tui.market.past_days import PastDays, past_days


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPast:
    """What an earlier run has kept.

    Attributes:
        source: Who told it.
        days: The days; None where nothing of any name is kept.
        known: Names of which bars are kept.
        wanted: Names that were looked for.
        last: The newest day of any; None where there is none.
        problems: Files that are not to be believed, a line each.
    """

    source: str
    days: PastDays | None
    known: int
    wanted: int
    last: date | None
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``history: daily bars of 212/225 names to 23 May 2025, kept from yahoo``."""
        told = f"history: daily bars of {self.known:,}/{self.wanted:,} names"
        until = f" to {self.last.day} {self.last:%b %Y}" if self.last is not None else ""
        return f"{told}{until}, kept from {self.source}"


def kept_past(files: DailyFiles, source: str, symbols: Sequence[str]) -> KeptPast:
    """Read what is kept of some names; the same bars that the screens would begin with.

    Args:
        files: The folder.
        source: The source of history, as registered.
        symbols: The names; beyond those that a screen would ask for, they are left out.
    """
    wanted = tuple(dict.fromkeys(symbols))[:NAMES]
    read = [files.read(source, symbol) for symbol in wanted]
    bars = [held.bars for held, _ in read if held is not None and len(held.bars.dates)]
    days = past_days(source, bars) if bars else None
    newest = max((each.dates[-1] for each in bars), default=None)
    return KeptPast(
        source=source,
        days=days,
        known=len(bars),
        wanted=len(wanted),
        last=None if newest is None else newest.item(),
        problems=tuple(problem for _, problem in read if problem),
    )
