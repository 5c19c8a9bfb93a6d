import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.commands.line import completions, parse
from tui.commands.registry import COMMANDS, Command

WORDS = [(word, command) for command in COMMANDS for word in command.words]


@given(st.sampled_from(WORDS), st.text(max_size=20), st.sampled_from(["", ":", " : ", "：", "::"]))
def test_a_word_in_any_case_names_its_command(
    pair: tuple[str, Command], rest: str, colon: str
) -> None:
    word, command = pair
    argument = rest.strip()
    typed = parse(f"{colon}{word.upper()} {rest}")
    if argument and not command.argument:
        assert typed.command is None
        assert typed.argument == f"{word.upper()} {rest}".strip()
    else:
        assert typed.command is command
        assert typed.argument == argument


@given(st.text())
def test_anything_typed_is_read(text: str) -> None:
    typed = parse(text)
    assert typed.argument == typed.argument.strip()
    assert typed.argument in text
    if typed.command is not None and typed.argument:
        assert typed.command.argument


@pytest.mark.parametrize("text", [":7203", "7203.T", "Toyota", "アドバンテスト", "quit smoking"])
def test_what_is_no_command_is_an_instrument(text: str) -> None:
    typed = parse(text)
    assert typed.command is None
    assert typed.argument == text.lstrip(":")


def test_full_width_typing_is_understood() -> None:
    typed = parse("：ｓｏｒｔ　出来高")
    assert typed.command is not None
    assert typed.command.id == "table.sort"
    assert typed.argument == "出来高"


def test_nothing_typed_is_no_command() -> None:
    assert parse(" : ").command is None
    assert parse("").argument == ""


def test_completions_begin_with_what_is_typed_and_lead_to_their_command() -> None:
    assert completions(":col") == ["columns", "colours", "colors"]
    assert completions("") == [word for word, _ in WORDS]
    assert completions("zzz") == []
    assert all(parse(word).command is not None for word in completions(""))
