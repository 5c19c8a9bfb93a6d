"""One linker and one set of rules, with the user's own, for everybody who reads texts."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tui.market.catalysts import Catalyst
from tui.market.text_rules import TextRules

NAMES = '[companies]\n7203 = ["Big T"]\n'
KINDS = '[[rule]]\nname = "own"\nkind = "rumour"\nany = ["whisper*"]\n'


def test_a_bare_catalyst_is_filled_in_by_the_user_s_names_and_rules(tmp_path: Path) -> None:
    names, kinds = tmp_path / "aliases.toml", tmp_path / "kinds.toml"
    names.write_text(NAMES, encoding="utf-8")
    kinds.write_text(KINDS, encoding="utf-8")
    rules = TextRules(aliases=names, kinds=kinds)
    made = rules.enrich(Catalyst(key="x", headline="Whispers about Big T"))
    assert (made.symbols, made.kind, made.rule) == (("7203.T",), "rumour", "own")
    assert rules.notices == ()


def test_a_broken_file_is_named_with_its_line_and_what_ships_is_used(tmp_path: Path) -> None:
    names, kinds = tmp_path / "aliases.toml", tmp_path / "kinds.toml"
    names.write_text("[companies]\n7203 x\n", encoding="utf-8")
    kinds.write_text('[[rule]]\nname = "own"\nkind = "two words"\nany = ["x"]\n', encoding="utf-8")
    rules = TextRules(aliases=names, kinds=kinds)
    made = rules.enrich(Catalyst(key="x", headline="Toyota lifts dividend"))
    assert (made.symbols, made.kind) == (("7203.T",), "payout")
    first, second = tuple(rules.notices)
    assert str(names) in first
    assert "line 2" in first
    assert str(kinds) in second
    assert "“own”" in second


def test_all_threads_are_given_the_same_linker(tmp_path: Path) -> None:
    rules = TextRules(aliases=tmp_path / "not there.toml")
    with ThreadPoolExecutor(4) as pool:
        linkers = list(pool.map(lambda _: rules.linker, range(8)))
    assert len({id(each) for each in linkers}) == 1
    assert rules.notices == ()
