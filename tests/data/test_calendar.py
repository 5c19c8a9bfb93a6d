from datetime import date, time

import pytest

from tui.data.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    ClosureYear,
    HoursRow,
    check_closures,
    check_hours,
    closure_table,
    hours_table,
    library_closures,
)
from tui.data.rules import TickRow, check_ticks, limit_table, tick_table
from tui.errors import DataError


def test_the_shipped_tables_can_be_used() -> None:
    for table in (closure_table(), hours_table(), tick_table(), limit_table()):
        assert table.problem == ""
        assert table.info().origin
    assert [row.year for row in closure_table().rows] == list(range(FIRST_YEAR, LAST_YEAR + 1))


@pytest.mark.filterwarnings("ignore:Series.values returning")
@pytest.mark.parametrize("year", [2015, 2019, 2020, 2025])
def test_a_past_year_of_the_table_is_the_library_s(year: int) -> None:
    held = {row.year: row.closures for row in closure_table().rows}
    assert held[year] == library_closures(year)


def test_a_year_that_the_library_does_not_know_is_refused() -> None:
    with pytest.raises(DataError, match="1996"):
        library_closures(1996)


def test_tables_that_make_no_sense_are_told() -> None:
    saturday = ClosureYear(2025, ((date(2025, 5, 24), "Saturday"),))
    assert "2025" in check_closures([saturday])
    assert check_closures([ClosureYear(2024, ()), ClosureYear(2026, ())])
    hours = HoursRow(date(2024, 1, 1), time(9), time(11, 30), time(12, 30), time(15, 30), time(15))
    assert "2024-01-01" in check_hours([hours])
    assert check_ticks([TickRow(1000.5, 1, 1), TickRow(None, 1, 1)])
    assert check_ticks([TickRow(1000, 0.25, 1), TickRow(None, 1, 1)])
    assert check_ticks([TickRow(1000, 1, 1)])
