"""Facts under each other, in as many columns as fit."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.fact_grid import Fact, FactGrid, columns_that_fit

FACTS = [
    Fact("Last", "7,101", "up"),
    Fact("Limit up", "7,815", "", "+10.1%"),
    Fact("Sector", "電気機器"),
    Fact("VWAP", ""),
    Fact("Turnover", "¥91.9bn"),
]


def grid(facts: list[Fact]) -> FactGrid:
    made = FactGrid()
    made.show(facts)
    return made


def test_one_column_on_a_narrow_screen(painted: Callable[..., list[str]]) -> None:
    lines = [line.rstrip() for line in painted(grid(FACTS), 30, 6)]
    assert lines[:5] == [
        "Last      7,101",
        "Limit up  7,815  +10.1%",
        "Sector    電気機器",
        "VWAP      –",
        "Turnover  ¥91.9bn",
    ]


def test_columns_side_by_side_on_a_wide_one(painted: Callable[..., list[str]]) -> None:
    lines = [line.rstrip() for line in painted(grid(FACTS), 60, 3)]
    assert lines[0] == " Last      7,101           VWAP      –"
    assert lines[1] == " Limit up  7,815  +10.1%   Turnover  ¥91.9bn"


@pytest.mark.parametrize("width", [1, 3, 8, 14, 20, 31, 47, 120])
@pytest.mark.parametrize("height", [1, 2, 5])
def test_every_line_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, height: int
) -> None:
    assert {cell_len(line) for line in painted(grid(FACTS), width, height)} == {width}


def test_what_is_left_out_is_counted(painted: Callable[..., list[str]]) -> None:
    assert painted(grid(FACTS), 30, 3)[2].rstrip() == " … 3 more"


def test_nothing_is_told_in_words(painted: Callable[..., list[str]]) -> None:
    assert painted(FactGrid(), 30, 2)[0].rstrip() == " nothing known yet"


def test_it_takes_the_lines_it_needs(on_stage: Callable[..., None]) -> None:
    view = grid(FACTS)

    async def script(scene: Any) -> None:
        assert view.size.height == 5
        view.show(FACTS[:2])
        await scene.settle()
        assert view.size.height == 2
        await scene.pilot.resize_terminal(120, 10)
        await scene.settle()
        assert view.size.height == 1

    on_stage(view, script, (30, 10), "#view { height: auto; }")


facts = st.lists(
    st.builds(
        Fact,
        st.sampled_from(["Last", "基準値段", ""]),
        st.sampled_from(["7,101", "電気機器", ""]),
        st.just(""),
        st.sampled_from(["", "+10.1%"]),
    ),
    min_size=1,
    max_size=20,
)


@given(facts, st.integers(1, 200))
def test_a_wider_grid_never_has_fewer_columns(each: list[Fact], width: int) -> None:
    assert 1 <= columns_that_fit(each, width) <= columns_that_fit(each, width + 40) <= 4


@given(facts, st.integers(1, 200))
def test_columns_that_fit_do_fit(each: list[Fact], width: int) -> None:
    columns = columns_that_fit(each, width)
    widest = max(cell_len(f.label) for f in each) + 2
    assert columns == 1 or columns * 2 <= width + widest
