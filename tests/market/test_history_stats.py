"""What needs days gone by, and its absence where they are not known."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tui.market.arrays import Floats
from tui.market.history_stats import (
    DailyHistory,
    advance_decline_ratio,
    history_of,
    shipped_history,
    usual_volume,
    year_range,
)
from tui.market.quotes import DailyBars, MinuteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at

CALENDAR = TokyoCalendar()
SESSION = date(2025, 5, 26)
NAN = float("nan")


def sessions(count: int, before: date = SESSION) -> list[date]:
    days, day = [], before
    for _ in range(count):
        day = CALENDAR.previous(day)
        days.append(day)
    return days[::-1]


def history(close: list[list[float]], days: list[date]) -> DailyHistory:
    table = np.array(close, float)
    return DailyHistory(
        symbols=tuple(f"{1301 + row}.T" for row in range(len(close))),
        dates=np.array(days, "datetime64[D]"),
        high=table + 1,
        low=table - 1,
        close=table,
    )


def test_the_ratio_sums_advances_and_declines_of_25_sessions() -> None:
    rising = [float(1_000 + day) for day in range(25)]
    falling = [float(1_000 - day) for day in range(25)]
    told = history([rising, rising, falling], sessions(25))
    ratio = advance_decline_ratio(told, CALENDAR, SESSION, up=2, down=1)
    assert ratio == pytest.approx(2 * 25 / 25 * 100)


def test_the_ratio_of_today_counts() -> None:
    flat = [100.0] * 25
    told = history([flat, flat], sessions(25))
    assert advance_decline_ratio(told, CALENDAR, SESSION, up=3, down=2) == pytest.approx(150.0)
    nothing_fell = advance_decline_ratio(told, CALENDAR, SESSION, up=3, down=0)
    assert nothing_fell is not None
    assert np.isnan(nothing_fell)


def test_a_history_that_is_short_or_has_a_gap_gives_no_ratio() -> None:
    assert (
        advance_decline_ratio(history([[1.0] * 24], sessions(24)), CALENDAR, SESSION, 1, 1) is None
    )
    days = sessions(26)
    del days[10]
    assert advance_decline_ratio(history([[1.0] * 25], days), CALENDAR, SESSION, 1, 1) is None
    old = sessions(25, before=date(2025, 5, 23))
    assert advance_decline_ratio(history([[1.0] * 25], old), CALENDAR, SESSION, 1, 1) is None


def test_days_from_the_session_on_are_not_its_past() -> None:
    days = [*sessions(25), SESSION, date(2025, 5, 27)]
    told = history([[100.0] * 25 + [500.0, 900.0]], days)
    assert advance_decline_ratio(told, CALENDAR, SESSION, up=1, down=2) == pytest.approx(50.0)
    assert told.before(SESSION).dates[-1] == np.datetime64("2025-05-23")


def test_the_five_days_that_ship_give_neither_ratio_nor_year() -> None:
    told = shipped_history(SESSION)
    assert told.dates.tolist() == sessions(5)
    assert told.close.shape == (len(told.symbols), 5)
    assert advance_decline_ratio(told, CALENDAR, SESSION, 147, 77) is None
    assert year_range(told, CALENDAR, SESSION) is None


def this_year(session: date) -> list[date]:
    count = next(n for n in range(1, 600) if sessions(n, session)[0].year < session.year) - 1
    return sessions(count, session)


def test_from_april_on_the_year_is_this_one() -> None:
    days = this_year(SESSION)
    closes = np.linspace(900, 1_100, len(days)).tolist()
    told = year_range(history([closes], days), CALENDAR, SESSION)
    assert told is not None
    assert told.since == date(2025, 1, 6)
    assert told.high.tolist() == [1_101.0]
    assert told.low.tolist() == [899.0]
    assert year_range(history([closes[1:]], days[1:]), CALENDAR, SESSION) is None


def test_until_march_the_year_began_a_year_earlier() -> None:
    session = date(2025, 2, 3)
    days = this_year(session)
    assert year_range(history([[100.0] * len(days)], days), CALENDAR, session) is None
    longer = sessions(len(days) + 250, session)
    told = year_range(history([[100.0] * len(longer)], longer), CALENDAR, session)
    assert told is not None
    assert told.since == date(2024, 1, 4)


def test_a_name_that_was_split_has_no_range_and_the_others_keep_theirs() -> None:
    days = this_year(SESSION)
    half = len(days) // 2
    split = [3_000.0] * half + [1_000.0] * (len(days) - half)
    told = year_range(history([split, [500.0] * len(days)], days), CALENDAR, SESSION)
    assert told is not None
    assert np.isnan(told.high).tolist() == [True, False]
    assert np.isnan(told.low).tolist() == [True, False]


def test_bars_of_several_names_stand_side_by_side() -> None:
    def bars(symbol: str, days: list[str], close: list[float]) -> DailyBars:
        prices = np.array(close)
        return DailyBars(
            symbol=symbol,
            dates=np.array(days, "datetime64[D]"),
            open=prices,
            high=prices + 1,
            low=prices - 1,
            close=prices,
        )

    told = history_of(
        [
            bars("A", ["2025-05-22", "2025-05-23"], [1.0, 2.0]),
            bars("B", ["2025-05-21", "2025-05-23"], [3.0, 4.0]),
        ]
    )
    assert told.dates.astype(str).tolist() == ["2025-05-21", "2025-05-22", "2025-05-23"]
    assert np.array_equal(told.close, [[NAN, 1, 2], [3, NAN, 4]], equal_nan=True)
    picked = told.of(("B", "C"))
    assert np.array_equal(picked.high, [[4, NAN, 5], [NAN] * 3], equal_nan=True)
    assert history_of([]).close.shape == (0, 0)


def minutes(session: date, volume: Floats) -> MinuteBatch:
    axis = CALENDAR.minute_axis(session)
    blank = np.full(volume.shape, NAN)
    return MinuteBatch(
        symbols=("A", "B"),
        rows=np.arange(len(volume), dtype=np.int32),
        minutes=axis[: volume.shape[1]],
        last=blank,
        volume=volume,
        turnover=blank,
        source="test",
        epoch=1,
        session=session,
    )


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


def test_the_usual_volume_is_the_mean_at_the_same_minute() -> None:
    earlier = [
        minutes(day, np.array([[100.0 * n, 200.0 * n, 900.0 * n], [NAN, NAN, 1.0]]))
        for n, day in enumerate(sessions(5), start=1)
    ]
    told = usual_volume(earlier, ("B", "A", "C"), CALENDAR, at("09:02"), SESSION)
    assert told is not None
    assert np.array_equal(told, [NAN, 600.0, NAN], equal_nan=True)
    later = usual_volume(earlier, ("A",), CALENDAR, at("15:30"), SESSION)
    assert later is not None
    assert later.tolist() == [2_700.0]


def test_too_few_earlier_days_give_no_usual_volume() -> None:
    earlier = [minutes(day, np.ones((2, 3))) for day in sessions(4)]
    assert usual_volume(earlier, ("A",), CALENDAR, at("10:00"), SESSION) is None
    again = [*earlier, earlier[-1], minutes(SESSION, np.ones((2, 3)))]
    assert usual_volume(again, ("A",), CALENDAR, at("10:00"), SESSION) is None


def test_before_the_first_minute_has_ended_nothing_is_usual() -> None:
    earlier = [minutes(day, np.ones((2, 3))) for day in sessions(5)]
    told = usual_volume(earlier, ("A",), CALENDAR, at("09:00") + timedelta(seconds=30), SESSION)
    assert told is not None
    assert np.isnan(told).all()
