"""Groups of the bundled session: who is in them, what they did."""

from datetime import date

import numpy as np
import pytest

from tui.data.baskets import Basket, shipped_baskets
from tui.market.attribution import nikkei_attribution, topix_attribution
from tui.market.constituents import Constituents
from tui.market.groups import GroupTable, Scheme, group_table
from tui.market.market import Market
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.universe import Universe
from tui.market.windows import Window, moves
from tui.providers.replay import RecordedSession

SESSION = date(2025, 5, 26)
RECORDED = RecordedSession.load()
CLOSE = parse_at("15:30", SESSION)
MARKET = Market(Universe(), TokyoCalendar(), SESSION)
MARKET.watch(("1306.T", "8001.T"))
MARKET.apply(RECORDED.snapshot(CLOSE, RECORDED.facts.symbols), 0.0)
CONSTITUENTS = Constituents(MARKET, shipped_baskets().rows)


def table(
    scheme: Scheme, constituents: Constituents = CONSTITUENTS, market: Market = MARKET
) -> GroupTable:
    moved = moves(market, Window(), CLOSE)
    return group_table(
        constituents.grouping(scheme),
        moved,
        constituents.topix,
        nikkei_attribution(market, moved),
        topix_attribution(market, constituents.topix, moved),
    )


@pytest.mark.parametrize(
    ("scheme", "count", "first", "last"),
    [
        (Scheme.SECTOR33, 32, ("0050", "水産・農林業"), ("9050", "サービス業")),
        (Scheme.SECTOR17, 17, ("1", "食品"), ("17", "不動産")),
        (Scheme.NIKKEI6, 7, ("capital", "資本財・その他"), ("unclassified", "未分類")),
        (Scheme.SIZE, 4, ("core30", "Core30"), ("small1", "Small 1")),
        (Scheme.BASKETS, 6, ("exporters", "輸出関連"), ("autos", "自動車")),
    ],
)
def test_groups_come_in_the_order_of_their_scheme(
    scheme: Scheme, count: int, first: tuple[str, str], last: tuple[str, str]
) -> None:
    groups = table(scheme).groups
    assert len(groups) == count
    assert len({group.key for group in groups}) == count
    assert (groups[0].key, groups[0].name_ja) == first
    assert (groups[-1].key, groups[-1].name_ja) == last


def test_every_scheme_parts_the_225() -> None:
    for scheme in (Scheme.SECTOR33, Scheme.SECTOR17, Scheme.NIKKEI6, Scheme.SIZE):
        told = table(scheme)
        assert sum(len(group.symbols) for group in told.groups) == 225
        assert (told.up.sum(), told.down.sum(), told.unchanged.sum()) == (147, 77, 1)


def test_a_sector_of_the_bundled_session() -> None:
    told = table(Scheme.SECTOR33)
    steel = told.place("3450")
    assert told.groups[steel].name == "Iron & Steel"
    assert (told.up[steel], told.down[steel], told.missing[steel]) == (3, 0, 0)
    assert (told.leader[steel], told.laggard[steel]) == ("5401.T", "5411.T")
    assert round(told.leader_percent[steel], 2) == 2.13
    assert told.percent[steel] == pytest.approx(1.98, abs=0.01)
    assert not told.plain_average.any()
    assert told.place("no such key") == -1


def test_a_group_of_one_name_has_a_leader_and_no_laggard() -> None:
    told = table(Scheme.SECTOR33)
    mining = told.place("1050")
    assert told.leader[mining] == "1605.T"
    assert told.laggard[mining] == ""
    assert np.isnan(told.laggard_percent[mining])


def test_a_basket_counts_the_names_that_are_not_on_the_board_as_missing() -> None:
    told = table(Scheme.BASKETS)
    semiconductors = told.place("semiconductors")
    absent = [s for s in told.groups[semiconductors].symbols if MARKET.board.row(s) < 0]
    assert told.missing[semiconductors] == len(absent) == 4
    assert round(told.nikkei[semiconductors], 2) == 164.56


def test_a_complement_holds_all_other_names_of_the_indices() -> None:
    outside = CONSTITUENTS.complements()
    banks = outside.groups[1]
    assert (banks.key, banks.name, banks.name_ja) == ("not banks", "All but Banks", "銀行以外")
    assert len(banks.symbols) == 225 - 10


def test_names_without_a_weight_are_averaged_plainly_and_say_so() -> None:
    market = Market(Universe(), TokyoCalendar(), SESSION)
    market.watch(("1306.T", "1321.T"))
    market.apply(
        QuoteBatch(
            symbols=("1306.T", "1321.T"),
            rows=np.array([0, 1], np.int32),
            fields={Field.LAST: np.array([2_970.0, 101.0]), Field.BASE: np.array([3_000.0, 100.0])},
            time=np.full(2, np.datetime64("NaT"), "datetime64[ms]"),
            source="test",
            delay=Delay(DelayKind.SYNTHETIC),
            epoch=1,
            session=SESSION,
        ),
        0.0,
    )
    own = Basket(key="funds", name="Funds", name_ja="投信", symbols=("1306.T", "1321.T", "9999.T"))
    told = table(Scheme.BASKETS, Constituents(market, [own]), market)
    assert told.percent.tolist() == pytest.approx([0.0])
    assert told.plain_average.tolist() == [True]
    assert np.isnan(told.nikkei).all()
    assert (told.up[0], told.down[0], told.missing[0]) == (1, 1, 1)
    assert (told.leader, told.laggard) == (("1321.T",), ("1306.T",))


def test_a_group_is_weighted_by_what_its_names_were_worth() -> None:
    told = table(Scheme.SECTOR33)
    oil = told.groups[told.place("3300")].symbols
    board, members = MARKET.board, CONSTITUENTS.topix
    rows = board.rows(oil)
    weights = members.on_board[rows]
    returns = board.price()[rows] / board.base()[rows] - 1
    expected = float((weights * returns).sum() / weights.sum() * 100)
    assert told.percent[told.place("3300")] == pytest.approx(expected)


def test_without_baskets_the_table_is_empty() -> None:
    empty = Constituents(MARKET)
    assert len(table(Scheme.BASKETS, empty)) == 0
    assert empty.complements().groups == ()


def test_other_baskets_take_the_place_of_those_held() -> None:
    constituents = Constituents(MARKET)
    assert len(constituents.grouping(Scheme.BASKETS).groups) == 0
    constituents.use_baskets(shipped_baskets().rows)
    assert len(constituents.grouping(Scheme.BASKETS).groups) == 6
    assert len(constituents.complements().groups) == 6
