"""The rows of a ladder: which fit, and bars in eighths of a cell."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from widgets.ladder_rows import LadderColumns, LadderRow, eighths, ladder_line, split_ladder


def rows(values: list[float]) -> list[LadderRow]:
    return [
        LadderRow(
            key=str(n), code="6857", name="Advantest", points_text=f"{value:+.2f}", value=value
        )
        for n, value in enumerate(values)
    ]


@given(st.lists(st.floats(-99, 99), max_size=40), st.integers(0, 30))
def test_what_is_shown_fits_with_the_line_between(values: list[float], lines: int) -> None:
    ladder = rows(sorted(values, reverse=True))
    top, bottom = split_ladder(ladder, lines)
    assert len(top) + len(bottom) + bool(top and bottom) <= lines
    assert [row.key for row in top] == [row.key for row in ladder[: len(top)]]
    assert not bottom or bottom[-1] is ladder[-1]


@given(
    st.lists(st.one_of(st.floats(-999, 999), st.just(math.nan)), min_size=1, max_size=12),
    st.integers(0, 120),
    st.sampled_from(("", "12%")),
)
def test_a_line_is_as_wide_as_it_is_meant_to_be(
    values: list[float], width: int, share: str
) -> None:
    ladder = [
        LadderRow(key="k", code="1", name="東京エレクトロン", points_text="+1", value=v,
                  share_text=share)
        for v in values
    ]  # fmt: skip
    columns = LadderColumns.of(ladder, width)
    for row in ladder:
        line = ladder_line(row, columns, width, " ", lambda _word: Style())
        assert line.strip(Style()).cell_length == width


def test_the_share_gives_way_before_name_and_bar() -> None:
    ladder = [
        LadderRow(key="k", code="6857", name="Advantest", points_text="+76.10", value=76.1,
                  share_text="21%")
    ]  # fmt: skip
    assert LadderColumns.of(ladder, 60).share == 3
    narrow = LadderColumns.of(ladder, 30)
    assert narrow.share == 0
    assert narrow.name == len("Advantest")
    assert narrow.bar > 0


@pytest.mark.parametrize(
    ("share", "cells", "bar"),
    [(1.0, 3, "███"), (0.5, 3, "█▌"), (1e-9, 3, "▏"), (0.0, 3, ""), (math.nan, 3, ""), (1, 0, "")],
)
def test_bars_are_drawn_in_eighths(share: float, cells: int, bar: str) -> None:
    assert eighths(share, cells) == bar
