import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.errors import WatchlistError
from tui.watchlists.lists import Lists

Make = Callable[..., Lists]


def test_built_in_lists_come_first_and_need_no_file(make: Make, file: Path) -> None:
    lists = make()
    assert lists.names() == ["Nikkei 225", "TOPIX Core30"]
    assert lists.builtin("Nikkei 225")
    assert lists.title("Nikkei 225", "ja") == "日経225"
    assert lists.symbols("TOPIX Core30") == ("7203.T", "6758.T")
    assert lists.take_notices() == []
    assert not file.exists()


def test_codes_in_any_writing_become_symbols_and_unknown_ones_stay(make: Make) -> None:
    lists = make(
        '[[list]]\nname = "A"\nsymbols = ["７２０３", "285a", 6758, "n225", "abc-usd", "7203.T"]'
    )
    assert lists.symbols("A") == ("7203.T", "285A.T", "6758.T", "^N225", "abc-usd")
    assert lists.title("A", "ja") == "A"
    assert lists.symbols("gone") == ()


def test_a_file_is_made_with_the_first_list(make: Make, file: Path) -> None:
    lists = make()
    lists.create(" Mine ")
    lists.add("Mine", "7203")
    lists.add("Mine", "6758.T")
    assert lists.symbols("Mine") == ("7203.T", "6758.T")
    assert '    "7203.T",\n    "6758.T",\n' in file.read_text()
    assert make().symbols("Mine") == ("7203.T", "6758.T")


def test_every_change_is_in_the_file_at_once(make: Make, nasty: str) -> None:
    lists = make(nasty)
    lists.add("Mine", "9984.T")
    lists.delete("Mine", "8306.T")
    lists.reorder("Mine", "9984.T", -2)
    lists.rename("Steel", "Iron")
    lists.create("Cars", ["7203", "7203.T", "7267"])
    assert lists.symbols("Mine") == ("7203.T", "8316.T", "9984.T", "285A.T", "9999X")
    again = make()
    assert again.names() == [*lists.names()[:2], "Mine", "Iron", "Cars"]
    assert [again.symbols(name) for name in again.names()] == [
        lists.symbols(name) for name in lists.names()
    ]
    assert again.symbols("Cars") == ("7203.T", "7267.T")


def test_undo_goes_back_step_by_step_to_the_very_file(make: Make, file: Path, nasty: str) -> None:
    lists = make(nasty)
    texts = [file.read_bytes()]
    changes: list[Callable[[], None]] = [
        lambda: lists.add("Mine", "9984.T"),
        lambda: lists.reorder("Mine", "9984.T", -1),
        lambda: lists.delete("Steel", "5411.T"),
        lambda: lists.rename("Mine", "Ours"),
        lambda: lists.remove("Ours"),
    ]
    for change in changes:
        change()
        texts.append(file.read_bytes())
    done = []
    while texts:
        assert file.read_bytes() == texts.pop()
        done.append(lists.undo())
    assert done == [
        "remove Ours", "rename Mine", "take 5411.T out of Steel", "move 9984.T in Mine",
        "add 9984.T to Mine", "",
    ]  # fmt: skip
    assert lists.symbols("Mine")[0] == "7203.T"


def test_undo_across_an_outside_edit_is_refused(make: Make, file: Path, nasty: str) -> None:
    lists = make(nasty)
    lists.add("Mine", "9984.T")
    file.write_text(file.read_text() + "# and one more word\n")
    with pytest.raises(WatchlistError, match="edited outside"):
        lists.undo()
    assert file.read_text().endswith("# and one more word\n")
    assert lists.undo() == ""


def test_undo_over_a_broken_file_is_refused_and_touches_nothing(
    make: Make, file: Path, nasty: str
) -> None:
    lists = make(nasty)
    lists.add("Mine", "9984.T")
    file.write_text("[[list")
    with pytest.raises(WatchlistError, match="edited outside"):
        lists.undo()
    assert file.read_text() == "[[list"


def test_an_outside_edit_appears_at_the_next_look(make: Make, file: Path, nasty: str) -> None:
    lists = make(nasty)
    assert not lists.poll()
    file.write_text(nasty.replace('"5411", ', '"5411", "5406"'))
    assert lists.poll()
    assert lists.symbols("Steel") == ("5401.T", "5411.T", "5406.T")
    assert not lists.poll()
    file.write_text(file.read_text() + "# a word changes no list\n")
    assert not lists.poll()


def test_a_change_builds_upon_an_outside_edit_not_yet_seen(
    make: Make, file: Path, nasty: str
) -> None:
    lists = make(nasty)
    file.write_text(nasty.replace("# about Steel", "# about steel makers"))
    lists.add("Steel", "5406.T")
    assert "# about steel makers" in file.read_text()
    file.write_text(file.read_text().replace('"Steel"', '"Iron"'))
    with pytest.raises(WatchlistError, match="Steel: the list is no longer in the file"):
        lists.add("Steel", "5703.T")
    assert lists.poll()
    assert lists.names()[2:] == ["Mine", "Iron"]


@pytest.mark.parametrize("name", ["Nikkei 225", "Gone"])
def test_only_a_list_of_the_user_s_that_is_there_can_be_changed(make: Make, name: str) -> None:
    lists = make('[[list]]\nname = "A"\nsymbols = ["1301"]')
    changes: list[Callable[[], None]] = [
        lambda: lists.add(name, "7203.T"),
        lambda: lists.delete(name, "6857.T"),
        lambda: lists.reorder(name, "6857.T", 1),
        lambda: lists.rename(name, "B"),
        lambda: lists.remove(name),
    ]
    for change in changes:
        with pytest.raises(WatchlistError, match=r"built in|no longer in the file"):
            change()


def test_changes_that_say_nothing_new_are_refused_and_write_nothing(
    make: Make, file: Path, nasty: str
) -> None:
    lists = make(nasty)
    with pytest.raises(WatchlistError, match="is in the list already"):
        lists.add("Mine", "285a")
    with pytest.raises(WatchlistError, match="no longer in the list"):
        lists.delete("Mine", "9984.T")
    lists.reorder("Mine", "7203.T", -1)
    lists.reorder("Mine", "9999X", 1)
    lists.reorder("Mine", "9984.T", 1)
    lists.rename("Mine", " Mine ")
    assert file.read_text() == nasty
    assert lists.undo() == ""


@pytest.mark.parametrize(
    "name", ["nikkei 225", "STEEL", " mine", "", "x" * 41, "a\x1b[0m", "\u202eb"]
)
def test_a_name_that_is_taken_or_cannot_be_shown_is_refused(
    make: Make, nasty: str, name: str
) -> None:
    lists = make(nasty)
    with pytest.raises(WatchlistError):
        lists.create(name)
    if name != " mine":
        with pytest.raises(WatchlistError):
            lists.rename("Mine", name)
    lists.rename("Mine", "MINE")
    assert lists.names()[2:] == ["MINE", "Steel"]


def test_a_list_named_as_a_built_in_one_is_hidden_kept_and_told_once(
    make: Make, file: Path
) -> None:
    lists = make('[[list]]\nname = "NIKKEI 225"\nsymbols = ["1301"]\n\n[[list]]\nname = "A"\n')
    assert lists.names()[2:] == ["A"]
    (notice,) = lists.take_notices()
    assert "NIKKEI 225" in notice
    assert str(file) in notice
    lists.add("A", "7203.T")
    assert lists.take_notices() == []
    assert 'name = "NIKKEI 225"\nsymbols = ["1301"]' in file.read_text()


def test_a_symbol_in_two_writings_is_one_row_and_goes_as_one(make: Make, file: Path) -> None:
    lists = make('[[list]]\nname = "A"\nsymbols = ["7203", "6758", "7203.T", "9984"]')
    assert lists.symbols("A") == ("7203.T", "6758.T", "9984.T")
    lists.reorder("A", "7203.T", 2)
    assert lists.symbols("A") == ("6758.T", "9984.T", "7203.T")
    assert make().symbols("A") == ("6758.T", "9984.T", "7203.T")
    lists.delete("A", "7203.T")
    assert file.read_text().endswith('symbols = ["6758", "9984"]')


def test_importing_names_the_list_after_the_file(make: Make, tmp_path: Path) -> None:
    lists = make('[[list]]\nname = "steel"\n')
    source = tmp_path / "Steel.csv"
    source.write_text("code,name\n5401,x\n5411,y\n")
    assert lists.load(source) == "Steel 2"
    assert lists.load(source) == "Steel 3"
    assert lists.symbols("Steel 2") == ("5401.T", "5411.T")
    long = tmp_path / f"{'長' * 60}.txt"
    long.write_text("7203\n")
    assert lists.symbols(lists.load(long)) == ("7203.T",)


def test_fifty_changes_can_be_taken_back(make: Make) -> None:
    lists = make()
    lists.create("A")
    for step in range(60):
        (lists.add if step % 2 == 0 else lists.delete)("A", "7203.T")
    assert sum(1 for _ in range(60) if lists.undo()) == 50


def test_a_link_to_the_file_is_followed_and_its_mode_kept(
    make: Make, file: Path, tmp_path: Path, nasty: str
) -> None:
    real = tmp_path / "dotfiles" / "lists.toml"
    real.parent.mkdir()
    real.write_text(nasty)
    real.chmod(0o640)
    file.symlink_to(real)
    lists = make()
    lists.add("Mine", "9984.T")
    assert file.is_symlink()
    assert "9984.T" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_is_told_and_changes_nothing(
    make: Make, file: Path, nasty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = make(nasty)

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WatchlistError, match="nothing was changed: Permission denied") as caught:
        lists.add("Mine", "9984.T")
    assert str(file) in str(caught.value)
    assert "9984.T" not in lists.symbols("Mine")
    assert file.read_text() == nasty
    monkeypatch.undo()
    assert lists.undo() == ""
    lists.add("Mine", "9984.T")


def test_a_failed_undo_can_be_tried_again(
    make: Make, file: Path, nasty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = make(nasty)
    lists.add("Mine", "9984.T")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WatchlistError, match="No space left"):
        lists.undo()
    monkeypatch.undo()
    assert lists.undo() == "add 9984.T to Mine"
    assert file.read_text() == nasty
