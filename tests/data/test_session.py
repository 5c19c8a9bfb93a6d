from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tui.data.session import FACTS_FILE, SessionFacts, load_facts
from tui.errors import DataError


@pytest.fixture(scope="module")
def facts() -> SessionFacts:
    return load_facts()


def test_breadth_against_base_prices_is_the_days_own(facts: SessionFacts) -> None:
    change = (facts.close - facts.previous_close)[: facts.names]
    assert (int((change > 0).sum()), int((change < 0).sum()), int((change == 0).sum())) == (
        147,
        77,
        1,
    )


def test_points_of_the_names_sum_to_the_index_change(facts: SessionFacts) -> None:
    change = (facts.close - facts.previous_close)[: facts.names]
    points = change * facts.factor / facts.divisor
    of = dict(zip(facts.symbols, points.tolist(), strict=False))
    assert round(float(points.sum()), 2) == 371.06
    assert round(of["6857.T"], 2) == 76.10
    assert round(of["8035.T"], 2) == 59.87


def test_base_prices_sum_to_the_index_previous_close_so_nothing_went_ex_rights(
    facts: SessionFacts,
) -> None:
    names = facts.names
    level = float((facts.previous_close[:names] * facts.factor).sum()) / facts.divisor
    assert round(level, 2) == facts.previous_close[-1] == 37160.47


def test_only_9613_is_derived_and_has_neither_range_nor_volume(facts: SessionFacts) -> None:
    rows = np.flatnonzero(facts.derived)
    assert [facts.symbols[row] for row in rows] == ["9613.T"]
    for figures in (facts.open, facts.high, facts.low, facts.volume, facts.turnover):
        assert np.isnan(figures[rows]).all()
    assert facts.close[rows[0]] == 3990
    assert facts.previous_close[rows[0]] == 3987


def test_figures_fit_each_other(facts: SessionFacts) -> None:
    seen = ~facts.derived
    low, high = facts.low[seen], facts.high[seen]
    for figures in (facts.open, facts.close):
        assert ((low <= figures[seen]) & (figures[seen] <= high)).all()
    vwap = (facts.turnover / facts.volume)[seen][:-2]
    assert ((low[:-2] <= vwap) & (vwap <= high[:-2])).all()


def test_missing_file_is_a_data_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=FACTS_FILE):
        load_facts(tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain["names"].clear(),
        lambda plain: plain["dates"].pop(),
        lambda plain: plain["names"][0][3].pop(),
        lambda plain: plain["indices"].pop("^TOPX"),
        lambda plain: plain["names"][0][3][-1].__setitem__(3, -1),
        lambda plain: plain.pop("divisor"),
    ],
    ids=["no names", "no session", "a day short", "no TOPIX", "negative close", "no divisor"],
)
def test_spoilt_file_is_refused(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], facts: SessionFacts
) -> None:
    plain = msgspec.json.decode(msgspec.json.encode(facts.file))
    spoil(plain)
    (tmp_path / FACTS_FILE).write_bytes(msgspec.json.encode(plain))
    with pytest.raises(DataError, match="not usable"):
        load_facts(tmp_path)
