import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.data.build.session_path import (
    DayOf,
    bridge,
    draw_name,
    draw_volume,
    fold,
    hold_to,
    settle,
)
from tui.data.session_paths import CLOSE_STEP, STEPS, cumulative_lots


@st.composite
def days(draw: st.DrawFn) -> DayOf:
    low = draw(st.integers(500, 30_000))
    high = low + draw(st.integers(2, 400))
    open_, close = (draw(st.integers(low, high)) for _ in range(2))
    share = draw(st.floats(0.3, 0.7))
    return DayOf(
        open=open_,
        high=high,
        low=low,
        close=close,
        vwap=low + share * (high - low),
        ticks=np.arange(low, high + 1, dtype=np.int64),
        lots=draw(st.integers(8_000, 2_000_000)),
        activity=draw(st.floats(0.2, 0.95)),
        first_step=draw(st.integers(0, 5)),
    )


FLAT = np.zeros(STEPS)


@given(day=days(), seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_a_settled_way_keeps_the_range_and_touches_all_four_prices(day: DayOf, seed: int) -> None:
    rng = np.random.default_rng(seed)
    way, pinned = draw_name(rng, day, FLAT)
    price, traded = settle(rng, way, pinned, day)
    assert price.min() == day.low
    assert price.max() == day.high
    assert price[day.first_step] == day.open
    assert price[CLOSE_STEP] == day.close
    assert not traded[: day.first_step].any()
    assert traded[np.flatnonzero(np.diff(price)) + 1].all()


@given(day=days(), seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_volume_comes_out_at_the_days_lots(day: DayOf, seed: int) -> None:
    rng = np.random.default_rng(seed)
    way, pinned = draw_name(rng, day, FLAT)
    price, traded = settle(rng, way, pinned, day)
    code, auction = draw_volume(rng, price, traded, day)
    lots = cumulative_lots(
        code[np.newaxis], np.array([auction], dtype=np.int32), np.array([day.lots])
    )[:, 0]
    assert lots[CLOSE_STEP] == day.lots
    assert (np.diff(lots) >= 0).all()
    assert ((np.diff(lots, prepend=0) > 0) == (code > 0)).all()


def test_the_same_seed_draws_the_same_way() -> None:
    day = DayOf(
        open=1010,
        high=1050,
        low=1000,
        close=1040,
        vwap=1026.0,
        ticks=np.arange(1000, 1051, dtype=np.int64),
        lots=50_000,
        activity=0.7,
        first_step=0,
    )

    def draw(seed: int) -> bytes:
        rng = np.random.default_rng(seed)
        way, pinned = draw_name(rng, day, FLAT)
        price, traded = settle(rng, way, pinned, day)
        code, auction = draw_volume(rng, price, traded, day)
        return price.tobytes() + code.tobytes() + bytes(str(auction), "ascii")

    assert draw(7) == draw(7)
    assert draw(7) != draw(8)


def test_a_price_is_held_to_the_coarser_tick_above_a_boundary() -> None:
    units = np.arange(5990, 6013)  # 2,995 to 3,006 yen in half yen; whole yen above 3,000
    ticks = np.where(units > 6000, (units + 1) // 2 * 2, units)
    day = DayOf(
        open=5990,
        high=6012,
        low=5990,
        close=6012,
        vwap=6001.0,
        ticks=ticks,
        lots=50_000,
        activity=0.9,
        first_step=0,
    )
    rng = np.random.default_rng(3)
    price, _ = settle(rng, *draw_name(rng, day, FLAT), day)
    above = price[price > 6000]
    assert len(above) > 100
    assert (above % 2 == 0).all()
    assert (price[price < 6000] % 2 == 1).any()


def test_a_bridge_goes_through_its_pivots() -> None:
    pivots = [(3, 10.0), (400, 25.0), (1949, -4.0)]
    way = bridge(np.random.default_rng(1), pivots, 8.0)
    assert len(way) == 1947
    assert np.allclose(way[[0, 397, 1946]], [10.0, 25.0, -4.0])


@given(st.lists(st.floats(-1e4, 1e4), min_size=1))
def test_folding_reflects_into_the_range_and_leaves_what_is_inside(values: list[float]) -> None:
    given_ = np.array(values)
    folded = fold(given_, -3.0, 5.0)
    assert (folded >= -3.0).all()
    assert (folded <= 5.0).all()
    inside = (given_ >= -3.0) & (given_ <= 5.0)
    assert np.allclose(folded[inside], given_[inside])


def test_names_are_pushed_to_the_course_without_leaving_their_ranges() -> None:
    rng = np.random.default_rng(5)
    all_days = [
        DayOf(
            open=1000 + row,
            high=1100 + row,
            low=900 + row,
            close=1010 + row,
            vwap=1000.0 + row,
            ticks=np.arange(900 + row, 1101 + row, dtype=np.int64),
            lots=50_000,
            activity=0.9,
            first_step=0,
        )
        for row in range(20)
    ]
    drawn = [draw_name(rng, day, FLAT) for day in all_days]
    ways = np.array([way for way, _ in drawn])
    pins = [pinned for _, pinned in drawn]
    before = np.array([way[pinned] for (way, pinned) in drawn])
    weight = np.full(20, 0.05)
    aim = np.linspace(float(weight @ ways[:, 0]), 1050.0, STEPS)
    hold_to(ways, weight, all_days, pins, aim)
    assert np.abs(weight @ ways - aim)[50:-50].max() < 1.0
    for row, day in enumerate(all_days):
        assert ways[row].min() >= day.low - 1e-9
        assert ways[row].max() <= day.high + 1e-9
        assert np.allclose(ways[row][pins[row]], before[row])
