"""The board: what it does with every sort of quote."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from tui.market.arrays import Floats
from tui.market.board import Board
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch, QuoteState

Quotes = Callable[..., QuoteBatch]
NAN = float("nan")
SESSION = date(2025, 5, 26)
NINE = np.datetime64("2025-05-26T00:00:00", "ms")


def held(board: Board, field: Field) -> list[float]:
    return [float(value) for value in board.column(field)]


def same(values: Floats | list[float], expected: list[float]) -> bool:
    return np.array_equal(np.asarray(values), np.array(expected, float), equal_nan=True)


def test_a_new_board_knows_nothing(board: Board) -> None:
    assert len(board) == 3
    assert all(np.isnan(board.column(field)).all() for field in Field)
    assert np.isnat(board.time).all()
    assert np.isnan(board.moved_at).all()
    assert board.epoch is None
    assert board.session is None
    assert board.sources == ("",)


def test_a_batch_fills_the_rows_of_its_symbols(board: Board, quotes: Quotes) -> None:
    result = board.apply(
        quotes([2, 0], {Field.LAST: [7631, 2600.5], Field.VOLUME: [0, 100]}, [5, 6]), 1.0
    )
    assert same(held(board, Field.LAST), [2600.5, NAN, 7631])
    assert same(held(board, Field.VOLUME), [100, NAN, 0])
    assert board.time.tolist()[0] == datetime(2025, 5, 26, 0, 0, 6)
    assert (result.accepted, result.unknown, result.rejected) == (2, 0, 0)
    assert board.sources[int(board.source[0])] == "tape"
    assert board.delays[int(board.source[0])].kind is DelayKind.REALTIME
    assert board.session == SESSION


def test_the_later_of_two_quotes_of_a_symbol_wins_field_by_field(
    board: Board, quotes: Quotes
) -> None:
    result = board.apply(
        quotes([0, 1, 0], {Field.LAST: [2600, 4000, 2590], Field.VOLUME: [500, 1, NAN]}, [1, 1, 2]),
        1.0,
    )
    assert same(held(board, Field.LAST), [2590, 4000, NAN])
    assert same(held(board, Field.VOLUME), [500, 1, NAN])
    assert (result.accepted, result.rows_changed) == (3, 3)


def test_highs_and_lows_count_every_quote_of_a_batch(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.HIGH: [100], Field.LOW: [100], Field.LAST: [100]}), 1.0)
    board.apply(quotes([0, 0, 0], {Field.LAST: [130, 80, 110]}, [1, 2, 3]), 1.0)
    assert held(board, Field.HIGH)[0] == 130
    assert held(board, Field.LOW)[0] == 80
    board.apply(quotes([0, 0], {Field.HIGH: [150, 140], Field.LOW: [90, 95]}, [4, 4]), 1.0)
    assert held(board, Field.HIGH)[0] == 150
    assert held(board, Field.LOW)[0] == 80


def test_a_told_range_is_widened_to_the_last_price(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [120]}), 1.0)
    board.apply(quotes([0], {Field.HIGH: [110], Field.LOW: [90]}), 1.0)
    assert held(board, Field.HIGH)[0] == 120
    board.apply(quotes([0], {Field.LAST: [85]}), 1.0)
    assert held(board, Field.LOW)[0] == 85


def test_a_told_range_is_widened_to_a_last_price_that_the_batch_does_not_repeat(
    board: Board,
    quotes: Quotes,
) -> None:
    board.apply(quotes([0], {Field.LAST: [120]}), 1.0)
    board.apply(quotes([0, 0], {Field.LAST: [NAN, NAN], Field.HIGH: [110, 105]}), 1.0)
    assert held(board, Field.HIGH)[0] == 120


def test_open_and_range_are_not_made_of_the_prices_seen(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [120]}), 1.0)
    assert np.isnan([held(board, f)[0] for f in (Field.OPEN, Field.HIGH, Field.LOW)]).all()


def test_an_older_quote_is_dropped_and_one_of_the_same_instant_taken(
    board: Board, quotes: Quotes
) -> None:
    board.apply(quotes([0, 1], {Field.LAST: [100, 200]}, [10, 10]), 1.0)
    result = board.apply(quotes([0, 1], {Field.LAST: [90, 210]}, [9.999, 10]), 1.0)
    assert same(held(board, Field.LAST), [100, 210, NAN])
    assert (result.accepted, result.outdated) == (1, 1)


def test_an_older_quote_within_a_batch_is_dropped(board: Board, quotes: Quotes) -> None:
    result = board.apply(quotes([0, 1, 0, 1], {Field.LAST: [100, 50, 90, 60]}, [10, 1, 9, 2]), 1.0)
    assert same(held(board, Field.LAST), [100, 60, NAN])
    assert result.outdated == 1


def test_a_quote_without_a_time_is_taken_and_leaves_the_time(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [100]}, [10]), 1.0)
    result = board.apply(quotes([0], {Field.LAST: [101]}, [None]), 1.0)
    assert result.accepted == 1
    assert held(board, Field.LAST)[0] == 101
    assert board.time[0] == NINE + np.timedelta64(10, "s")


def test_a_time_in_the_far_future_cannot_block_what_follows(board: Board, quotes: Quotes) -> None:
    result = board.apply(quotes([0], {Field.LAST: [100]}, [20 * 86_400]), 1.0)
    assert result.bad_values == 1
    assert np.isnat(board.time[0])
    board.apply(quotes([0], {Field.LAST: [101]}, [5]), 1.0)
    assert held(board, Field.LAST)[0] == 101


def test_a_quote_of_the_holidays_that_follow_a_session_keeps_its_time(
    board: Board, quotes: Quotes
) -> None:
    result = board.apply(quotes([0], {Field.LAST: [100]}, [10 * 86_400]), 1.0)
    assert result.bad_values == 0
    assert board.time[0] == NINE + np.timedelta64(10, "D")


def test_times_at_the_ends_of_all_time_are_survived(board: Board, quotes: Quotes) -> None:
    largest = np.iinfo(np.int64).max
    times = np.array([largest, -largest, 0, -largest, largest], np.int64).view("datetime64[ms]")
    batch = replace(quotes([0, 0, 1, 1, 1], {Field.LAST: [1, 2, 3, 4, 5]}), time=times)
    result = board.apply(batch, 1.0)
    assert (result.accepted, result.outdated, result.bad_values) == (4, 1, 2)
    assert same(held(board, Field.LAST), [2, 5, NAN])
    assert board.age(datetime(2025, 5, 26, tzinfo=UTC))[0] > 1e15


def test_nan_leaves_a_figure_but_clears_the_book(board: Board, quotes: Quotes) -> None:
    fields = {Field.LAST: [100.0], Field.BID: [99.0], Field.SPECIAL: [105.0], Field.ASK: [101.0]}
    board.apply(quotes([0], fields), 1.0)
    board.apply(quotes([0], {Field.LAST: [NAN], Field.BID: [NAN], Field.SPECIAL: [NAN]}), 1.0)
    assert held(board, Field.LAST)[0] == 100
    assert np.isnan(held(board, Field.BID)[0])
    assert np.isnan(held(board, Field.SPECIAL)[0])
    assert held(board, Field.ASK)[0] == 101


@pytest.mark.parametrize("price", [0.0, -0.0, -5.0, np.inf, -np.inf, 1e300, 1e-300])
def test_a_price_that_cannot_be_true_is_not_told(
    board: Board, quotes: Quotes, price: float
) -> None:
    board.apply(quotes([0], {Field.LAST: [100], Field.BASE: [90], Field.BID: [99]}), 1.0)
    result = board.apply(
        quotes([0], {Field.LAST: [price], Field.BASE: [price], Field.BID: [price]}), 1.0
    )
    assert (result.accepted, result.bad_values) == (1, 3)
    assert held(board, Field.LAST)[0] == 100
    assert held(board, Field.BASE)[0] == 90
    assert np.isnan(held(board, Field.BID)[0])


def test_a_base_price_of_zero_is_unknown(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [100], Field.BASE: [0]}), 1.0)
    assert np.isnan(board.base()[0])
    assert np.isnan(board.percent()[0])


def test_sizes_may_be_zero_but_not_negative(board: Board, quotes: Quotes) -> None:
    fields = [Field.VOLUME, Field.TURNOVER, Field.BID_SIZE]
    result = board.apply(quotes([0, 1], {field: [0, -1] for field in fields}), 1.0)
    assert result.bad_values == 3
    assert all(same(held(board, field), [0, NAN, NAN]) for field in fields)


def test_volume_that_a_source_corrects_downwards_is_taken(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.VOLUME: [500]}, [1]), 1.0)
    board.apply(quotes([0], {Field.VOLUME: [400]}, [2]), 1.0)
    assert held(board, Field.VOLUME)[0] == 400


def test_a_newer_epoch_forgets_everything_in_one_step(board: Board, quotes: Quotes) -> None:
    state = np.array([QuoteState.TRADING], np.uint8)
    board.apply(quotes([0], {Field.LAST: [100], Field.BASE: [90]}, [500], state=state), 1.0)
    board.apply(quotes([0], {Field.LAST: [101]}, [501]), 2.0)
    before = board.revision
    result = board.apply(quotes([1], {Field.LAST: [50]}, [1], epoch=2, source="other"), 3.0)
    assert same(held(board, Field.LAST), [NAN, 50, NAN])
    assert np.isnan(board.base()).all()
    assert np.isnat(board.time[0])
    assert board.state[0] == QuoteState.UNKNOWN
    assert board.moved[0] == 0
    assert np.isnan(board.moved_at[0])
    assert board.sources == ("", "other")
    assert (result.reset, result.rows_changed, result.revision) == (True, 3, before + 1)
    assert (board.row_revision == board.revision).all()


def test_a_batch_of_an_older_epoch_is_dropped(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [100]}, epoch=2), 1.0)
    result = board.apply(quotes([0, 1], {Field.LAST: [99, 98]}, [60, 60], epoch=1), 2.0)
    assert same(held(board, Field.LAST), [100, NAN, NAN])
    assert (result.outdated, result.accepted, result.prints) == (2, 0, None)


def test_a_later_session_resets_even_where_the_epoch_was_not_raised(
    board: Board, quotes: Quotes
) -> None:
    board.apply(quotes([0], {Field.LAST: [100]}), 1.0)
    result = board.apply(quotes([1], {Field.LAST: [50]}, session=date(2025, 5, 27)), 2.0)
    assert result.reset
    assert same(held(board, Field.LAST), [NAN, 50, NAN])
    assert board.apply(quotes([0], {Field.LAST: [100]}), 3.0).outdated == 1


def test_the_revision_stands_still_where_nothing_changes(board: Board, quotes: Quotes) -> None:
    batch = quotes([0, 1], {Field.LAST: [100, 50], Field.BID: [99, NAN]}, [1, None])
    board.apply(batch, 1.0)
    before = board.revision
    result = board.apply(batch, 2.0)
    assert (result.revision, result.rows_changed, result.accepted) == (before, 0, 2)
    board.apply(quotes([1], {Field.BID: [49]}, [None]), 3.0)
    assert board.revision == before + 1
    assert board.row_revision.tolist() == [before, before + 1, before]


def test_a_row_tells_which_way_its_price_moved_and_when(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0, 1], {Field.LAST: [100, 50]}), 1.0)
    assert board.moved.tolist() == [0, 0, 0]
    board.apply(quotes([0, 1, 1], {Field.LAST: [99, 40, 51]}), 2.0)
    assert board.moved.tolist() == [-1, 1, 0]
    board.apply(quotes([0, 1], {Field.LAST: [99, NAN]}), 3.0)
    assert board.moved.tolist() == [-1, 1, 0]
    assert same(board.moved_at, [2.0, 2.0, NAN])


def test_state_and_quality_are_those_of_the_last_quote(board: Board, quotes: Quotes) -> None:
    state = np.array([QuoteState.SPECIAL_BID, 77, QuoteState.TRADING], np.uint8)
    quality = np.array([Quality.DERIVED, 0x90 | Quality.MODELLED, Quality.SUSPECT], np.uint8)
    result = board.apply(quotes([0, 1, 0], {}, state=state, quality=quality), 1.0)
    assert board.state.tolist() == [QuoteState.TRADING, QuoteState.UNKNOWN, QuoteState.UNKNOWN]
    assert board.quality.tolist() == [Quality.SUSPECT, Quality.MODELLED, 0]
    assert result.bad_values == 1
    board.apply(quotes([0], {Field.LAST: [1]}), 1.0)
    assert board.state[0] == QuoteState.TRADING
    assert board.quality[0] == Quality.OBSERVED


def test_a_previous_close_stands_in_for_the_base_price_and_is_marked(
    board: Board, quotes: Quotes
) -> None:
    mark = int(Quality.BASE_IS_PREVIOUS_CLOSE)
    board.apply(quotes([0, 1], {Field.PREVIOUS_CLOSE: [90, NAN], Field.BASE: [NAN, 70]}), 1.0)
    board.apply(quotes([0], {Field.LAST: [99]}), 1.0)
    assert same(board.base(), [90, 70, NAN])
    assert board.quality.tolist() == [mark, 0, 0]
    assert board.percent()[0] == pytest.approx(10.0)
    board.apply(quotes([0], {Field.BASE: [88]}), 1.0)
    assert board.base()[0] == 88
    assert board.quality[0] == 0


def test_the_mark_that_a_source_sets_on_its_base_price_lasts(board: Board, quotes: Quotes) -> None:
    mark = int(Quality.BASE_IS_PREVIOUS_CLOSE)
    told = np.array([mark], np.uint8)
    board.apply(quotes([0], {Field.BASE: [90]}, quality=told), 1.0)
    board.apply(quotes([0], {Field.LAST: [91]}), 1.0)
    assert board.quality[0] == mark


def test_index_arithmetic_takes_special_quote_then_last_then_base(
    board: Board, quotes: Quotes
) -> None:
    fields = {
        Field.BASE: [100.0, 100.0, 100.0],
        Field.LAST: [101.0, 102.0, NAN],
        Field.SPECIAL: [105.0, NAN, NAN],
    }
    board.apply(quotes([0, 1, 2], fields), 1.0)
    assert board.price().tolist() == [105, 102, 100]
    assert same(board.change(), [1, 2, NAN])


def test_age_is_that_of_the_data(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0, 1], {Field.LAST: [1, 1]}, [30, None]), 1.0)
    assert same(board.age(datetime(2025, 5, 26, 0, 1, tzinfo=UTC)), [30, NAN, NAN])


def test_prints_are_the_accepted_quotes_cleaned(board: Board, quotes: Quotes) -> None:
    board.apply(quotes([0], {Field.LAST: [1]}, [10]), 1.0)
    result = board.apply(
        quotes([1, 3, 0, 1], {Field.LAST: [5, 6, 7, -8], Field.BID: [1, 1, 1, 1]}, [1, 1, 9, 2]),
        1.0,
    )
    assert result.prints is not None
    assert result.prints.rows.tolist() == [1, 1]
    assert result.prints.last is not None
    assert same(result.prints.last, [5, NAN])
    assert result.prints.volume is None


def test_each_row_bears_the_delay_class_in_which_its_source_told_it(
    board: Board, quotes: Quotes
) -> None:
    late, at_once = Delay(DelayKind.DELAYED, 20), Delay(DelayKind.REALTIME)
    board.apply(quotes([0, 1], {Field.LAST: [1, 2]}, delay=late), 1.0)
    board.apply(quotes([1, 2], {Field.LAST: [2, 3]}, delay=at_once), 1.0)
    board.apply(quotes([0], {Field.LAST: [4]}, delay=late), 1.0)
    assert board.sources == ("", "tape", "tape")
    assert [board.delays[place] for place in board.source.tolist()] == [late, at_once, at_once]


def test_ever_new_delay_classes_of_a_source_are_bounded(board: Board, quotes: Quotes) -> None:
    for minutes in range(1, 400):
        batch = quotes([minutes % 2], {Field.LAST: [1]}, delay=Delay(DelayKind.DELAYED, minutes))
        assert not board.apply(batch, 1.0).problem
    assert len(board.sources) <= 17
    told = [board.delays[place].minutes for place in board.source[:2].tolist()]
    assert told == [398, 399]
