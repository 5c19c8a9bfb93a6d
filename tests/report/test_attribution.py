"""The attribution report: the figures that the ladder and the wrap share."""

from datetime import date, datetime

import numpy as np
import pytest

from tui.data.baskets import shipped_baskets
from tui.market.attribution import Together
from tui.market.constituents import Constituents
from tui.market.groups import Scheme
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.previous_day import PreviousDay
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.universe import Universe
from tui.market.windows import Window, WindowKind
from tui.providers.replay import RecordedSession
from tui.report.attribution import (
    against_previous,
    attribution_report,
    group_report,
    leading,
    selected,
    sides,
    together_words,
)

SESSION = date(2025, 5, 26)
RECORDED = RecordedSession.load()


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


CLOSE = at("15:30")
MARKET = Market(Universe(), TokyoCalendar(), SESSION)
MARKET.apply(RECORDED.snapshot(CLOSE, MARKET.board.symbols), 0.0)
MARKET.apply(RECORDED.minutes(CLOSE, MARKET.board.symbols), 0.0)
CONSTITUENTS = Constituents(MARKET, shipped_baskets().rows)
REPORT = attribution_report(MARKET, CONSTITUENTS, CLOSE)


def test_the_report_is_of_the_whole_day_unless_told_otherwise() -> None:
    assert REPORT.window == Window()
    assert REPORT.begun
    assert REPORT.revision == MARKET.board.revision
    assert REPORT.index(NIKKEI) is REPORT.nikkei
    assert REPORT.index(TOPIX) is REPORT.topix
    lunch = attribution_report(MARKET, CONSTITUENTS, CLOSE, Window(WindowKind.LUNCH))
    assert lunch.since == at("12:30")


def test_the_leading_names() -> None:
    carried, against = sides(REPORT.nikkei, 3)
    names = [REPORT.nikkei.symbols[place] for place in carried.members]
    assert names == ["6857.T", "8035.T", "9984.T"]
    assert [round(float(points), 2) for points in carried.points] == [76.10, 59.87, 33.33]
    assert (against.points < 0).all()
    assert REPORT.nikkei.losses == pytest.approx(-47.77, abs=0.005)


def test_some_names_in_a_sentence() -> None:
    four = leading(REPORT.nikkei, 4)
    assert together_words(four) == "4 names = +198.24 points (53% of the move)"
    assert together_words(four, "ja") == "4銘柄で+198.24 (53%)"
    one = selected(REPORT.nikkei, ["9433.T"])
    assert together_words(one) == "1 name = +6.19 points (2% of the move)"
    assert together_words(selected(REPORT.nikkei, ["AAPL"])) == ""


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (float("nan"), "2 names = −3.00 points"),
        (-0.2, "2 names = −3.00 points (−20% of the move)"),
        (-0.001, "2 names = −3.00 points (0% of the move)"),
    ],
)
def test_a_share_is_left_out_where_unknown(share: float, words: str) -> None:
    assert together_words(Together(names=2, missing=0, points=-3.0, share=share)) == words


def test_sectors_and_baskets_add_up_to_the_index() -> None:
    for scheme in Scheme:
        report = group_report(CONSTITUENTS, REPORT, scheme)
        assert report.nikkei_sum == REPORT.nikkei.sum
        assert report.topix_rest == REPORT.topix.rest
        if report.complements is None:
            assert np.nansum(report.table.nikkei) == REPORT.nikkei.sum
            assert np.nansum(report.table.topix) == REPORT.topix.sum
        else:
            both = report.table.topix + report.complements.topix
            assert both.tolist() == [REPORT.topix.sum] * 6


def test_today_against_the_session_before() -> None:
    told = against_previous(REPORT.nikkei, CONSTITUENTS.previous)
    assert told is not None
    assert told.session == date(2025, 5, 23)
    assert told.index_change == pytest.approx(174.60)
    assert told.sum == pytest.approx(174.60, abs=0.005)
    advantest = REPORT.nikkei.symbols.index("6857.T")
    assert told.change[advantest] == pytest.approx(76.10 - told.points[advantest], abs=0.005)
    topix = against_previous(REPORT.topix, CONSTITUENTS.previous)
    assert topix is not None
    assert len(topix.points) == len(REPORT.topix.symbols)
    assert against_previous(REPORT.topix, PreviousDay()) is None
