"""What was read is remembered, within bounds, and never at the interface's expense."""

import json
from pathlib import Path

import pytest

from tui.present import read_marks
from tui.present.read_marks import ReadMarks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "read.json"


def test_marks_outlive_the_program(path: Path) -> None:
    marks = ReadMarks(path)
    marks.mark(("a", "b"))
    marks.mark(("b",), unread=True)
    marks.close()
    again = ReadMarks(path)
    assert "a" in again
    assert "b" not in again


def test_they_are_written_now_and_then_by_a_thread(path: Path) -> None:
    marks = ReadMarks(path)
    marks.mark(("a",))
    marks.write_later(10.0)
    assert marks._writer is not None
    marks._writer.join()
    assert "a" in ReadMarks(path)
    marks.mark(("b",))
    marks.write_later(11.0)
    assert "b" not in ReadMarks(path)
    marks.write_later(12.5)
    marks._writer.join()
    assert "b" in ReadMarks(path)


def test_only_so_many_are_kept_the_last_ones(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_marks, "MOST", 3)
    marks = ReadMarks(path)
    marks.mark("abcde")
    assert [key in marks for key in "abcde"] == [False, False, True, True, True]
    marks.close()
    assert len(json.loads(path.read_bytes())["read"]) == 3


def test_another_window_s_marks_are_kept(path: Path) -> None:
    one, other = ReadMarks(path), ReadMarks(path)
    one.mark(("a",))
    one.close()
    other.mark(("b",))
    other.close()
    again = ReadMarks(path)
    assert "a" in again
    assert "b" in again


@pytest.mark.parametrize("content", [b"", b"[]", b'{"read": 3}', b"\xff", b'{"read": ["short"]}'])
def test_a_broken_file_is_forgotten(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert len(ReadMarks(path)) == 0


def test_without_a_place_nothing_is_written(tmp_path: Path) -> None:
    marks = ReadMarks(None)
    marks.mark(("a",))
    marks.write_later(5.0)
    marks.close()
    assert "a" in marks
    assert list(tmp_path.iterdir()) == []
