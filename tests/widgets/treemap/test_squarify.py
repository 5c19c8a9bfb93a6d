"""Rectangles of whole cells: they cover their room once, and their areas keep the proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.treemap.squarify import CELL_HEIGHT, Rect, squarify

ROOMS = st.builds(
    Rect, st.integers(0, 5), st.integers(0, 5), st.integers(1, 240), st.integers(1, 80)
)
SIZES = st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=120)


def covered(rects: list[Rect], room: Rect) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each cell of the room is covered; a cell outside it is an error."""
    cells = np.zeros((room.height, room.width), np.int64)
    for rect in rects:
        if rect.area:
            assert rect.x >= room.x
            assert rect.y >= room.y
            assert rect.right <= room.right
            assert rect.bottom <= room.bottom
        x, y = rect.x - room.x, rect.y - room.y
        cells[y : y + rect.height, x : x + rect.width] += 1
    return cells


@given(SIZES, ROOMS)
def test_every_cell_is_covered_once(sizes: list[float], room: Rect) -> None:
    if not np.isfinite(sum(sizes)):
        sizes = [size / 1e300 + 1e-300 for size in sizes]
    rects = squarify(sorted(sizes, reverse=True), room)
    assert len(rects) == len(sizes)
    assert (covered(rects, room) == 1).all()


@given(st.lists(st.floats(1.0, 30.0), min_size=1, max_size=40), st.integers(0, 3))
def test_areas_are_in_proportion_but_for_an_edge(sizes: list[float], scale: int) -> None:
    room = Rect(0, 0, 100 + 40 * scale, 40 + 15 * scale)
    sizes = sorted(sizes, reverse=True)
    for rect, size in zip(squarify(sizes, room), sizes, strict=True):
        exact = size / sum(sizes) * room.area
        assert abs(rect.area - exact) <= rect.width + rect.height + 1


@given(st.lists(st.floats(1.0, 8.0), min_size=4, max_size=40))
def test_tiles_look_nearly_square(sizes: list[float]) -> None:
    room = Rect(0, 0, 160, 60)
    shapes = []
    for rect in squarify(sorted(sizes, reverse=True), room):
        wide, tall = rect.width, rect.height * CELL_HEIGHT
        shapes.append(max(wide / tall, tall / wide))
    assert np.median(shapes) < 2.5


@given(SIZES, ROOMS)
def test_the_same_sizes_stand_in_the_same_places(sizes: list[float], room: Rect) -> None:
    sizes = [min(size, 1e290) for size in sizes]
    assert squarify(sizes, room) == squarify(tuple(sizes), room)


def test_one_size_takes_everything() -> None:
    assert squarify([3.0], Rect(2, 1, 7, 5)) == [Rect(2, 1, 7, 5)]


def test_equal_sizes_on_a_wide_room_stand_side_by_side() -> None:
    assert squarify([1.0, 1.0], Rect(0, 0, 8, 2)) == [Rect(0, 0, 4, 2), Rect(4, 0, 4, 2)]


def test_equal_sizes_on_a_tall_room_stand_one_above_the_other() -> None:
    assert squarify([1.0, 1.0], Rect(0, 0, 4, 4)) == [Rect(0, 0, 4, 2), Rect(0, 2, 4, 2)]


@pytest.mark.parametrize("room", [Rect(0, 0, 0, 4), Rect(0, 0, 4, 0)])
def test_no_room_gives_empty_rectangles(room: Rect) -> None:
    assert [rect.area for rect in squarify([2.0, 1.0], room)] == [0, 0]
    assert squarify([], room) == []


def test_each_of_as_many_sizes_as_cells_in_a_line_gets_one() -> None:
    rects = squarify([50.0, 1.0, 1.0, 1.0], Rect(0, 0, 4, 1))
    assert [rect.area for rect in rects] == [1, 1, 1, 1]
