import os
from pathlib import Path

import pytest

from tui.errors import WatchlistError
from tui.watchlists.file import ListsFile

GOOD = '[[list]]\nname = "A"\nsymbols = ["7203.T"]\n'
MORE = '[[list]]\nname = "B"\n'


def names(held: ListsFile) -> list[str]:
    return [each.name for each in held.lists]


def kept(file: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}


@pytest.mark.parametrize("broken", [b"[[list", b"\xff\xfe", b"x" * (1 << 20) + b"#", b'list = "x"'])
def test_a_broken_file_leaves_the_last_good_lists_and_is_told_once(
    file: Path, broken: bytes
) -> None:
    file.write_text(GOOD)
    held = ListsFile(file)
    file.write_bytes(broken)
    for _ in range(4):
        assert not held.poll()
    file.write_bytes(broken + b" ")
    held.poll()
    held.poll()
    assert names(held) == ["A"]
    (notice,) = held.take_notices()
    assert str(file) in notice
    assert "lists.broken-1.toml" in notice
    assert "\n" not in notice
    assert kept(file) == {"lists.toml": broken + b" "}


def test_a_mended_file_is_taken_up_again_and_may_break_anew(file: Path) -> None:
    file.write_text(GOOD)
    held = ListsFile(file)
    for _ in range(2):
        file.write_text("[[list")
        held.poll()
        held.poll()
        assert len(held.take_notices()) == 1
        file.write_text(GOOD)
        held.poll()
        assert not held.broken
    file.write_text(GOOD + MORE)
    assert held.poll()
    assert names(held) == ["A", "B"]
    assert held.take_notices() == []


@pytest.mark.parametrize("passing", [b"", None, GOOD.encode()[:-9]])
def test_a_file_caught_while_it_is_saved_is_looked_at_again(
    file: Path, passing: bytes | None
) -> None:
    file.write_text(GOOD)
    held = ListsFile(file)
    if passing is None:
        file.unlink()
    else:
        file.write_bytes(passing)
    assert not held.poll()
    assert names(held) == ["A"]
    file.write_text(GOOD + MORE)
    assert held.poll()
    assert names(held) == ["A", "B"]
    assert held.take_notices() == []


@pytest.mark.parametrize("emptied", [True, False])
def test_a_file_that_stays_empty_or_gone_has_no_lists(file: Path, emptied: bool) -> None:
    file.write_text(GOOD)
    held = ListsFile(file)
    if emptied:
        file.write_text("")
    else:
        file.unlink()
    assert not held.poll()
    assert held.poll()
    assert names(held) == []
    assert held.take_notices() == []


def test_a_broken_file_is_kept_aside_when_something_is_written(file: Path) -> None:
    file.write_text("[[broken one")
    held = ListsFile(file)
    held.write(GOOD)
    assert names(held) == ["A"]
    file.write_text("[[broken two")
    held.poll()
    held.poll()
    held.write(GOOD + MORE)
    assert kept(file) == {
        "lists.broken-1.toml": b"[[broken one",
        "lists.broken-2.toml": b"[[broken two",
        "lists.toml": (GOOD + MORE).encode(),
    }
    assert len(held.take_notices()) == 2


def test_a_broken_file_that_cannot_have_two_names_is_copied(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[[broken")
    held = ListsFile(file)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    held.write(GOOD)
    assert kept(file)["lists.broken-1.toml"] == b"[[broken"


def test_a_broken_file_survives_where_it_cannot_be_kept_aside(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[[broken")
    held = ListsFile(file)

    def refuse(*_: object, **__: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WatchlistError, match="Read-only file system"):
        held.write(GOOD)
    monkeypatch.undo()
    assert kept(file) == {"lists.toml": b"[[broken"}
    assert held.broken


def test_a_folder_in_the_file_s_place_is_told_and_left(file: Path) -> None:
    file.mkdir()
    held = ListsFile(file)
    assert held.broken
    assert "it is a folder, not a file" in held.take_notices()[0]
    with pytest.raises(WatchlistError, match="nothing was changed"):
        held.write(GOOD)
    assert file.is_dir()


def test_a_pipe_in_the_file_s_place_does_not_hold_the_program_up(file: Path) -> None:
    os.mkfifo(file)
    assert "not a regular file" in ListsFile(file).take_notices()[0]


def test_what_is_no_file_of_lists_is_never_written(file: Path) -> None:
    file.write_text(GOOD)
    held = ListsFile(file)
    with pytest.raises(WatchlistError):
        held.write("[[list")
    assert file.read_text() == GOOD
    assert names(held) == ["A"]


def test_an_edit_right_after_a_write_is_seen(file: Path) -> None:
    held = ListsFile(file)
    held.write(GOOD)
    status = file.stat()
    file.write_text(GOOD.replace('"A"', '"Z"'))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert held.poll()
    assert names(held) == ["Z"]


def test_a_file_made_readable_again_is_taken_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(GOOD)
    open_file = Path.open

    def refuse(path: Path, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    held = ListsFile(file)
    assert "Permission denied" in held.take_notices()[0]
    monkeypatch.setattr(Path, "open", open_file)
    file.chmod(0o600)
    file.chmod(0o644)
    assert held.poll()
    assert names(held) == ["A"]
