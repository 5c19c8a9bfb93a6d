"""Where the sources of a chain tell different prices for the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from tui.feed.chain_choice import NOBODY
from tui.feed.chain_member import Member
from tui.market.arrays import Flags, Floats, Ints
from tui.market.times import to_datetime

_TOLD: Final = 500
"""Disputes of which the details are kept."""
_SEEN: Final = 2
"""Looks in a row that make a dispute, or end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two sources that tell different prices of one instrument for the same time.

    Attributes:
        source: Who serves it.
        price: What that source says.
        other: The other one.
        other_price: What the other says.
        ticks: How far apart they are.
        time: The exchange time of the other's price, aware, in UTC.
    """

    source: str
    price: float
    other: str
    other_price: float
    ticks: float
    time: datetime | None


class Disputes:
    """Compares the sources of a chain, each price with what the other told of its minute.

    So a delayed source is compared with what one in real time said back then.

    Args:
        members: The sources, by rank.
        ticks: How far they may be apart.

    Attributes:
        flags: ``bool[rows]``, whether an instrument is in dispute.
        told: The disputes by symbol; swapped whole, so that any thread may read it.
    """

    def __init__(self, members: Sequence[Member], ticks: float) -> None:
        self._members = members
        self._ticks = ticks
        self._strikes: Ints = np.zeros(0, np.int64)
        self._limited: Flags = np.zeros(0, np.bool_)
        self._fine: Flags = self._limited
        self.flags: Flags = self._limited
        self.told: Mapping[str, Dispute] = MappingProxyType({})

    def forget(self) -> None:
        """Nothing is in dispute, as in a new session."""
        self._strikes.fill(0)
        self.flags = np.zeros(len(self.flags), np.bool_)
        self.told = MappingProxyType({})

    def follow(self, previous: npt.NDArray[np.integer], limited: Flags, fine: Flags) -> None:
        """Take up other instruments.

        Args:
            previous: ``int[rows]``, as `Board.set_symbols` tells it.
            limited: ``bool[rows]``, which of them have Tokyo's ticks.
            fine: ``bool[rows]``, which the finer ones.
        """
        strikes, flags = self._strikes, self.flags
        kept = previous >= 0
        self._strikes = np.zeros(len(previous), np.int64)
        self.flags = np.zeros(len(previous), np.bool_)
        self._strikes[kept] = strikes[previous[kept]]
        self.flags[kept] = flags[previous[kept]]
        self._limited, self._fine = limited, fine

    def compare(self, symbols: tuple[str, ...], serving: Ints, fresh: Flags) -> Ints:
        """Compare every two sources that are fresh.

        Args:
            symbols: The instruments.
            serving: ``int64[rows]``, the rank of the source that serves each.
            fresh: ``bool[members, rows]``.

        Returns:
            The rows whose flag has changed.
        """
        worst, against = np.zeros(len(serving)), np.full(len(serving), NOBODY)
        for rank in range(len(self._members)):
            for other in range(len(self._members)):
                if other == rank:
                    continue
                rows = np.flatnonzero((serving == rank) & fresh[rank] & fresh[other])
                ticks = self._apart(rank, other, rows)
                further = ticks > worst[rows]
                worst[rows[further]], against[rows[further]] = ticks[further], other
        apart = worst > self._ticks
        self._strikes = np.where(
            apart, np.minimum(self._strikes + 1, _SEEN), np.maximum(self._strikes - 1, 0)
        )
        flags = np.where(apart, self._strikes >= _SEEN, self.flags & (self._strikes > 0))
        changed = np.flatnonzero(flags != self.flags)
        self.flags = flags
        self._tell(symbols, serving, worst, against)
        return changed

    def words(self, symbols: tuple[str, ...], rows: Ints) -> str:
        """What has come into dispute among some rows, in a line; empty where nothing has."""
        begun = rows[self.flags[rows]]
        dispute = self.told.get(symbols[begun[0]]) if len(begun) else None
        if dispute is None:
            return ""
        return (
            f"{len(begun):,} differ from {dispute.other}, such as {symbols[begun[0]]}: "
            f"{dispute.price:,.10g} here, {dispute.other_price:,.10g} there"
        )

    def _apart(self, rank: int, other: int, rows: Ints) -> Floats:
        """Ticks between two sources, measured where either knows the other's minute."""
        found = np.zeros(len(rows))
        for one, two in ((rank, other), (other, rank)):
            told, judge = self._members[one], self._members[two]
            ticks = judge.apart(
                rows,
                told.last()[rows],
                told.board.time.view(np.int64)[rows],
                self._fine[rows],
                self._limited[rows],
            )
            found = np.fmax(found, ticks)
        return found

    def _tell(self, symbols: tuple[str, ...], serving: Ints, worst: Floats, against: Ints) -> None:
        told: dict[str, Dispute] = {}
        lasts = [member.last() for member in self._members]
        times = [member.board.time for member in self._members]
        for row in np.flatnonzero(self.flags)[:_TOLD].tolist():
            held = self.told.get(symbols[row])
            if against[row] == NOBODY:
                if held is not None:
                    told[symbols[row]] = held
                continue
            mine, other = int(serving[row]), int(against[row])
            told[symbols[row]] = Dispute(
                source=self._members[mine].name,
                price=float(lasts[mine][row]),
                other=self._members[other].name,
                other_price=float(lasts[other][row]),
                ticks=float(worst[row]),
                time=to_datetime(times[other][row]),
            )
        if told or self.told:
            self.told = MappingProxyType(told)
