"""Breadth: the counts always, the bar in proportion."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.breadth_bar import BreadthBar, BreadthView, bar_parts

VIEW = BreadthView(up=147, down=77, unchanged=1, turnover="¥2.56tn", names=224)
counts = st.integers(0, 4000)


def breadth(view: BreadthView) -> BreadthBar:
    bar = BreadthBar()
    bar.show(view)
    return bar


def test_the_line_of_a_wide_screen(painted: Callable[..., list[str]]) -> None:
    [line] = painted(breadth(VIEW), 150, 1)
    assert line.startswith(" ▲ 147 ━━━")
    assert "━ ▼ 77 ─ 1   limit-up 0   limit-down 0   turnover ¥2.56tn (224 names)" in line


@pytest.mark.parametrize("width", [1, 4, 9, 16, 20, 24, 31, 40, 60, 80, 120, 240])
def test_it_is_exactly_as_wide_as_the_screen(painted: Callable[..., list[str]], width: int) -> None:
    assert [cell_len(line) for line in painted(breadth(VIEW), width, 1)] == [width]


def test_the_counts_outlive_all_else(painted: Callable[..., list[str]]) -> None:
    [line] = painted(breadth(VIEW), 19, 1)
    assert line.strip() == "▲ 147 ▼ 77 ─ 1"


def test_names_at_a_limit_outlive_turnover(painted: Callable[..., list[str]]) -> None:
    [line] = painted(breadth(replace(VIEW, limit_up=2)), 46, 1)
    assert "limit-up 2" in line
    assert "turnover" not in line


def test_names_without_a_price_are_told(painted: Callable[..., list[str]]) -> None:
    [line] = painted(breadth(replace(VIEW, missing=4)), 150, 1)
    assert "missing 4" in line


def test_before_any_price_it_says_so(painted: Callable[..., list[str]]) -> None:
    [line] = painted(breadth(BreadthView(missing=225)), 80, 1)
    assert line.strip() == "no prices yet: 225 names without a price"


@given(counts, counts, counts, st.integers(1, 60))
def test_the_bar_is_as_long_as_asked(up: int, flat: int, down: int, cells: int) -> None:
    parts = bar_parts(up, flat, down, cells)
    assert sum(cell_len(text) for text, _ in parts) == (cells if up + flat + down else 0)


def test_up_and_down_can_be_told_apart_without_colour() -> None:
    assert bar_parts(3, 0, 3, 8) == [("━━━╸", "up"), ("╺━━━", "down")]
    assert bar_parts(3, 2, 3, 8) == [("━━━", "up"), ("──", "flat"), ("━━━", "down")]


def test_a_session_in_which_all_rose_is_one_bar() -> None:
    assert bar_parts(225, 0, 0, 6) == [("━━━━━━", "up")]
