import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from widgets.spark import BLOCKS, spark

VALUES = hnp.arrays(
    np.float64,
    st.integers(0, 400),
    elements=st.floats(allow_nan=True, allow_infinity=True),
)


@given(VALUES, st.integers(-1, 60))
def test_one_known_character_for_each_cell(values: np.ndarray, width: int) -> None:
    line = spark(values, width)
    assert len(line) == max(0, width)
    assert set(line) <= set(BLOCKS + " ")


@given(
    hnp.arrays(np.float64, st.integers(2, 300), elements=st.integers(1, 10**6).map(float)),
    st.integers(1, 40),
)
def test_the_unit_of_the_values_does_not_matter(values: np.ndarray, width: int) -> None:
    assert spark(values, width) == spark(values * 2, width)


@given(VALUES, st.integers(1, 30))
def test_each_cell_shows_the_last_known_value_of_its_share(values: np.ndarray, width: int) -> None:
    line = spark(values, width)
    count = len(values)
    for cell in range(width if count else 0):
        start = cell * count // width
        share = values[start : max((cell + 1) * count // width, start + 1)]
        assert (line[cell] == " ") == (not np.isfinite(share).any())


def test_a_rising_path_uses_every_step() -> None:
    assert spark(np.arange(8.0), 8) == BLOCKS


def test_the_rightmost_cell_is_the_newest_value() -> None:
    assert spark(np.array([5.0, 1.0, 1.0, 1.0, 9.0]), 2)[-1] == BLOCKS[-1]


def test_what_is_not_known_is_not_drawn() -> None:
    assert spark(np.array([1.0, np.nan, np.nan, 2.0]), 4) == "▁  █"
    assert spark(np.full(5, np.nan), 3) == "   "
    assert spark(np.empty(0), 3) == "   "


def test_a_path_that_does_not_move_is_at_half_height() -> None:
    assert spark(np.full(6, 856.3), 3) == BLOCKS[3] * 3


@pytest.mark.parametrize("width", [1, 2, 7, 40])
def test_the_extremes_of_a_long_path_show(width: int) -> None:
    values = np.concatenate([np.linspace(100, 50, 200), np.linspace(50, 120, 125)])
    line = spark(values, width)
    assert line[-1] == BLOCKS[-1]
