"""The figures of the wrap are those of the screen, and none is invented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tui.market.catalysts import Catalyst
from tui.market.constituents import Constituents
from tui.market.quotes import Field, QuoteBatch
from tui.providers.contracts import DatedEvent
from tui.report.impact import CatalystImpacts
from tui.report.rows import rows_report
from tui.report.summary import summarise
from tui.report.timeline import timeline
from tui.report.wrap import Stage, wrap_report

Days = Callable[[str], Any]


def test_the_figures_are_the_summary_s_own_object(day: Days) -> None:
    market, now = day("15:30").market(), day("15:30").now
    summary = summarise(market, now)
    wrap = wrap_report(market, now, summary=summary)
    assert wrap.summary is summary
    assert wrap.nikkei is summary.indices[0]
    assert wrap.topix is summary.indices[1]


def test_every_name_has_the_figures_of_its_row(day: Days) -> None:
    market, now = day("15:30").market(), day("15:30").now
    wrap = wrap_report(market, now)
    named = [
        *wrap.leaders, *wrap.laggards, *wrap.topix_leaders,
        *(mover for basket in wrap.baskets for mover in basket.movers),
        *(mover for told in wrap.catalysts for mover in told.movers),
    ]  # fmt: skip
    assert len(named) > 30
    rows = rows_report(market, [mover.symbol for mover in named], now)
    for place, mover in enumerate(named):
        told = (mover.last, mover.change, mover.percent, mover.points)
        shown = (rows.last, rows.change, rows.percent, rows.points)
        np.testing.assert_array_equal(told, [column[place] for column in shown])


def test_the_close_of_the_day(day: Days) -> None:
    wrap = wrap_report(day("15:30").market(), day("15:30").now, feed=day("15:30").feed)
    assert wrap.stage is Stage.CLOSED
    assert not wrap.modelled
    assert [mover.name for mover in wrap.leaders[:3]] == [
        "Advantest", "Tokyo Electron", "SoftBank Group",
    ]  # fmt: skip
    assert [round(mover.points, 2) for mover in wrap.leaders[:3]] == [76.10, 59.87, 33.33]
    assert (wrap.leading.names, round(wrap.leading.points, 2)) == (4, 198.24)
    assert round(wrap.leading.share, 2) == 0.53
    assert [mover.code for mover in wrap.derived] == ["9613"]
    assert round(wrap.attribution.topix.covered_share, 4) == 0.7726
    assert (wrap.limit_up, wrap.limit_down, wrap.limits_known) == ((), (), 225)
    assert wrap.yen is None


def test_a_basket_names_its_heaviest_that_went_its_way(day: Days) -> None:
    wrap = wrap_report(day("15:30").market(), day("15:30").now)
    named = {
        basket.key: [(mover.name, round(mover.percent, 2)) for mover in basket.movers]
        for basket in wrap.baskets
    }
    assert named["exporters"][:2] == [("Sony Group", 1.55), ("Hitachi", 1.47)]
    assert named["steel"][0] == ("Nippon Steel", 2.13)
    assert all(percent < 0 for _, percent in named["trading-houses"])
    percents = [basket.percent for basket in wrap.baskets]
    assert percents == sorted(percents, reverse=True)


def test_the_sectors_are_ranked_and_say_how_many_names_they_rest_on(day: Days) -> None:
    wrap = wrap_report(day("15:30").market(), day("15:30").now)
    percents = [sector.percent for sector in wrap.sectors]
    assert percents == sorted(percents, reverse=True)
    assert wrap.sectors[0].name == "Iron & Steel"
    assert wrap.sector_names == 225


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        ("08:30", Stage.BEFORE),
        ("10:30", Stage.TRADING),
        ("11:45", Stage.BREAK),
        ("15:27", Stage.TRADING),
        ("15:30", Stage.CLOSED),
    ],
)
def test_the_stage_is_that_of_the_session(day: Days, at: str, stage: Stage) -> None:
    told = day(at)
    wrap = wrap_report(told.market(), told.now, feed=told.feed)
    assert wrap.stage is stage
    assert wrap.modelled == (stage in {Stage.TRADING, Stage.BREAK})


def test_without_a_closing_print_the_wrap_speaks_of_the_newest_quote(day: Days) -> None:
    told = day("14:00")
    late = datetime(2025, 5, 26, 8, 0, tzinfo=UTC)
    wrap = wrap_report(told.market(), late, feed=told.feed)
    assert wrap.stage is Stage.TRADING
    assert wrap.told_at == told.feed.data_time


def test_a_limit_move_is_named(day: Days) -> None:
    def jump(batch: QuoteBatch) -> QuoteBatch:
        last = batch.fields[Field.LAST].copy()
        row = batch.symbols.index("9983.T")
        last[batch.rows == row] = 47_070 + 7_000
        return replace(batch, fields={**batch.fields, Field.LAST: last})

    wrap = wrap_report(day("15:30").market(jump), day("15:30").now)
    assert [mover.symbol for mover in wrap.limit_up] == ["9983.T"]
    assert wrap.limit_down == ()
    assert wrap.summary.limit_up == 1


def test_a_falling_market_is_led_by_what_fell(day: Days) -> None:
    def mirror(batch: QuoteBatch) -> QuoteBatch:
        last, base = batch.fields[Field.LAST], batch.fields[Field.BASE]
        return replace(batch, fields={**batch.fields, Field.LAST: 2 * base - last})

    wrap = wrap_report(day("15:30").market(mirror), day("15:30").now)
    assert wrap.nikkei.change < 0
    assert wrap.leaders[0].name == "Advantest"
    assert all(mover.points < 0 for mover in wrap.leaders)
    assert all(mover.points > 0 for mover in wrap.laggards)
    assert wrap.leading.share > 0.5


def catalyst(key: str, **more: Any) -> Catalyst:
    return Catalyst(key=key, headline=key, **more)


def test_only_what_is_known_and_of_the_day_is_a_catalyst(day: Days) -> None:
    told = day("10:30")
    today = date(2025, 5, 26)
    given = [
        catalyst("untimed", session=today),
        catalyst("earlier", session=today, time=told.now - timedelta(minutes=30)),
        catalyst("newest", time=told.now - timedelta(minutes=5)),
        catalyst("later", session=today, time=told.now + timedelta(minutes=1)),
        catalyst("yesterday", session=date(2025, 5, 23)),
        catalyst("undated"),
    ]
    wrap = wrap_report(told.market(catalysts=given), told.now)
    assert [each.catalyst.key for each in wrap.catalysts] == ["newest", "earlier", "untimed"]


def test_what_falls_due_comes_soonest_first_and_only_what_is_ahead(day: Days) -> None:
    told = day("15:30")
    given = [
        catalyst("far", session=date(2025, 5, 26), due=date(2025, 7, 9)),
        catalyst("near", session=date(2025, 5, 20), due=date(2025, 5, 28)),
        catalyst("past", session=date(2025, 5, 20), due=date(2025, 5, 25)),
        catalyst("unpublished", time=told.now + timedelta(hours=1), due=date(2025, 5, 29)),
    ]
    wrap = wrap_report(told.market(catalysts=given), told.now)
    assert [each.title for each in wrap.due] == ["near", "far"]


def test_the_next_few_entries_of_the_timeline_are_told_and_no_others(day: Days) -> None:
    told = day("15:30")
    market = told.market(catalysts=())
    events = [DatedEvent(on=date(2025, 5, 20) + timedelta(days=n), title=f"{n}") for n in range(30)]
    dates = timeline(market, told.now, events=events)
    wrap = wrap_report(market, told.now, dates=dates)
    assert [each.title for each in wrap.due] == ["6", "7", "8", "9", "10"]
    assert all(each in dates for each in wrap.due)


def test_catalysts_have_the_impact_that_the_screen_has(day: Days) -> None:
    told = day("15:30")
    when = told.now - timedelta(hours=3)
    given = [catalyst("order", time=when, symbols=("6857.T", "8035.T"))]
    market = told.market(catalysts=given)
    constituents = Constituents(market, ())
    report = CatalystImpacts(market, lambda: constituents).report(told.now)
    (held,) = wrap_report(market, told.now, impacts=report).catalysts
    assert held.impact is report.impacts[0]
    (found,) = wrap_report(market, told.now).catalysts
    figures = (found.impact.percent, found.impact.vs_nikkei, found.impact.nikkei)
    assert figures == (held.impact.percent, held.impact.vs_nikkei, held.impact.nikkei)


def test_points_that_read_as_nothing_lead_nothing(day: Days) -> None:
    def still(batch: QuoteBatch) -> QuoteBatch:
        return replace(batch, fields={**batch.fields, Field.LAST: batch.fields[Field.BASE]})

    wrap = wrap_report(day("15:30").market(still), day("15:30").now)
    assert (wrap.leaders, wrap.laggards, wrap.topix_leaders) == ((), (), ())
    assert wrap.leading.names == 0
