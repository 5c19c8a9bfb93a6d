"""Garbage, looked for when it costs little and nobody waits.

Left to itself, Python looks through everything it holds whenever enough that is new has stayed,
and for as long as that takes nothing is painted and no key is answered, whichever thread it was
that made the new things. So full collections are taken by hand: soon, while little has
come since the last one, between two ticks of the screen, and without what has proved to stay.
"""

import gc
from typing import Final

NEVER: Final = 2_000_000_000
"""Collections of the middle generation after which Python would take a full one by itself."""
_DUE: Final = 8
"""Collections of the middle generation after which we take one."""
_DEEP: Final = 3_600.0
"""Seconds between two collections that also go through what had proved to stay."""


def by_hand() -> None:
    """Have Python take no full collections by itself from now on."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)


class Garbage:
    """Takes the full collections, where `by_hand` has been called; else it does nothing.

    Args:
        at: The host's monotonic seconds.
    """

    def __init__(self, at: float) -> None:
        self._deep_at = at + _DEEP
        self._stood_on: object = None
        self._replaced = False

    def look(self, at: float, *, settled: bool, idle: bool, stands_on: object = None) -> None:
        """Collect where it is time to; to be called between ticks, every second or so.

        Args:
            at: The host's monotonic seconds.
            settled: Whether what stands now will stand for long, so that it need not be looked
                through again: that no screen or dialog is open that will be closed.
            idle: Whether nothing changes, so that a longer collection goes unnoticed.
            stands_on: What most of what stays belongs to, such as the sources; once that is
                another, what had proved to stay is looked through as well.
        """
        if gc.get_threshold()[2] != NEVER:
            return
        if stands_on != self._stood_on:
            self._replaced = self._stood_on is not None
            self._stood_on = stands_on
        if settled and (self._replaced or (idle and at >= self._deep_at)):
            self._replaced = False
            self._deep_at = at + _DEEP
            gc.unfreeze()
        elif gc.get_count()[2] < _DUE:
            return
        gc.collect()
        if settled:
            gc.freeze()
