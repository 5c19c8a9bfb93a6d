"""The minutes: where quotes fall, what a backfill may fill, what a window is measured against."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.market.applied import Prints
from tui.market.arrays import Floats, Times
from tui.market.board import Board
from tui.market.minutes import Minutes
from tui.market.quotes import Delay, DelayKind, Field, MinuteBatch, QuoteBatch
from tui.market.times import to_datetime64

NAN = float("nan")
SYMBOLS = ("A", "B", "C")


def clock(text: str) -> datetime:
    """An instant of 26 May 2025, Tokyo time."""
    parts = [int(part) for part in text.split(":")]
    hour, minute, second = [*parts, 0][:3]
    day = 26 if hour >= 9 else 25
    return datetime(2025, 5, day, (hour - 9) % 24, minute, second, tzinfo=UTC)


def stamp(text: str | None) -> np.datetime64:
    return np.datetime64("NaT", "ms") if text is None else to_datetime64(clock(text))


def span(start: str, stop: str) -> Times:
    return np.arange(stamp(start), stamp(stop), np.timedelta64(1, "m")).astype("datetime64[m]")


AXIS: Times = np.concatenate((span("11:25", "11:30"), span("12:30", "12:32")))
"""Five minutes before lunch and two after it."""


def prints(
    rows: Sequence[int],
    times: Sequence[str | None],
    last: Sequence[float] | None = None,
    volume: Sequence[float] | None = None,
    epoch: int = 1,
) -> Prints:
    return Prints(
        rows=np.array(rows, np.int64),
        time=np.array([stamp(time) for time in times], "datetime64[ms]"),
        last=None if last is None else np.array(last, float),
        volume=None if volume is None else np.array(volume, float),
        turnover=None,
        epoch=epoch,
    )


def backfill(
    rows: Sequence[int], minutes: Times, last: Sequence[Sequence[float]], **others: Any
) -> MinuteBatch:
    matrix = np.array(last, float).reshape(len(rows), len(minutes))
    given: dict[str, Any] = {
        "symbols": SYMBOLS,
        "volume": matrix * 100,
        "turnover": np.full(matrix.shape, NAN),
        "source": "history",
        "epoch": 1,
        "session": date(2025, 5, 26),
    }
    return MinuteBatch(
        rows=np.array(rows, np.int32), minutes=minutes, last=matrix, **(given | others)
    )


@pytest.fixture
def board() -> Board:
    return Board(SYMBOLS)


@pytest.fixture
def minutes() -> Minutes:
    return Minutes(AXIS, 3, epoch=1)


def same(values: Floats, expected: Sequence[float]) -> bool:
    return np.array_equal(values, np.array(expected, float), equal_nan=True)


def test_nothing_is_known_before_the_first_quote(minutes: Minutes) -> None:
    assert np.isnan(minutes.last()).all()
    assert minutes.last().shape == (3, 7)
    assert np.isnan(minutes.path(2)).all()
    assert np.isnan(minutes.at(clock("15:00"))).all()


def test_a_quote_falls_in_the_minute_that_holds_its_instant(minutes: Minutes) -> None:
    minutes.record(prints([0, 1, 0], ["11:25", "11:26:59", "11:29"], [1, 2, 3], [10, 20, 30]))
    assert same(minutes.path(0), [1, NAN, NAN, NAN, 3, NAN, NAN])
    assert same(minutes.path(1), [NAN, 2, NAN, NAN, NAN, NAN, NAN])
    assert same(minutes.volume_path(0), [10, NAN, NAN, NAN, 30, NAN, NAN])
    assert np.isnan(minutes.turnover()).all()


def test_the_later_quote_of_a_minute_wins_and_a_blank_does_not(minutes: Minutes) -> None:
    minutes.record(prints([0, 0, 0], ["11:25"] * 3, [1, 2, NAN], [10, NAN, NAN]))
    assert minutes.path(0)[0] == 2
    assert minutes.volume_path(0)[0] == 10
    minutes.record(prints([0], ["11:25:30"], [3]))
    assert minutes.path(0)[0] == 3


def test_a_blank_among_repeated_quotes_does_not_shift_the_others(minutes: Minutes) -> None:
    minutes.record(prints([0, 1, 0, 2, 2], ["11:25"] * 5, [NAN, 1, 2, 3, 4]))
    assert same(minutes.last()[:, 0], [2, 1, 4])


def test_the_print_of_a_closing_auction_counts_for_the_minute_before(minutes: Minutes) -> None:
    minutes.record(prints([0, 1, 2], ["11:30", "11:30:04", "12:32:07"], [1, 2, 3]))
    assert [minutes.path(row)[4] for row in (0, 1)] == [1, 2]
    assert minutes.path(2)[6] == 3


@pytest.mark.parametrize("time", [None, "11:24:59", "11:31", "12:29:59", "12:33", "08:00"])
def test_a_quote_outside_the_session_is_in_no_minute(minutes: Minutes, time: str | None) -> None:
    minutes.record(prints([0], [time], [1]))
    assert np.isnan(minutes.last()).all()


def test_prices_keep_every_digit(minutes: Minutes) -> None:
    minutes.record(prints([0], ["11:25"], [37_531.53]))
    assert minutes.path(0)[0] == 37_531.53


def test_the_price_in_force_is_the_last_of_the_minutes_that_had_ended(minutes: Minutes) -> None:
    minutes.record(prints([0, 0, 1], ["11:25:10", "11:28:50", "11:28:50"], [100, 103, 50]))
    assert same(minutes.at(clock("11:25:59")), [NAN, NAN, NAN])
    assert same(minutes.at(clock("11:26")), [100, NAN, NAN])
    assert same(minutes.at(clock("11:28:59")), [100, NAN, NAN])
    assert same(minutes.at(clock("11:29")), [103, 50, NAN])
    assert same(minutes.at(clock("12:45")), [103, 50, NAN])


def test_a_window_from_before_the_open_is_measured_against_the_base_price(
    minutes: Minutes,
) -> None:
    base = np.array([90.0, 40.0, 10.0])
    minutes.record(prints([0], ["11:25:10"], [100]))
    assert same(minutes.since(clock("09:00"), base), [90, 40, 10])
    assert same(minutes.since(clock("11:25:59"), base), [90, 40, 10])
    assert same(minutes.since(clock("11:26"), base), [100, NAN, NAN])


def test_a_backfill_fills_blanks_and_leaves_what_was_recorded(
    minutes: Minutes, board: Board
) -> None:
    minutes.record(prints([0], ["11:26"], [500]))
    before = minutes.generation
    result = minutes.fill(
        backfill([0, 2], span("11:25", "11:28"), [[1, 2, 3], [NAN, 5, NAN]]), board.locate
    )
    assert same(minutes.path(0)[:3], [1, 500, 3])
    assert same(minutes.path(2)[:3], [NAN, 5, NAN])
    assert same(minutes.volume_path(0)[:3], [100, 200, 300])
    assert result.cells == 3
    assert minutes.generation > before


def test_a_bar_of_the_closing_auction_counts_for_the_minute_before(
    minutes: Minutes, board: Board
) -> None:
    minutes.fill(backfill([0, 1], span("11:29", "11:32"), [[1, 2, 3], [7, NAN, 9]]), board.locate)
    assert same(minutes.path(0)[3:6], [NAN, 2, NAN])
    assert same(minutes.path(1)[3:6], [NAN, 7, NAN])


def test_a_backfill_of_unknown_symbols_or_foreign_minutes_fills_nothing(
    minutes: Minutes, board: Board
) -> None:
    foreign = replace(backfill([0], span("11:25", "11:26"), [[1]]), symbols=("ZZZ",))
    assert minutes.fill(foreign, board.locate).cells == 0
    assert minutes.fill(backfill([0], span("13:00", "13:02"), [[1, 2]]), board.locate).cells == 0
    assert np.isnan(minutes.last()).all()


def test_impossible_figures_of_a_backfill_stay_blank(minutes: Minutes, board: Board) -> None:
    bad = backfill([0], span("11:25", "11:29"), [[0, -1, np.inf, 1e300]])
    assert minutes.fill(bad, board.locate).cells == 0
    assert np.isnan(minutes.last()).all()
    assert same(minutes.volume_path(0)[:4], [0, NAN, NAN, NAN])


def test_a_backfill_of_a_newer_epoch_begins_it(minutes: Minutes, board: Board) -> None:
    minutes.record(prints([0, 1], ["11:26", "11:26"], [500, 600]))
    batch = backfill([0], span("11:25", "11:27"), [[1, 2]], epoch=2)
    minutes.fill(batch, board.locate)
    assert minutes.epoch == 2
    assert same(minutes.path(0)[:2], [1, 2])
    assert np.isnan(minutes.path(1)).all()
    minutes.reset(AXIS, 2)
    assert same(minutes.path(0)[:2], [1, 2])
    assert minutes.fill(replace(batch, epoch=1), board.locate).outdated


def test_quotes_of_an_epoch_that_a_backfill_has_left_behind_are_dropped(
    minutes: Minutes, board: Board
) -> None:
    minutes.fill(backfill([0], span("11:25", "11:26"), [[1]], epoch=2), board.locate)
    minutes.record(prints([1], ["11:26"], [500], epoch=1))
    assert np.isnan(minutes.path(1)).all()
    minutes.record(prints([1], ["11:26"], [7], epoch=3))
    assert np.isnan(minutes.path(0)).all()
    assert minutes.path(1)[1] == 7


def test_a_row_that_is_not_on_the_board_is_blank(minutes: Minutes) -> None:
    minutes.record(prints([2], ["11:25"], [1]))
    assert np.isnan(minutes.path(-1)).all()
    assert np.isnan(minutes.volume_path(-1)).all()


def test_a_reset_blanks_everything_on_a_new_axis(minutes: Minutes) -> None:
    minutes.record(prints([0], ["11:26"], [500]))
    minutes.reset(span("09:00", "09:10"), 2)
    assert minutes.last().shape == (3, 10)
    assert np.isnan(minutes.last()).all()
    minutes.record(prints([0], ["09:05"], [1], epoch=2))
    assert minutes.path(0)[5] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": np.ones((1, 3))},
        {"volume": np.ones((2, 2))},
        {"turnover": None},
        {"minutes": span("11:25", "11:27")[::-1]},
        {"minutes": np.array(["NaT", "NaT"], "datetime64[m]")},
        {"minutes": np.zeros(2, "datetime64[ms]")},
        {"rows": np.array([3], np.int32)},
        {"symbols": None},
        {"epoch": 1.5},
    ],
)
def test_a_backfill_that_breaks_the_contract_is_refused(
    minutes: Minutes, board: Board, wrong: dict[str, Any]
) -> None:
    batch = replace(backfill([0], span("11:25", "11:27"), [[1, 2]]), **wrong)
    assert minutes.fill(batch, board.locate).problem
    assert np.isnan(minutes.last()).all()


def test_rows_follow_a_change_of_instruments(minutes: Minutes, board: Board) -> None:
    minutes.record(prints([0, 2], ["11:25", "11:26"], [1, 3], [10, 30]))
    minutes.remap(board.set_symbols(("C", "D", "A")))
    assert same(minutes.path(0)[:2], [NAN, 3])
    assert np.isnan(minutes.path(1)).all()
    assert same(minutes.volume_path(2)[:2], [10, NAN])
    board.add(["E"])
    minutes.resize(len(board))
    minutes.record(prints([3, 1], ["11:27", "11:27"], [9, 8]))
    assert minutes.path(3)[2] == 9
    assert minutes.path(1)[2] == 8
    assert minutes.path(2)[0] == 1


def test_the_minutes_follow_what_the_board_takes(minutes: Minutes, board: Board) -> None:
    batch = QuoteBatch(
        symbols=("X", *SYMBOLS),
        rows=np.array([1, 0, 2, 1], np.int32),
        fields={Field.LAST: np.array([5.0, 1.0, -3.0, 6.0])},
        time=np.array([stamp("11:25"), stamp("11:25"), stamp("11:26"), stamp("11:27")]),
        source="tape",
        delay=Delay(DelayKind.REALTIME),
        epoch=1,
        session=date(2025, 5, 26),
    )
    taken = board.apply(batch, 0.0).prints
    assert taken is not None
    minutes.record(taken)
    assert same(minutes.path(0)[:3], [5, NAN, 6])
    assert np.isnan(minutes.path(1)).all()


@pytest.mark.parametrize(
    "axis", [AXIS[::-1], np.array([AXIS[0], AXIS[0]]), np.array([AXIS[0], AXIS[0] + 20_000])]
)
def test_an_axis_that_is_no_session_is_refused(axis: Times) -> None:
    with pytest.raises(ValueError, match="minutes of a session"):
        Minutes(axis, 1)


def test_without_an_axis_nothing_is_recorded(board: Board) -> None:
    minutes = Minutes(AXIS[:0], 3)
    minutes.record(prints([0], ["11:25"], [1]))
    minutes.fill(backfill([0], span("11:25", "11:26"), [[1]]), board.locate)
    assert minutes.last().shape == (3, 0)
    assert np.isnan(minutes.at(clock("12:00"))).all()


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(
            st.sampled_from([0, 30, 61, 299, 300, 3_900, 4_030]), st.none(), st.integers(-60, 4_100)
        ),
        st.sampled_from([NAN, 1.0, 2.0, 3.5]),
        st.sampled_from([NAN, 0.0, 100.0, 1e17]),
    ),
    max_size=30,
)


@given(st.lists(ENTRIES, min_size=1, max_size=4), st.integers(-60, 5_000))
@settings(max_examples=120, deadline=None)
def test_the_minutes_agree_with_taking_quotes_one_by_one(
    batches: list[list[tuple[int, int | None, float, float]]], moment: int
) -> None:
    start = stamp("11:25")
    minutes = Minutes(AXIS, 3)
    model: dict[tuple[int, int], list[float]] = {}
    place = {int((m - AXIS[0]).astype(int)): k for k, m in enumerate(AXIS)}
    for batch in batches:
        for row, second, last, volume in batch:
            minute = None if second is None else second // 60
            where = place.get(minute, place.get(minute - 1)) if minute is not None else None
            if where is None:
                continue
            cell = model.setdefault((row, where), [NAN, NAN])
            cell[0] = cell[0] if np.isnan(last) else last
            cell[1] = cell[1] if np.isnan(volume) else float(np.float32(volume))
        minutes.record(
            Prints(
                rows=np.array([entry[0] for entry in batch], np.int64),
                time=np.array(
                    [
                        np.datetime64("NaT", "ms") if s is None else start + np.timedelta64(s, "s")
                        for _, s, _, _ in batch
                    ],
                    "datetime64[ms]",
                ),
                last=np.array([entry[2] for entry in batch], float),
                volume=np.array([entry[3] for entry in batch], float),
                turnover=None,
                epoch=1,
            )
        )
    for row in range(3):
        expected = [model.get((row, k), [NAN, NAN]) for k in range(len(AXIS))]
        assert same(minutes.path(row), [cell[0] for cell in expected])
        assert same(minutes.volume_path(row), [cell[1] for cell in expected])
        ended = [k for m, k in place.items() if (m + 1) * 60 <= moment]
        known = [expected[k][0] for k in ended if not np.isnan(expected[k][0])]
        at = clock("11:25").timestamp() + moment
        in_force = minutes.at(datetime.fromtimestamp(at, UTC))[row]
        assert np.array_equal(in_force, known[-1] if known else NAN, equal_nan=True)


def test_quotes_strewn_over_a_long_day_by_many_rows_find_their_cells() -> None:
    axis = span("09:00", "15:30")
    minutes = Minutes(axis, 3_000)
    every = np.arange(3_000)
    minutes.record(
        Prints(
            rows=np.tile(every, 2),
            time=np.tile(axis[every % len(axis)].astype("datetime64[ms]"), 2),
            last=np.concatenate((every + 1.0, every + 0.5)),
            volume=None,
            turnover=None,
            epoch=1,
        )
    )
    assert (minutes.last()[every, every % len(axis)] == every + 0.5).all()
    assert np.count_nonzero(~np.isnan(minutes.last())) == 3_000
