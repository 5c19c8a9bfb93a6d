from hypothesis import given
from hypothesis import strategies as st

from widgets.quote_table import Column
from widgets.quote_table.layout import MARGIN, arrange

A_COLUMN = st.builds(
    Column,
    key=st.text("abc", min_size=1, max_size=3),
    title=st.just("Title"),
    width=st.integers(1, 20),
    min_width=st.integers(0, 20),
    grow=st.booleans(),
    priority=st.integers(0, 5),
)


@given(st.lists(A_COLUMN, max_size=12), st.integers(0, 150))
def test_columns_stand_side_by_side_inside_the_width(columns: list[Column], width: int) -> None:
    end = 0
    for index, slot in enumerate(arrange(columns, width)):
        assert slot.x == end + (len(slot.gap) if index else MARGIN)
        assert slot.width >= slot.column.least
        assert slot.column.grow or slot.width <= slot.column.width
        end = slot.end
    assert end <= width


@given(st.lists(A_COLUMN, max_size=12), st.integers(0, 150))
def test_no_dropped_column_is_more_important_than_a_kept_one(
    columns: list[Column], width: int
) -> None:
    kept = [slot.column for slot in arrange(columns, width)]
    dropped = [column for column in columns if not any(column is each for each in kept)]
    if kept and dropped:
        assert max(each.priority for each in dropped) <= min(each.priority for each in kept)


@given(st.lists(A_COLUMN, max_size=12), st.integers(0, 150))
def test_a_growing_column_leaves_nothing_over(columns: list[Column], width: int) -> None:
    slots = arrange(columns, width)
    if any(slot.column.grow for slot in slots):
        assert slots[-1].end == width


@given(st.lists(A_COLUMN, max_size=12))
def test_every_column_stands_where_there_is_room(columns: list[Column]) -> None:
    assert len(arrange(columns, 12 * 22 + 1)) == len(columns)


def test_a_narrower_gap_is_tried_before_a_column_is_dropped() -> None:
    columns = [Column(key=key, title=key, width=4) for key in "abc"]
    assert [slot.x for slot in arrange(columns, 17)] == [1, 7, 13]
    assert [slot.x for slot in arrange(columns, 16)] == [1, 6, 11]
    assert [slot.x for slot in arrange(columns, 14)] == [1, 7]


def test_the_name_is_narrowed_before_a_column_is_dropped(columns: tuple[Column, ...]) -> None:
    keys = [column.key for column in columns]
    least = (5, 12, 21, 29, 39, 46)
    for kept, width in enumerate(least, start=1):
        assert [slot.column.key for slot in arrange(columns, width)] == keys[:kept]
        assert len(arrange(columns, width - 1)) == kept - 1
