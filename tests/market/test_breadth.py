"""Breadth: who is up, down, unchanged, and who cannot be counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.market.breadth import Breadth, breadth

NAN = float("nan")


def test_names_are_counted_against_their_base_prices() -> None:
    last = np.array([101.0, 99.0, 100.0, 102.0])
    assert breadth(last, np.full(4, 100.0)) == Breadth(up=2, down=1, unchanged=1, missing=0)


def test_a_name_that_has_not_traded_is_missing_and_not_unchanged() -> None:
    last, base = np.array([NAN, 100.0, NAN]), np.array([100.0, NAN, NAN])
    assert breadth(last, base) == Breadth(up=0, down=0, unchanged=0, missing=3)


def test_an_empty_list_has_no_breadth() -> None:
    assert breadth(np.empty(0), np.empty(0)).total == 0


PRICE = st.sampled_from([NAN, 99.0, 100.0, 100.5])


@given(st.lists(st.tuples(PRICE, PRICE)))
def test_the_four_add_up(names: list[tuple[float, float]]) -> None:
    last, base = np.array([n[0] for n in names]), np.array([n[1] for n in names])
    counted = breadth(last, base)
    assert counted.total == len(names)
    assert counted.missing == sum(a != a or b != b for a, b in names)
    assert min(counted.up, counted.down, counted.unchanged, counted.missing) >= 0
    mirrored = breadth(base, last)
    assert (mirrored.up, mirrored.down) == (counted.down, counted.up)
