"""What came of a batch."""

from dataclasses import dataclass

from tui.market.arrays import Floats, Ints, Times


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prints:
    """The quotes of a batch that the board took, as `Minutes.record` wants them.

    In the order of their arrival; a row may repeat.

    Attributes:
        rows: ``int64[n]``, the board's rows.
        time: ``datetime64[ms][n]`` in UTC, NaT where unknown.
        last: ``float64[n]``, NaN where not told; None where the batch carries no last price.
        volume, turnover: ``float64[n]`` since the session's start; None where not carried.
        epoch: The epoch that they belong to.
    """

    rows: Ints
    time: Times
    last: Floats | None
    volume: Floats | None
    turnover: Floats | None
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Applied:
    """What came of a batch.

    Of its quotes, each is accepted, unknown, outdated, rejected, or held back whole.

    Attributes:
        revision: The board's revision afterwards.
        rows_changed: Rows in which anything changed; every row of the board after a reset.
        accepted: Quotes that the board took.
        unknown: Quotes of symbols that are not on the board.
        outdated: Quotes older than the one held, or of an older epoch.
        held_back: Quotes and single figures that were held back because they cannot be true.
        rejected: Quotes of a batch that breaks the contract, which is refused as a whole.
        bad_values: Single figures in accepted quotes that cannot be true (an infinity, a price of
            zero or less, a negative size, a time in the future, a state without meaning), which
            were read as not told.
        reset: Whether the batch opened a new epoch or session, so that what was held before it is
            gone; the minutes have to be reset too.
        problem: What is wrong with a batch refused as a whole, in one sentence, else empty.
        prints: The accepted quotes, or None where there are none.
        pick: ``int64[accepted]``, their positions in the batch; None where all were accepted, or
            none at all.
        held: ``int64[m]``, the positions of the quotes held back whole; None for none.
        doubted: ``int64[k]``, the board's rows of which anything was held back; None for none.
    """

    revision: int
    rows_changed: int = 0
    accepted: int = 0
    unknown: int = 0
    outdated: int = 0
    held_back: int = 0
    rejected: int = 0
    bad_values: int = 0
    reset: bool = False
    problem: str = ""
    prints: Prints | None = None
    pick: Ints | None = None
    held: Ints | None = None
    doubted: Ints | None = None
