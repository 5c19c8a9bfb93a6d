"""Any file of reference data may be taken out: the program starts and says what is blank."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tui
from tui.data.tables import WITHOUT, absent, check_all

PACKAGE = Path(tui.__file__).parent
SESSION = {"session_facts.json", "session_paths.npz"}


def copy_without(name: str, target: Path) -> None:
    """A copy of the package that lacks one file; what does not look for data is linked."""
    folder = target / "tui"
    shutil.copytree(PACKAGE / "data", folder / "data", ignore=shutil.ignore_patterns("build"))
    for path in PACKAGE.iterdir():
        if path.name not in {"data", "__pycache__"}:
            (folder / path.name).symlink_to(path)
    (folder / "data" / name).unlink()


def run(target: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(target), "XDG_CONFIG_HOME": str(target / "config")},
        cwd=target,
        timeout=120,
        check=False,
    )


def test_every_file_that_ships_is_known() -> None:
    shipped = {
        path.name for path in (PACKAGE / "data").iterdir() if path.suffix in {".json", ".npz"}
    }
    assert shipped == set(WITHOUT)
    checked = list(check_all())
    assert {name for name, _ in checked} == shipped
    assert [info.problem for _, info in checked] == [""] * len(shipped)
    assert absent() == []


@pytest.mark.parametrize("name", sorted(set(WITHOUT) - SESSION))
def test_without_a_table_the_index_still_stands_and_a_word_is_said(
    name: str, tmp_path: Path
) -> None:
    copy_without(name, tmp_path)
    done = run(tmp_path, "print", "--at", "15:30", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["remarks"] == [f"the table {name} is missing: {WITHOUT[name]}"]
    assert [index["last"] for index in told["indices"]] == [37531.53, 2751.91]
    points = [row["points"] for row in told["rows"]]
    blank = {"nikkei_factors.json", "nikkei_divisors.json"}
    assert (told["contribution"]["sum"] is None) == (name in blank)
    assert bool(told["contribution"]["missing_table"]) == (name in blank)
    assert all(point is None for point in points) == (name in blank)
    assert (told["indices"][0]["streak"] is None) == (name == "index_daily.json")


@pytest.mark.parametrize("name", sorted(SESSION))
def test_without_the_session_there_is_one_line_and_a_remedy(name: str, tmp_path: Path) -> None:
    copy_without(name, tmp_path)
    done = run(tmp_path, "print")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert name in line
    assert "--provider" in line
    doctor = run(tmp_path, "doctor")
    assert doctor.returncode == 2
    assert name in doctor.stdout
