"""What is wished of the past, how far it has come, and by which numbers it is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NAMES: Final = 800
"""Names whose daily bars are asked for at the most."""
CHUNK: Final = 10
"""Names whose minutes are asked for in one question, so that the first ones show early."""
MINUTES: Final = 100
"""Names of one session whose minutes are asked for at the most."""
READ: Final = 40
"""Files read between two looks at what is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTerms:
    """Seconds by which the past is asked for.

    Attributes:
        first: Before the first question, so that the quotes and the screen come first.
        gap: Between two questions.
        answer: Given to one answer; the turn that a source's budget makes it wait for counts.
        whole: Given to a whole round of questions.
        publish: Between two publications of what has come so far.
        tries: Of one name in a round.
    """

    first: float = 3.0
    gap: float = 0.2
    answer: float = 360.0
    whole: float = 6 * 3600.0
    publish: float = 10.0
    tries: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wished for.

    Attributes:
        symbols: Names whose daily bars are wanted, the most wanted first.
        start, end: The span, both included.
        minutes: Names whose minutes are wanted.
        session: Of which session.
    """

    symbols: tuple[str, ...]
    start: date
    end: date
    minutes: tuple[str, ...] = ()
    session: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it has come.

    Attributes:
        wanted: Names whose daily bars are wanted.
        known: Those of which the source has told any.
        absent: Those of which it has none.
        asking: Whether it is at it.
        last: The newest day of which bars are held.
    """

    wanted: int = 0
    known: int = 0
    absent: int = 0
    asking: bool = False
    last: date | None = None
