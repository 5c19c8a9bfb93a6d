"""What changes in the rounds by which one frame is measured."""

from dataclasses import replace

import numpy as np

from benchmarks.market import OPENED
from tui.market.quotes import Field, QuoteBatch
from tui.providers.synthetic import SyntheticMarket

ROWS = 50
_TRADED = (Field.LAST, Field.BID, Field.ASK, Field.VOLUME, Field.TURNOVER)


def changes(
    market: SyntheticMarket, case: str, count: int, height: int, turn: int
) -> list[QuoteBatch | None]:
    """The quotes of all rounds, made beforehand.

    Args:
        market: Where everything stands.
        case: ``rows``: fifty rows at the top of the screen; ``cell``: one cell of one row; ``off``:
            one row that is not on screen; ``none``: nothing, which is what the round itself costs.
        count: How many rounds.
        height: Lines of the table: no more than these change.
        turn: Another number, other figures, so that every round changes something.
    """
    if case == "none":
        return [None] * count
    standing = market.snapshot(OPENED)
    last = len(market.symbols) - 1
    wanted = _TRADED if case == "rows" else (Field.VOLUME,)
    batches: list[QuoteBatch | None] = []
    for place in range(count):
        rows = {
            "rows": np.arange(min(ROWS, height), dtype=np.int32),
            "cell": np.array([5], dtype=np.int32),
            "off": np.array([last - place % 100], dtype=np.int32),
        }[case]
        step = 1.0 + (place + turn) % 7
        fields = {}
        for name in wanted:
            size = market.tick[rows] if name in (Field.LAST, Field.BID, Field.ASK) else 100_000.0
            fields[name] = standing.fields[name][rows] + step * size
        batches.append(
            replace(
                standing,
                rows=rows,
                fields=fields,
                time=standing.time[rows],
                state=None,
                quality=None,
            )
        )
    return batches
