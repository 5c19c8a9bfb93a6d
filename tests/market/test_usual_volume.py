"""What a name usually trades in a session."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.data.reader import shipped
from tui.market.session import TokyoCalendar
from tui.market.usual_volume import DayVolumes, shipped_volumes, usual_day_volume

CALENDAR = TokyoCalendar()
SESSION = date(2025, 5, 26)
WEEK = [date(2025, 5, day) for day in (19, 20, 21, 22, 23)]
NAN = float("nan")


def days(volume: list[list[float]], dates: list[date], close: float = 1_000.0) -> DayVolumes:
    table = np.array(volume, float)
    return DayVolumes(
        symbols=tuple(f"{1301 + row}.T" for row in range(len(volume))),
        dates=np.array(dates, "datetime64[D]"),
        volume=table,
        close=np.full(table.shape, close),
    )


@settings(max_examples=30)
@given(st.lists(st.floats(1, 1e9), min_size=5, max_size=5))
def test_the_usual_is_the_mean_of_the_sessions_before(volumes: list[float]) -> None:
    usual = usual_day_volume(days([volumes], WEEK), ["1301.T"], CALENDAR, SESSION)
    assert usual is not None
    assert usual[0] == pytest.approx(sum(volumes) / 5)


def test_only_the_last_sessions_count() -> None:
    told = days([[9_999.0, 1, 2, 3, 4, 5]], [date(2025, 5, 16), *WEEK])
    usual = usual_day_volume(told, ["1301.T"], CALENDAR, SESSION)
    assert usual is not None
    assert usual.tolist() == [3.0]


def test_a_session_that_is_not_known_leaves_nothing() -> None:
    assert usual_day_volume(days([[1.0] * 4], WEEK[:4]), ["1301.T"], CALENDAR, SESSION) is None
    assert usual_day_volume(days([[1.0] * 4], WEEK[1:]), ["1301.T"], CALENDAR, SESSION) is None


def test_a_name_without_a_day_and_an_unknown_name_are_unknown() -> None:
    told = days([[1, 2, NAN, 4, 5], [1, 1, 1, 1, 1]], WEEK)
    usual = usual_day_volume(told, ["1301.T", "1302.T", "9999.T"], CALENDAR, SESSION)
    assert usual is not None
    assert np.array_equal(usual, [NAN, 1.0, NAN], equal_nan=True)


def test_a_split_makes_volumes_that_do_not_compare_unknown() -> None:
    told = days([[1.0] * 5, [1.0] * 5], WEEK)
    told.close[0] = [3_000, 3_000, 1_000, 1_000, 1_000]
    usual = usual_day_volume(told, ["1301.T", "1302.T"], CALENDAR, SESSION)
    assert usual is not None
    assert np.array_equal(usual, [NAN, 1.0], equal_nan=True)


def test_the_shipped_sessions_are_those_before() -> None:
    told = shipped_volumes(SESSION)
    assert told.dates.tolist() == WEEK
    rows = [row for row in shipped().daily.rows if row.code == "7203" and row.date < SESSION]
    usual = usual_day_volume(told, ["7203.T"], CALENDAR, SESSION)
    assert usual is not None
    assert usual[0] == pytest.approx(sum(row.volume or 0 for row in rows) / 5)
