"""``zaraba reference`` from the command line, against a folder of its own."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tui.cli.main import main
from tui.data.reader import ReferenceTables, shipped
from tui.market.indices import nikkei_basket

SESSION = date(2025, 5, 26)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    config = tmp_path / "config.toml"
    config.touch()

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["reference", "--config", str(config), *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def factors(tmp_path: Path) -> Path:
    """The members of 9 January 2026, as Nikkei's file of a day in March would list them."""
    newest = shipped().nikkei_factors.rows[-1]
    names = {row.code: row for row in shipped().nikkei_names.rows}
    lines = ["対象日付,コード,銘柄名,株価換算係数,業種,セクター"]
    lines += [
        f'"2026/03/10","{code}","会社{code}","{factor}",'
        f'"{names[code].industry_ja}","{names[code].sector_ja}"'
        for code, factor in zip(newest.codes, newest.factors, strict=True)
    ]
    path = tmp_path / "any name.csv"
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp932"))
    return path


@pytest.fixture
def quotes(tmp_path: Path) -> Path:
    """Closes of 26 May 2025 as a file of quotes."""
    bars = [row for row in shipped().daily.rows if row.date == SESSION]
    lines = [f"{row.code},{row.close},1" for row in bars]
    path = tmp_path / "quotes.csv"
    path.write_text("code,last,previous_close\n" + "\n".join(lines) + "\n")
    return path


def own(tmp_path: Path) -> ReferenceTables:
    return ReferenceTables(own=tmp_path / "reference")


def test_every_table_is_listed_with_its_vintage_and_owner(run: Run) -> None:
    status, out, _ = run()
    assert status == 0
    for info in shipped().infos():
        line = next(line for line in out.splitlines() if line.startswith(info.title))
        assert str(info.vintage or "–") in line
        assert f"{info.rows:,}" in line
        assert "shipped" in line


def test_the_list_as_json(run: Run, factors: Path) -> None:
    run("import", str(factors))
    status, out, _ = run("--format", "json")
    assert status == 0
    tables = [table for table in json.loads(out) if table["name"] == "nikkei_factors"]
    assert [table["whose"] for table in tables] == ["shipped", "yours"]
    assert tables[1]["vintage"] == "2026-03-10"
    assert tables[1]["until"] == "2026-03-31"
    assert tables[1]["problem"] is None


def test_a_file_with_its_divisor_makes_the_session_whole(
    run: Run, factors: Path, tmp_path: Path
) -> None:
    status, out, _ = run("import", str(factors), "--divisor", "29.5", "--from", "2026-02-09")
    assert status == 0
    assert "The same as that of 2026-01-09." in out
    basket = nikkei_basket(date(2026, 2, 9), own(tmp_path))
    assert basket.current
    assert basket.divisor == 29.5
    assert nikkei_basket(date(2026, 2, 6), own(tmp_path)).divisor == pytest.approx(29.9172)


def test_a_configuration_that_is_not_there_gets_no_tables_beside_it(
    run: Run, factors: Path, tmp_path: Path
) -> None:
    status, _, err = run("import", str(factors), "--config", str(tmp_path / "typo" / "config.toml"))
    assert status == 2
    assert "there is no such file" in err
    assert not (tmp_path / "typo").exists()


def test_a_dry_run_tells_and_writes_nothing(run: Run, factors: Path, tmp_path: Path) -> None:
    status, out, _ = run("import", str(factors), "--dry-run")
    assert status == 0
    assert "225 members" in out
    assert "No divisor covers 2026-03-10" in out
    assert "Nothing was written." in out
    assert not (tmp_path / "reference").exists()


def test_a_divisor_alone(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("import", "--divisor", "30.5", "--from", "2025-06-02")
    assert status == 0
    assert "Divisor 30.5" in out
    assert nikkei_basket(date(2025, 6, 2), own(tmp_path)).divisor == 30.5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "there is no file to import"),
        (["import", "--divisor", "30"], "there is no file to import"),
        (["import", "--divisor", "0", "--from", "2025-06-02"], "no divisor of the Nikkei"),
        (["import", "--divisor", "nan", "--from", "2025-06-02"], "no divisor of the Nikkei"),
        (["import", "absent.csv"], "cannot be read"),
        (["import", "--from", "yesterday"], "is not a date"),
        (["solve-divisor", "--close", "37531.53"], "there are no prices"),
        (["solve-divisor", "--close", "1", "--date", "2025-05-26"], "the divisor would be"),
        (["solve-divisor", "--close", "37531.53", "--date", "2024-01-04"], "no daily bars"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, arguments: list[str], words: str
) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert words in err
    assert err.count("\n") == 1


def test_another_file_is_refused_by_name_with_the_reason(run: Run, quotes: Path) -> None:
    status, _, err = run("import", str(quotes))
    assert status == 2
    assert str(quotes) in err
    assert "the heading is of no known file" in err


def test_a_divisor_is_solved_and_kept_as_derived(run: Run, quotes: Path, tmp_path: Path) -> None:
    asked = ["--close", "37531.53", "--prices", str(quotes), "--date", "2025-05-26"]
    status, out, _ = run("solve-divisor", *asked)
    assert status == 0
    assert "30.064221" in out
    assert "÷ close 37,531.53" in out
    assert not (tmp_path / "reference").exists()
    status, out, _ = run("solve-divisor", *asked, "--save")
    assert status == 0
    basket = nikkei_basket(SESSION, own(tmp_path))
    assert basket.divisor == pytest.approx(30.064222, abs=1e-5)
    assert basket.derived
    (row,) = own(tmp_path).nikkei_divisors.layers()[1].rows
    assert row.status == "derived"
    assert "quotes.csv" in row.note


def test_quotes_without_a_date_need_one(run: Run, quotes: Path) -> None:
    status, _, err = run("solve-divisor", "--close", "37531.53", "--prices", str(quotes))
    assert status == 2
    assert "--date" in err


def test_closes_solved_from_the_index_cannot_prove_a_divisor(run: Run, tmp_path: Path) -> None:
    asked = ["solve-divisor", "--close", "37531.53", "--date", "2025-05-26"]
    status, out, _ = run(*asked)
    assert status == 0
    assert "1 of them derived from the index itself" in out
    status, _, err = run(*asked, "--save")
    assert status == 2
    assert "proves nothing" in err
    assert not (tmp_path / "reference").exists()
