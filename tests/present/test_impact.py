"""Impact in words: what is known and no more."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tui.market.catalysts import Catalyst
from tui.market.constituents import Constituents
from tui.present.impact import ImpactViews, impact_words, marks, unexplained_views
from tui.report.impact import CatalystImpacts, ImpactReport, Rank
from widgets.catalyst_views import ReadyCatalysts

TODAY = date(2025, 5, 26)


@pytest.fixture
def report(desk: Any) -> ImpactReport:
    desk.replay("14:20")
    desk.market.add_catalysts(
        [
            Catalyst(key="order", headline="An order", symbols=("6501.T",), time=desk.jst("10:05")),
            Catalyst(key="deal", headline="A deal", symbols=("5401.T",), session=TODAY),
            Catalyst(key="chips", headline="Chips", symbols=("6857.T", "8035.T"),
                     time=desk.jst("08:30")),
            Catalyst(key="lunch", headline="Lunch", symbols=("7203.T",), time=desk.jst("12:10")),
            Catalyst(key="adr", headline="Elsewhere", symbols=("SONY",), session=TODAY),
            Catalyst(key="words", headline="No names", session=TODAY),
        ]
    )  # fmt: skip
    constituents = Constituents(desk.market, (), desk.market.reference)
    return CatalystImpacts(desk.market, lambda: constituents).report(desk.jst("14:20"))


def test_the_pane_tells_return_against_the_index_and_points_since_when(
    desk: Any, report: ImpactReport
) -> None:
    now = desk.jst("14:20")
    shown = ImpactViews(desk.market, report, Rank.TIME, now, "5401.T")
    views = {key: shown.view(place) for place, key in enumerate(shown.keys)}
    for place, key in enumerate(shown.keys):
        assert shown.lines(place) == 1 + bool(views[key].detail) + bool(views[key].warning)
    order = views["order"].detail.split("  ")
    assert order[0].startswith("6501 ")
    assert order[1].startswith("vs index ")
    assert order[2].endswith(" pts since 10:05")
    assert "since the open" in views["chips"].detail
    assert "gap +" in views["chips"].detail
    assert views["chips"].detail.startswith("2 names +")
    assert "since lunch" in views["lunch"].detail
    assert "since" not in views["deal"].detail
    assert views["adr"].detail == "SONY"
    assert views["words"].detail == ""
    assert [key for key, view in views.items() if view.marked] == ["deal"]


def test_catalysts_look_the_same_until_they_are_measured_or_asked_for_otherwise(
    desk: Any, report: ImpactReport
) -> None:
    now = desk.jst("14:20")
    shown = ImpactViews(desk.market, report, Rank.TIME, now)
    assert shown.same_as(ImpactViews(desk.market, report, Rank.TIME, now))
    assert not shown.same_as(ImpactViews(desk.market, report, Rank.IMPACT, now))
    assert not shown.same_as(ImpactViews(desk.market, report, Rank.TIME, now, "5401.T"))
    assert not shown.same_as(ImpactViews(desk.market, report, Rank.TIME, now, language="ja"))
    assert not shown.same_as(ImpactViews(desk.market, replace(report), Rank.TIME, now))
    assert not shown.same_as(ReadyCatalysts())


def test_the_story_tells_everything_that_is_measured(report: ImpactReport) -> None:
    words = {impact.catalyst.key: impact_words(impact) for impact in report.impacts}
    assert words["deal"].startswith("Impact on the day: 1 name +")
    for part in ("Nikkei 225", "TOPIX", "sector", "points"):
        assert part in words["deal"]
    assert words["adr"] == "Impact: no price is known from which it could be measured."
    assert words["words"] == ""


def test_the_story_is_measured_in_japanese_as_in_english(report: ImpactReport) -> None:
    for impact in report.impacts:
        english, japanese = impact_words(impact), impact_words(impact, "ja")
        assert bool(english) == bool(japanese)
        figures = re.compile(r"[+−-][0-9,]+\.[0-9]+")
        assert figures.findall(japanese) == figures.findall(english)


def test_marks_stand_where_catalysts_came_in_the_session(desk: Any, report: ImpactReport) -> None:
    found = marks(desk.market, report.impacts)
    axis = desk.market.minutes.axis
    assert [round(share * len(axis)) for share in found] == [65, 151]


def test_moves_without_news_name_who_and_how_far_beyond(desk: Any, report: ImpactReport) -> None:
    views = unexplained_views(desk.market, report, "en")
    assert views
    assert all(view.note.endswith("beyond sector and market") for view in views)
    assert {view.label for view in views} == {"no news"}
    japanese = unexplained_views(desk.market, report, "ja")
    assert {view.label for view in japanese} == {"材料なし"}
    assert [view.move for view in japanese] == [view.move for view in views]
    assert all(view.tone in {"up", "down"} for view in views)
