import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.strips import FreshStrip, LooseStrip

TEXT = "7203 トヨタ 2,771"
WIDTH = 17


def left_behind(kind: type[Strip]) -> int:
    """Objects that only the collector frees, of a line that was painted whole and dropped."""
    gc.collect()
    line = kind([Segment(TEXT)], WIDTH)
    line.divide([WIDTH])
    line.crop_extend(0, WIDTH, Style())
    del line
    return gc.collect()


def test_a_line_that_was_painted_whole_is_gone_with_its_last_user() -> None:
    assert left_behind(LooseStrip) == 0
    assert left_behind(Strip) > 0, "plain strips no longer hold themselves: this class can go"


def test_a_loose_line_is_the_same_line() -> None:
    plain = Strip([Segment(TEXT, Style(bold=True)), Segment("  ")], WIDTH + 2)
    loose = LooseStrip.of(plain)
    assert loose == plain
    assert LooseStrip.of(loose) is loose


@pytest.mark.parametrize(
    "cuts", [[WIDTH], [4, WIDTH], [4, 9, WIDTH, WIDTH + 3], [6], [WIDTH + 1], []]
)
def test_it_is_cut_as_a_plain_one(cuts: list[int]) -> None:
    plain = Strip([Segment(TEXT)], WIDTH)
    assert list(LooseStrip.of(plain).divide(iter(cuts))) == list(plain.divide(cuts))


@pytest.mark.parametrize(
    ("start", "end"), [(0, WIDTH), (-2, WIDTH), (0, 5), (3, 9), (0, 30), (4, 30)]
)
def test_it_is_cropped_and_filled_up_as_a_plain_one(start: int, end: int) -> None:
    plain, ground = Strip([Segment(TEXT)], WIDTH), Style(bgcolor="red")
    assert LooseStrip.of(plain).crop_extend(start, end, ground) == plain.crop_extend(
        start, end, ground
    )


@given(st.integers(-3, WIDTH + 3), st.integers(-3, WIDTH + 3), st.lists(st.integers(1, WIDTH)))
def test_a_fresh_line_does_all_that_a_plain_one_does(start: int, end: int, cuts: list[int]) -> None:
    segments = [Segment(TEXT[:5], Style(bold=True)), Segment(TEXT[5:])]
    plain, fresh, ground = Strip(segments, WIDTH), FreshStrip(segments, WIDTH), Style(dim=True)
    places = sorted({*cuts, WIDTH})
    for _ in range(2):
        assert fresh == plain
        assert fresh.crop(start, end) == plain.crop(start, end)
        assert fresh.crop(start) == plain.crop(start)
        assert list(fresh.divide(places)) == list(plain.divide(places))
        assert fresh.apply_style(ground) == plain.apply_style(ground)
        assert fresh.adjust_cell_length(WIDTH + 4) == plain.adjust_cell_length(WIDTH + 4)
        assert fresh.text == plain.text
        assert fresh.render(Console(color_system="truecolor")) == plain.render(
            Console(color_system="truecolor")
        )


def test_fresh_lines_share_nothing_that_one_leaves_behind() -> None:
    one, other = FreshStrip([Segment("a" * 9)], 9), FreshStrip([Segment("b" * 9)], 9)
    assert one.crop(2, 4).text == "aa"
    assert other.crop(2, 4).text == "bb"
    assert left_behind(FreshStrip) == 0
