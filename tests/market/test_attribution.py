"""Both indices taken apart: exact on the bundled session, and whole on any market."""

import math
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.data.baskets import Basket, shipped_baskets
from tui.market.arrays import Floats
from tui.market.attribution import (
    Attribution,
    NikkeiAttribution,
    TopixAttribution,
    nikkei_attribution,
    together,
    topix_attribution,
)
from tui.market.constituents import Constituents
from tui.market.groups import GroupTable, Scheme, group_table
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.market.session import TokyoCalendar
from tui.market.times import parse_at
from tui.market.topix import Basis
from tui.market.universe import Universe
from tui.market.windows import Moves, Window, WindowKind, moves
from tui.providers.replay import RecordedSession

SESSION = date(2025, 5, 26)
CALENDAR = TokyoCalendar()
UNIVERSE = Universe()
RECORDED = RecordedSession.load()
NAN = float("nan")
Taken = tuple[Moves, NikkeiAttribution, TopixAttribution]


def at(text: str) -> datetime:
    return parse_at(text, SESSION)


def bundled(text: str = "15:30", *others: str) -> Market:
    market = Market(UNIVERSE, CALENDAR, SESSION)
    market.watch(others)
    market.apply(RECORDED.snapshot(at(text), RECORDED.facts.symbols), 0.0)
    market.apply(RECORDED.minutes(at(text), RECORDED.facts.symbols), 0.0)
    return market


def take_apart(
    market: Market, constituents: Constituents, window: Window | None = None, now: str = "15:30"
) -> Taken:
    moved = moves(market, window or Window(), at(now))
    return (
        moved,
        nikkei_attribution(market, moved),
        topix_attribution(market, constituents.topix, moved),
    )


def table(
    constituents: Constituents,
    taken: Taken,
    scheme: Scheme,
    *,
    outside: bool = False,
) -> GroupTable:
    names = constituents.complements() if outside else constituents.grouping(scheme)
    moved, nikkei, topix = taken
    return group_table(names, moved, constituents.topix, nikkei, topix)


def points_of(attribution: Attribution, symbol: str) -> float:
    return float(attribution.points[attribution.symbols.index(symbol)])


# The bundled session


def test_the_nikkei_of_the_bundled_session_is_exact() -> None:
    market = bundled()
    _, nikkei, _ = take_apart(market, Constituents(market))
    assert round(nikkei.index_change, 2) == 371.06
    assert round(nikkei.sum, 2) == 371.06
    assert not nikkei.show_rest
    assert nikkei.index_percent == pytest.approx(1.00, abs=0.005)
    for symbol, points in (("6857.T", 76.10), ("8035.T", 59.87), ("9984.T", 33.33)):
        assert round(points_of(nikkei, symbol), 2) == points
    coverage = nikkei.coverage
    assert (coverage.observed, coverage.derived, coverage.missing) == (224, 1, 0)
    assert nikkei.weights.sum() == pytest.approx(1.0, abs=1e-6)
    assert not nikkei.estimate


def test_the_topix_of_the_bundled_session_covers_what_it_can_and_says_so() -> None:
    market = bundled()
    _, _, topix = take_apart(market, Constituents(market))
    assert round(topix.covered_share * 100, 2) == 77.26
    assert topix.rest_share == pytest.approx(1 - topix.covered_share)
    assert round(topix.index_change, 2) == 16.39
    assert topix.rest == topix.index_change - topix.sum
    assert topix.sum == pytest.approx(14.556, abs=0.001)
    assert topix.estimate
    assert topix.basis is Basis.AS_PUBLISHED
    assert topix.vintage == date(2025, 6, 30)
    assert (topix.coverage.observed, topix.coverage.derived) == (224, 1)
    assert topix.coverage.total == 1681
    sony = topix.symbols.index("6758.T")
    assert topix.points[sony] == pytest.approx(2735.52 * topix.weights[sony] * 57 / 3683)


def test_a_name_on_the_board_without_a_price_is_missing_and_stays_in_the_rest() -> None:
    market = bundled("15:30", "7182.T")
    _, _, topix = take_apart(market, Constituents(market))
    assert math.isnan(points_of(topix, "7182.T"))
    assert round(topix.covered_share * 100, 2) == 77.26


@pytest.mark.parametrize(
    "window",
    [
        Window(WindowKind.OPEN),
        Window(WindowKind.LUNCH),
        Window(WindowKind.LAST_30),
        Window(WindowKind.LAST_5),
        Window(WindowKind.SINCE, at("13:07")),
    ],
)
def test_over_a_window_the_names_add_up_to_the_index(window: Window) -> None:
    market = bundled()
    _, nikkei, topix = take_apart(market, Constituents(market), window)
    assert nikkei.coverage.missing == 0
    assert nikkei.sum == pytest.approx(nikkei.index_change, abs=0.02)
    assert topix.sum + topix.rest == topix.index_change


def test_windows_that_follow_one_another_add_up_to_the_day() -> None:
    noon, close = bundled("12:00"), bundled()
    _, nikkei_am, topix_am = take_apart(noon, Constituents(noon), now="12:00")
    _, nikkei_pm, topix_pm = take_apart(close, Constituents(close), Window(WindowKind.LUNCH))
    _, nikkei, topix = take_apart(close, Constituents(close))
    for am, pm, day in ((nikkei_am, nikkei_pm, nikkei), (topix_am, topix_pm, topix)):
        assert am.points + pm.points == pytest.approx(day.points, abs=1e-9)
        assert am.index_change + pm.index_change == pytest.approx(day.index_change)


def test_names_unknown_when_the_window_began_are_missing_and_counted() -> None:
    market = Market(UNIVERSE, CALENDAR, SESSION)
    some = [*market.board.symbols[:100]]
    market.apply(RECORDED.snapshot(at("15:30"), market.board.symbols), 0.0)
    market.apply(RECORDED.minutes(at("15:30"), some), 0.0)
    _, nikkei, _ = take_apart(market, Constituents(market), Window(WindowKind.LUNCH))
    assert nikkei.coverage.missing == 225 - 98
    assert np.isfinite(nikkei.points).sum() == 98
    assert nikkei.show_rest


def test_a_window_that_has_not_begun_has_no_points() -> None:
    market = bundled("10:00")
    _, nikkei, topix = take_apart(market, Constituents(market), Window(WindowKind.LUNCH), "10:00")
    for each in (nikkei, topix):
        assert np.isnan(each.points).all()
        assert math.isnan(each.sum)
        assert math.isnan(each.rest)


def test_without_the_index_there_is_no_rest() -> None:
    market = Market(UNIVERSE, CALENDAR, SESSION)
    market.apply(RECORDED.snapshot(at("15:30"), market.members.basket.symbols), 0.0)
    _, nikkei, topix = take_apart(market, Constituents(market))
    assert nikkei.sum == pytest.approx(371.06, abs=0.005)
    assert math.isnan(nikkei.rest)
    assert math.isnan(nikkei.level)
    assert math.isnan(topix.sum)
    assert math.isnan(topix.rest)
    assert topix.covered_share == 0.0


def test_names_together() -> None:
    market = bundled()
    _, nikkei, _ = take_apart(market, Constituents(market))
    carried = together(nikkei, ["6857.T", "8035.T", "9984.T", "9766.T", "9766.T", "AAPL"])
    assert (carried.names, carried.missing) == (4, 1)
    assert round(carried.points, 2) == 198.24
    assert round(carried.share, 2) == 0.53
    assert math.isnan(together(nikkei, ["AAPL"]).points)


def test_the_points_of_the_session_before() -> None:
    market = bundled()
    previous = Constituents(market).previous
    assert previous.nikkei is not None
    assert previous.topix is not None
    assert previous.nikkei.session == date(2025, 5, 23)
    assert previous.nikkei.sum == pytest.approx(previous.nikkei.index_change, abs=0.005)
    assert not previous.nikkei.estimate
    assert previous.topix.estimate
    assert len(previous.nikkei.symbols) == previous.nikkei.members == 225
    aligned = previous.nikkei.of(["6857.T", "AAPL"])
    assert np.isfinite(aligned).tolist() == [True, False]


def test_where_no_bars_ship_the_session_before_is_unknown() -> None:
    market = Market(UNIVERSE, CALENDAR, date(2025, 7, 31))
    previous = Constituents(market).previous
    assert previous.nikkei is None
    assert previous.topix is None


def test_constituents_follow_the_board() -> None:
    market = bundled()
    constituents = Constituents(market)
    before = constituents.topix
    assert constituents.topix is before
    market.watch(("6963.T",))
    after = constituents.topix
    assert "6963.T" in after.symbols
    assert len(after.symbols) == len(before.symbols) + 1
    assert len(after.on_board) == len(market.board)
    assert len(constituents.scope) == 226


# Any market

MARKET = Market(UNIVERSE, CALENDAR, SESSION)
MARKET.watch(("7182.T", "6963.T", "6525.T", "AAPL"))
SYMBOLS = MARKET.board.symbols
EPOCHS = iter(range(2, 1_000_000))


def random_market(seed: int, missing: float, scale: float, *, indices: bool) -> Market:
    """Prices on a grid, some of them, base prices and special quotes unknown."""
    rng = np.random.default_rng(seed)
    count = len(SYMBOLS)
    base = np.round(rng.uniform(50, 60_000, count)) * scale
    last = base + np.round(rng.normal(0, 300, count)) * scale
    special = np.where(rng.random(count) < 0.1, base * 1.1, NAN)
    fields: dict[Field, Floats] = {
        Field.LAST: np.where(last > 0, last, NAN),
        Field.BASE: base,
        Field.SPECIAL: special,
        Field.TURNOVER: rng.uniform(0, 1e10, count),
    }
    for values in fields.values():
        values[rng.random(count) < missing] = NAN
    if not indices:
        fields[Field.LAST][:2] = NAN
    MARKET.apply(
        QuoteBatch(
            symbols=SYMBOLS,
            rows=np.arange(count, dtype=np.int32),
            fields=fields,
            time=np.full(count, np.datetime64("NaT"), "datetime64[ms]"),
            source="test",
            delay=Delay(DelayKind.SYNTHETIC),
            epoch=next(EPOCHS),
            session=SESSION,
        ),
        0.0,
    )
    return MARKET


TOKYO = [symbol for symbol in SYMBOLS if symbol.endswith(".T")]
BASKETS = st.lists(
    st.lists(st.sampled_from([*TOKYO, "9999.T"]), min_size=1, max_size=40, unique=True), max_size=5
)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    missing=st.sampled_from([0.0, 0.05, 0.5, 0.97, 1.0]),
    scale=st.sampled_from([1.0, 0.1, 0.005]),
    chosen=BASKETS,
    indices=st.booleans(),
)
def test_names_sectors_and_baskets_with_their_complements_all_add_up_to_the_same(
    seed: int, missing: float, scale: float, chosen: list[list[str]], indices: bool
) -> None:
    market = random_market(seed, missing, scale, indices=indices)
    baskets = [
        Basket(key=f"b{place}", name="B", name_ja="B", symbols=tuple(symbols))
        for place, symbols in enumerate(chosen)
    ]
    constituents = Constituents(market, baskets)
    taken = take_apart(market, constituents)
    whole = {
        "nikkei": taken[1].points[np.isfinite(taken[1].points)],
        "topix": taken[2].points[np.isfinite(taken[2].points)],
    }
    inside = table(constituents, taken, Scheme.BASKETS)
    outside = table(constituents, taken, Scheme.BASKETS, outside=True)
    for name, points in whole.items():
        by_name = float(points.sum())
        sums = [
            math.fsum(points),
            *(
                float(np.nansum(getattr(table(constituents, taken, scheme), name)))
                for scheme in Scheme
                if scheme is not Scheme.BASKETS
            ),
            *(
                float(np.nansum(both))
                for both in zip(getattr(inside, name), getattr(outside, name), strict=True)
            ),
        ]
        for each in sums:
            assert abs(each - by_name) < 1e-9
            assert f"{each:.2f}" == f"{by_name:.2f}"
    for index in taken[1:]:
        if math.isfinite(index.rest):
            assert index.sum + index.rest == pytest.approx(index.index_change, abs=1e-9)
            assert index.gains >= 0 >= index.losses


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), missing=st.sampled_from([0.0, 0.3, 1.0]))
def test_the_groups_of_a_scheme_part_the_names_and_their_columns_agree(
    seed: int, missing: float
) -> None:
    market = random_market(seed, missing, 1.0, indices=True)
    constituents = Constituents(market, shipped_baskets().rows)
    taken = take_apart(market, constituents)
    moved = taken[0]
    for scheme in Scheme:
        told = table(constituents, taken, scheme)
        counts = told.up + told.down + told.unchanged + told.missing
        assert counts.tolist() == [len(group.symbols) for group in told.groups]
        assert (np.array([told.up, told.down, told.unchanged, told.missing]) >= 0).all()
        if scheme is not Scheme.BASKETS:
            assert counts.sum() == len(constituents.scope)
            shares = told.turnover_share[np.isfinite(told.turnover_share)]
            assert not len(shares) or shares.sum() == pytest.approx(1.0)
        for place, group in enumerate(told.groups):
            rows = market.board.rows(group.symbols)
            percent = moved.percent[rows[rows >= 0]]
            known = percent[np.isfinite(percent)]
            if len(known):
                assert told.leader_percent[place] == known.max()
                if len(known) == len(percent):  # one that has not traded counts as unmoved
                    assert known.min() - 1e-9 <= told.percent[place] <= known.max() + 1e-9
                assert told.leader[place] in group.symbols
            else:
                assert told.leader[place] == ""
                assert math.isnan(told.percent[place])
            if len(known) > 1:
                assert told.laggard_percent[place] == known.min()


def test_points_are_those_of_the_index_arithmetic_to_a_thousand_millionth() -> None:
    market = bundled()
    _, nikkei, _ = take_apart(market, Constituents(market))
    basket, rows = market.members.basket, market.members.rows
    assert basket.divisor is not None
    plain = (market.board.price() - market.board.base())[rows] * basket.factors / basket.divisor
    assert np.abs(nikkei.points - plain).max() < 1e-11
    assert abs(nikkei.sum - math.fsum(plain)) < 1e-9


def test_both_indices_are_on_the_board() -> None:
    assert SYMBOLS[:2] == (NIKKEI, TOPIX)
