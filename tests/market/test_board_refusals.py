"""What a board refuses whole, and what does it no harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from tui.market.applied import Applied
from tui.market.board import Board
from tui.market.quotes import Field, QuoteBatch

Quotes = Callable[..., QuoteBatch]


def refused(board: Board, batch: QuoteBatch) -> Applied:
    before = board.revision
    result = board.apply(batch, 1.0)
    assert result.problem
    assert result.accepted == 0
    assert result.rejected > 0
    assert board.revision == before
    return result


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rows": np.array([0, 4], np.int32)}, "outside the 4 symbols"),
        ({"rows": np.array([-1, 0], np.int32)}, "outside"),
        ({"rows": np.array([0.0, 1.0])}, "rows"),
        ({"rows": [0, 1]}, "rows"),
        ({"fields": {Field.LAST: np.ones(3)}}, "LAST is not float64 of length 2"),
        ({"fields": {Field.BID: np.ones(2, np.float32)}}, "BID"),
        ({"fields": {Field.BID: [1.0, 2.0]}}, "BID"),
        ({"fields": {"last": np.ones(2)}}, "'last' is not a Field"),
        ({"fields": None}, "fields"),
        ({"time": np.array(["NaT"], "datetime64[ms]")}, "time"),
        ({"time": np.zeros(2, "datetime64[s]")}, "time"),
        ({"state": np.zeros(1, np.uint8)}, "state"),
        ({"quality": np.zeros(2)}, "quality"),
        ({"symbols": ["7203.T"]}, "symbols"),
        ({"source": 7}, "source"),
        ({"delay": "soon"}, "delay"),
        ({"epoch": None}, "epoch"),
        ({"session": "2025-05-26"}, "session"),
        ({"session": datetime(2025, 5, 26, tzinfo=UTC)}, "session"),
    ],
)
def test_a_batch_that_breaks_the_contract_is_refused_whole(
    board: Board, quotes: Quotes, wrong: dict[str, Any], said: str
) -> None:
    batch = replace(quotes([0, 1], {Field.LAST: [1, 2]}), **wrong)
    assert said in refused(board, batch).problem


def test_endless_new_sources_are_refused(board: Board, quotes: Quotes) -> None:
    results = [board.apply(quotes([0], source=f"s{turn}"), 1.0) for turn in range(300)]
    assert sum(not result.problem for result in results) == 255
    assert "sources" in results[-1].problem
    assert board.sources[int(board.source[0])] == "s254"


def test_an_empty_batch_and_an_empty_board_are_harmless(board: Board, quotes: Quotes) -> None:
    assert board.apply(quotes([]), 1.0).accepted == 0
    assert Board().apply(quotes([0, 1], {Field.LAST: [1, 2]}), 1.0).unknown == 2
