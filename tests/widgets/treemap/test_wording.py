"""What a tile says in few cells: the direction always, name and figure where they fit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.treemap.figures import FALL, RISE, SAME, UNTOLD, mark, percent, points, times
from widgets.treemap.wording import centred, names, words

NAMES = st.sampled_from(("Toyota Motor", "SoftBank Group", "東京エレクトロン", "KDDI", "三菱UFJ"))
VALUES = st.one_of(st.floats(-99, 99), st.just(math.nan), st.just(0.0))


def tile(title: str, value: float, width: int, height: int, label: str = "8035") -> list[str]:
    named = names(label, title, width, height)
    return list(words(named, value, percent, width, height))


@given(NAMES, VALUES, st.integers(1, 40), st.integers(1, 8))
def test_a_tile_keeps_inside_its_cells_and_tells_the_direction(
    title: str, value: float, width: int, height: int
) -> None:
    lines = tile(title, value, width, height)
    assert 1 <= len(lines) <= height
    assert all(cell_len(line) <= width for line in lines)
    told = "".join(lines)
    assert mark(value) in told or (value == 0 and "0" in told)


@pytest.mark.parametrize(
    ("width", "height", "lines"),
    [
        (20, 4, ["Tokyo Electron", "▲2.64%"]),
        (9, 4, ["Tokyo", "Electron", "▲2.64%"]),
        (7, 4, ["8035", "Tokyo…", "▲2.64%"]),
        (5, 4, ["8035", "▲2.6%"]),
        (4, 2, ["8035", "▲2.6"]),
        (3, 2, ["▲"]),
        (22, 1, ["Tokyo Electron ▲2.64%"]),
        (11, 1, ["8035 ▲2.64%"]),
        (8, 1, ["8035 ▲3%"]),
        (5, 1, ["▲8035"]),
        (1, 1, ["▲"]),
    ],
)
def test_words_give_way_as_a_tile_gets_smaller(width: int, height: int, lines: list[str]) -> None:
    assert tile("Tokyo Electron", 2.64, width, height) == lines


def test_a_group_without_a_code_is_cut() -> None:
    assert tile("Real Estate", 0.6, 6, 3, label="Real Estate") == ["Real…", "▲0.60%"]


@given(VALUES, st.integers(0, 12), st.sampled_from((percent, points, times)))
def test_a_figure_keeps_inside_its_cells(value: float, cells: int, figure: object) -> None:
    assert callable(figure)
    if figure is times:
        value = abs(value)
    assert len(figure(value, cells)) <= cells


@pytest.mark.parametrize(
    ("value", "cells", "text"),
    [
        (1.234, 9, "▲1.23%"),
        (-1.234, 5, "▼1.2%"),
        (-1.234, 4, "▼1.2"),
        (12.34, 4, "▲12%"),
        (12.34, 3, "▲12"),
        (1.234, 2, "▲1"),
        (1.234, 1, "▲"),
        (0.02, 4, "▲"),
        (0.02, 5, "▲0.02"),
        (0.0, 9, "0.00%"),
        (math.nan, 9, UNTOLD),
        (math.inf, 9, RISE),
    ],
)
def test_percent_loses_decimals_before_its_direction(value: float, cells: int, text: str) -> None:
    assert percent(value, cells) == text


def test_points_have_no_unit_and_a_multiple_no_direction() -> None:
    assert points(-12.345, 9) in {"▼12.35", "▼12.34"}
    assert times(1.84, 5) == "×1.8"
    assert times(12.0, 3) == "×12"


def test_marks() -> None:
    assert [mark(value) for value in (1.0, -1.0, 0.0, math.nan)] == [RISE, FALL, SAME, UNTOLD]


@given(NAMES, st.integers(1, 30))
def test_centred_text_fills_its_cells(text: str, width: int) -> None:
    assert cell_len(centred(text, width)) == width
