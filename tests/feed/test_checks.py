from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tui.feed.checks import catalysts_fault, update_fault
from tui.market.catalysts import Catalyst
from tui.market.claims import Claim
from tui.market.quotes import Field, MinuteBatch, QuoteBatch

Make = Callable[..., QuoteBatch]


def minutes(**changes: Any) -> MinuteBatch:
    cells = np.ones((1, 2))
    good = MinuteBatch(
        symbols=("A",),
        rows=np.zeros(1, np.int32),
        minutes=np.array(["2025-05-26T00:00", "2025-05-26T00:01"], "datetime64[m]"),
        last=cells,
        volume=cells,
        turnover=cells,
        source="test",
        epoch=0,
        session=date(2025, 5, 26),
    )
    return replace(good, **changes)


def test_good_updates_have_no_fault(batch: Make) -> None:
    assert update_fault(batch()) == ""
    assert update_fault(batch([])) == ""
    assert update_fault(minutes()) == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"symbols": ["7203.T"]}, "tuple"),
        ({"epoch": 1.5}, "epoch"),
        ({"epoch": True}, "epoch"),
        ({"session": datetime(2025, 5, 26, tzinfo=UTC)}, "session"),
        ({"session": "2025-05-26"}, "session"),
        ({"rows": np.array([1], np.int32)}, "row"),
        ({"rows": np.array([-1], np.int32)}, "row"),
        ({"delay": "20 minutes"}, "delay"),
        ({"fields": [1.0]}, "fields"),
        ({"fields": {"last": np.ones(1)}}, "field"),
        ({"fields": {Field.LAST: [1.0]}}, "last"),
        ({"fields": {Field.LAST: np.ones(1, np.float32)}}, "float32"),
        ({"fields": {Field.LAST: np.ones(2)}}, "shape"),
        ({"fields": {Field.LAST: np.array(["1"])}}, "last"),
        ({"time": np.zeros(1)}, "time"),
        ({"time": np.zeros(1, "datetime64[ns]")}, "datetime64[ns]"),
        ({"time": np.zeros(2, "datetime64[ms]")}, "shape"),
        ({"state": np.zeros(1)}, "state"),
        ({"quality": np.zeros(2, np.uint8)}, "quality"),
    ],
)
def test_a_batch_that_does_not_keep_the_contract_is_told_by_what_is_wrong(
    batch: Make, changes: dict[str, Any], word: str
) -> None:
    assert word in update_fault(replace(batch(), **changes))


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_rows_are_of_32_bits(batch: Make, dtype: type) -> None:
    bad = replace(batch(), rows=np.zeros(1, dtype))
    assert "int32" in update_fault(bad)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"last": np.ones((2, 1))}, "shape"),
        (
            {"minutes": np.array(["2025-05-26T00:01", "2025-05-26T00:00"], "datetime64[m]")},
            "ascend",
        ),
        ({"minutes": np.array(["2025-05-26T00:01", "NaT"], "datetime64[m]")}, "ascend"),
        ({"minutes": np.zeros(2, "datetime64[ms]")}, "minutes"),
        ({"volume": None}, "volume"),
    ],
)
def test_minutes_that_do_not_keep_the_contract_are_told(changes: dict[str, Any], word: str) -> None:
    assert word in update_fault(minutes(**changes))


@pytest.mark.parametrize("thing", [None, 7, "quotes", [], {}])
def test_what_is_no_batch_at_all_is_told_by_its_type(thing: object) -> None:
    assert type(thing).__name__ in update_fault(thing)


def test_catalysts_are_checked_one_by_one() -> None:
    good = Catalyst(key="1", headline="Tariffs put off")
    assert catalysts_fault([good]) == ""
    assert catalysts_fault(()) == ""
    assert "str" in catalysts_fault("news")
    assert "dict" in catalysts_fault([good, {"headline": "x"}])
    assert "time" in catalysts_fault([replace(good, time=datetime(2025, 5, 26))])
    assert "symbols" in catalysts_fault([replace(good, symbols=["7203.T"])])  # type: ignore[arg-type]
    assert "longer" in catalysts_fault([replace(good, text="x" * 2_000_000)])
    assert "more than" in catalysts_fault([good] * 10_001)


@pytest.mark.parametrize(
    ("claims", "word"),
    [
        ([Claim(symbol="A")], "tuple"),
        (("1.00%",), "tuple"),
        ((Claim(symbol="A"),) * 1_001, "1,000"),
        ((Claim(symbol="A", text="x" * 20_000),), "10,000"),
        ((Claim(symbol=7),), "text"),  # type: ignore[arg-type]
        ((Claim(symbol="A", level=1.5),), "decimal"),  # type: ignore[arg-type]
        ((Claim(symbol="A", change=Decimal("NaN")),), "finite"),
        ((Claim(symbol="A", percent=Decimal("1E+999999")),), "finite"),
        ((Claim(symbol="A", percent=Decimal("1" * 50)),), "finite"),
    ],
)
def test_claims_are_bounded_and_typed(claims: Any, word: str) -> None:
    good = Catalyst(key="1", headline="x", claims=(Claim(symbol="A", percent=Decimal("0.60")),))
    assert catalysts_fault([good]) == ""
    assert word in catalysts_fault([replace(good, claims=claims)])
