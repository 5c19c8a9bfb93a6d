"""The figures of a list: what is shown, what marks it, what is old."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from tui.market.quotes import Field, Quality, QuoteState
from tui.report.rows import Badge, in_order, rows_report

LAST, BASE = Field.LAST, Field.BASE
ADVANTEST, ELECTRON, OTHER = "6857.T", "8035.T", "7203.T"


def one(desk: Any, symbol: str = ADVANTEST, clock: str = "10:00") -> Any:
    return rows_report(desk.market, (symbol,), desk.jst(clock))


def badge(desk: Any, symbol: str = ADVANTEST) -> Badge:
    return Badge(int(one(desk, symbol).badge[0]))


def test_what_no_source_tells_is_unknown_and_never_zero(desk: Any) -> None:
    report = one(desk)
    for figures in (
        report.last, report.base, report.change, report.percent, report.points, report.bid,
        report.ask, report.volume, report.turnover, report.indicative,
    ):  # fmt: skip
        assert np.isnan(figures[0])
    assert np.isnat(report.time[0])
    assert badge(desk) is Badge.NO_DATA


def test_change_and_points_are_against_the_base_price(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0, Field.OPEN: 7000.0}})
    report = one(desk)
    assert report.change[0] == 286.0
    assert report.percent[0] == pytest.approx(4.1966, abs=1e-4)
    assert report.points[0] == pytest.approx(76.10, abs=0.005)


def test_a_special_quote_stands_in_place_of_the_last_trade(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7000.0, BASE: 6815.0, Field.SPECIAL: 7200.0}})
    report = one(desk)
    assert (report.last[0], report.change[0]) == (7200.0, 385.0)
    assert badge(desk) is Badge.SPECIAL
    desk.tell({ADVANTEST: {LAST: 7200.0, Field.SPECIAL: np.nan}}, "10:01")
    assert badge(desk) is Badge.NONE


@pytest.mark.parametrize(
    ("state", "expected", "word"),
    [
        (QuoteState.TRADING, Badge.NONE, ""),
        (QuoteState.SEQUENTIAL, Badge.SEQUENTIAL, "sequential"),
        (QuoteState.SPECIAL_BID, Badge.SPECIAL_BID, "special bid"),
        (QuoteState.SPECIAL_ASK, Badge.SPECIAL_ASK, "special ask"),
        (QuoteState.HALTED, Badge.HALTED, "halted"),
    ],
)
def test_the_state_of_trading_is_badged(
    desk: Any, state: QuoteState, expected: Badge, word: str
) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, state=state)
    assert badge(desk) is expected
    assert badge(desk).word == word


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (7815.0, Badge.LIMIT_UP),
        (7814.0, Badge.NONE),
        (5815.0, Badge.LIMIT_DOWN),
        (5816.0, Badge.NONE),
    ],
)
def test_a_price_at_its_limit_is_badged(desk: Any, price: float, expected: Badge) -> None:
    desk.tell({ADVANTEST: {LAST: price, BASE: 6815.0}})
    assert badge(desk) is expected


def test_the_stronger_mark_wins(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7815.0, BASE: 6815.0}}, state=QuoteState.SPECIAL_BID)
    assert badge(desk) is Badge.LIMIT_UP
    desk.tell({ADVANTEST: {LAST: 7815.0}}, "10:01", state=QuoteState.HALTED)
    assert badge(desk) is Badge.HALTED
    desk.tell({ADVANTEST: {LAST: 7815.0}}, "10:02", quality=Quality.SUSPECT)
    assert badge(desk) is Badge.SUSPECT


def test_a_base_price_alone_is_no_trade_and_a_derived_close_says_so(desk: Any) -> None:
    desk.tell({ADVANTEST: {BASE: 6815.0}}, None)
    assert badge(desk) is Badge.NOT_TRADED
    desk.tell({ELECTRON: {LAST: 100.0, BASE: 99.0}}, quality=Quality.DERIVED)
    assert badge(desk, ELECTRON) is Badge.DERIVED


def test_every_badge_has_a_word_in_both_languages() -> None:
    for each in Badge:
        assert bool(each.word) == bool(each.word_ja) == (each is not Badge.NONE)


@pytest.mark.parametrize(
    ("quoted", "now", "old"),
    [
        ("10:00", "10:10", False),
        ("10:00", "10:10:01", True),
        ("11:29", "12:29", False),  # the break does not count
        ("11:25", "12:34", False),
        ("11:25", "12:36", True),
        ("15:24", "15:30", False),
        ("15:10", "15:30", True),
        ("15:30", "23:59", False),  # nor does the night
        ("08:00", "08:59", False),
    ],
)
def test_only_trading_time_makes_a_quote_old(desk: Any, quoted: str, now: str, old: bool) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, quoted)
    assert bool(one(desk, clock=now).stale[0]) is old


def test_a_quote_without_a_time_is_not_called_old(desk: Any) -> None:
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, None)
    assert not one(desk, clock="15:00").stale[0]


def test_nothing_is_old_on_a_day_without_a_session(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2025, 5, 25))
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}}, "09:00")
    assert not one(desk, clock="15:00").stale[0]


def test_points_are_blank_where_no_table_covers_the_date(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2024, 2, 1))
    desk.market.watch([ADVANTEST])
    desk.tell({ADVANTEST: {LAST: 7101.0, BASE: 6815.0}})
    report = one(desk)
    assert report.change[0] == 286.0
    assert np.isnan(report.points[0])


def test_order_is_from_the_largest_down_with_the_unknown_last(desk: Any) -> None:
    desk.market.watch(["1301.T"])
    desk.tell(
        {
            OTHER: {LAST: 2600.0, BASE: 2700.0},
            ADVANTEST: {LAST: 7101.0, BASE: 6815.0},
            "1301.T": {LAST: 4600.0, BASE: 4000.0},
        }
    )
    symbols = (ELECTRON, OTHER, "1301.T", ADVANTEST)
    report = rows_report(desk.market, symbols, desk.jst("10:00"))
    assert in_order(report, "points") == (ADVANTEST, OTHER, ELECTRON, "1301.T")
    assert in_order(report, "percent") == ("1301.T", ADVANTEST, OTHER, ELECTRON)
    assert in_order(report, "") == symbols
