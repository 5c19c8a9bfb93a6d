from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tui.data.session import FOLDER, PATHS_FILE, SessionFacts, load_facts
from tui.data.session_paths import (
    CLOSE_SLOT,
    CLOSE_STEP,
    LOT,
    MORNING_SLOTS,
    STEP_SLOTS,
    STEPS,
    SessionPaths,
    cumulative_lots,
    load_paths,
    offsets,
)
from tui.errors import DataError

SMALL = {"4506.T", "6103.T", "7004.T", "7762.T"}
FINE = ((1000, 0.1), (3000, 0.5), (10_000, 1), (30_000, 5), (100_000, 10))
COARSE = ((3000, 1), (5000, 5), (30_000, 10), (50_000, 50), (100_000, 100))


@pytest.fixture(scope="module")
def facts() -> SessionFacts:
    return load_facts()


@pytest.fixture(scope="module")
def paths(facts: SessionFacts) -> SessionPaths:
    return load_paths(facts)


@pytest.fixture(scope="module")
def prices(facts: SessionFacts, paths: SessionPaths) -> npt.NDArray[np.float64]:
    return (paths.level + paths.floor) * facts.unit / 100.0


def _from_print(paths: SessionPaths, column: int) -> slice:
    return slice(int(paths.first_step[column]), None)


def test_every_path_runs_through_its_open_high_low_and_close(
    facts: SessionFacts, paths: SessionPaths, prices: npt.NDArray[np.float64]
) -> None:
    columns = np.arange(facts.names + 1)
    seen = ~facts.derived[:-1]
    assert (prices[paths.first_step, columns][seen] == facts.open[:-1][seen]).all()
    assert (prices.max(axis=0)[seen] == facts.high[:-1][seen]).all()
    assert (prices.min(axis=0)[seen] == facts.low[:-1][seen]).all()
    assert (prices[-1] == facts.close[:-1]).all()


def test_derived_name_stays_between_its_base_price_and_its_close(
    facts: SessionFacts, prices: npt.NDArray[np.float64]
) -> None:
    path = prices[:, facts.symbols.index("9613.T")]
    assert path.min() == 3987
    assert path.max() == 3990 == path[-1]


def test_every_price_is_on_the_exchanges_tick_grid(
    facts: SessionFacts, prices: npt.NDArray[np.float64]
) -> None:
    for column, symbol in enumerate(facts.symbols[: facts.names]):
        bands = COARSE if symbol in SMALL else FINE
        for price in np.unique(prices[:, column]).tolist():
            tick = next(size for upto, size in bands if price <= upto)
            ticks = price / tick
            assert abs(ticks - round(ticks)) < 1e-6, (symbol, price)


def test_the_nikkei_stays_in_its_real_range_at_every_slot_and_ends_on_its_close(
    facts: SessionFacts, paths: SessionPaths
) -> None:
    assert paths.index.min() >= round(facts.low[-1] * 100)
    assert paths.index.max() <= round(facts.high[-1] * 100)
    assert paths.index[CLOSE_SLOT] == 3_753_153


def test_the_nikkei_is_the_sum_of_its_names_at_any_slot(
    facts: SessionFacts, paths: SessionPaths, prices: npt.NDArray[np.float64]
) -> None:
    names = facts.names
    columns = np.arange(names)
    for slot in (0, 1, 60, 299, 12_345, MORNING_SLOTS - 1, MORNING_SLOTS, 80_001, CLOSE_SLOT):
        step = slot // STEP_SLOTS - (paths.offset[slot // STEP_SLOTS, :names] > slot % STEP_SLOTS)
        printed = step >= paths.first_step[:names]
        price = np.where(printed, prices[step, columns], facts.previous_close[:names])
        level = float((price * facts.factor).sum()) / facts.divisor
        assert abs(paths.index[slot] / 100 - level) <= 0.005 + 1e-6


def test_all_have_printed_within_a_minute_and_most_at_once(paths: SessionPaths) -> None:
    slots = paths.first_step * STEP_SLOTS + paths.offset[paths.first_step, np.arange(226)]
    assert slots.max() < 60_000 // 200
    assert (slots == 0).mean() > 0.6


def test_volume_and_turnover_grow_and_end_on_the_real_figures(
    facts: SessionFacts, paths: SessionPaths
) -> None:
    names = facts.names
    seen = ~facts.derived[:names]
    assert (np.diff(paths.lots, axis=0) >= 0).all()
    assert (np.diff(paths.turnover[:, seen], axis=0) >= 0).all()
    assert (paths.lots[-1, seen] * LOT == facts.volume[:names][seen]).all()
    assert (paths.turnover[-1, seen] == facts.turnover[:names][seen]).all()


def test_average_price_so_far_keeps_to_the_range_but_for_a_hair(
    facts: SessionFacts, paths: SessionPaths, prices: npt.NDArray[np.float64]
) -> None:
    names = facts.names
    high = np.maximum.accumulate(prices[:, :names], axis=0)
    low = np.minimum.accumulate(prices[:, :names], axis=0)
    for column in np.flatnonzero(~facts.derived[:names]):
        after = _from_print(paths, int(column))
        vwap = paths.turnover[after, column] / (paths.lots[after, column] * LOT)
        assert (vwap <= high[after, column] * 1.0001).all()
        assert (vwap >= low[after, column] * 0.9999).all()


def test_volume_is_u_shaped_and_the_auctions_have_their_share(
    facts: SessionFacts, paths: SessionPaths
) -> None:
    seen = ~facts.derived[: facts.names]
    share = (paths.lots[:, seen] / paths.lots[-1, seen]).mean(axis=1)
    first, middle, last = share[180], share[800] - share[620], share[1949] - share[1769]
    assert first > 2 * middle
    assert last > 1.3 * middle
    assert 0.12 < share[CLOSE_STEP] - share[CLOSE_STEP - 1] < 0.2


def test_a_price_moves_only_where_something_traded(
    facts: SessionFacts, paths: SessionPaths
) -> None:
    seen = ~facts.derived[: facts.names]
    moved = np.diff(paths.level[:, : facts.names].astype(np.int64), axis=0)[:, seen] != 0
    traded = np.diff(paths.lots, axis=0)[:, seen] > 0
    assert not (moved & ~traded).any()
    assert 0.4 < traded.mean() < 0.9


def test_prices_do_not_arrive_in_lock_step(paths: SessionPaths) -> None:
    spread = np.array([len(np.unique(row)) for row in paths.offset[10:900]])
    assert spread.min() > 40
    assert np.bincount(paths.offset[10:900].ravel(), minlength=STEP_SLOTS).min() > 3000
    assert paths.offset.max() < STEP_SLOTS


def test_offsets_keep_the_opening_prints_and_end_together() -> None:
    first = np.array([0, 7, 123], dtype=np.uint16)
    offset = offsets(first)
    assert offset.shape == (STEPS + 1, 3)
    assert (offset[0, 0], offset[0, 1], offset[2, 2]) == (0, 7, 23)
    assert (offset[CLOSE_STEP] == 0).all()


def test_lots_are_shared_by_weight_and_the_code_is_left_alone() -> None:
    code = np.zeros((1, STEPS + 1), dtype=np.uint8)
    code[0, [0, 10, 20, CLOSE_STEP]] = [1, 1, 2, 1]
    kept = code.copy()
    auction = np.array([[5, 20]], dtype=np.int32)
    lots = cumulative_lots(code, auction, np.array([57], dtype=np.int64))[:, 0]
    # 57 - 25 in auctions - 1 for each of two steps = 30, shared 1 : 2
    assert lots[[0, 9, 10, 19, 20, STEPS - 1, CLOSE_STEP]].tolist() == [5, 5, 16, 16, 37, 37, 57]
    assert (code == kept).all()


def test_missing_and_unfit_paths_are_data_errors(facts: SessionFacts, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=PATHS_FILE):
        load_paths(facts, tmp_path)
    (tmp_path / PATHS_FILE).write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(DataError, match=PATHS_FILE):
        load_paths(facts, tmp_path)
    whole = (FOLDER / PATHS_FILE).read_bytes()
    (tmp_path / PATHS_FILE).write_bytes(whole[:150_000] + bytes(1000) + whole[151_000:])
    with pytest.raises(DataError, match=PATHS_FILE):
        load_paths(facts, tmp_path)
    fewer = replace(facts, factor=facts.factor[:-1])
    with pytest.raises(DataError, match="first_slot is"):
        load_paths(fewer)
