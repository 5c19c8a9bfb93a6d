"""Official files as tables of the user's: what they become, what they change, how they are kept."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tui.data import changes, user_tables
from tui.data.official import (
    FactorList,
    FactorRow,
    IssueList,
    IssueRow,
    WeightList,
    WeightRow,
)
from tui.data.reader import ReferenceTables, shipped
from tui.data.rows import DivisorRow, ListedRow
from tui.data.user_tables import (
    NewTable,
    divisor_table,
    factors_table,
    listed_table,
    store,
    weights_table,
)
from tui.errors import DataError, UsageError
from tui.files import write_atomically
from tui.market.indices import builtin_lists, nikkei_basket, weights_topix
from tui.market.universe import Universe

MARCH = date(2026, 3, 10)


def factor_list(vintage: date = MARCH, **factors: float) -> FactorList:
    """The newest members that ship, as a file of another day; `c6857=16` changes a factor."""
    newest = shipped().nikkei_factors.rows[-1]
    names = {row.code: row for row in shipped().nikkei_names.rows}
    rows = (
        FactorRow(code, f"会社{code}", factors.get(f"c{code}", factor), n.industry_ja, n.sector_ja)
        for code, factor in zip(newest.codes, newest.factors, strict=True)
        for n in (names[code],)
    )
    return FactorList(vintage, "ja", tuple(rows))


def exchanged(official: FactorList, out: str, new: FactorRow) -> FactorList:
    rows = sorted((*(row for row in official.rows if row.code != out), new))
    return FactorList(official.vintage, official.language, tuple(rows))


def test_an_imported_list_holds_from_its_day_to_the_next_review(tmp_path: Path) -> None:
    members, tables = factors_table(factor_list(c6857=16.0), ReferenceTables(own=tmp_path))
    assert (members.first, members.last) == (MARCH, date(2026, 3, 31))
    assert [table.name for table in tables] == ["nikkei_factors"]
    store(tables, tmp_path)
    reference = ReferenceTables(own=tmp_path)
    basket = nikkei_basket(date(2026, 3, 31), reference)
    assert basket.vintage == MARCH
    assert dict(zip(basket.symbols, basket.factors, strict=True))["6857.T"] == 16.0
    assert nikkei_basket(date(2026, 4, 1), reference).symbols == ()
    january = nikkei_basket(date(2026, 1, 9), reference)
    assert dict(zip(january.symbols, january.factors, strict=True))["6857.T"] == 8.0


def test_a_list_may_be_said_to_hold_from_an_earlier_day_of_its_half_year(tmp_path: Path) -> None:
    reference = ReferenceTables(own=tmp_path)
    members, _ = factors_table(factor_list(), reference, date(2026, 2, 9))
    assert members.first == date(2026, 2, 9)
    for first in (date(2026, 3, 11), date(2025, 9, 30)):
        with pytest.raises(UsageError, match="cannot hold from"):
            factors_table(factor_list(), reference, first)


def test_the_same_list_again_with_another_first_day_replaces_itself(tmp_path: Path) -> None:
    for first in (MARCH, date(2026, 2, 9)):
        store(factors_table(factor_list(), ReferenceTables(own=tmp_path), first)[1], tmp_path)
    (_, own) = ReferenceTables(own=tmp_path).nikkei_factors.layers()
    assert [row.first for row in own.rows] == [date(2026, 2, 9)]


def test_a_newcomers_sector_is_known_in_both_languages(tmp_path: Path) -> None:
    new = FactorRow("285A", "キオクシアホールディングス", 1.0, "電気機器", "技術")
    official = exchanged(factor_list(), "9984", new)
    reference = ReferenceTables(own=tmp_path)
    told = changes.factor_changes(official, reference)
    assert told.against == date(2026, 1, 9)
    assert told.lines == (
        "in       285A キオクシアホールディングス",
        "out      9984 ソフトバンクグループ",
    )
    store(factors_table(official, reference)[1], tmp_path)
    kioxia = Universe(ReferenceTables(own=tmp_path)).get("285A.T")
    assert kioxia is not None
    assert kioxia.nikkei_sector == "Technology"


def test_an_english_list_tells_the_same_sectors(tmp_path: Path) -> None:
    names = {row.code: row for row in shipped().nikkei_names.rows}
    rows = (
        FactorRow(row.code, "X", row.factor, names[row.code].industry_en, names[row.code].sector_en)
        for row in factor_list().rows
    )
    official = FactorList(MARCH, "en", tuple(rows))
    _, tables = factors_table(official, ReferenceTables(own=tmp_path))
    assert [table.name for table in tables] == ["nikkei_factors"]


def test_changed_factors_are_told() -> None:
    told = changes.factor_changes(factor_list(c6857=16.0), shipped())
    assert told.lines == ("factor   6857 会社6857: 8 → 16",)
    assert changes.factor_changes(factor_list(), shipped()).lines == ()


def weight_list(vintage: date, moved: float = 0.0) -> WeightList:
    newest = shipped().topix_weights.rows[-1]
    weights = dict(zip(newest.codes, newest.weights, strict=True))
    weights["7203"] += moved
    return WeightList(vintage, tuple(WeightRow(c, f"会社{c}", w) for c, w in weights.items()))


def test_weights_are_used_for_sessions_after_their_day(tmp_path: Path) -> None:
    official = weight_list(date(2026, 4, 30), 1.25)
    reference = ReferenceTables(own=tmp_path)
    told = changes.weight_changes(official, reference)
    assert told.against == date(2025, 7, 31)
    assert len(told.lines) == 1
    assert told.lines[0].startswith("weight   7203 会社7203: ")
    store([weights_table(official, reference)], tmp_path)
    reference = ReferenceTables(own=tmp_path)
    assert weights_topix(date(2026, 5, 1), reference).vintage == date(2026, 4, 30)
    assert weights_topix(date(2026, 4, 30), reference).vintage == date(2025, 7, 31)


def issue_list(vintage: date, **names: str) -> IssueList:
    """The issues that ship, as a file of another day; `c7203="新"` renames one."""
    words = {(kind, segment): market for market, (kind, segment) in user_tables._KINDS.items()}
    words["equity", "Prime"] = "プライム(内国株式)"
    return IssueList(
        vintage,
        tuple(
            IssueRow(
                row.code,
                names.get(f"c{row.code}", row.name_ja),
                words[row.kind, row.segment],
                row.sector33,
                row.size_class,
            )
            for row in shipped().listed.rows
        ),
    )


def test_an_imported_list_of_issues_keeps_what_it_does_not_tell(tmp_path: Path) -> None:
    official = issue_list(date(2026, 9, 30), c7203="新しい名")
    rows = tuple(row for row in official.rows if row.code != "9984")
    new = IssueRow("999A", "新規上場", "プライム(内国株式)", "5250", "")
    official = IssueList(official.vintage, (*rows, new))
    reference = ReferenceTables(own=tmp_path)
    told = changes.issue_changes(official, reference)
    assert told.against == date(2025, 5, 30)
    assert told.lines == (
        "in       999A 新規上場",
        "out      9984 ソフトバンクグループ",
        "name     7203 トヨタ自動車 → 新しい名",
    )
    store([listed_table(official, reference)], tmp_path)
    universe = Universe(ReferenceTables(own=tmp_path))
    advantest, toyota, newcomer, gone = (
        universe.get(f"{code}.T") for code in ("6857", "7203", "999A", "9984")
    )
    assert advantest is not None
    assert advantest.name == "Advantest"
    assert toyota is not None
    assert (toyota.name, toyota.name_ja) == ("新しい名", "新しい名")
    assert newcomer is not None
    assert (newcomer.sector33, newcomer.lot) == ("情報・通信業", 100)
    assert gone is not None


def test_a_market_that_is_not_known_is_told() -> None:
    official = issue_list(MARCH)
    rows = tuple(
        row._replace(market="新市場") if row.code == "7203" else row for row in official.rows
    )
    told = changes.issue_changes(IssueList(MARCH, rows), shipped())
    assert told.lines == ("market   新市場 is not known: 1 issue",)
    (kind,) = {
        row[3]
        for row in json.loads(listed_table(IssueList(MARCH, rows), shipped()).content)["rows"]
        if row[0] == "7203"
    }
    assert kind == "other"


def test_core30_is_that_of_the_sessions_list(tmp_path: Path) -> None:
    official = issue_list(date(2026, 9, 30))
    rows = tuple(
        row._replace(size_class="TOPIX Large70") if row.code == "7203" else row
        for row in official.rows
    )
    store([listed_table(IssueList(official.vintage, rows), shipped())], tmp_path)
    reference = ReferenceTables(own=tmp_path)
    shown = [
        Universe(reference, day).get("7203.T") for day in (date(2025, 5, 26), date(2026, 10, 1))
    ]
    assert [each and each.size_class for each in shown] == ["TOPIX Core30", "TOPIX Large70"]
    then, now = (
        builtin_lists(day, reference)[1].symbols for day in (date(2025, 5, 26), date(2026, 10, 1))
    )
    assert "7203.T" in then
    assert "7203.T" not in now


def test_a_sector_that_does_not_exist_is_refused() -> None:
    official = IssueList(MARCH, (IssueRow("7203", "名", "ETF・ETN", "0001", ""),))
    with pytest.raises(DataError, match="none of the 33"):
        listed_table(official, shipped())


# --- how they are kept --------------------------------------------------------------------------


def divisor(value: float, first: date = MARCH) -> DivisorRow:
    return DivisorRow(first, date(2026, 3, 31), value, "published", "a test")


def keep(value: float, folder: Path) -> list[user_tables.Stored]:
    return store([divisor_table(divisor(value), ReferenceTables(own=folder))], folder)


def test_what_was_there_is_kept_under_its_vintage(tmp_path: Path) -> None:
    (first,) = keep(29.0, tmp_path)
    assert first.previous is None
    content = first.path.read_bytes()
    (second,) = keep(30.0, tmp_path)
    assert second.previous == tmp_path / "previous" / "nikkei_divisors-2026-03-10.json"
    assert second.previous.read_bytes() == content
    (third,) = keep(31.0, tmp_path)
    assert third.previous == tmp_path / "previous" / "nikkei_divisors-2026-03-10-2.json"
    (again,) = keep(29.0, tmp_path)
    assert again.path.read_bytes() == content
    (last,) = keep(32.0, tmp_path)
    assert last.previous == second.previous


def test_the_same_again_writes_nothing(tmp_path: Path) -> None:
    keep(29.0, tmp_path)
    assert keep(29.0, tmp_path) == []
    assert not (tmp_path / "previous").exists()


def test_a_crash_at_the_last_moment_leaves_the_old_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = keep(29.0, tmp_path)
    content = first.path.read_bytes()

    def crash(path: Path, body: bytes) -> None:
        if path == first.path:
            raise KeyboardInterrupt
        write_atomically(path, body)

    monkeypatch.setattr("tui.data.user_tables.write_atomically", crash)
    with pytest.raises(KeyboardInterrupt):
        keep(30.0, tmp_path)
    assert first.path.read_bytes() == content
    assert [path.read_bytes() for path in (tmp_path / "previous").iterdir()] == [content]


def test_a_damaged_table_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "nikkei_divisors.json"
    path.write_text("{")
    with pytest.raises(DataError, match="unusable"):
        keep(29.0, tmp_path)
    assert path.read_text() == "{"


def test_a_damaged_list_of_issues_is_replaced_and_kept(tmp_path: Path) -> None:
    (tmp_path / "listed.json").write_text("{")
    table = listed_table(issue_list(MARCH), ReferenceTables(own=tmp_path))
    (stored,) = store([table], tmp_path)
    assert stored.previous == tmp_path / "previous" / "listed-damaged.json"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError) as caught:
        store([NewTable("listed", b"{}")], tmp_path / "file" / "reference")
    assert caught.value.subject.endswith("listed.json")


def test_a_table_lies_in_the_form_of_those_that_ship(tmp_path: Path) -> None:
    (stored,) = keep(29.0, tmp_path)
    plain = json.loads(stored.path.read_bytes())
    assert plain["name"] == "nikkei_divisors"
    assert plain["vintage"] == "2026-03-10"
    assert msgspec.convert(plain["rows"], list[DivisorRow]) == [divisor(29.0)]
    assert plain["rows"][0] == ["2026-03-10", "2026-03-31", 29.0, "published", "a test"]
    assert ListedRow.__struct_fields__ == tuple(user_tables._COLUMNS["listed"])
