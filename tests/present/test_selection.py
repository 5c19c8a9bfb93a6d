"""Names picked out: marks, and what they made of both indices together."""

import math
from typing import Any

import pytest

from tui.data.baskets import shipped_baskets
from tui.market.groups import Scheme
from tui.present.analysis import Analysis
from tui.present.both_ladders import BothLadders
from tui.present.selection import Marks, Picked, Selection
from tui.present.selection_words import both_words, side_words

LEADERS = ("6857.T", "8035.T", "9984.T")


class Stand:
    """The session's close, taken apart."""

    def __init__(self, desk: Any) -> None:
        desk.replay("15:30")
        self.analysis = Analysis(desk.market, shipped_baskets().rows)
        self.now = desk.jst("15:30")
        self.report = self.analysis.report(self.now)

    def summaries(self, language: str = "en", **picked: Any) -> tuple[str, str]:
        groups = self.analysis.groups(self.now, Scheme.SECTOR33)
        left, right = BothLadders().sides(
            self.analysis, self.report, groups, language, 1.0, **picked
        )
        return left.ladder.summary, right.ladder.summary


@pytest.fixture
def close(desk: Any) -> Stand:
    return Stand(desk)


def test_marks_are_put_on_and_off_and_keep_their_order() -> None:
    marks = Marks()
    order = []
    for wanted, on in ((["b", "a"], True), (["a", "c"], True), (["a", "b"], False)):
        assert marks.toggle(wanted) is on
        order.append(marks.symbols)
    assert order == [("b", "a"), ("b", "a", "c"), ("c",)]
    assert "c" in marks
    assert "a" not in marks
    assert marks.clear()
    assert not marks.clear()
    assert marks.symbols == ()


def test_names_in_both_indices_are_added_up_in_both(close: Stand) -> None:
    words = both_words(close.report, Selection(LEADERS, Picked.MARKED), "en")
    assert words == "3 marked: N225 +169.30 (46% of the move) · TOPIX est. +2.79 (17%)"
    short = both_words(close.report, Selection(LEADERS, Picked.MARKED), "en", short=True)
    assert short == "3 marked: N225 +169.30 (46%) TOPIX est. +2.79 (17%)"
    japanese = both_words(close.report, Selection(LEADERS, Picked.SHOWN), "ja")
    assert japanese == "表示3銘柄: 日経平均 +169.30 (46%) · TOPIX 推計 +2.79 (17%)"


def test_names_without_points_are_told_apart(close: Stand) -> None:
    picked = Selection(("6857.T", "9999.T"), Picked.MARKED)
    assert both_words(close.report, picked, "en").startswith("2 marked: N225 1 of them +76.10 (21%")
    assert side_words(close.report.nikkei, picked, "en") == (
        "1 of 2 marked = +76.10 points (21% of the move)"
    )
    assert side_words(close.report.nikkei, picked, "ja") == "選択2銘柄うち1で+76.10 (21%)"
    assert both_words(close.report, Selection(("9999.T",), Picked.MARKED), "en") == ""


def test_the_ladder_adds_up_the_leaders_until_names_are_picked(close: Stand) -> None:
    assert close.summaries()[0] == "4 names = +198.24 points (53% of the move)"
    first = close.report.nikkei.symbols[0]
    assert close.summaries(cursor=(0, "6857.T"))[0] == close.summaries()[0]
    assert close.summaries(shown=(first,))[0].startswith("1 shown = ")


def test_the_ladder_adds_up_the_names_down_to_the_cursor_in_both_indices(close: Stand) -> None:
    left, right = close.summaries(cursor=(0, "9984.T"))
    assert left == "3 names = +169.30 points (46% of the move)"
    assert right == "3 names = +2.79 points (17% of the move)"
    points = close.report.nikkei.points
    lowest = [close.report.nikkei.symbols[n] for n in points.argsort()[:2]]
    left, _ = close.summaries(cursor=(0, lowest[1]))
    total = math.fsum(sorted(points)[:2])
    assert left.startswith(f"2 names = −{abs(total):.2f} points")


def test_a_group_under_the_cursor_is_added_up(close: Stand) -> None:
    left, right = close.summaries(cursor=(0, "group:3650"))
    table = close.analysis.groups(close.now, Scheme.SECTOR33).table
    place = table.place("3650")
    count = len(table.groups[place].symbols)
    assert left.startswith(f"{count} names = +{table.nikkei[place]:.2f} points")
    assert right.startswith(f"{count} names = +{table.topix[place]:.2f} points")


def test_marks_come_before_all_else_and_stand_on_the_rows(close: Stand) -> None:
    left, _ = close.summaries(marked=LEADERS, shown=("7203.T",), cursor=(0, "9766.T"))
    assert left == "3 marked = +169.30 points (46% of the move)"
    groups = close.analysis.groups(close.now, Scheme.SECTOR33)
    sides = BothLadders().sides(close.analysis, close.report, groups, "en", 1.0, marked=LEADERS)
    assert {row.key for side in sides for row in side.ladder.rows if row.marked} == set(LEADERS)
