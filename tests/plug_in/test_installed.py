"""A stranger's package: its source is the guide's, it is built, installed, found and checked."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs" / "providers.md"


def module_of_the_guide() -> str:
    found = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages that holds the example, from its own wheel."""
    project = tmp_path_factory.mktemp("author") / "zaraba-ledger"
    shutil.copytree(HERE / "zaraba-ledger", project)
    (project / "zaraba_ledger.py").write_text(module_of_the_guide(), encoding="utf-8")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], project)
    (wheel,) = (project / "dist").glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    # A wheel of plain modules is installed by unpacking it.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(command: Sequence[str], folder: Path, site: Path | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=folder,
        env={
            **os.environ,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "PYTHONPATH": str(site or ""),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def zaraba(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("zaraba")), *arguments]


def test_the_guides_source_is_about_thirty_lines() -> None:
    lines = [line for line in module_of_the_guide().splitlines() if line.strip()]
    code = [line for line in lines if not line.startswith(("import", "from", '"""'))]
    assert len(code) <= 40


def test_the_program_finds_the_package_and_says_whose_it_is(site: Path, tmp_path: Path) -> None:
    listed = json.loads(run(zaraba("providers", "--format", "json"), tmp_path, site))
    (ledger,) = [each for each in listed if each["name"] == "ledger"]
    assert ledger == {
        "role": "quotes",
        "name": "ledger",
        "distribution": "zaraba-ledger",
        "version": "1.2",
        "problem": None,
    }


def test_the_program_prints_the_packages_prices(site: Path, tmp_path: Path) -> None:
    database = tmp_path / "prices.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE prices (symbol TEXT PRIMARY KEY, last REAL)")
        connection.execute("INSERT INTO prices VALUES ('7203.T', 2512.5)")
    config = tmp_path / "config.toml"
    config.write_text(f'[providers.ledger]\npath = "{database}"\n', encoding="utf-8")
    command = zaraba("print", "--provider", "ledger", "--config", str(config), "--format", "json")
    printed = json.loads(run(command, tmp_path, site))
    (toyota,) = [row for row in printed["rows"] if row["symbol"] == "7203.T"]
    assert toyota["last"] == 2512.5


def test_the_package_passes_the_suite_that_ships(site: Path, tmp_path: Path) -> None:
    shutil.copy(HERE / "zaraba-ledger" / "suite.py", tmp_path / "test_ledger.py")
    told = run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], tmp_path, site)
    assert re.search(r"\b1[0-9] passed", told), told
    assert "failed" not in told
