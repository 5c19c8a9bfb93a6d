import re
from itertools import combinations

import pytest
from rich.cells import cell_len
from textual.binding import BindingsMap

from tui.commands.bindings import bindings
from tui.commands.rebinding import meet, rebound
from tui.commands.registry import BY_ID, COMMANDS, Command

SCREENS = (
    "main", "detail", "help", "sources", "story", "ladder", "heatmap", "movers", "bridge", "wrap",
    "news", "timeline", "app",
)  # fmt: skip


def ids(command: Command) -> str:
    return command.id


def test_ids_are_unique_and_stable_in_form() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)?", command.id) for command in COMMANDS)


def test_no_two_commands_that_work_at_once_share_a_key() -> None:
    clashes = [
        (one.id, other.id, key)
        for one, other in combinations(COMMANDS, 2)
        if meet(one, other)
        for key in set(one.keys.split(",")) & set(other.keys.split(",")) - {""}
    ]
    assert clashes == []


def test_no_word_stands_twice() -> None:
    words = [word for command in COMMANDS for word in command.words]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() and " " not in word for word in words)


@pytest.mark.parametrize("command", COMMANDS, ids=ids)
def test_every_command_says_what_it_does_in_both_languages(command: Command) -> None:
    assert command.title.strip() == command.title != ""
    assert re.search(r"[ぁ-んァ-ン一-龠]", command.title_ja)
    assert command.tooltip.endswith(".")
    assert cell_len(command.footer) <= 8


@pytest.mark.parametrize("command", COMMANDS, ids=ids)
def test_every_command_can_be_called_somehow(command: Command) -> None:
    assert command.keys or command.words
    assert command.screens <= set(SCREENS)
    assert command.screens
    assert command.words or not command.argument


@pytest.mark.parametrize("screen", SCREENS)
def test_bindings_of_a_screen_are_taken_by_textual(screen: str) -> None:
    made = bindings(screen)
    held = BindingsMap(made).key_to_bindings
    assert all(len(each) == 1 for each in held.values())
    for binding in made:
        command = BY_ID[binding.id or ""]
        assert (binding.action, binding.tooltip) == (command.action, command.tooltip)
        assert binding.show == bool(command.footer)


def test_a_rebinding_reaches_the_binding_that_textual_holds() -> None:
    good, problems = rebound({"program.help": "F2, ^x"})
    assert problems == []
    held = BindingsMap(bindings("app"))
    held.apply_keymap(good)
    actions = {key: [b.action for b in each] for key, each in held.key_to_bindings.items()}
    assert set(actions["f2"]) == set(actions["ctrl+x"]) == {"help"}
    assert "question_mark" not in actions


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"row.ad": "f2"}, "did you mean row.add?"),
        ({"zzzzzzzzzz": "f2"}, "there is no such command"),
        ({"row.add": "  "}, "no key is given"),
        ({"row.add": "foo"}, "“foo” is not a key"),
        ({"row.add": "a,"}, "“” is not a key"),
        ({"row.add": "s"}, "s is the key of table.sort as well"),
        ({"row.add": "q"}, "q is the key of program.quit as well"),
        ({"program.help": "j"}, "j is the key of move.down as well"),
        ({"row.add": "f2", "row.undo": "F2"}, "row.undo: F2 is the key of row.add as well"),
        ({"row.add": "ctrl+p"}, "^p cannot be given away"),
        ({"replay.seek": "f2"}, "type :at"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_in_words(keys: dict[str, str], says: str) -> None:
    good, problems = rebound(keys)
    assert len(problems) == 1
    assert says in problems[0]
    assert problems[0].startswith(f"[keys] {list(keys)[-1]}: ")
    assert len(good) == len(keys) - 1


def test_two_commands_may_exchange_their_keys() -> None:
    assert rebound({"row.add": "d", "row.delete": "a"}) == (
        {"row.add": "d", "row.delete": "a"},
        [],
    )


def test_an_entry_that_falls_takes_with_it_what_leaned_on_it() -> None:
    good, problems = rebound({"row.add": "d", "row.delete": "q"})
    assert good == {}
    assert len(problems) == 2


def test_a_command_may_keep_one_of_its_keys_and_gain_another() -> None:
    assert rebound({"move.down": "j,ctrl+n"}) == ({"move.down": "j,ctrl+n"}, [])


def test_commands_meet_only_where_one_screen_has_both() -> None:
    detail = Command(
        id="a", keys="x", action="b", title="c", title_ja="d", tooltip="e",
        group=COMMANDS[0].group, screens=frozenset({"detail"}),
    )  # fmt: skip
    assert not meet(detail, BY_ID["row.add"])
    assert meet(detail, BY_ID["program.quit"])
