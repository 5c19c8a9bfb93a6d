"""Breadth by sector adds up to the breadth of the whole."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.market.breadth import breadth
from tui.market.constituents import Constituents
from tui.market.market import TOPIX
from tui.market.quotes import Field
from tui.market.windows import Window, moves
from tui.report.breadth import SectorCounts
from tui.report.movers import index_symbols

NAMES = ("7203.T", "6758.T", "8306.T", "5401.T", "9984.T", "nobody")


def test_the_sectors_of_the_nikkei_add_up(desk: Any) -> None:
    desk.replay("15:30")
    market = desk.market
    moved = moves(market, Window(), desk.jst("15:30"))
    told = SectorCounts(market).of(market.members.basket.symbols, moved)
    totals = [int(each.sum()) for each in (told.up, told.down, told.unchanged, told.missing)]
    assert totals == [147, 77, 1, 0]
    names = {each.name: place for place, each in enumerate(told.sectors)}
    banks = names["Banks"]
    assert (told.up[banks], told.down[banks]) == (2, 8)
    assert sum(len(each.symbols) for each in told.sectors) == 225


def test_names_that_are_not_on_the_board_are_missing_in_their_sector(desk: Any) -> None:
    desk.replay("15:30")
    market = desk.market
    moved = moves(market, Window(), desk.jst("15:30"))
    told = SectorCounts(market).of(index_symbols(market, Constituents(market), TOPIX), moved)
    assert len(told.sectors) == 33
    assert int(told.missing.sum()) == 1681 - 225


def test_who_belongs_where_is_looked_up_once(desk: Any) -> None:
    counts = SectorCounts(desk.market)
    moved = moves(desk.market, Window(), desk.jst("10:00"))
    assert counts.of(NAMES, moved).sectors is counts.of(NAMES, moved).sectors


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prices=st.lists(st.sampled_from([None, 99.0, 100.0, 101.0]), min_size=6, max_size=6))
def test_every_name_is_counted_once(desk: Any, prices: list[float | None]) -> None:
    market = desk.market
    market.forget()
    market.watch(NAMES)
    desk.tell({name: {Field.BASE: 100.0} for name in NAMES})
    quotes = {
        name: {Field.LAST: price, Field.BASE: 100.0}
        for name, price in zip(NAMES, prices, strict=True)
        if price is not None
    }
    if quotes:
        desk.tell(quotes, "10:01")
    moved = moves(market, Window(), desk.jst("10:00") + timedelta(minutes=2))
    told = SectorCounts(market).of(NAMES, moved)
    rows = market.board.rows(NAMES)
    whole = breadth(moved.last[rows], moved.start[rows])
    assert (whole.up, whole.down, whole.unchanged, whole.missing) == tuple(
        int(each.sum()) for each in (told.up, told.down, told.unchanged, told.missing)
    )
    assert told.sectors[-1].name == "Unclassified"
