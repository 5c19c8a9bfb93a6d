"""The instruments of a board: which there are, and what is read of them."""

from collections.abc import Callable

import numpy as np
import pytest

from tui.market.arrays import Floats
from tui.market.board import Board
from tui.market.held_quotes import at_rows
from tui.market.quotes import Field, QuoteBatch

Quotes = Callable[..., QuoteBatch]
NAN = float("nan")


def held(board: Board, field: Field) -> list[float]:
    return [float(value) for value in board.column(field)]


def same(values: Floats | list[float], expected: list[float]) -> bool:
    return np.array_equal(np.asarray(values), np.array(expected, float), equal_nan=True)


def test_members_that_are_not_on_the_board_have_no_price(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0, 2], {Field.LAST: [100, 300]}), 1.0)
    rows = board.rows(["9999.T", "7203.T", "9984.T"])
    assert same(at_rows(board.price(), rows), [NAN, 100, 300])


def test_views_cannot_be_written_and_follow_the_board(board: Board, quotes: Quotes) -> None:
    last = board.column(Field.LAST)
    assert last.base is not None
    for view in (last, board.time, board.state, board.row_revision, board.moved_at):
        with pytest.raises(ValueError, match="read-only"):
            view[:] = 0
    board.apply(quotes([0], {Field.LAST: [100]}), 1.0)
    assert last[0] == 100


def test_a_frame_shares_the_numbers(board: Board, quotes: Quotes) -> None:
    frame = board.frame()
    assert list(frame.index) == list(board.symbols)
    assert np.shares_memory(frame.to_numpy(), board.column(Field.LAST))
    board.apply(quotes([1], {Field.LAST: [100]}), 1.0)
    assert board.frame()["last"]["6758.T"] == 100


def test_instruments_that_stay_keep_what_is_held(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0, 2], {Field.LAST: [100, 300]}, [1, 2]), 1.0)
    board.apply(quotes([0], {Field.LAST: [101]}, [3]), 2.0)
    symbols, before = board.symbols, board.revision
    previous = board.set_symbols(("9999.T", "9984.T", "7203.T", "9984.T"))
    assert previous.tolist() == [-1, 2, 0]
    assert board.symbols == ("9999.T", "9984.T", "7203.T")
    assert board.symbols is not symbols
    assert same(held(board, Field.LAST), [NAN, 300, 101])
    assert board.moved.tolist() == [0, 0, 1]
    assert board.row("6758.T") == -1
    assert board.revision > before
    result = board.apply(quotes([3, 0, 1], {Field.LAST: [9, 102, 5]}, [4, 4, 4]), 3.0)
    assert same(held(board, Field.LAST), [9, 300, 102])
    assert result.unknown == 1


def test_setting_the_same_instruments_changes_nothing(board: Board) -> None:
    symbols, before = board.symbols, board.revision
    assert board.set_symbols(list(symbols)).tolist() == [0, 1, 2]
    assert board.symbols is symbols
    assert board.revision == before


def test_added_instruments_come_last_and_leave_the_others(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [100]}), 1.0)
    many = [f"{code}.T" for code in range(1000, 1200)]
    rows = board.add(["6758.T", *many, many[0]])
    assert rows.tolist() == [1, *range(3, 203), 3]
    assert len(board) == len(board.column(Field.LAST)) == 203
    assert held(board, Field.LAST)[0] == 100
    assert np.isnan(held(board, Field.LAST)[1:]).all()
    assert board.row_revision[0] < board.revision == board.row_revision[202]
    vocabulary = ("1199.T",)
    board.apply(quotes([0], {Field.LAST: [7]}, symbols=vocabulary), 1.0)
    assert held(board, Field.LAST)[202] == 7


def test_a_vocabulary_is_looked_up_anew_after_instruments_change(
    board: Board, quotes: Quotes
) -> None:
    board.apply(quotes([3], {Field.LAST: [9]}), 1.0)
    board.add(["9999.T"])
    assert board.apply(quotes([3], {Field.LAST: [9]}), 1.0).accepted == 1


def test_many_vocabularies_do_not_mix(board: Board, quotes: Quotes) -> None:
    for turn in range(50):
        code = ("7203.T", "6758.T", "9984.T")[turn % 3]
        board.apply(quotes([0], {Field.LAST: [turn + 1]}, symbols=("x", code)[1:]), 1.0)
    assert held(board, Field.LAST) == [49, 50, 48]


def test_symbols_that_are_not_text_are_unknown(board: Board, quotes: Quotes) -> None:
    assert board.apply(quotes([0, 1], symbols=([], 7203)), 1.0).unknown == 2


def test_unknown_symbols_are_ignored_and_counted(board: Board, quotes: Quotes) -> None:
    result = board.apply(quotes([3, 0, 3], {Field.LAST: [1, 2600, 2]}), 1.0)
    assert same(held(board, Field.LAST), [2600, NAN, NAN])
    assert (result.accepted, result.unknown) == (1, 2)
