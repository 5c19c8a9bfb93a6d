"""The lists of movers: who is on them, in which order, and what is not known."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tui.market.history_stats import DailyHistory
from tui.market.quotes import Field
from tui.market.windows import Window, WindowKind, moves
from tui.report.mover_lists import MoverList, missing_history, movers_of, why_unknown
from tui.report.movers import MoversReport, Past, movers_report

DAY = {Field.OPEN: 100.0, Field.HIGH: 110.0, Field.LOW: 90.0, Field.BASE: 100.0}
NAMES = ("7201.T", "7202.T", "7203.T", "7205.T", "7211.T")


@pytest.fixture
def report(desk: Any) -> MoversReport:
    desk.market.watch(NAMES)
    desk.tell(
        {
            "7201.T": DAY | {Field.LAST: 110.0, Field.OPEN: 103.0, Field.TURNOVER: 5.0},
            "7202.T": DAY | {Field.LAST: 90.0, Field.OPEN: 99.0, Field.TURNOVER: 9.0},
            "7203.T": DAY | {Field.LAST: 150.0, Field.HIGH: 150.0, Field.TURNOVER: 1.0},
            "7205.T": DAY | {Field.LAST: 50.0, Field.LOW: 50.0},
        }
    )
    return movers_report(desk.market, Past(desk.market), NAMES, desk.jst("10:00"))


def listed(report: MoversReport, which: MoverList) -> list[str]:
    return [symbol.removesuffix(".T") for symbol in movers_of(report, which).symbols(report)]


def test_leaders_and_laggards_go_by_return_from_either_end(report: MoversReport) -> None:
    assert listed(report, MoverList.LEADERS) == ["7203", "7201"]
    assert listed(report, MoverList.LAGGARDS) == ["7205", "7202"]
    assert movers_of(report, MoverList.LEADERS).figures.tolist() == [50.0, 10.0]
    assert movers_of(report, MoverList.LAGGARDS).figures.tolist() == [-50.0, -10.0]
    assert report.traded == 4


def test_limits_and_extremes(report: MoversReport) -> None:
    assert listed(report, MoverList.LIMIT_UP) == ["7203"]
    assert listed(report, MoverList.LIMIT_DOWN) == ["7205"]
    assert listed(report, MoverList.HIGHS) == ["7203", "7201"]
    assert listed(report, MoverList.LOWS) == ["7205", "7202"]


def test_gaps_are_of_the_open_whatever_came_after(report: MoversReport) -> None:
    assert listed(report, MoverList.GAPS_UP) == ["7201"]
    assert listed(report, MoverList.GAPS_DOWN) == ["7202"]


def test_the_most_traded_come_first(report: MoversReport) -> None:
    assert listed(report, MoverList.TRADED) == ["7202", "7201", "7203"]


@pytest.mark.usefixtures("report")
def test_highs_of_the_year_stand_before_those_of_the_day(desk: Any) -> None:
    calendar, session = desk.market.calendar, desk.market.session
    days, day = [], session
    while (day := calendar.previous(day)).year == session.year:
        days.append(day)
    table = np.full((len(NAMES), len(days)), 100.0)
    history = DailyHistory(
        symbols=NAMES,
        dates=np.array(days[::-1], "datetime64[D]"),
        high=np.array([[105.0], *[[200.0]] * 4]) + np.zeros_like(table),
        low=table - 20,
        close=table,
    )
    told = movers_report(desk.market, Past(desk.market, history), NAMES, desk.jst("10:00"))
    highs = movers_of(told, MoverList.HIGHS)
    assert highs.symbols(told) == ("7201.T", "7203.T")
    assert highs.of_year.tolist() == [True, False]
    assert told.year_since == date(2025, 1, 6)
    # Only the minutes are missing now.
    assert missing_history(told)[1] == "history too short for unusual volume"


def test_unusual_volume_is_unknown_and_not_nobody(report: MoversReport) -> None:
    unusual = movers_of(report, MoverList.UNUSUAL)
    assert (unusual.known, len(unusual.members)) == (False, 0)
    assert all(movers_of(report, which).known for which in MoverList if which.name != "UNUSUAL")
    assert why_unknown(report).endswith("has none")
    assert "0日分" in why_unknown(report, "ja")


def test_what_history_cannot_tell_is_one_phrase_in_three_lengths(report: MoversReport) -> None:
    full, middle, short = missing_history(report)
    assert full == (
        "history too short for 25-day ratio, highs and lows of the year "
        "(daily bars of 5 earlier sessions), unusual volume (minutes of none)"
    )
    assert len(full) > len(middle) > len(short)
    assert missing_history(report, "ja")[0].startswith(
        "履歴不足: 25日騰落レシオ・年初来高安（日足5日分）"
    )


def test_over_a_window_leaders_are_of_the_window_and_gaps_of_the_day(desk: Any) -> None:
    desk.replay("13:30")
    now = desk.jst("13:30")
    symbols = desk.market.members.basket.symbols
    past = Past(desk.market)
    moved = moves(desk.market, Window(WindowKind.LAST_30), now)
    day = movers_report(desk.market, past, symbols, now)
    late = movers_report(desk.market, past, symbols, now, moved)
    assert listed(day, MoverList.GAPS_UP) == listed(late, MoverList.GAPS_UP)
    assert listed(day, MoverList.LEADERS) != listed(late, MoverList.LEADERS)
    assert late.breadth != day.breadth
    assert late.ratio == day.ratio


@pytest.mark.parametrize("which", list(MoverList), ids=lambda which: which.value)
def test_every_list_has_its_words_in_both_languages(which: MoverList) -> None:
    for words in (which.words, which.short, which.empty):
        assert words("en").strip()
        assert words("ja").strip()
        assert words("en") != words("ja")
