"""What the names of catalysts did since: the same points as attribution, and nothing of later."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.market.attribution import nikkei_attribution, together, topix_attribution
from tui.market.catalysts import Catalyst
from tui.market.constituents import Constituents
from tui.market.groups import Scheme
from tui.market.impact import Since
from tui.market.market import Market
from tui.market.quotes import Field
from tui.market.windows import Window, WindowKind, moves
from tui.report.attribution import attribution_report, group_report
from tui.report.impact import CatalystImpacts, Impact, ImpactReport, Rank

Days = Callable[[str], Any]
NAMES = ("6857.T", "8035.T", "6501.T", "7203.T", "5401.T", "9984.T", "4452.T")


def measured(market: Market, now: datetime) -> ImpactReport:
    constituents = Constituents(market, (), market.reference)
    return CatalystImpacts(market, lambda: constituents).report(now)


def one(market: Market, now: datetime, **told: Any) -> Impact:
    market.add_catalysts([Catalyst(key="k", headline="h", **told)])
    (impact,) = measured(market, now).impacts
    return impact


@pytest.fixture
def afternoon(day: Days) -> Any:
    return day("14:20")


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True),
    st.integers(0, 5 * 60),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_points_are_those_of_attribution_over_the_same_stretch(
    afternoon: Any, names: list[str], minutes: int
) -> None:
    market = afternoon.market(catalysts=())
    came = market.calendar.session(market.session).open + timedelta(minutes=minutes)
    impact = one(market, afternoon.now, time=came, symbols=tuple(names))
    if impact.anchor.since is not Since.MOMENT:
        return
    moved = moves(market, Window(WindowKind.SINCE, came), afternoon.now)
    constituents = Constituents(market, (), market.reference)
    for points, attribution in (
        (impact.nikkei, nikkei_attribution(market, moved)),
        (impact.topix, topix_attribution(market, constituents.topix, moved)),
    ):
        assert points == together(attribution, names).points
    rows = market.board.rows(names)
    assert impact.percent == pytest.approx(float(np.mean(moved.percent[rows])), abs=1e-9)
    index = moved.percent[market.board.row("^N225")]
    assert impact.vs_nikkei == pytest.approx(impact.percent - index, abs=1e-9)


def test_without_a_time_it_counts_from_base_prices_against_the_table_of_sectors(
    day: Days,
) -> None:
    close = day("15:30")
    market = close.market(catalysts=())
    impact = one(market, close.now, session=date(2025, 5, 26), symbols=("5401.T",))
    assert impact.anchor.since is Since.BASE
    assert round(impact.percent, 2) == 2.13
    assert round(impact.vs_nikkei, 2) == 1.13
    constituents = Constituents(market, (), market.reference)
    report = attribution_report(market, constituents, close.now)
    table = group_report(constituents, report, Scheme.SECTOR33).table
    steel = next(i for i, group in enumerate(table.groups) if "5401.T" in group.symbols)
    assert impact.vs_sector == pytest.approx(impact.percent - table.percent[steel], abs=1e-9)


def test_before_the_open_it_counts_from_the_first_trade_and_tells_the_gap(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    session = market.calendar.session(market.session)
    impact = one(market, afternoon.now, time=session.open - timedelta(hours=1), symbols=("6857.T",))
    row = market.board.row("6857.T")
    opened = market.board.column(Field.OPEN)[row]
    last, base = market.board.column(Field.LAST)[row], market.board.base()[row]
    assert impact.anchor.at == session.open
    assert impact.percent == pytest.approx((last / opened - 1) * 100)
    assert impact.gap == pytest.approx((opened / base - 1) * 100)


def test_at_lunch_it_counts_from_the_first_minute_of_the_afternoon(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    session = market.calendar.session(market.session)
    impact = one(
        market, afternoon.now, time=session.lunch_from + timedelta(minutes=20), symbols=("8035.T",)
    )
    row = market.board.row("8035.T")
    path = market.minutes.path(row)
    later = market.minutes.axis >= np.datetime64(session.lunch_to.replace(tzinfo=None), "m")
    first = path[later][np.isfinite(path[later])][0]
    morning = path[~later][np.isfinite(path[~later])][-1]
    last = market.board.column(Field.LAST)[row]
    assert impact.percent == pytest.approx((last / first - 1) * 100)
    assert impact.gap == pytest.approx((first / morning - 1) * 100)


@pytest.mark.parametrize("clock", ["11:45", "15:30"])
def test_before_any_trade_has_followed_it_is_blank(day: Days, clock: str) -> None:
    told = day(clock)
    market = told.market(catalysts=())
    impact = one(market, told.now, time=told.now, symbols=("8035.T",))
    assert np.isnan([impact.percent, impact.vs_nikkei, impact.nikkei, impact.topix]).all()
    assert not impact.quiet


def test_a_source_that_is_behind_knows_nothing_of_what_came_since(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    later = afternoon.now + timedelta(minutes=20)
    came = afternoon.now + timedelta(minutes=5)
    impact = one(market, later, time=came, symbols=("8035.T",))
    assert impact.anchor.since is Since.UNKNOWN
    assert np.isnan(impact.percent)


def test_nothing_of_later_shows(day: Days) -> None:
    early = day("10:00")
    market = early.market(catalysts=())
    came = early.now + timedelta(minutes=1)
    market.add_catalysts([Catalyst(key="k", headline="h", time=came, symbols=NAMES)])
    assert measured(market, early.now).impacts == ()


def test_the_price_it_began_at_is_the_same_at_every_later_look(day: Days) -> None:
    starts = []
    for clock in ("10:30", "14:20", "15:30"):
        told = day(clock)
        market = told.market(catalysts=())
        came = market.calendar.session(market.session).open + timedelta(minutes=65)
        impact = one(market, told.now, time=came, symbols=("8035.T",))
        last = market.board.column(Field.LAST)[market.board.row("8035.T")]
        starts.append(last / (1 + impact.percent / 100))
    assert starts == pytest.approx([starts[0]] * 3)


def test_yesterday_evening_s_news_is_of_today_and_yesterday_noon_s_is_not(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    close = market.calendar.session(date(2025, 5, 23)).close
    market.add_catalysts(
        [
            Catalyst(key="noon", headline="Noon", time=close - timedelta(hours=3)),
            Catalyst(key="evening", headline="Evening", time=close + timedelta(hours=3),
                     session=date(2025, 5, 23)),
        ]
    )  # fmt: skip
    assert [i.catalyst.key for i in measured(market, afternoon.now).impacts] == ["evening"]


def test_the_biggest_stand_first_when_ranked_by_impact(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    today = date(2025, 5, 26)
    market.add_catalysts(
        [
            Catalyst(key="none", headline="Nobody", session=today),
            Catalyst(key="small", headline="Kao", session=today, symbols=("4452.T",)),
            Catalyst(key="big", headline="Chips", session=today, symbols=("6857.T", "8035.T")),
        ]
    )
    report = measured(market, afternoon.now)
    assert [i.catalyst.key for i in report.ranked(Rank.IMPACT)] == ["big", "small", "none"]
    assert [i.catalyst.key for i in report.ranked(Rank.TIME)] == ["none", "small", "big"]


def test_an_index_in_a_basket_of_shares_is_no_part_of_it(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    alone = one(market, afternoon.now, session=date(2025, 5, 26), symbols=("6857.T",))
    both = one(market, afternoon.now, session=date(2025, 5, 26), symbols=("^N225", "6857.T"))
    assert both.percent == alone.percent
    assert both.nikkei == alone.nikkei


def test_a_name_without_news_is_unexplained_until_a_catalyst_names_it(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    found = measured(market, afternoon.now)
    sizes = [abs(each.residual) for each in found.unexplained]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= found.threshold for size in sizes)
    first = found.unexplained[0].symbol
    market.add_catalysts([Catalyst(key="k", headline="h", symbols=(first,))])
    after = measured(market, afternoon.now)
    assert first not in [each.symbol for each in after.unexplained]
    assert len(after.unexplained) in {len(found.unexplained) - 1, len(found.unexplained)}


def test_a_catalyst_whose_names_stood_still_is_said_to_be_quiet(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    market.add_catalysts(
        [
            Catalyst(key="still", headline="a", symbols=("^TOPX",)),
            Catalyst(key="moved", headline="b", symbols=("6857.T",)),
            Catalyst(key="new", headline="c", symbols=("^TOPX",),
                     time=afternoon.now - timedelta(minutes=5)),
        ]
    )  # fmt: skip
    quiet = {i.catalyst.key: i.quiet for i in measured(market, afternoon.now).impacts}
    assert quiet == {"still": True, "moved": False, "new": False}


def test_the_report_is_kept_while_nothing_changes(afternoon: Any) -> None:
    market = afternoon.market()
    constituents = Constituents(market, (), market.reference)
    impacts = CatalystImpacts(market, lambda: constituents)
    first = impacts.report(afternoon.now)
    assert impacts.report(afternoon.now) is first
    market.add_catalysts([Catalyst(key="k", headline="new")])
    assert len(impacts.report(afternoon.now).impacts) == len(first.impacts) + 1


def test_looked_at_again_and_again_it_is_what_a_first_look_tells(afternoon: Any) -> None:
    market = afternoon.market(catalysts=())
    opened = market.calendar.session(market.session).open
    constituents = Constituents(market, (), market.reference)
    again = CatalystImpacts(market, lambda: constituents)
    for number, minutes in enumerate((-30, 3, 3, 100, 170, 290, None, 318)):
        came = None if minutes is None else opened + timedelta(minutes=minutes)
        told: dict[str, Any] = {"time": came, "session": None if came else market.session}
        names = NAMES[number % 5 : number % 5 + 3]
        market.add_catalysts(
            [Catalyst(key=str(number), headline=str(number), symbols=names, **told)]
        )
        for later in (-10, 2, 50, 310, 320):
            now = opened + timedelta(minutes=later)
            one_of, fresh = again.report(now), measured(market, now)
            assert repr(one_of.impacts) == repr(fresh.impacts)
            assert one_of.unexplained == fresh.unexplained
