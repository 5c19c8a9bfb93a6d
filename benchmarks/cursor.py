"""Where the cursor stands on a screen that is read only as bytes."""

import random
import re
import time
from dataclasses import dataclass

from benchmarks.channel import ContestantError
from benchmarks.contestant import Contestant

_GROUND = rb"\x1b\[(?:[0-9;]*;)?48;2;([0-9]+;[0-9]+;[0-9]+)(?:;[0-9;]*)?m *%s\b"
_WALK = 60
"""Rows walked down, then up again: some of the moves scroll."""


@dataclass(frozen=True, slots=True)
class Keys:
    """How long keys took to show.

    Attributes:
        seconds: Of each key that showed in time.
        lost: Keys that did not.
    """

    seconds: list[float]
    lost: int

    def share(self, part: float) -> float:
        """The time within which a part of the keys had shown; NaN where none had."""
        ranked = sorted(self.seconds)
        return ranked[min(len(ranked) - 1, int(part * len(ranked)))] if ranked else float("nan")


def cursor_ground(written: bytes, codes: list[str]) -> bytes:
    """The background of the cursor's row, as the first code was written with when it had it.

    Raises:
        ContestantError: No code was found.
    """
    found = re.findall(_GROUND % codes[0].encode(), written)
    if not found:
        raise ContestantError(f"{codes[0]} was not found on the screen")
    return bytes(found[0])


def press(
    contestant: Contestant, codes: list[str], count: int, *, patience: float, pause: float
) -> Keys:
    """Walk the cursor down and up the list, and time each step.

    Args:
        contestant: It must be awake, its cursor on the first row.
        codes: The codes of the list, in order.
        count: How many keys.
        patience: Seconds after which a key counts as lost.
        pause: Seconds between two keys at the most.
    """
    terminal = contestant.terminal
    ground = cursor_ground(bytes(terminal.written), codes)
    rng = random.Random(1)
    seconds: list[float] = []
    lost = place = 0
    step = 1
    for _ in range(count):
        if not 0 <= place + step <= _WALK:
            step = -step
        place += step
        style = rb"\x1b\[(?:[0-9;]*;)?48;2;" + ground + rb"(?:;[0-9;]*)?m *"
        terminal.expect(style + codes[place].encode() + rb"\b")
        begun = terminal.send(b"j" if step > 0 else b"k")
        at = terminal.seen(patience)
        if at is None:
            lost += 1
        else:
            seconds.append(at - begun)
        # Keys must not fall into step with the frames.
        time.sleep(rng.uniform(0.3, 1.0) * pause)
    for _ in range(place):
        terminal.send(b"k")
    return Keys(seconds, lost)
