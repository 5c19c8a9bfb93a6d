import gc

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.strips import LooseStrip

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
