import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from widgets.quote_table.ordering import RowOrder, sorted_rows

FIGURES = hnp.arrays(
    np.float64, st.integers(0, 50), elements=st.sampled_from([np.nan, -2.0, -0.0, 0.0, 1.0, 7.5])
)


@given(FIGURES, st.booleans())
def test_unknown_figures_come_last_and_equals_keep_the_order_of_the_list(
    values: np.ndarray, reverse: bool
) -> None:
    rows = sorted_rows(values, reverse=reverse).tolist()
    expected = sorted(
        range(len(values)),
        key=lambda row: (
            np.isnan(values[row]),
            0 if np.isnan(values[row]) else (-values[row] if reverse else values[row]),
        ),
    )
    assert rows == expected


@given(st.lists(st.sampled_from(["", "Toyota", "Sony", "アイシン", "日本製鉄"])), st.booleans())
def test_texts_are_sorted_and_blanks_come_last(texts: list[str], reverse: bool) -> None:
    shown = [texts[row] for row in sorted_rows(texts, reverse=reverse)]
    known = sorted((text for text in texts if text), reverse=reverse)
    assert shown == known + [""] * (len(texts) - len(known))


def test_narrowing_keeps_the_order() -> None:
    order = RowOrder()
    order.load(("a", "b", "c", "d"), ranked=False)
    order.rank(np.array([3.0, 1.0, 4.0, 2.0]), reverse=True)
    order.narrow(np.array([True, True, False, True]))
    assert order.rows.tolist() == [0, 3, 1]
    order.narrow(None)
    assert order.rows.tolist() == [2, 0, 3, 1]


def test_rank_tells_whether_the_rows_shown_changed_places() -> None:
    order = RowOrder()
    order.load(("a", "b", "c"), ranked=False)
    assert order.rank(np.array([3.0, 1.0, 2.0]), reverse=False)
    assert not order.rank(np.array([30.0, 10.0, 20.0]), reverse=False)
    order.narrow(np.array([True, False, False]))
    assert not order.rank(np.array([1.0, 2.0, 3.0]), reverse=False)


def test_a_kept_rank_follows_the_symbols_and_new_ones_come_after() -> None:
    order = RowOrder()
    order.load(("a", "b", "c"), ranked=False)
    order.rank(np.array([1.0, 2.0, 3.0]), reverse=True)
    order.load(("x", "a", "b", "c", "y"), ranked=True)
    assert [order.keys[row] for row in order.rows] == ["c", "b", "a", "x", "y"]


def test_positions_are_those_of_the_rows_shown() -> None:
    order = RowOrder()
    order.load(("a", "b", "c"), ranked=False)
    order.narrow(np.array([False, True, True]))
    assert order.position_of("c") == 1
    assert order.position_of("a") is None
    assert order.position_of("z") is None
    assert order.mask_of(["c", "z"]).tolist() == [False, False, True]
