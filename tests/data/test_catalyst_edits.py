"""The file of edits: read with clear complaints, written without losing what stands in it."""

from pathlib import Path

import pytest

from tui.data.catalyst_edits import (
    CatalystEdit,
    checked_symbol,
    load_edits,
    read_edits,
    write_edit,
)
from tui.errors import ConfigError

WRITTEN = """# mine
[[catalyst]]
key = "feed/1"  # the steel story
headline = "Steel"
kind = "deal"
symbols = ["5401", "^N225"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalysts.toml"


def test_a_file_that_is_not_there_holds_none(path: Path) -> None:
    assert read_edits(path).rows == {}
    assert read_edits(path).notice == ""


def test_what_is_written_by_hand_is_read(path: Path) -> None:
    path.write_text(WRITTEN, encoding="utf-8")
    assert load_edits(path) == {
        "feed/1": CatalystEdit(headline="Steel", kind="deal", symbols=("5401.T", "^N225"))
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[catalysts]]\n", "there is no key “catalysts”"),
        ("catalyst = 3\n", "no list of tables"),
        ('[[catalyst]]\nkind = "deal"\n', "catalyst 1"),
        ('[[catalyst]]\nkey = "a"\nkind = "two words"\n', "not one word"),
        ('[[catalyst]]\nkey = "a"\nsymbols = ["!!"]\n', "“!!” is no symbol"),
        ('[[catalyst]]\nkey = "a"\n[[catalyst]]\nkey = "a"\n', "the key of one before"),
        ('[[catalyst]]\nkey = "a"\ncolour = "red"\n', "unknown field"),
        ("[[catalyst\n", "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_of_it_counts(
    path: Path, text: str, says: str
) -> None:
    path.write_text(text, encoding="utf-8")
    found = read_edits(path)
    assert says in found.notice
    assert str(path) in found.notice
    assert found.rows == {}


def test_an_edit_is_written_beside_what_stands_there(path: Path) -> None:
    path.write_text(WRITTEN, encoding="utf-8")
    assert write_edit(path, "feed/2", CatalystEdit(headline="Cars", symbols=("7203.T",))) == ""
    assert write_edit(path, "feed/1", CatalystEdit(headline="Steel", kind="")) == ""
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# the steel story" in text
    assert load_edits(path) == {
        "feed/1": CatalystEdit(headline="Steel", kind=""),
        "feed/2": CatalystEdit(headline="Cars", symbols=("7203.T",)),
    }


def test_an_edit_that_says_nothing_is_taken_out(path: Path) -> None:
    path.write_text(WRITTEN, encoding="utf-8")
    write_edit(path, "feed/1", CatalystEdit(headline="Steel"))
    assert load_edits(path) == {}


def test_a_broken_file_is_kept_aside_under_a_name_that_is_told(path: Path) -> None:
    path.write_text("[[catalyst\n", encoding="utf-8")
    assert write_edit(path, "k", CatalystEdit(kind="deal")) == "catalysts.broken-1.toml"
    kept = path.with_name("catalysts.broken-1.toml")
    assert kept.read_text(encoding="utf-8") == "[[catalyst\n"
    assert load_edits(path) == {"k": CatalystEdit(kind="deal")}


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="nothing was changed"):
        write_edit(tmp_path / "file" / "catalysts.toml", "k", CatalystEdit(kind="deal"))


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [("7203", "7203.T"), ("２８５ａ", "285A.T"), ("^n225", "^N225"), ("a b", None), ("", None)],
)
def test_symbols_as_typed(typed: str, symbol: str | None) -> None:
    assert checked_symbol(typed) == symbol
