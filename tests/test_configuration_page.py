"""The examples of the page on configuration are read by what reads the real files."""

import re
from pathlib import Path

import msgspec
import pytest

from themes.palette import Palette
from themes.user import OPTIONAL, user_palette
from tui.commands.rebinding import rebound
from tui.config import Config, ListView, Sources, State, home, load, read_toml
from tui.data.aliases import load_aliases
from tui.data.kind_rules import load_kind_rules
from tui.watchlists.document import parse

PAGE = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")


def example(tmp_path: Path, holding: str) -> Path:
    (block,) = [
        block for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if holding in block
    ]
    path = tmp_path / "config.toml"
    path.write_text(block, encoding="utf-8")
    return path


def test_the_configuration_shown_can_be_used_and_sets_every_key(tmp_path: Path) -> None:
    path = example(tmp_path, "[sources]")
    config = load(home(path))
    plain = read_toml(path)
    assert set(plain) == set(Config.__struct_fields__)
    assert set(plain["sources"]) == set(Sources.__struct_fields__)
    good, problems = rebound(config.keys)
    assert len(good) == 2
    assert problems == []


def test_the_defaults_told_are_the_real_ones() -> None:
    assert '(["notes"])' in PAGE
    assert Sources() == Sources("", "", ["notes"], "listed", ["exchange", "dates"], 5.0)
    assert Config().flash


def test_the_lists_shown_can_be_read(tmp_path: Path) -> None:
    steel, mine = parse(example(tmp_path, "[[list]]").read_text(encoding="utf-8"), "page")
    assert steel.symbols == ("5401", "5411.T", "285A", "^N225")
    assert mine.symbols == ()


def test_the_theme_shown_can_be_used(tmp_path: Path) -> None:
    made = user_palette("dusk", read_toml(example(tmp_path, "background")))
    assert isinstance(made, Palette)


@pytest.mark.parametrize("name", OPTIONAL)
def test_every_optional_colour_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE or f"\n{name} = " in PAGE


def test_every_field_that_is_remembered_is_named() -> None:
    said = PAGE.partition("## state.json")[2]
    assert all(f"`{name}`" in said for name in State.__struct_fields__)
    assert all(word in said for word in ("columns", "sorted", "direction"))
    assert len(msgspec.structs.fields(ListView)) == 3


def test_the_names_and_kinds_shown_can_be_used(tmp_path: Path) -> None:
    aliases = load_aliases(example(tmp_path, "[companies]"))
    assert aliases.names["Big T"] == "7203.T"
    assert aliases.doubtful == {"Big T"}
    assert aliases.names["Toyota Village"] == ""
    rules = load_kind_rules(example(tmp_path, "[[rule]]"))
    assert [(rule.name, rule.kind) for rule in rules.rules] == [("recalls", "recall"), ("flow", "")]
    assert [rule.name for rule in rules.disclosures] == ["TDnet people", "cyber attacks"]
