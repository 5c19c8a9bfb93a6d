"""What the tests of the board share: a board of three names, and batches of quotes for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from tui.market.board import Board
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch

SESSION = date(2025, 5, 26)
VOCABULARY = ("7203.T", "6758.T", "9984.T", "9999.T")
NINE = np.datetime64("2025-05-26T00:00:00", "ms")


@pytest.fixture
def board() -> Board:
    return Board(("7203.T", "6758.T", "9984.T"))


@pytest.fixture
def quotes() -> Callable[..., QuoteBatch]:
    """Makes a batch of the three names and ``9999.T``, which is not on the board."""
    return _quotes


def _quotes(
    rows: Sequence[int],
    fields: Mapping[Field, Sequence[float]] | None = None,
    seconds: Sequence[float | None] | None = None,
    **others: Any,
) -> QuoteBatch:
    """A batch; times are seconds after nine in Tokyo, None for unknown."""
    told = [0.0] * len(rows) if seconds is None else seconds
    times = [
        np.datetime64("NaT", "ms") if s is None else NINE + np.timedelta64(int(s * 1000), "ms")
        for s in told
    ]
    given: dict[str, Any] = {
        "symbols": VOCABULARY,
        "source": "tape",
        "delay": Delay(DelayKind.REALTIME),
        "epoch": 1,
        "session": SESSION,
    }
    return QuoteBatch(
        rows=np.array(rows, np.int32),
        fields={field: np.array(values, float) for field, values in (fields or {}).items()},
        time=np.array(times, "datetime64[ms]"),
        **(given | others),
    )
