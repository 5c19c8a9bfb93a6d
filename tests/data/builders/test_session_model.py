from datetime import date, timedelta

import numpy as np
import pytest

from tui.data.build.session_model import TickTable, model
from tui.data.session import (
    NIKKEI,
    TOPIX,
    Bar,
    FactsFile,
    IndexDay,
    NameBars,
    SessionFacts,
    arrange,
)
from tui.data.session_paths import StoredPaths, decode
from tui.errors import DataError

YEN = TickTable(np.array([10**12]), np.array([100]))
DAY = date(2025, 5, 26)
NAMES = 12


def _facts(*, close: float = 1010.0) -> SessionFacts:
    """Twelve names of 1,000 yen that rise by ten, and an index that is their plain average."""
    before = Bar(open=1000, high=1000, low=1000, close=1000, volume=100, turnover=100_000)
    today = Bar(
        open=1002, high=1020, low=990, close=close, volume=1_000_000, turnover=1_007_000_000
    )
    unseen = Bar(open=None, high=None, low=None, close=1000, volume=None, turnover=None)
    names = [NameBars(f"{1301 + row}.T", 1.0, 100, [before, today]) for row in range(NAMES)]
    names.append(NameBars("1400.T", 1.0, 100, [before, unseen]))
    level = (NAMES * 1010 + 1000) / (NAMES + 1)

    def index(open_: float, high: float, low: float, end: float) -> list[IndexDay]:
        return [
            IndexDay(DAY - timedelta(days=3), 1000, 1000, 1000, 1000),
            IndexDay(DAY, open_, high, low, end),
        ]

    return arrange(
        FactsFile(
            session=DAY,
            vintage=DAY,
            origin="made up",
            divisor=NAMES + 1.0,
            dates=[DAY - timedelta(days=3), DAY],
            names=names,
            indices={
                NIKKEI: index(1001.0, 1016.0, 998.0, level),
                TOPIX: index(1001.0, 1012.5, 998.5, 1010.25),
            },
        )
    )


GRID = [YEN] * (NAMES + 1)


@pytest.fixture(scope="module")
def stored() -> StoredPaths:
    return model(_facts(), GRID, seed=1)


def test_the_index_keeps_its_range_and_ends_on_its_close(stored: StoredPaths) -> None:
    facts = _facts()
    index = decode(facts, stored).index
    assert index.min() >= 99_800
    assert index.max() <= 101_600
    assert index[-1] == round(facts.close[-1] * 100)


def test_a_name_without_range_has_neither_volume_nor_turnover(stored: StoredPaths) -> None:
    paths = decode(_facts(), stored)
    assert (paths.lots[:, -1] == 0).all()
    assert np.isnan(paths.turnover[:, -1]).all()
    assert np.ptp(paths.level[:, NAMES]) == 0


def test_the_days_turnover_comes_out_of_the_trades(stored: StoredPaths) -> None:
    facts = _facts()
    paths = decode(facts, stored)
    price = (paths.level[:, :NAMES] + paths.floor[:NAMES]).astype(np.float64)
    traded = np.diff(paths.lots[:, :NAMES], axis=0, prepend=np.int32(0)) * 100.0
    assert np.allclose((traded * price).sum(axis=0), 1_007_000_000, rtol=1e-3)


def test_the_same_seed_gives_the_same_day_and_another_seed_another(stored: StoredPaths) -> None:
    again, other = model(_facts(), GRID, seed=1), model(_facts(), GRID, seed=2)
    for part in ("first_slot", "start", "delta", "topix_delta", "code", "auction"):
        assert getattr(again, part).tobytes() == getattr(stored, part).tobytes(), part
    assert other.delta.tobytes() != stored.delta.tobytes()


def test_a_price_off_the_tick_grid_is_named() -> None:
    with pytest.raises(DataError, match=r"1301\.T"):
        model(_facts(close=1010.5), GRID, seed=1)
