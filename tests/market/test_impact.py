"""The arithmetic over all catalysts at once: the same as over each by itself."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.market.impact import furthest

VALUES = st.sampled_from([float("nan"), 0.0, 1.0, -1.0, 2.5, -2.5, 7.0])


@given(st.lists(st.lists(VALUES, max_size=4), max_size=8))
def test_the_furthest_of_each_is_found_and_of_equals_the_last(lists: list[list[float]]) -> None:
    values = np.array([value for each in lists for value in each], np.float64)
    place = np.repeat(np.arange(len(lists)), [len(each) for each in lists]).astype(np.int64)
    expected, begin = [], 0
    for each in lists:
        known = [at for at, value in enumerate(each) if np.isfinite(value)]
        last = max(known, key=lambda at: (abs(each[at]), at), default=None)
        expected.append(-1 if last is None else begin + last)
        begin += len(each)
    assert furthest(values, place, len(lists)).tolist() == expected
