"""Order, window and cursor over data that changes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from widgets.quote_table.rows import LiveRows

MakeSheet = Callable[..., Any]


@pytest.fixture
def rows(sheet: Any) -> LiveRows:
    live = LiveRows()
    live.view.resize(10)
    live.show(sheet)
    return live


def test_a_cursor_never_placed_rests_on_the_head_of_the_order(rows: LiveRows, sheet: Any) -> None:
    rows.sort_by("last", reverse=True)
    assert rows.cursor_key == "1099.T"
    sheet.set("1005.T", 9000)
    rows.tick(5.0)
    assert rows.cursor_key == "1005.T"
    assert rows.view.top == 0


def test_the_cursor_follows_its_symbol_and_keeps_its_line(rows: LiveRows, sheet: Any) -> None:
    rows.sort_by("last", reverse=False)
    rows.select("1044.T")
    line = rows.view.cursor - rows.view.top
    sheet.set("1044.T", 1080.5)
    rows.tick(5.0)
    assert rows.cursor_key == "1044.T"
    assert rows.view.cursor == 80
    assert rows.view.cursor - rows.view.top == line


def test_rows_are_sorted_at_most_once_a_second(rows: LiveRows, sheet: Any) -> None:
    rows.tick(100.0)
    rows.sort_by("last", reverse=True)
    for step, now in enumerate((100.1, 100.5, 100.9)):
        sheet.set("1003.T", 5000 + step)
        rows.tick(now)
        assert rows.order.rows[0] == 99
        assert rows.sort_due() == 101.0
    rows.tick(101.0)
    assert rows.order.rows[0] == 3
    assert rows.sort_due() is None


def test_the_first_figures_of_all_are_sorted_at_once(rows: LiveRows, sheet: Any) -> None:
    known = sheet.last.copy()
    sheet.last[:] = np.nan
    rows.tick(100.0)
    rows.sort_by("last", reverse=True)
    sheet.last[:] = known
    sheet.set("1003.T", 5000)
    assert rows.sort_due() == 100.0
    rows.tick(100.1)
    assert rows.order.rows[0] == 3
    sheet.set("1004.T", 6000)
    assert rows.sort_due() == 101.1


def test_a_frozen_order_stands_until_it_is_released_or_sorted(rows: LiveRows, sheet: Any) -> None:
    rows.sort_by("last", reverse=True)
    rows.freeze(True)
    sheet.set("1003.T", 5000)
    rows.tick(50.0)
    assert rows.order.rows[0] == 99
    assert rows.sort_due() is None
    rows.narrow("109")
    assert [sheet.keys[row] for row in rows.order.rows[:2]] == ["1099.T", "1098.T"]
    rows.narrow("")
    rows.freeze(False)
    rows.tick(50.01)
    assert rows.order.rows[0] == 3
    rows.freeze(True)
    sheet.set("1004.T", 6000)
    rows.sort_by("last", reverse=True)
    assert rows.order.rows[0] == 4


def test_a_filter_that_hides_the_symbol_gives_it_back(rows: LiveRows) -> None:
    rows.select("1044.T")
    rows.narrow("104")
    assert rows.cursor_key == "1044.T"
    rows.narrow("105")
    assert rows.cursor_key == "1050.T"
    rows.narrow("nothing")
    assert not len(rows.on_screen)
    assert rows.narrowed
    rows.narrow("")
    assert rows.cursor_key == "1044.T"
    assert rows.view.cursor_visible


def test_a_cursor_moved_within_a_filter_stays_where_it_was_put(rows: LiveRows) -> None:
    rows.select("1044.T")
    rows.narrow("105")
    rows.place(2)
    rows.narrow("")
    assert rows.cursor_key == "1052.T"


def test_only_and_the_filter_work_together(rows: LiveRows, sheet: Any) -> None:
    rows.only(["1051.T", "1010.T", "9999.T", "1052.T"])
    assert [sheet.keys[row] for row in rows.order.rows] == ["1010.T", "1051.T", "1052.T"]
    rows.narrow("105")
    assert [sheet.keys[row] for row in rows.order.rows] == ["1051.T", "1052.T"]
    rows.only(None)
    assert len(rows.order.rows) == 10


def test_other_data_keeps_cursor_filter_and_sort(rows: LiveRows, make_sheet: MakeSheet) -> None:
    rows.sort_by("last", reverse=True)
    rows.narrow("104")
    rows.select("1044.T")
    rows.show(make_sheet(60, 1020))
    assert rows.cursor_key == "1044.T"
    assert len(rows.order.rows) == 10
    assert rows.order.keys[rows.order.rows[0]] == "1049.T"


def test_a_removed_row_leaves_the_cursor_on_the_next_and_undo_gives_it_back(
    rows: LiveRows, make_sheet: MakeSheet
) -> None:
    before, after = make_sheet(10), make_sheet(10)
    rows.show(before)
    rows.select("1004.T")
    after.keys = tuple(key for key in before.keys if key != "1004.T")
    for name in ("row_revision", "moved", "moved_at", "stale", "last"):
        setattr(after, name, np.delete(getattr(before, name), 4))
    rows.show(after)
    assert rows.cursor_key == "1005.T"
    rows.show(before)
    assert rows.cursor_key == "1004.T"


def test_a_symbol_selected_before_there_is_data_has_the_cursor(make_sheet: MakeSheet) -> None:
    rows = LiveRows()
    assert not rows.select("1044.T")
    rows.show(make_sheet(100))
    rows.view.resize(10)
    assert rows.cursor_key == "1044.T"
    assert rows.view.cursor_visible


def test_keys_exchanged_in_the_same_data_are_noticed(rows: LiveRows, sheet: Any) -> None:
    rows.select("1044.T")
    sheet.keys = tuple(reversed(sheet.keys))
    assert rows.tick(1.0)
    assert rows.cursor_key == "1044.T"
    assert rows.view.cursor == 55
    assert not rows.tick(2.0)


def test_no_rows_at_all(rows: LiveRows, make_sheet: MakeSheet) -> None:
    rows.show(make_sheet(0))
    rows.place(5)
    rows.leap(-3)
    rows.sort_by("last", reverse=True)
    assert rows.cursor_key is None
    assert not len(rows.on_screen)
