"""Which source of a chain serves an instrument: the first that has it fresh, without flapping."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Flags, Floats, Ints

NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTerms:
    """The numbers by which a chain works.

    Attributes:
        ticks: How far two sources may be apart before both are doubted.
        over: Seconds that a source which is no longer fresh goes on serving, for it may only be
            connecting anew.
        back: Seconds that a source has to be fresh again before it is gone back to.
    """

    ticks: float = 5.0
    over: float = 5.0
    back: float = 30.0


class Choice:
    """The source that serves each instrument, by its rank in the chain.

    Args:
        members: How many sources there are.
        terms: How long to wait before going over and back.

    Attributes:
        serving: ``int64[rows]``, the rank of the source, or `NOBODY`.
    """

    def __init__(self, members: int, terms: ChainTerms) -> None:
        self._terms = terms
        self._members = members
        self._size(0)

    def _size(self, rows: int) -> None:
        self.serving: Ints = np.full(rows, NOBODY)
        self._fresh: Flags = np.zeros((self._members, rows), np.bool_)
        self._since: Floats = np.full((self._members, rows), -np.inf)
        self._left: Floats = np.full((self._members, rows), -np.inf)

    def forget(self) -> None:
        """Nobody serves anything, as in a new session."""
        self._size(len(self.serving))

    def follow(self, previous: npt.NDArray[np.integer]) -> None:
        """Take up other instruments; ``previous`` is as `Board.set_symbols` tells it."""
        old = (self.serving, self._fresh, self._since, self._left)
        self._size(len(previous))
        kept = previous >= 0
        for mine, theirs in zip(
            (self.serving, self._fresh, self._since, self._left), old, strict=True
        ):
            mine[..., kept] = theirs[..., previous[kept]]

    def choose(self, at: float, known: Flags, fresh: Flags, doubted: Flags, unlike: Flags) -> Ints:
        """Choose anew.

        Args:
            at: Monotonic seconds.
            known: ``bool[members, rows]``, whether a source has told anything of an instrument.
            fresh: ``bool[members, rows]``, whether it has it fresh.
            doubted: ``bool[members, rows]``, whether its newest word was held back.
            unlike: ``bool[members, rows]``, whether it tells something so different from what is
                served that it must not take its place.

        Returns:
            The rows that another source serves from now on.
        """
        gained, lost = fresh & ~self._fresh, ~fresh & self._fresh
        self._since[gained] = np.where(np.isneginf(self._left), -np.inf, at)[gained]
        self._left[lost] = at
        self._fresh = fresh.copy()
        columns = np.arange(len(self.serving))
        serving, held = self.serving, self.serving != NOBODY
        rank = np.where(held, serving, 0)
        steady = _first(fresh & ~unlike & (at - self._since >= self._terms.back))
        any_fresh = _first(fresh & ~unlike)
        waits = ~doubted[rank, columns] & (at - self._left[rank, columns] < self._terms.over)
        waits &= known[rank, columns]
        well = fresh[rank, columns]
        after = np.where(steady != NOBODY, steady, any_fresh)
        after = np.where(after == NOBODY, serving, after)
        better = (steady != NOBODY) & (steady < serving)
        first = np.where(any_fresh != NOBODY, any_fresh, _first(known))
        chosen = np.where(
            ~held,
            first,
            np.where(well, np.where(better, steady, serving), np.where(waits, serving, after)),
        )
        moved = np.flatnonzero(chosen != serving)
        self.serving = chosen
        return moved


def _first(flags: Flags) -> Ints:
    """``int64[rows]``: the first member of each row whose flag is set, else `NOBODY`."""
    return np.where(flags.any(axis=0), np.argmax(flags, axis=0), NOBODY)
