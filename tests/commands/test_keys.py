import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.keys import Keys

from tui.commands.keys import key_name, key_names, shown_key
from tui.commands.registry import COMMANDS

ALL = sorted({key for command in COMMANDS for key in command.keys.split(",") if key})


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("Ctrl+X", "ctrl+x"),
        ("^x", "ctrl+x"),
        ("^", "circumflex_accent"),
        ("F2", "f2"),
        ("f24", "f24"),
        ("PgDn", "pagedown"),
        ("Esc", "escape"),
        ("S", "S"),
        ("shift+s", "S"),
        ("shift+F3", "shift+f3"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("ctrl+/", "ctrl+slash"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("-", "minus"),
        ("@", "at"),
        ("_", "underscore"),
        ("\\", "backslash"),
        ("<", "less_than_sign"),
        (".", "full_stop"),
        ("⏎", "enter"),
        ("⇧Tab", "shift+tab"),
        ("space", "space"),
        ("ctrl+m", "enter"),
        ("ctrl+i", "tab"),
        ("¥", "yen_sign"),
        ("yen_sign", "yen_sign"),
    ],
)
def test_a_key_is_understood_as_people_write_it(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["", " ", "f25", "f0", "foo", "ctrl+", "+x", "hold+x", "ctrl+ctrl+x", "latin_small_letter_a",
     "ctrl+foo", "\x1b", "xy"],
)  # fmt: skip
def test_what_is_no_key_is_refused(written: str) -> None:
    assert key_name(written) is None


@pytest.mark.parametrize("key", ALL)
def test_the_names_in_the_registry_are_textual_s_own(key: str) -> None:
    assert key_name(key) == key


@pytest.mark.parametrize("key", ALL)
def test_what_help_prints_can_be_written_in_the_configuration(key: str) -> None:
    assert key_name(shown_key(key)) == key


def test_every_single_key_that_textual_knows_has_its_name_kept() -> None:
    known = {key.value for key in Keys if not key.value.startswith(("<", "ctrl", "shift"))}
    assert {key for key in known if key_name(key) != key} <= {"return"}


@given(st.characters(min_codepoint=33, max_codepoint=126))
def test_a_character_is_named_as_textual_s_keymap_names_it(character: str) -> None:
    if character != ",":
        named = App._normalize_keymap({"id": character})
        assert key_name(character) == named["id"]


@given(st.text(st.characters(max_codepoint=255) | st.sampled_from("⏎Ａ１、。￥↑⌫⇧"), max_size=12))
def test_reading_a_key_twice_changes_nothing(written: str) -> None:
    name = key_name(written)
    assert name is None or key_name(name) == name


def test_several_keys_are_parted_by_commas_and_a_comma_alone_is_a_key() -> None:
    assert key_names("j, Down,j") == (["j", "down"], [])
    assert key_names(" , ") == (["comma"], [])
    assert key_names("j,,foo") == (["j"], ["", "foo"])
