import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from widgets.quote_table.flash import EDGES, flash_codes, next_edge


def test_a_move_flashes_in_its_direction_and_fades() -> None:
    moved = np.array([1, -1, 0, 1], dtype=np.int8)
    at = np.array([10.0, 10.0, 10.0, np.nan])
    assert flash_codes(moved, at, 10.0).tolist() == [1, -1, 0, 0]
    assert flash_codes(moved, at, 10.3).tolist() == [2, -2, 0, 0]
    assert flash_codes(moved, at, 10.7).tolist() == [3, -3, 0, 0]
    assert flash_codes(moved, at, 11.0).tolist() == [0, 0, 0, 0]


@given(
    st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.floats(0, 1e6)), max_size=20),
    st.floats(0, 2),
)
def test_waking_at_each_edge_ends_with_nothing_flashing(
    moves: list[tuple[int, float]], later: float
) -> None:
    moved = np.array([move for move, _ in moves], dtype=np.int8)
    at = np.array([when for _, when in moves], dtype=np.float64)
    now = float(at.min()) + later if len(at) else 0.0
    for _ in range(len(EDGES) * len(moves) + 1):
        codes = flash_codes(moved, at, now)
        edge = next_edge(codes, at)
        if edge is None:
            break
        assert edge > now
        now = edge
    assert not flash_codes(moved, at, now).any()
