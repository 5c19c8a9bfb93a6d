import asyncio
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from tui.errors import NotSupported
from tui.market.quotes import DailyBars
from tui.providers.replay import RecordedSession, ReplayHistory, ReplayProvider

SESSION = date(2025, 5, 26)


@pytest.fixture
def history(make: Callable[..., ReplayProvider]) -> ReplayHistory:
    return ReplayHistory(make().host)


def daily(history: ReplayHistory, symbol: str, start: date, end: date) -> DailyBars:
    return asyncio.run(history.daily(symbol, start, end))


def test_an_index_has_its_closes_from_april_on(history: ReplayHistory) -> None:
    bars = daily(history, "^N225", date(2025, 1, 1), SESSION)
    assert bars.dates[0] == np.datetime64("2025-04-01")
    assert bars.dates[-1] == np.datetime64("2025-05-26")
    assert bars.close[-3:].tolist() == [36985.87, 37160.47, 37531.53]
    assert np.isnan(bars.volume).all()
    assert (np.diff(bars.dates.astype(np.int64)) > 0).all()


def test_a_name_has_the_week_and_both_ends_of_a_span_count(history: ReplayHistory) -> None:
    bars = daily(history, "6857.T", date(2025, 5, 23), SESSION)
    assert bars.dates.tolist() == [date(2025, 5, 23), SESSION]
    assert bars.close.tolist() == [6815, 7101]
    assert bars.volume[-1] == 13_078_100
    assert len(daily(history, "6857.T", date(2000, 1, 1), date(2030, 1, 1)).dates) == 6


def test_the_derived_name_has_closes_and_blanks(history: ReplayHistory) -> None:
    bars = daily(history, "9613.T", date(2025, 5, 19), SESSION)
    assert bars.close.tolist() == [3982, 3983, 3985, 3987, 3987, 3990]
    assert np.isnan(np.stack([bars.open, bars.high, bars.low, bars.volume, bars.turnover])).all()


@pytest.mark.parametrize(
    ("symbol", "start", "end"),
    [
        ("285A.T", date(2025, 5, 19), SESSION),
        ("6857.T", date(2024, 5, 19), date(2025, 5, 18)),
        ("6857.T", date(2025, 5, 24), date(2025, 5, 25)),
    ],
)
def test_what_is_not_held_is_not_supported(
    history: ReplayHistory, symbol: str, start: date, end: date
) -> None:
    with pytest.raises(NotSupported, match=symbol):
        daily(history, symbol, start, end)


def test_minutes_are_those_of_the_session_only(
    history: ReplayHistory, recorded: RecordedSession
) -> None:
    minutes = asyncio.run(history.minutes(["7203.T"], SESSION))
    assert minutes is not None
    assert minutes.last.shape == (1, 391)
    assert minutes.last[0, -1] == recorded.facts.close[recorded.facts.symbols.index("7203.T")]
    assert asyncio.run(history.minutes(["7203.T"], date(2025, 5, 23))) is None
