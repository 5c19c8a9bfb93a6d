"""The rules of kinds: those that ship, and the user's laid over them."""

from pathlib import Path

import pytest

from tui.data.kind_rules import load_kind_rules, read_kind_rules, shipped_kind_rules
from tui.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "kinds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def rule(name: str, kind: str, phrases: str = '"x y"', more: str = "") -> str:
    return f'[[rule]]\nname = "{name}"\nkind = "{kind}"\nany = [{phrases}]\n{more}\n'


def test_what_ships_covers_every_kind_in_both_languages() -> None:
    rules = shipped_kind_rules()
    assert rules.notice == ""
    words: dict[str, list[str]] = {}
    for each in rules.rules:
        words.setdefault(each.kind, []).extend(each.any)
    assert set(words) == {
        "policy",
        "tariff",
        "central-bank",
        "deal",
        "earnings",
        "guidance",
        "payout",
        "macro",
        "flow",
        "disclosure",
    }
    for kind, phrases in words.items():
        assert any(phrase.isascii() for phrase in phrases), kind
        assert any(not phrase.isascii() for phrase in phrases), kind


def test_the_users_rules_come_first_replace_and_take_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        rule("mine", "Scandal", '"fraud*"')
        + rule("tariffs", "policy", '"tariff*"')
        + rule("flow", "", ""),
    )
    rules = read_kind_rules(path)
    assert rules.notice == ""
    names = [each.name for each in rules.rules]
    shipped = [each.name for each in shipped_kind_rules().rules]
    assert names == ["mine", *(name for name in shipped if name != "flow")]
    assert rules.rules[0].kind == "scandal"
    assert next(each.kind for each in rules.rules if each.name == "tariffs") == "policy"


def test_rules_for_disclosures_are_laid_over_those_that_ship_in_the_same_way(
    tmp_path: Path,
) -> None:
    text = rule("mine", "scandal") + rule("TDnet people", "", "") + rule("TDnet listing", "status")
    path = written(tmp_path, text.replace("[[rule]]", "[[disclosure]]") + rule("mine", "other"))
    rules = read_kind_rules(path)
    assert rules.notice == ""
    names = [each.name for each in rules.disclosures]
    shipped = [each.name for each in shipped_kind_rules().disclosures]
    assert names == ["mine", *(name for name in shipped if name != "TDnet people")]
    kinds = {each.name: each.kind for each in rules.disclosures}
    assert (kinds["mine"], kinds["TDnet listing"]) == ("scandal", "status")
    assert rules.rules[0].kind == "other"
    assert len(rules.rules) == len(shipped_kind_rules().rules) + 1


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert read_kind_rules(tmp_path / "kinds.toml") is shipped_kind_rules()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[rule]\n", "not valid TOML"),
        ("[rules]\n", "unknown field `rules`"),
        ('[[rule]]\nkind = "deal"\n', "missing required field `name`"),
        (rule("a", "deal", "1"), "Expected `str`, got `int`"),
        (rule("a", "two words"), "the kind “two words” is not one word"),
        (rule("", "deal"), "cannot be a rule's name"),
        (rule("a", "deal", ""), "rule “a” has no phrases"),
        (rule("a", "deal", '"* ..."'), "is no phrase to look for"),
        (rule("a", "deal", '"a ... b ... c"'), "has more than one ..."),
        (rule("a", "deal", f'"{"x" * 81}"'), "is no phrase to look for"),
        (rule("a", "deal") + rule("a", "flow"), "there are two rules “a”"),
        (rule("a", "deal", more="when = 3"), "unknown field `when`"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_left_out(
    tmp_path: Path, text: str, told: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as raised:
        load_kind_rules(path)
    assert told in str(raised.value)
    assert str(path) in str(raised.value)
    rules = read_kind_rules(path)
    assert rules.rules == shipped_kind_rules().rules
    assert told in rules.notice
