"""Where a replay stands: an instant that moves with the host's clock."""

from dataclasses import dataclass, replace
from typing import Final

from tui.market.times import Clock

SLOWEST: Final = 1.0
FASTEST: Final = 600.0


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The instant `market` stood under the hand `host`, and how it goes on from there."""

    market: float
    host: float
    speed: float
    paused: bool


class Playhead:
    """An instant inside a span that runs, stands still, and can be moved.

    Reading it is safe from any thread: each change replaces one immutable anchor.

    Args:
        clock: Whose monotonic hand drives it.
        first, last: The span in milliseconds since the Unix epoch; it stops at the end.
        at: Where it starts, held inside the span.
        speed: Market seconds a second.
        paused: Whether it starts standing still.
    """

    def __init__(
        self, clock: Clock, *, first: int, last: int, at: float, speed: float, paused: bool
    ) -> None:
        self._clock = clock
        self._first = first
        self._last = last
        self._anchor = _Anchor(self._held(at), clock.monotonic(), speed, paused)

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._anchor.paused

    @property
    def speed(self) -> float:
        """Market seconds a second."""
        return self._anchor.speed

    def position(self) -> float:
        """The instant, in milliseconds since the Unix epoch."""
        anchor = self._anchor
        if anchor.paused:
            return anchor.market
        run = (self._clock.monotonic() - anchor.host) * 1000 * anchor.speed
        return min(anchor.market + run, self._last)

    def seek(self, ms: float) -> None:
        """Go to an instant, held inside the span."""
        self._turn(replace(self._anchor, market=self._held(ms)))

    def pause(self, on: bool) -> None:
        """Stand still, or go on."""
        self._turn(replace(self._anchor, market=self.position(), paused=on))

    def set_speed(self, speed: float) -> None:
        """Set the speed, held between `SLOWEST` and `FASTEST`."""
        held = min(max(speed, SLOWEST), FASTEST)
        self._turn(replace(self._anchor, market=self.position(), speed=held))

    def _turn(self, anchor: _Anchor) -> None:
        self._anchor = replace(anchor, host=self._clock.monotonic())

    def _held(self, ms: float) -> float:
        return min(max(ms, self._first), self._last)
