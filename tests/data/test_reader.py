"""The reader: whole tables, and what becomes of those that are missing or damaged."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.data.reader import FOLDER, MOST_BYTES, ReferenceTables, read_table, shipped, tables
from tui.data.rows import DivisorRow, FactorSet, TableFile
from tui.errors import DataError
from tui.market.universe import Universe

NAMES = [
    "listed",
    "sectors",
    "nikkei_names",
    "nikkei_factors",
    "nikkei_divisors",
    "topix_weights",
    "index_daily",
    "daily",
    "foreign",
    "adr",
]


def table(name: str, rows: list[object], **heading: object) -> str:
    return json.dumps(
        {
            "format": 1,
            "name": name,
            "title": "A table",
            "vintage": "2025-05-30",
            "origin": "a test",
            "columns": [],
            "rows": rows,
            **heading,
        }
    )


def problem(folder: Path, name: str) -> str:
    infos = {info.name: info for info in ReferenceTables(folder).infos()}
    return infos[name].problem


def test_every_table_ships_sound_and_with_its_origin() -> None:
    infos = tables()
    assert [info.name for info in infos] == NAMES
    for info in infos:
        assert info.problem == ""
        assert info.rows > 0
        assert info.origin
        assert info.title


def test_vintages_are_those_of_the_facts() -> None:
    vintages = {info.name: info.vintage for info in tables()}
    assert vintages["listed"] == date(2025, 5, 30)
    assert vintages["topix_weights"] == date(2025, 7, 31)
    assert vintages["daily"] == date(2025, 5, 26)
    assert vintages["foreign"] is None


def test_the_notice_names_every_table() -> None:
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    assert all(f"{name}.json" in notice for name in NAMES)


def test_an_empty_folder_leaves_empty_tables_that_say_so(tmp_path: Path) -> None:
    reference = ReferenceTables(tmp_path)
    for info in tables(reference):
        assert (info.problem, info.rows, info.vintage) == ("missing", 0, None)
        assert info.title
    assert reference.listed.rows == ()
    assert reference.daily.problem == "missing"


def test_one_table_taken_out_leaves_the_others(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.json"):
        if path.stem != "sectors":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    problems = {info.name: info.problem for info in tables(ReferenceTables(tmp_path))}
    assert problems == {name: "missing" if name == "sectors" else "" for name in NAMES}
    toyota = Universe(ReferenceTables(tmp_path)).get("7203.T")
    assert toyota is not None
    assert (toyota.name, toyota.sector33, toyota.sector17) == ("Toyota Motor", "", "")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "{}",
        table("listed", [["7203", "トヨタ自動車"]]),
        table("listed", [["7203", "トヨタ自動車", "", "equity", "Prime", "3700", "", "100"]]),
        table("listed", [["7203", "トヨタ自動車", "", "bond", "Prime", "3700", "", 100]]),
        table("listed", [["72O3x!", "トヨタ自動車", "", "equity", "Prime", "3700", "", 100]]),
        table("listed", [["7203", "", "", "equity", "Prime", "3700", "", 100]]),
        table("listed", [["7203", "トヨタ自動車", "", "equity", "Prime", "3700", "", 100]] * 2),
        table("listed", [], format=2),
        table("listed", [], vintage="yesterday"),
        "[" * 100_000,
    ],
)
def test_a_damaged_table_is_empty_and_says_so(tmp_path: Path, body: str) -> None:
    (tmp_path / "listed.json").write_text(body, encoding="utf-8")
    reference = ReferenceTables(tmp_path)
    assert reference.listed.rows == ()
    assert reference.listed.problem.startswith("damaged: ")
    assert Universe(reference).get("7203.T") is None


@pytest.mark.parametrize(
    ("name", "rows", "fault"),
    [
        (
            "nikkei_factors",
            [["2025-05-26", "2025-04-01", "2025-07-03", "derived", ["7203"], [0]]],
            "a factor is not positive",
        ),
        (
            "nikkei_factors",
            [["2025-05-26", "2025-04-01", "2025-07-03", "derived", ["7203"], []]],
            "1 codes but 0 figures",
        ),
        (
            "nikkei_divisors",
            [["2025-04-01", "2025-07-03", -1, "derived", ""]],
            "a divisor is not positive",
        ),
        (
            "nikkei_divisors",
            [
                ["2025-04-01", "2025-07-03", 30, "derived", ""],
                ["2025-07-03", "2025-09-28", 29, "derived", ""],
            ],
            "spans overlap or stand out of order",
        ),
        (
            "topix_weights",
            [["2025-06-30", ["7203"], [300]]],
            "a weight is outside 0 to 100 per cent",
        ),
        (
            "index_daily",
            [["^N225", "2025-05-26", 1, 2, 1, 3]],
            "a close is outside its day's range",
        ),
        (
            "daily",
            [["2025-05-26", "7203", -1, 1, 1, 1, 1, 1, "observed"]],
            "7203 has a price that is not positive on 2025-05-26",
        ),
        ("adr", [["TM", "7203", "NYSE", 0, "high", ""]], "a ratio is not positive"),
        ("sectors", [[33, "0050", "水", "Fish", "1"]] * 2, "an entry is there twice"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    tmp_path: Path, name: str, rows: list[object], fault: str
) -> None:
    (tmp_path / f"{name}.json").write_text(table(name, rows), encoding="utf-8")
    assert problem(tmp_path, name) == f"damaged: {fault}"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "adr.json").write_bytes(b'{"format": 1, "name": "\xff\xfe"}')
    assert problem(tmp_path, "adr").startswith("damaged: ")


def test_a_table_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "listed.json").write_text(table("lists", []), encoding="utf-8")
    assert problem(tmp_path, "listed") == "holds the table “lists”"


def test_a_table_that_is_too_large_is_not_decoded(tmp_path: Path) -> None:
    (tmp_path / "listed.json").write_bytes(b" " * (MOST_BYTES + 1))
    assert problem(tmp_path, "listed") == "larger than 8,388,608 bytes"


def test_a_folder_in_a_tables_place_is_survived(tmp_path: Path) -> None:
    (tmp_path / "listed.json").mkdir()
    assert problem(tmp_path, "listed").startswith("cannot be read: ")


def test_the_error_names_the_file_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nikkei_divisors\.json: missing\. Reinstall zaraba"):
        read_table(tmp_path, "nikkei_divisors", TableFile[DivisorRow])


@given(st.binary(max_size=300))
def test_no_bytes_get_past_the_reader_but_as_rows_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "nikkei_factors.json").write_bytes(body)
    with pytest.raises(DataError):
        read_table(folder, "nikkei_factors", TableFile[FactorSet])


def test_a_table_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "sectors.json"
    path.write_text(table("sectors", [[33, "0050", "水", "Fish", "1"]]), encoding="utf-8")
    reference = ReferenceTables(tmp_path)
    rows = reference.sectors.rows
    path.unlink()
    assert reference.sectors.rows is rows
    assert len(rows) == 1


def test_the_program_shares_one_set_of_tables() -> None:
    assert shipped() is shipped()
    assert shipped().folder == FOLDER


def test_nothing_heavy_is_imported_to_look_a_name_up() -> None:
    script = (
        "import sys, tui.market.universe, tui.market.indices as i, datetime\n"
        "tui.market.universe.Universe().get('7203.T').name\n"
        "i.nikkei_basket(datetime.date(2025, 5, 26))\n"
        "heavy = {'pandas', 'rapidfuzz', 'exchange_calendars', 'httpx', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
