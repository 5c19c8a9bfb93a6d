"""The header keeps what matters most as it gets narrower."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.fold import joined_width
from widgets.header_bar import HeaderBar, HeaderView, fold_header

VIEW = HeaderView(
    title="ZARABA",
    market="東証",
    when="Mon 26 May 2025  15:30:00 JST",
    state="大引け closed",
    banner="REPLAY · path modelled",
    feed="● replay ×60",
    coverage="224/225 + 1 derived",
    next_change="opens in 17 h 30 m",
)
LIVE = replace(VIEW, banner="", feed="● LIVE")


def header(view: HeaderView) -> HeaderBar:
    bar = HeaderBar()
    bar.show(view)
    return bar


def test_all_of_it_on_a_wide_line(painted: Callable[..., list[str]]) -> None:
    [line] = painted(header(VIEW), 160, 1)
    assert line.startswith(" ZARABA  東証  Mon 26 May 2025  15:30:00 JST  大引け closed")
    assert line.endswith("REPLAY · path modelled   ● replay ×60  224/225 + 1 derived ")
    assert cell_len(line) == 160


@pytest.mark.parametrize("width", [1, 5, 8, 12, 20, 31, 40, 60, 80, 120, 240])
def test_it_is_exactly_as_wide_as_the_screen(painted: Callable[..., list[str]], width: int) -> None:
    assert [cell_len(line) for line in painted(header(VIEW), width, 1)] == [width]


@given(st.integers(8, 200))
def test_the_banner_is_the_last_to_go(width: int) -> None:
    assert "REPLAY" in "".join(fold_header(VIEW, width))


@given(st.integers(12, 200))
def test_without_a_banner_the_feed_outlives_the_clock(width: int) -> None:
    texts = fold_header(LIVE, width)
    assert "● LIVE" in texts


@given(st.integers(8, 200))
def test_what_is_kept_fits(width: int) -> None:
    assert joined_width(fold_header(VIEW, width), 2) <= width


@given(st.integers(8, 200), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_the_clock_stands_still_while_it_ticks(
    width: int, hour: int, minute: int, second: int
) -> None:
    other = replace(VIEW, when=f"Mon 26 May 2025  {hour:02}:{minute:02}:{second:02} JST")
    one = [cell_len(text) for text in fold_header(VIEW, width)]
    assert [cell_len(text) for text in fold_header(other, width)] == one


def test_the_date_goes_before_the_clock() -> None:
    for width in range(200):
        texts = fold_header(VIEW, width)
        if any("26 May" in text for text in texts):
            assert any("15:30:00 JST" in text for text in texts)


def test_a_clock_without_a_date_is_kept_whole() -> None:
    assert "15:30:00" in "".join(fold_header(replace(VIEW, when="15:30:00 JST"), 40))


def test_an_empty_header_is_blank(painted: Callable[..., list[str]]) -> None:
    assert painted(HeaderBar(), 40, 1) == [" " * 40]
