"""Prices that cannot be true are held back, flagged, and told."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.applied import Applied
from tui.market.board import Board
from tui.market.doubts import Reason, held_back_words
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.rules import price_limits

NAN = float("nan")
DAY = date(2025, 5, 26)
SYMBOLS = ("7203.T", "6857.T", "SONY", "^N225")
TEN = np.datetime64("2025-05-26T01:00:00", "ms")
LAST, BASE, PREVIOUS = Field.LAST, Field.BASE, Field.PREVIOUS_CLOSE


@pytest.fixture
def board() -> Board:
    return Board(SYMBOLS, fine=lambda symbol: symbol == "7203.T")


def tell(
    board: Board,
    rows: Sequence[int],
    second: float | None = 0,
    *,
    session: date = DAY,
    source: str = "yahoo",
    quality: Sequence[int] | None = None,
    takes_over: bool = False,
    **fields: Any,
) -> Applied:
    at = np.datetime64("NaT") if second is None else TEN + np.timedelta64(int(second * 1000), "ms")
    return board.apply(
        QuoteBatch(
            symbols=SYMBOLS,
            rows=np.array(rows, np.int32),
            fields={
                Field[name.upper()]: np.array(values, np.float64) for name, values in fields.items()
            },
            time=np.full(len(rows), at, "datetime64[ms]"),
            quality=None if quality is None else np.array(quality, np.uint8),
            source=source,
            delay=Delay(DelayKind.DELAYED, 20),
            epoch=1,
            session=session,
            takes_over=takes_over,
        ),
        1.0,
    )


def last(board: Board, row: int) -> float:
    return float(board.column(LAST)[row])


def flagged(board: Board, row: int) -> bool:
    return bool(board.quality[row] & Quality.HELD_BACK)


def test_a_price_outside_the_limits_leaves_the_good_one_and_says_so(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0], volume=[100.0])
    revision = board.revision
    applied = tell(board, [0], 5, last=[25_000.0], volume=[900.0])
    assert (applied.accepted, applied.held_back) == (0, 1)
    assert last(board, 0) == 2510.0
    assert board.column(Field.VOLUME)[0] == 100.0
    assert flagged(board, 0)
    assert board.revision > revision
    assert board.row_revision[0] == board.revision
    held = board.held_back_of(0)
    assert held is not None
    assert (held.reason, held.count, held.now) == (Reason.LIMITS, 1, True)
    assert held_back_words(held) == "25,000 from yahoo at 10:00, outside limits 2,000–3,000"
    assert held_back_words(held, "ja") == "25,000 (yahoo 10:00) 制限値幅 2,000–3,000 外"


def test_no_repetition_confirms_what_the_limits_forbid(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    for second in range(1, 20):
        tell(board, [0], second, last=[25_100.0])
    assert last(board, 0) == 2510.0
    held = board.held_back_of(0)
    assert held is not None
    assert held.count == 19


def test_a_good_price_clears_the_flag_and_keeps_the_account(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0], 1, last=[251.0])
    tell(board, [0], 2, bid=[2505.0])
    assert flagged(board, 0), "a bid says nothing of the last price"
    tell(board, [0], 3, last=[2515.0])
    assert not flagged(board, 0)
    held = board.held_back_of(0)
    assert held is not None
    assert not held.now


@pytest.mark.parametrize(
    ("lasts", "shown", "flag"), [([25_000, 2520], 2520, False), ([2520, 25_000], 2520, True)]
)
def test_of_a_batch_the_last_word_sets_the_flag(
    board: Board, lasts: list[float], shown: float, flag: bool
) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0, 0], 1, last=lasts)
    assert last(board, 0) == shown
    assert flagged(board, 0) is flag


def test_prices_at_the_limits_are_good(board: Board) -> None:
    tell(board, [0], last=[2000.0], base=[2500.0])
    tell(board, [0], 1, last=[3000.0])
    assert last(board, 0) == 3000.0
    assert not flagged(board, 0)


def test_one_false_figure_is_held_back_by_itself(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0], high=[25_200.0], low=[2490.0], ask=[0.0])
    assert last(board, 0) == 2510.0
    assert np.isnan(board.column(Field.HIGH)[0])
    assert board.column(Field.LOW)[0] == 2490.0
    held = board.held_back_of(0)
    assert held is not None
    assert held.field is Field.HIGH
    assert "high 25,200" in held_back_words(held)


@pytest.mark.parametrize("value", [-5.0, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 2])
def test_what_is_no_price_is_flagged(board: Board, row: int, value: float) -> None:
    tell(board, [row], last=[2510.0], base=[2500.0])
    tell(board, [row], 1, last=[value])
    assert last(board, row) == 2510.0
    held = board.held_back_of(row)
    assert held is not None
    assert held.reason is Reason.NO_PRICE


def test_zero_and_nan_are_not_told_rather_than_false(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0], 1, last=[0.0], bid=[0.0])
    tell(board, [0], 1, last=[NAN], bid=[NAN])
    assert last(board, 0) == 2510.0
    assert not flagged(board, 0)


def test_the_base_price_of_the_same_batch_sets_the_limits(board: Board) -> None:
    tell(board, [0], None, last=[NAN], base=[10_000.0])
    tell(board, [0], 1, last=[2010.0], base=[2000.0])
    assert last(board, 0) == 2010.0
    assert not flagged(board, 0)


def test_yesterday_s_price_gives_way_to_a_split(board: Board) -> None:
    tell(board, [0], -86_400, last=[10_000.0], previous_close=[9_900.0])
    tell(board, [0], None, last=[NAN], base=[2000.0])
    assert np.isnan(last(board, 0)), "it is outside the limits of the new base price"
    tell(board, [0], 1, last=[2010.0])
    assert last(board, 0) == 2010.0


def test_a_base_price_is_not_moved_by_a_leap_once_traded_on(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    for second in (1, 2, 3):
        tell(board, [0], second, last=[251_000.0], base=[250_000.0])
    assert (last(board, 0), board.base()[0]) == (2510.0, 2500.0)
    held = board.held_back_of(0)
    assert held is not None
    assert held.reason is Reason.BASE


def test_a_small_correction_of_the_base_price_is_taken(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0], 1, base=[2470.0], last=[2515.0])
    assert (last(board, 0), board.base()[0]) == (2515.0, 2470.0)


def test_a_leap_abroad_has_to_be_confirmed(board: Board) -> None:
    tell(board, [2], last=[100.0], base=[99.0])
    tell(board, [2], 1, last=[150.0])
    assert last(board, 2) == 100.0
    assert flagged(board, 2)
    tell(board, [2], 1, last=[150.0])
    assert last(board, 2) == 100.0, "the same quote once more confirms nothing"
    tell(board, [2], 2, last=[151.0])
    assert last(board, 2) == 151.0
    assert not flagged(board, 2)


def test_a_good_quote_between_takes_the_confirmation_back(board: Board) -> None:
    tell(board, [2], last=[100.0], base=[99.0])
    for second in range(1, 9):
        tell(board, [2], second, last=[150.0 if second % 2 else 101.0])
    assert last(board, 2) == 101.0


def test_pence_taken_for_pounds_are_never_confirmed_by_repetition(board: Board) -> None:
    tell(board, [2], last=[100.0], base=[99.0])
    for second in range(1, 9):
        tell(board, [2], second, last=[10_000.0])
    assert last(board, 2) == 100.0


def test_a_consolidation_abroad_brings_its_own_base_price(board: Board) -> None:
    tell(board, [2], last=[10.0], previous_close=[9.9])
    tell(board, [2], 1, last=[100.0], previous_close=[99.0])
    assert last(board, 2) == 10.0
    tell(board, [2], 2, last=[101.0], previous_close=[99.0])
    assert (last(board, 2), board.base()[2]) == (101.0, 99.0)


def test_a_quote_from_the_future_keeps_out_of_the_way_of_a_timed_one(board: Board) -> None:
    early = int(Quality.EARLY | Quality.SUSPECT)
    tell(board, [0, 1], last=[2510.0, NAN], base=[2500.0, 7000.0])
    tell(board, [0, 1], None, last=[2520.0, 7010.0], quality=[early, early])
    assert last(board, 0) == 2510.0
    held = board.held_back_of(0)
    assert held is not None
    assert held.reason is Reason.EARLY
    assert last(board, 1) == 7010.0, "there is nothing to keep instead"
    assert board.quality[1] & Quality.SUSPECT


def test_who_takes_over_brings_everything_and_an_older_time(board: Board) -> None:
    tell(board, [0], 60, source="kabu", last=[2510.0], base=[2500.0], bid=[2509.0], vwap=[2505.0])
    tell(board, [0], 0, source="yahoo", last=[2490.0], base=[2500.0], takes_over=True)
    assert last(board, 0) == 2490.0
    assert np.isnan(board.column(Field.BID)[0])
    assert np.isnan(board.column(Field.VWAP)[0])
    assert board.time[0] == TEN
    assert board.sources[int(board.source[0])] == "yahoo"
    assert board.delays[int(board.source[0])].minutes == 20


def test_a_lie_cannot_take_over(board: Board) -> None:
    tell(board, [0], 0, source="kabu", last=[2510.0], base=[2500.0])
    tell(board, [0], 1, source="yahoo", last=[251_000.0], base=[250_000.0], takes_over=True)
    assert last(board, 0) == 2510.0
    assert flagged(board, 0)


def test_a_new_session_forgets_what_was_held_back(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0], 1, last=[25.0])
    tell(board, [0], 90_000, session=DAY + timedelta(days=1), last=[250.0], base=[245.0])
    assert last(board, 0) == 250.0
    assert board.held_back_of(0) is None


def test_the_account_follows_the_rows(board: Board) -> None:
    tell(board, [1], last=[7100.0], base=[7000.0])
    tell(board, [1], 1, last=[71.0])
    board.set_symbols(("SONY", "6857.T"))
    assert board.held_back_of(1) is not None
    board.add(["8035.T"])
    assert board.held_back_of(1) is not None
    assert board.held_back_of(2) is None
    tell(board, [1], 2, last=[72.0])
    assert last(board, 1) == 7100.0


FIGURES = st.sampled_from(
    [NAN, 0.0, -1.0, np.inf, 24.5, 245.0, 2450.0, 2500.0, 3000.0, 3001.0, 25_000.0]
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, 3), min_size=1, max_size=6),
            st.sampled_from([None, 0, 1, 2, 3]),
            st.lists(FIGURES, min_size=12, max_size=12),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_nothing_of_tokyo_stands_outside_its_limits(steps: list[Any]) -> None:
    board = Board(SYMBOLS, fine=lambda symbol: symbol == "7203.T")
    for rows, second, figures, with_base in steps:
        count = len(rows)
        fields = {"last": figures[:count], "high": figures[6 : 6 + count]}
        if with_base:
            fields["base"] = figures[3 : 3 + count]
        tell(board, rows, second, **fields)
        base = board.base()[:2]
        lower, upper = price_limits(base, np.array([True, False]))
        for field in (LAST, Field.HIGH):
            shown = board.column(field)[:2]
            with np.errstate(invalid="ignore"):
                assert not ((shown < lower) | (shown > upper)).any()


def test_small_steps_of_the_base_price_lead_no_further_than_one_and_back(board: Board) -> None:
    tell(board, [0], last=[2510.0], base=[2500.0])
    tell(board, [0], 1, last=[3100.0], base=[3100.0])
    assert last(board, 0) == 3100.0, "one step may be a correction"
    tell(board, [0], 2, last=[3900.0], base=[3900.0])
    assert last(board, 0) == 3100.0
    assert flagged(board, 0)
    tell(board, [0], 3, last=[2512.0], base=[2500.0])
    assert last(board, 0) == 2512.0
    assert not flagged(board, 0)
