"""The build: the same facts give the same bytes, and the reader takes what it writes."""

from pathlib import Path

import pytest

from tui.data.build import daily, indices, topix
from tui.data.build.__main__ import main
from tui.data.reader import FOLDER, ReferenceTables

INDEX = """date,index,open,high,low,close
2025-05-26,TOPIX,2740.87,2755.67,2738.26,2751.91
2025-05-23,NIKKEI225,37161.74,37373.91,37111.63,37160.47
2025-05-26,NIKKEI225,37209.26,37531.53,37167.01,37531.53
"""

DAILY = """date,code,open,high,low,close,volume,trading_value_jpy,limit_up_down_flags,basis
2025-05-26,9613,,,,3990,,,,derived_from_index_identity
2025-05-26,285A,851,861.5,848.7,857.5,1324700,1134318700,0/0,unadjusted
"""

TOPIX = """code,name_ja,sector33,size_class,weight_pct_20250630,weight_pct_20250731,\
in_20250630,in_20250731
7203,トヨタ自動車,輸送用機器,TOPIX Core30,3.1,3.2,1,1
368A,北里,精密機器,TOPIX Small 2,,0.0032,0,1
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    (folder / "prices").mkdir(parents=True)
    (folder / "topix.csv").write_text(TOPIX, encoding="utf-8")
    (folder / "prices" / "index_daily.csv").write_text(INDEX, encoding="utf-8")
    (folder / "prices" / "daily_n225_constituents.csv").write_text(DAILY, encoding="utf-8")
    return folder


def build(facts: Path, out: Path) -> dict[str, bytes]:
    out.mkdir()
    for part in (daily, indices, topix):
        part.build(facts, out)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_the_same_facts_give_the_same_bytes(facts: Path, tmp_path: Path) -> None:
    once = build(facts, tmp_path / "once")
    again = build(facts, tmp_path / "again")
    assert once == again
    assert set(once) == {"daily.json", "index_daily.json", "topix_weights.json"}


def test_the_reader_takes_what_the_build_writes(facts: Path, tmp_path: Path) -> None:
    build(facts, tmp_path / "out")
    reference = ReferenceTables(tmp_path / "out")
    assert [row.symbol for row in reference.index_daily.rows] == ["^N225", "^N225", "^TOPX"]
    lettered, derived = reference.daily.rows
    assert (lettered.code, lettered.high, lettered.basis) == ("285A", 861.5, "observed")
    assert (derived.close, derived.open, derived.volume) == (3990, None, None)
    assert derived.basis == "derived"
    early, late = reference.topix_weights.rows
    assert early.codes == ("7203",)
    assert late.codes == ("368A", "7203")
    assert late.weights == (0.0032, 3.2)


def test_the_shipped_tables_lie_a_row_a_line() -> None:
    lines = (FOLDER / "listed.json").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4409 + 2
    assert lines[1].startswith('["1301","極洋"')


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"], ["/no/such/folder/of/facts"]])
def test_a_wrong_call_is_told_and_builds_nothing(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err
