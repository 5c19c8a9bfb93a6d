"""How long to wait before a source is asked again."""

import random
from dataclasses import dataclass

from tui.errors import ConfigError, NotSupported, RateLimited, Unauthorised


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Seconds between attempts.

    Attributes:
        first: Before the first new attempt.
        cap: The longest wait by our own choice.
        asked: The longest wait that a source may ask for by `RateLimited.retry_after`.
        refused: After a refused key, which somebody has to mend.
        healthy: A stream that has delivered for this long starts again from `first`.
    """

    first: float = 1.0
    cap: float = 60.0
    asked: float = 3600.0
    refused: float = 300.0
    healthy: float = 60.0


class Backoff:
    """Waits that double with each failure in a row.

    They are spread by chance, so that fifty screens that lost one source do not all come back in
    the same second.

    Args:
        pauses: The bounds.
        rng: Where the spread comes from.
    """

    def __init__(self, pauses: Pauses, rng: random.Random) -> None:
        self._pauses = pauses
        self._rng = rng
        self._failures = 0

    def reset(self) -> None:
        """Forget earlier failures."""
        self._failures = 0

    def after(self, error: BaseException | None, lasted: float = 0.0) -> float | None:
        """The wait before the next attempt.

        Args:
            error: What ended the last attempt; None for a stream that ended by itself.
            lasted: Seconds for which it had delivered.

        Returns:
            Seconds; None where trying again cannot help until somebody changes something.
        """
        if isinstance(error, ConfigError | NotSupported):
            return None
        if lasted >= self._pauses.healthy:
            self._failures = 0
        doubled = self._pauses.first * 2.0 ** min(self._failures, 30)
        self._failures += 1
        if isinstance(error, Unauthorised):
            return self._pauses.refused * self._rng.uniform(1.0, 1.25)
        wait = min(doubled, self._pauses.cap) * self._rng.uniform(0.5, 1.0)
        if isinstance(error, RateLimited) and _positive(error.retry_after):
            asked = min(float(error.retry_after or 0.0), self._pauses.asked)
            return asked + self._rng.uniform(0.0, self._pauses.first)
        return wait


def _positive(seconds: object) -> bool:
    return isinstance(seconds, int | float) and seconds > 0
