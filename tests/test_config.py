import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config import (
    MAX_BYTES,
    Config,
    Home,
    ListView,
    Sources,
    State,
    home,
    load,
    load_state,
    read_toml,
    save_state,
)
from tui.errors import ConfigError

FULL = """\
theme = "amber"
convention = "safe"
language = "ja"
list = "Steel"
flash = false

[sources]
quotes = "file"
history = "replay"
news = ["notes", "tdnet"]
search = "listed"
calendar = "exchange"

[providers.file]
path = "~/quotes.csv"
stale = 30

[keys]
"row.add" = "f2"
program.help = "?,f1"
back = "escape"
"""


@pytest.fixture
def where(tmp_path: Path) -> Home:
    return home(tmp_path / "config.toml")


def write(where: Home, text: str | bytes) -> None:
    where.config_file.write_bytes(text.encode() if isinstance(text, str) else text)


def test_an_absent_file_is_the_default_configuration(where: Home) -> None:
    assert load(where) == Config()


def test_every_key_is_read(where: Home) -> None:
    write(where, FULL)
    assert load(where) == Config(
        theme="amber",
        convention="safe",
        language="ja",
        list="Steel",
        flash=False,
        sources=Sources("file", "replay", ["notes", "tdnet"], "listed", "exchange"),
        providers={"file": {"path": "~/quotes.csv", "stale": 30}},
        keys={"row.add": "f2", "program.help": "?,f1", "back": "escape"},
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(where: Home) -> None:
    write(where, "\ufeff" + FULL.replace("\n", "\r\n"))
    assert load(where).theme == "amber"


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("theme = 1", "key “theme” is a whole number", "Give a text in quotation marks."),
        ("flash = 'yes'", "key “flash” is a text in quotation marks", "Give true or false."),
        ("convention = 'green'", "key “convention” is “green”", "Give tokyo, western or safe."),
        ("language = 'de'", "key “language” is “de”", "Give en or ja."),
        ("language = true", "key “language” is true or false", "Give en or ja."),
        ("thme = 'amber'", "there is no key “thme”", "Did you mean “theme”?"),
        ("zzz = 1", "there is no key “zzz”", "Known there: theme, convention, language,"),
        ("[sources]\nqoutes = 'x'", "no key “qoutes” in [sources]", "Did you mean “quotes”?"),
        ("[sources]\ntheme = 'x'", "no key “theme” in [sources]", "belongs at the top of the file"),
        ("sources = 3", "key “sources” is a whole number", "Give a table."),
        (
            "[sources]\nnews = 'x'",
            "key “sources.news” is a text",
            "Give a list in square brackets.",
        ),
        ("[sources]\nnews = [1]", "key “sources.news[0]” is a whole number", "Give a text"),
        (
            "[providers]\na = {}\nfile = 3",
            "key “providers.file” is a whole number",
            "Give a table.",
        ),
        ("[keys]\na = 'x'\nrow.add = 3", "key “keys.row.add” is a whole number", "Give a text"),
        ("keys = 'x'", "key “keys” is a text in quotation marks", "Give a table."),
        ("theme = ", "not valid TOML: Invalid value (at end of document)", "Mend that line"),
        ("a = 1\nb = x", "not valid TOML: Invalid value (at line 2, column 5)", "Mend that line"),
        ("theme = 'a'\ntheme = 'b'", "not valid TOML: Cannot overwrite a value", "Mend that line"),
        ("x = " + "9" * 5000, "not valid TOML", "Mend that line"),
        ("x = " + "[" * 9000, "nested too deeply", "the right file"),
        (b"theme = '\xff'", "byte 9 is not UTF-8", "Save it as UTF-8."),
        (b"#" * (MAX_BYTES + 1), "it is larger than 1 MiB", "Check the path"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_file_key_and_remedy(
    where: Home, text: str | bytes, says: str, remedy: str
) -> None:
    write(where, text)
    with pytest.raises(ConfigError) as caught:
        load(where)
    line = str(caught.value)
    assert line.startswith(f"{where.config_file}: ")
    assert says in line
    assert remedy in line
    assert line.isprintable()


def test_a_named_file_that_is_missing_is_told(where: Home) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load(where, required=True)


def test_a_folder_or_a_pipe_in_the_file_s_place_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, says in (("folder", "it is a folder"), ("pipe", "not a regular file")):
        with pytest.raises(ConfigError, match=says):
            load(home(tmp_path / name))


def test_a_file_within_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="Not a directory"):
        load(home(tmp_path / "file" / "config.toml"), required=True)


def test_a_path_with_a_nul_or_an_unknown_user_is_told() -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(home(Path("a\0b")), required=True)
    with pytest.raises(ConfigError, match="there is no such user"):
        home(Path("~no-such-user-here/config.toml"))


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)
NAMES = st.sampled_from([*Config.__struct_fields__, *Sources.__struct_fields__, "x", "a.b", ""])


@given(st.dictionaries(NAMES, VALUES | st.dictionaries(NAMES, VALUES, max_size=3), max_size=4))
def test_any_shape_is_a_configuration_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, plain: dict[str, Any]
) -> None:
    import tomlkit

    where = home(tmp_path_factory.getbasetemp() / "any.toml")
    write(where, tomlkit.dumps(_without_none(plain)))
    problem = ""
    try:
        load(where)
    except ConfigError as error:
        problem = str(error)
    assert not problem or problem.startswith(f"{where.config_file}: ")
    assert problem.isprintable()


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_none(each) for each in value if each is not None]
    return value


@given(st.binary(max_size=100))
def test_any_bytes_are_toml_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "raw.toml"
    path.write_bytes(raw)
    problem, read = "", None
    try:
        read = read_toml(path)
    except ConfigError as error:
        problem = str(error)
    assert problem.startswith(f"{path}: ") != isinstance(read, dict)


# --- what is remembered -----------------------------------------------------------------------


CHOSEN = State(
    theme="paper",
    convention="western",
    language="ja",
    list="Mine",
    views={"Mine": ListView(["code", "last"], "last", reverse=True)},
)


def test_what_was_chosen_is_remembered(where: Home) -> None:
    save_state(where, CHOSEN)
    assert load_state(where) == CHOSEN


def test_what_was_never_chosen_is_not_written(where: Home) -> None:
    save_state(where, State(list="Mine"))
    assert json.loads(where.state_file.read_text()) == {"list": "Mine"}
    assert load_state(where).convention is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 99_999, b"{}" + b" " * MAX_BYTES, b"NaN"],
)
def test_a_broken_state_is_forgotten(where: Home, raw: bytes) -> None:
    where.state_file.write_bytes(raw)
    assert load_state(where) == State()


def test_one_bad_field_costs_no_other(where: Home) -> None:
    plain = msgspec.to_builtins(CHOSEN) | {
        "theme": 3,
        "convention": "purple",
        "from_the_future": {"x": 1},
        "views": {"Mine": {"columns": ["code"], "new": 1}, "Bad": {"columns": 3}},
    }
    where.state_file.write_text(json.dumps(plain))
    assert load_state(where) == State(
        language="ja", list="Mine", views={"Mine": ListView(["code"])}
    )
    where.state_file.write_text(json.dumps(plain | {"views": 7}))
    assert load_state(where) == State(language="ja", list="Mine")


def test_a_state_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    where = Home(tmp_path, tmp_path / "file", tmp_path)
    save_state(where, CHOSEN)
    assert load_state(where) == State()
    save_state(home(tmp_path / "deep" / "config.toml"), CHOSEN)
    assert load_state(home(tmp_path / "deep" / "config.toml")) == CHOSEN


# --- where things are -------------------------------------------------------------------------


def test_a_named_configuration_has_all_its_files_beside_it(tmp_path: Path) -> None:
    where = home(tmp_path / "desk.toml")
    assert where.config_file == tmp_path / "desk.toml"
    assert where.lists_file == tmp_path / "lists.toml"
    assert where.state_file == tmp_path / "state.json"
    assert where.themes_folder == tmp_path / "themes"


def test_a_relative_name_is_read_from_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert home(Path("desk.toml")).lists_file == tmp_path / "lists.toml"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home(Path("~/x/desk.toml")).config_file == tmp_path / "x" / "desk.toml"


def test_by_default_the_files_are_where_the_system_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    where = home()
    assert where.config_file == tmp_path / "c" / "zaraba" / "config.toml"
    assert where.state_file == tmp_path / "s" / "zaraba" / "state.json"
    assert load(where) == Config()
    assert load_state(where) == State()
