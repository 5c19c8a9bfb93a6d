"""What a source calls daily bars: checked, cleaned, and put side by side."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tui.market.past_days import bars_fault, cleaned, first_day, no_bars, past_days
from tui.market.quotes import DailyBars

START, END = date(2025, 5, 19), date(2025, 5, 23)
NAN = float("nan")


def bars(symbol: str = "7203.T", **changes: Any) -> DailyBars:
    close = np.array([100.0, 102.0])
    told: dict[str, Any] = {
        "symbol": symbol,
        "dates": np.array(["2025-05-22", "2025-05-23"], "datetime64[D]"),
        "open": close,
        "high": close + 1,
        "low": close - 1,
        "close": close,
        "volume": np.array([1_000.0, 2_000.0]),
        "turnover": np.empty(0),
    }
    return DailyBars(**(told | changes))


def test_good_bars_have_no_fault() -> None:
    assert bars_fault(bars(), "7203.T", START, END) == ""
    assert bars_fault(no_bars("7203.T", "test"), "7203.T", START, END) == ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (None, "no daily bars"),
        (bars("6758.T"), "another name"),
        (bars(dates=np.array(["2025-05-22", "2025-05-23"], "datetime64[s]")), "array of days"),
        (bars(dates=[date(2025, 5, 22), date(2025, 5, 23)]), "array of days"),
        (bars(dates=np.array(["2025-05-23", "2025-05-22"], "datetime64[D]")), "ascend"),
        (bars(dates=np.array(["2025-05-22", "2025-05-22"], "datetime64[D]")), "ascend"),
        (bars(dates=np.array(["NaT", "2025-05-22"], "datetime64[D]")), "ascend"),
        (bars(dates=np.array(["2025-05-16", "2025-05-22"], "datetime64[D]")), "outside"),
        (bars(dates=np.array(["2025-05-22", "2025-05-26"], "datetime64[D]")), "outside"),
        (bars(close=[1.0, 2.0]), "close is not"),
        (bars(high=np.array([1, 2])), "high is not"),
        (bars(close=np.array([1.0])), "shape"),
        (bars(volume=np.array([1.0])), "shape"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_breaks_the_contract_is_told_in_words(wrong: object, words: str) -> None:
    assert words in bars_fault(wrong, "7203.T", START, END)


def test_figures_that_cannot_be_true_are_unknown() -> None:
    told = cleaned(
        bars(
            open=np.array([0.0, np.inf]),
            close=np.array([100.0, 105.0]),
            volume=np.array([-1.0, 0.0]),
        )
    )
    assert np.isnan(told.open).all()
    # The second close is above the day's high.
    assert np.array_equal(told.close, [100.0, NAN], equal_nan=True)
    assert np.array_equal(told.high, [101.0, NAN], equal_nan=True)
    assert np.array_equal(told.volume, [NAN, 0.0], equal_nan=True)
    assert np.isnan(told.turnover).all()


def test_names_stand_side_by_side_and_those_without_bars_are_left_out() -> None:
    other = bars("6758.T", dates=np.array(["2025-05-21", "2025-05-23"], "datetime64[D]"))
    told = past_days("test", [bars(), no_bars("9999.T", "test"), other])
    assert told.history.symbols == told.volumes.symbols == ("7203.T", "6758.T")
    assert np.array_equal(
        told.volumes.volume, [[NAN, 1_000, 2_000], [1_000, NAN, 2_000]], equal_nan=True
    )
    dates, closes = told.closes("6758.T")
    assert dates.astype(str).tolist() == ["2025-05-21", "2025-05-23"]
    assert closes.tolist() == [100.0, 102.0]
    assert len(told.closes("9999.T")[0]) == 0
    empty = past_days("test", [no_bars("9999.T", "test")])
    assert empty.history.symbols == ()


@pytest.mark.parametrize(
    ("session", "first"),
    [
        (date(2025, 2, 3), date(2024, 1, 1)),
        (date(2025, 5, 26), date(2024, 5, 25)),
        (date(2025, 12, 30), date(2024, 12, 29)),
    ],
)
def test_the_span_holds_a_year_and_the_years_first_session(session: date, first: date) -> None:
    assert first_day(session) == first
