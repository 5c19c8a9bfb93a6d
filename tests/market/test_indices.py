"""What the indices are made of: exact against what was published."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.reader import FOLDER, ReferenceTables
from tui.market import indices
from tui.market.indices import (
    builtin_lists,
    daily_bars,
    index_closes,
    nikkei_basket,
    session_bars,
    weights_topix,
)

SESSION = date(2025, 5, 26)
PUBLISHED = Path(__file__).with_name("contributions_2025-07-31.csv")


def without(*names: str, to: Path) -> ReferenceTables:
    for path in FOLDER.glob("*.json"):
        if path.stem not in names:
            (to / path.name).write_bytes(path.read_bytes())
    return ReferenceTables(to)


def contributions() -> list[tuple[dict[str, str], float]]:
    """Published rows of 31 July 2025, each with the points that the shipped tables give."""
    basket = nikkei_basket(date(2025, 7, 31))
    assert basket.divisor is not None
    factors = dict(zip(basket.symbols, basket.factors, strict=True))
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return [
            (row, float(row["change_yen"]) * factors[f"{row['code']}.T"] / basket.divisor)
            for row in csv.DictReader(file)
        ]


def test_published_contributions_are_reproduced() -> None:
    sound = [(row, points) for row, points in contributions() if not row["page_factor"]]
    assert len(sound) == 32
    for row, points in sound:
        assert points == pytest.approx(float(row["published_points"]), abs=0.01), row["code"]


def test_the_two_errors_of_the_page_are_known_differences() -> None:
    """The page takes a factor of 9.9 where the real one is 15 or 12, which needs two digits."""
    basket = nikkei_basket(date(2025, 7, 31))
    assert basket.divisor is not None
    wrong = [(row, points) for row, points in contributions() if row["page_factor"]]
    assert [row["code"] for row, _ in wrong] == ["6762", "9433"]
    for (row, points), difference in zip(wrong, (8.520, 1.597), strict=True):
        published = float(row["published_points"])
        assert points - published == pytest.approx(difference, abs=0.005)
        as_the_page = float(row["change_yen"]) * float(row["page_factor"]) / basket.divisor
        assert as_the_page == pytest.approx(published, abs=0.01)


def test_the_points_of_the_session_sum_to_the_change_of_the_index() -> None:
    basket = nikkei_basket(SESSION)
    bars = session_bars(SESSION)
    assert basket.divisor is not None
    row = {symbol: place for place, symbol in enumerate(bars.symbols)}
    rows = np.array([row[symbol] for symbol in basket.symbols])
    points = (bars.close - bars.previous_close)[rows] * basket.factors / basket.divisor
    by_symbol = dict(zip(basket.symbols, points, strict=True))
    assert points.sum() == pytest.approx(371.06, abs=0.005)
    assert by_symbol["6857.T"] == pytest.approx(76.10, abs=0.005)
    assert by_symbol["8035.T"] == pytest.approx(59.87, abs=0.005)
    assert (points > 0).sum() == 147
    assert (points < 0).sum() == 77
    level = (bars.close[rows] * basket.factors).sum() / basket.divisor
    assert level == pytest.approx(37531.53, abs=0.005)


def test_the_basket_of_the_session_is_derived_and_current() -> None:
    basket = nikkei_basket(SESSION)
    assert len(basket.symbols) == len(basket.factors) == 225
    assert basket.divisor == 30.06422294
    assert basket.vintage == SESSION
    assert basket.current
    assert basket.missing == ""
    assert basket.derived
    assert "9613.T" in basket.symbols
    assert "6963.T" not in basket.symbols


@pytest.mark.parametrize(
    ("session", "divisor", "vintage"),
    [
        (date(2025, 4, 1), 30.06422294, SESSION),
        (date(2025, 7, 3), 30.06422294, SESSION),
        (date(2025, 7, 4), 29.61655, date(2025, 8, 1)),
        (date(2025, 9, 28), 29.61655, date(2025, 8, 1)),
        (date(2025, 12, 25), 29.9172, date(2026, 1, 9)),
        (date(2026, 2, 6), 29.9172, date(2026, 1, 9)),
    ],
)
def test_factors_and_divisor_change_on_the_day_they_changed(
    session: date, divisor: float, vintage: date
) -> None:
    basket = nikkei_basket(session)
    assert (basket.divisor, basket.vintage, basket.current) == (divisor, vintage, True)
    assert len(basket.symbols) == 225


@pytest.mark.parametrize(
    ("session", "vintage"),
    [
        (date(2025, 3, 31), None),
        (date(2025, 9, 29), date(2025, 8, 1)),
        (date(2025, 12, 24), date(2025, 8, 1)),
        (date(2026, 2, 7), date(2026, 1, 9)),
    ],
)
def test_where_no_table_covers_the_day_nothing_is_carried_over(
    session: date, vintage: date | None
) -> None:
    basket = nikkei_basket(session)
    assert basket.symbols == ()
    assert basket.factors.size == 0
    assert basket.divisor is None
    assert basket.vintage == vintage
    assert not basket.current
    assert "factors" in basket.missing
    assert "divisors" in basket.missing
    assert str(session.year) in basket.missing


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31)))
def test_a_basket_is_whole_or_says_what_is_missing(session: date) -> None:
    basket = nikkei_basket(session)
    assert len(basket.symbols) == len(basket.factors)
    assert basket.current == (not basket.missing)
    if basket.current:
        assert basket.divisor is not None
        assert len(basket.symbols) == 225


def test_a_table_taken_out_is_named(tmp_path: Path) -> None:
    basket = nikkei_basket(SESSION, without("nikkei_divisors", to=tmp_path))
    assert len(basket.symbols) == 225
    assert basket.divisor is None
    assert not basket.current
    assert basket.missing == "Nikkei 225 divisors: missing"


def test_without_factors_the_lists_of_the_exchange_still_stand(tmp_path: Path) -> None:
    reference = without("nikkei_factors", "topix_weights", "index_daily", "daily", to=tmp_path)
    nikkei, core30, large70 = builtin_lists(SESSION, reference)
    assert nikkei.symbols == ()
    assert (len(core30.symbols), len(large70.symbols)) == (30, 70)
    assert nikkei_basket(SESSION, reference).symbols == ()
    weights = weights_topix(SESSION, reference)
    assert (weights.symbols, weights.vintage) == ((), None)
    assert weights.missing == "TOPIX weights: missing"
    assert index_closes("^N225", reference).close.size == 0
    assert session_bars(SESSION, reference).symbols == ()
    assert daily_bars("7203.T", reference)[0].close.size == 0


def test_builtin_lists_are_in_order_of_code() -> None:
    lists = builtin_lists(SESSION)
    assert [each.name for each in lists] == ["Nikkei 225", "TOPIX Core30", "TOPIX Large70"]
    assert [len(each.symbols) for each in lists] == [225, 30, 70]
    for each in lists:
        assert list(each.symbols) == sorted(each.symbols)
        assert each.name_ja
    assert "7203.T" in lists[1].symbols


@pytest.mark.parametrize(
    ("session", "member", "former"),
    [
        (date(2020, 1, 6), "9613.T", "6963.T"),
        (date(2025, 10, 1), "6963.T", "9613.T"),
        (date(2026, 10, 1), "4062.T", "6594.T"),
    ],
)
def test_the_nikkei_list_has_rows_on_any_day(session: date, member: str, former: str) -> None:
    symbols = builtin_lists(session)[0].symbols
    assert len(symbols) == 225
    assert member in symbols
    assert former not in symbols


def test_four_of_the_large70_ship_without_a_price() -> None:
    priced = set(session_bars(SESSION).symbols)
    _, core30, large70 = builtin_lists(SESSION)
    assert sum(symbol in priced for symbol in core30.symbols) == 30
    assert sum(symbol in priced for symbol in large70.symbols) == 66


def test_closes_of_the_indices() -> None:
    for symbol, close, change in (("^N225", 37531.53, 371.06), ("^TOPX", 2751.91, 16.39)):
        bars = index_closes(symbol)
        assert bars.dates[-1] == np.datetime64(SESSION)
        assert (np.diff(bars.dates) > np.timedelta64(0, "D")).all()
        assert bars.close[-1] == close
        assert bars.close[-1] - bars.close[-2] == pytest.approx(change, abs=0.005)
        assert len({array.size for array in bars}) == 1
    assert index_closes("7203.T").dates.size == 0


def test_the_derived_close_has_no_range_volume_or_turnover() -> None:
    bars = session_bars(SESSION)
    (place,) = np.flatnonzero(bars.derived)
    assert bars.symbols[place] == "9613.T"
    assert (bars.close[place], bars.previous_close[place]) == (3990, 3987)
    for blank in (bars.open, bars.high, bars.low, bars.volume, bars.turnover):
        assert np.flatnonzero(np.isnan(blank)).tolist() == [place]


def test_daily_bars_of_one_name() -> None:
    bars, derived = daily_bars("9984.T")
    assert bars.dates[-1] == np.datetime64(SESSION)
    assert (bars.open[-1], bars.close[-1], bars.volume[-1]) == (7538, 7631, 4773900)
    assert not derived.any()
    assert daily_bars("9613.T")[1].all()
    assert daily_bars("9984")[0].close.size == 0


def test_a_session_without_bars_is_empty_and_the_first_has_no_close_before_it() -> None:
    assert session_bars(SESSION + timedelta(days=1)).symbols == ()
    assert np.isnan(session_bars(date(2025, 5, 19)).previous_close).all()


def test_weights_are_of_the_newest_day_before_the_session() -> None:
    early, late = weights_topix(SESSION), weights_topix(date(2025, 8, 20))
    assert (early.vintage, early.later) == (date(2025, 6, 30), True)
    assert (late.vintage, late.later) == (date(2025, 7, 31), False)
    assert weights_topix(date(2025, 7, 31)).vintage == date(2025, 6, 30)
    for weights in (early, late):
        assert len(weights.symbols) == len(weights.weights)
        assert weights.weights.sum() == pytest.approx(1.0, abs=1e-4)


def test_the_225_carry_77_per_cent_of_the_topix() -> None:
    weights = weights_topix(SESSION)
    members = set(nikkei_basket(SESSION).symbols)
    covered = sum(
        weight
        for symbol, weight in zip(weights.symbols, weights.weights, strict=True)
        if symbol in members
    )
    assert covered == pytest.approx(0.7726, abs=5e-5)


def test_the_two_indices_go_by_their_symbols() -> None:
    assert (indices.NIKKEI, indices.TOPIX) == ("^N225", "^TOPX")
