"""The user's tables over those that ship: chosen by date, each kept apart."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data import checks
from tui.data.overlay import (
    first_of_review,
    last_before_review,
    lay_listed,
    lay_spans,
    lay_weights,
    out_of_date,
)
from tui.data.reader import FOLDER, ReferenceTables
from tui.data.rows import DivisorRow, ListedRow, WeightSet
from tui.data.user_tables import divisor_table, store
from tui.market.indices import nikkei_basket

DAY = date(2025, 4, 1)


def divisor(first: int, last: int, value: float) -> DivisorRow:
    begin, end = (DAY + timedelta(days=each) for each in (first, last))
    return DivisorRow(begin, end, value, "published", "")


def spans(value: float) -> st.SearchStrategy[list[DivisorRow]]:
    """Divisors that follow one another, as a table that passed its check has them."""
    return st.lists(st.integers(0, 60), unique=True, max_size=8).map(
        lambda days: [
            divisor(first, last - 1, value)
            for first, last in zip(sorted(days)[::2], sorted(days)[1::2], strict=False)
        ]
    )


def at(rows: tuple[DivisorRow, ...] | list[DivisorRow], day: date) -> DivisorRow | None:
    return next((row for row in rows if row.first <= day <= row.last), None)


@given(under=spans(20.0), over=spans(30.0), offset=st.integers(-5, 70))
def test_on_any_day_the_entry_that_began_last_holds(
    under: list[DivisorRow], over: list[DivisorRow], offset: int
) -> None:
    merged = lay_spans(under, over)
    assert checks.check_divisors(merged) == ""
    day = DAY + timedelta(days=offset)
    begun = [row for row in (*under, *over) if row.first <= day]
    latest = max(begun, key=lambda row: (row.first, row.divisor), default=None)
    expected = latest.divisor if latest is not None and day <= latest.last else None
    found = at(merged, day)
    assert (found.divisor if found else None) == expected


def test_of_two_that_begin_together_the_users_counts() -> None:
    shipped, own = divisor(0, 30, 20.0), divisor(0, 10, 30.0)
    assert lay_spans([shipped], [own]) == (own,)


def test_weights_and_issues_are_laid_by_vintage_and_code() -> None:
    old, new = (WeightSet(DAY, ("7203",), (weight,)) for weight in (3.0, 4.0))
    later = WeightSet(DAY + timedelta(days=30), ("7203",), (5.0,))
    assert lay_weights([old, later], [new]) == (new, later)
    gone = ListedRow("9613", "去", "", "equity", "Prime", "", "", 100)
    here, there = (ListedRow("7203", n, "", "equity", "Prime", "", "", 100) for n in "前後")
    assert lay_listed([here, gone], [there]) == (there, gone)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_half_year_between_reviews_holds_its_days(day: date) -> None:
    first, last = first_of_review(day), last_before_review(day)
    assert first <= day <= last
    assert (first.month, first.day) in {(4, 1), (10, 1)}
    assert last_before_review(first) == last
    assert first_of_review(last + timedelta(days=1)) == last + timedelta(days=1)


def test_what_is_out_of_date_and_why() -> None:
    today = date(2026, 1, 15)
    assert out_of_date("nikkei_factors", date(2025, 10, 1), today, today) == ""
    yesterday = today - timedelta(days=1)
    assert out_of_date("nikkei_factors", today, yesterday, today) == (
        "covers no day after 2026-01-14"
    )
    assert out_of_date("topix_weights", date(2025, 11, 30), None, today) == ""
    assert out_of_date("topix_weights", date(2025, 10, 31), None, today) == "76 days old"
    assert out_of_date("daily", date(2020, 1, 1), None, today) == ""


def test_the_users_divisor_holds_from_its_day_and_the_shipped_one_before(tmp_path: Path) -> None:
    own = DivisorRow(date(2025, 6, 2), date(2025, 9, 30), 31.0, "derived", "a test")
    assert store([divisor_table(own, ReferenceTables(own=tmp_path))], tmp_path)
    reference = ReferenceTables(own=tmp_path)
    before, after = (nikkei_basket(date(2025, 6, day), reference) for day in (1, 2))
    assert before.divisor == pytest.approx(30.06422294)
    assert after.divisor == 31.0
    assert after.derived
    assert nikkei_basket(date(2025, 7, 31), reference).divisor == pytest.approx(29.61655)
    ours, theirs = reference.nikkei_divisors.layers()
    assert (ours.info.whose, theirs.info.whose) == ("shipped", "yours")
    assert reference.nikkei_divisors.info().whose == "both"
    assert nikkei_basket(date(2025, 6, 2)).divisor == pytest.approx(30.06422294)


def test_a_damaged_table_of_the_users_costs_nothing_that_ships(tmp_path: Path) -> None:
    (tmp_path / "nikkei_divisors.json").write_text("{")
    reference = ReferenceTables(own=tmp_path)
    assert nikkei_basket(date(2025, 5, 26), reference).current
    problems = [info.problem for info in reference.layer_infos() if info.whose == "yours"]
    assert len(problems) == 1
    assert problems[0]
    assert reference.nikkei_divisors.problem == ""


def test_the_users_table_serves_where_the_shipped_one_is_taken_out(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    name = "nikkei_factors.json"
    (own / name).write_bytes((FOLDER / name).read_bytes())
    reference = ReferenceTables(shipped, own=own)
    assert reference.nikkei_factors.problem == ""
    assert reference.nikkei_factors.info().whose == "yours"
    assert len(nikkei_basket(date(2025, 5, 26), reference).symbols) == 225


def test_issues_are_those_of_the_sessions_date(tmp_path: Path) -> None:
    old = (FOLDER / "listed.json").read_text(encoding="utf-8")
    heading, _, rows = old.partition('"rows": [')
    lines = rows.split("\n")[1:]
    toyota = next(line for line in lines if line.startswith('["7203"'))
    new = toyota.replace("TOPIX Core30", "TOPIX Large70").rstrip(",")
    (tmp_path / "listed.json").write_text(
        heading.replace("2025-05-30", "2026-09-30") + '"rows": [' + new + "]}", encoding="utf-8"
    )
    reference = ReferenceTables(own=tmp_path)
    assert len(reference.listed_on(date(2025, 6, 2))) > 4_000
    assert len(reference.listed_on(date(2025, 5, 26))) > 4_000
    assert [row.size_class for row in reference.listed_on(date(2026, 9, 30))] == ["TOPIX Large70"]
    assert len(reference.listed.rows) == len(reference.listed_on(date(2025, 6, 2)))
    now = {row.code: row.size_class for row in reference.listed.rows}
    assert now["7203"] == "TOPIX Large70"
