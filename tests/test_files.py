import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.files import read_bounded, why, write_atomically

CRASH = """
import os, sys
from pathlib import Path
from tui.files import write_atomically

calls = 0
def crash_at(name):
    real = getattr(os, name)
    def step(*args, **kwargs):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os._exit(9)
        return real(*args, **kwargs)
    setattr(os, name, step)
for name in ("open", "fdopen", "fsync", "chmod", "replace", "rename"):
    crash_at(name)
write_atomically(Path(sys.argv[1]), b"new" * 50_000)
"""


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7])
def test_a_crash_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path, step: int) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"old")
    ended = subprocess.run([sys.executable, "-c", CRASH, str(path), str(step)], check=False)  # noqa: S603 - our own words
    content = path.read_bytes()
    assert content in (b"old", b"new" * 50_000)
    assert ended.returncode in (0, 9)
    if step <= 3:
        assert ended.returncode == 9
        assert content == b"old"
    if ended.returncode == 0:
        assert content != b"old"


@pytest.mark.parametrize("name", ["fsync", "replace", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="Input/output"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_user_s(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "held"
    old = os.umask(0o027)
    try:
        write_atomically(path, b"1")
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o604)
    write_atomically(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o604


def test_a_link_is_followed_also_to_a_file_that_is_not_there(tmp_path: Path) -> None:
    link, real = tmp_path / "link", tmp_path / "real"
    link.symlink_to(real)
    for content in (b"1", b"2"):
        write_atomically(link, content)
        assert link.is_symlink()
        assert real.read_bytes() == content


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="read-only"):
        write_atomically(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_links_in_a_circle_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    for path in (tmp_path, tmp_path / "one"):
        with pytest.raises(OSError, match=r"folder|symbolic links|File exists"):
            write_atomically(path, b"")


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"x" * (1 << 20))
    assert len(read_bounded(path, 1 << 20)) == 1 << 20
    path.write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(OSError, match="larger than 1 MiB"):
        read_bounded(path, 1 << 20)


def test_devices_pipes_folders_and_odd_paths_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path, tmp_path / "a\0b", tmp_path / "x"):
        with pytest.raises(OSError, match=r".") as caught:
            read_bounded(path, 100)
        assert why(caught.value)
        assert "\n" not in why(caught.value)
