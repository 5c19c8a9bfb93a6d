"""Indices and summary: levels, streaks, what an auction implies, what is missing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from tui.market.quotes import Field
from tui.market.session import SessionState
from tui.report.indices import index_reports, nt_ratio
from tui.report.summary import summarise

LAST, BASE, INDICATIVE = Field.LAST, Field.BASE, Field.INDICATIVE
NIKKEI, TOPIX = "^N225", "^TOPX"
LEVELS = {NIKKEI: {LAST: 37531.53, BASE: 37160.47}, TOPIX: {LAST: 2751.91, BASE: 2735.52}}


def test_levels_changes_and_streaks(desk: Any) -> None:
    desk.tell(LEVELS)
    reports = index_reports(desk.market, desk.jst("10:00"))
    nikkei, topix = reports
    assert [nikkei.change, topix.change] == pytest.approx([371.06, 16.39])
    assert (nikkei.streak, topix.streak) == (2, 2)
    assert nt_ratio(reports) == pytest.approx(13.638, abs=0.001)


def test_a_fall_begins_a_streak_of_its_own(desk: Any) -> None:
    desk.tell({NIKKEI: {LAST: 37000.0, BASE: 37160.47}, TOPIX: {LAST: 2735.52, BASE: 2735.52}})
    nikkei, topix = index_reports(desk.market, desk.jst("10:00"))
    assert (nikkei.streak, topix.streak) == (-1, 0)


def test_a_streak_is_unknown_where_history_does_not_reach(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2025, 7, 7))
    desk.tell(LEVELS)
    assert [each.streak for each in index_reports(desk.market, desk.jst("10:00"))] == [None, None]


def test_an_index_that_no_source_tells_is_unknown(desk: Any) -> None:
    desk.tell({"6857.T": {LAST: 7101.0, BASE: 6815.0}})
    reports = index_reports(desk.market, desk.jst("10:00"))
    for report in reports:
        assert np.isnan([report.last, report.change, report.percent, report.base]).all()
        assert report.streak is None
    assert np.isnan(nt_ratio(reports))


def before_the_open(desk: Any) -> None:
    """Every member has a base price; two have an indicative one."""
    quotes = {symbol: {BASE: 1000.0} for symbol in desk.market.basket.symbols}
    quotes["6857.T"] = {BASE: 6815.0, INDICATIVE: 6900.0}
    quotes["8035.T"] = {BASE: 22755.0, INDICATIVE: 22655.0}
    desk.tell({NIKKEI: {BASE: 37160.47}, **quotes}, None)


def test_an_auction_implies_a_level_with_its_coverage(desk: Any) -> None:
    before_the_open(desk)
    nikkei, topix = index_reports(desk.market, desk.jst("08:50"))
    per_yen = desk.market.members.points_per_yen
    row = desk.market.board.row
    moved = 85 * per_yen[row("6857.T")] - 100 * per_yen[row("8035.T")]
    assert nikkei.estimate == pytest.approx(37160.47 + moved)
    assert nikkei.estimate_coverage == 2
    assert np.isnan(topix.estimate)


def test_continuous_trading_implies_nothing(desk: Any) -> None:
    before_the_open(desk)
    desk.tell({"7203.T": {LAST: 1100.0}}, "09:00")
    nikkei, _ = index_reports(desk.market, desk.jst("10:00"))
    assert np.isnan(nikkei.estimate)
    assert nikkei.estimate_coverage == 0


def test_without_an_indicative_price_nothing_is_implied(desk: Any) -> None:
    desk.tell(LEVELS)
    nikkei, _ = index_reports(desk.market, desk.jst("12:00"))
    assert np.isnan(nikkei.estimate)


def test_the_summary_of_the_recorded_close(desk: Any) -> None:
    desk.replay("15:30")
    summary = summarise(desk.market, desk.jst("15:30"))
    assert summary.status.state is SessionState.CLOSED
    counts = summary.breadth
    assert (counts.up, counts.down, counts.unchanged, counts.missing) == (147, 77, 1, 0)
    assert (summary.limit_up, summary.limit_down) == (0, 0)
    assert summary.turnover_names == 224
    assert not summary.contribution.show_residual
    assert (summary.missing_table, summary.current) == ("", True)
    assert len(summary.members) == len(summary.member_change) == 225


def test_the_sum_stands_without_the_index(desk: Any) -> None:
    desk.tell({"6857.T": {LAST: 7101.0, BASE: 6815.0}})
    part = summarise(desk.market, desk.jst("10:00")).contribution
    assert part.sum == pytest.approx(76.10, abs=0.005)
    assert np.isnan(part.index_change)
    assert np.isnan(part.residual)
    assert (part.coverage.observed, part.coverage.missing) == (1, 224)


def test_a_limit_counts_a_special_quote_too(desk: Any) -> None:
    desk.tell(
        {
            "6857.T": {LAST: 7000.0, BASE: 6815.0, Field.SPECIAL: 7815.0},
            "8035.T": {LAST: 17755.0, BASE: 22755.0},
        }
    )
    summary = summarise(desk.market, desk.jst("10:00"))
    assert (summary.limit_up, summary.limit_down) == (1, 1)


def test_a_date_without_tables_names_them(desk_on: Callable[[date], Any]) -> None:
    desk = desk_on(date(2024, 2, 1))
    desk.tell(LEVELS)
    summary = summarise(desk.market, desk.jst("10:00"))
    assert "none for 1 Feb 2024" in summary.missing_table
    assert summary.members == ()
    assert np.isnan(summary.contribution.sum)
    assert np.isnan(summary.turnover)


def test_a_level_that_stands_still_while_the_session_goes_on_has_an_age(desk: Any) -> None:
    desk.tell(LEVELS, "10:00")
    assert [each.age for each in index_reports(desk.market, desk.jst("10:01"))] == [None, None]
    old = index_reports(desk.market, desk.jst("10:30"))
    assert [each.age for each in old] == [timedelta(minutes=30)] * 2
