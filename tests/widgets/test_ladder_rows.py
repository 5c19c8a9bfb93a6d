"""The rows of a ladder: which fit, and bars in eighths of a cell."""

import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from widgets.ladder_rows import LadderColumns, LadderRow, eighths, ladder_line, split_ladder

values = st.lists(st.floats(-99, 99), max_size=30).map(lambda each: sorted(each, reverse=True))


def row(place: int, value: float) -> LadderRow:
    return LadderRow(key=f"k{place}", name="Advantest", points_text=f"{value:+.2f}", value=value)


def rows_of(points: Sequence[float]) -> list[LadderRow]:
    return [row(place, value) for place, value in enumerate(points)]


@given(values, st.integers(-1, 40))
def test_both_ends_fit_and_none_is_shown_twice(points: list[float], lines: int) -> None:
    rows = rows_of(points)
    top, bottom = split_ladder(rows, lines)
    assert len(top) + len(bottom) + bool(top and bottom) <= max(lines, 0)
    assert list(top) == rows[: len(top)]
    assert list(bottom) == rows[len(rows) - len(bottom) :]
    assert len(top) + len(bottom) <= len(rows)


@given(values, st.integers(4, 40))
def test_no_line_is_wasted(points: list[float], lines: int) -> None:
    top, bottom = split_ladder(rows_of(points), lines)
    used = len(top) + len(bottom) + bool(top and bottom)
    assert used == lines or len(top) + len(bottom) == len(points)


@given(values, st.integers(4, 40))
def test_gains_stand_above_the_line_and_losses_below(points: list[float], lines: int) -> None:
    top, bottom = split_ladder(rows_of(points), lines)
    assert all(each.value >= 0 for each in top)
    assert all(each.value < 0 for each in bottom)


@given(st.floats(0, 1), st.integers(0, 40))
def test_a_bar_is_never_longer_than_its_room(share: float, cells: int) -> None:
    assert cell_len(eighths(share, cells)) <= cells


def test_bars_step_by_eighths() -> None:
    assert eighths(1.0, 4) == "████"
    assert eighths(0.5, 3) == "█▌"
    assert eighths(0.0001, 8) == "▏"
    assert eighths(0.0, 8) == ""
    assert eighths(math.nan, 8) == ""


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
