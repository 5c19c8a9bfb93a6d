"""The day's path: what is known is drawn where it belongs, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.day_path import (
    DayPath,
    DayPathView,
    Level,
    axis,
    bounds,
    place_levels,
    row_of,
    trace,
)

MARKS = ((0.0, "9:00"), (150 / 330, "11:30│12:30"), (1.0, "15:30"))
PATH = 6900 + 100 * np.sin(np.linspace(0, 9, 330))
VIEW = DayPathView(
    values=PATH,
    base=6900.0,
    levels=[Level(PATH.max(), "7,000"), Level(PATH.min(), "6,800"), Level(6900.0, "6,900 基準")],
    marks=MARKS,
)
BRAILLE = "".join(chr(0x2800 + bits) for bits in range(1, 256))
prices = st.lists(
    st.one_of(st.floats(1, 1e5), st.just(float("nan")), st.just(float("inf"))), max_size=80
).map(lambda each: np.array(each, dtype=np.float64))


def chart(view: DayPathView) -> DayPath:
    made = DayPath()
    made.show(view)
    return made


def test_path_scale_and_times(painted: Callable[..., list[str]]) -> None:
    lines = painted(chart(VIEW), 70, 12)
    assert lines[0].rstrip().endswith("7,000")
    assert lines[-2].rstrip().endswith("6,800")
    [base] = [line for line in lines if "6,900 基準" in line]
    assert "┈" in base
    assert lines[-1].startswith("9:00 ")
    assert "11:30│12:30" in lines[-1]
    assert lines[-1].rstrip().endswith("15:30")


@pytest.mark.parametrize("width", [1, 2, 5, 9, 14, 20, 40, 120])
@pytest.mark.parametrize("height", [1, 2, 3, 4, 5, 20])
def test_every_line_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, height: int
) -> None:
    assert {cell_len(line) for line in painted(chart(VIEW), width, height)} == {width}


@pytest.mark.parametrize(
    ("cursor", "times"),
    [
        (0.97, "9:00 15:20 3,749 → 0.1%"),
        (0.02, "9:03 3,700 → 1.1% 15:30"),
        (0.5, "9:00 12:20 3,740 15:30"),
    ],
)
def test_a_time_that_the_cursor_would_cover_in_part_is_left_out(
    painted: Callable[..., list[str]], cursor: float, times: str
) -> None:
    said = times.removeprefix("9:00 ").removesuffix(" 15:30")
    view = replace(VIEW, cursor=cursor, cursor_text=said)
    assert " ".join(painted(chart(view), 50, 8)[-1].split()) == times


def test_a_cursor_without_words_leaves_the_times(painted: Callable[..., list[str]]) -> None:
    bare = painted(chart(VIEW), 60, 8)[-1]
    assert painted(chart(replace(VIEW, cursor=0.5)), 60, 8)[-1] == bare


def test_no_prices_are_told_in_words(painted: Callable[..., list[str]]) -> None:
    empty = DayPathView(values=np.full(330, np.nan), base=6900.0, empty="not traded today")
    assert "not traded today" in "\n".join(painted(chart(empty), 40, 6))


def test_above_and_below_the_base_have_their_own_tones(on_stage: Callable[..., None]) -> None:
    view = chart(VIEW)

    async def script(_: Any) -> None:
        up, down = view.tone("up").color, view.tone("down").color
        first, last = view.render_line(0), view.render_line(10)
        assert {s.style.color for s in first if s.style and set(s.text) & set(BRAILLE)} == {up}
        assert {s.style.color for s in last if s.style and set(s.text) & set(BRAILLE)} == {down}

    on_stage(view, script, (70, 12))


def test_what_is_not_known_is_not_drawn_nor_bridged() -> None:
    values = np.array([1.0] * 10 + [np.nan] * 20 + [2.0] * 10)
    dots = trace(values, 1.0, 2.0, 20, 4)
    drawn = np.flatnonzero(dots.any(axis=0))
    assert set(drawn) == {*range(5), *range(15, 20)}


def test_a_jump_is_joined_from_column_to_column() -> None:
    dots = trace(np.array([1.0, 2.0]), 1.0, 2.0, 1, 3)
    assert (dots[:, 0] != 0).all()


def test_a_spike_between_two_dots_is_seen() -> None:
    values = np.full(330, 100.0)
    values[100] = 200.0
    assert trace(values, 100.0, 200.0, 10, 4)[0].any()


def test_a_price_that_never_moves_is_a_flat_line() -> None:
    dots = trace(np.full(30, 7.0), 7.0, 7.0, 8, 5)
    assert (dots.any(axis=1)).sum() == 1
    assert dots.any(axis=0).all()


@given(prices, st.integers(0, 30), st.integers(0, 12))
def test_any_path_is_drawn_inside_the_plot(
    values: npt.NDArray[np.float64], width: int, rows: int
) -> None:
    low, high = bounds(values, float("nan"))
    dots = trace(values, low, high, width, rows)
    assert dots.shape == (rows, width)
    assert not dots.any() or np.isfinite(values).any()


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(1, 1e5), st.integers(1, 40))
def test_a_price_on_the_scale_has_a_row(a: float, b: float, c: float, rows: int) -> None:
    low, value, high = sorted((a, b, c))
    assert 0 <= row_of(value, low, high, rows) < rows
    assert row_of(float("nan"), low, high, rows) == -1


def test_the_ends_of_the_scale_are_the_first_and_the_last_row() -> None:
    assert row_of(10.0, 0.0, 10.0, 7) == 0
    assert row_of(0.0, 0.0, 10.0, 7) == 6


def test_the_first_level_named_keeps_the_row() -> None:
    placed = place_levels([Level(10.0, "high"), Level(9.9, "near"), Level(11.0, "out")], 0, 10, 5)
    assert {row: level.text for row, level in placed.items()} == {0: "high"}


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["9:00", "11:30│12:30", "前場"]))),
    st.integers(0, 60),
)
def test_times_never_touch_nor_leave_the_axis(marks: list[tuple[float, str]], width: int) -> None:
    line = axis(marks, width)
    assert cell_len(line) <= width
    assert all(word in {text for _, text in marks} for word in line.split())
