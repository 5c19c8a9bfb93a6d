"""Which catalysts were read: remembered from one day to the next, within bounds."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import Final

import msgspec

from tui.files import read_bounded, write_atomically

MOST: Final = 50_000
"""Marks kept; beyond it those set first go."""
_MOST_BYTES: Final = 4 << 20
_PAUSE: Final = 2.0
"""Seconds between two writings."""
_SIZE: Final = 9


class _File(msgspec.Struct, frozen=True):
    read: list[str] = msgspec.field(default_factory=list)


class ReadMarks(Mapping[str, bool]):
    """The keys of what was read, as short digests. Asked and written in the interface thread.

    The file is written by a thread of its own, at most once in two seconds. What another window
    has added to it meanwhile is kept.

    Args:
        path: The file; None to remember nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._marks = dict.fromkeys(_read(path)) if path is not None else {}
        self._undone: set[str] = set()
        self._dirty = False
        self._written = float("-inf")
        self._writer: Thread | None = None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and _digest(key) in self._marks

    def __getitem__(self, key: str) -> bool:
        if key not in self:
            raise KeyError(key)
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def mark(self, keys: Iterable[str], *, unread: bool = False) -> None:
        """Mark catalysts as read, or as not read after all."""
        for key in keys:
            digest = _digest(key)
            if unread:
                self._marks.pop(digest, None)
                self._undone.add(digest)
            elif digest not in self._marks:
                self._marks[digest] = None
                self._undone.discard(digest)
            else:
                continue
            self._dirty = True
        while len(self._marks) > MOST:
            del self._marks[next(iter(self._marks))]

    def write_later(self, at: float) -> None:
        """Have the file written where there is something new and the last time is a while ago.

        Args:
            at: The host's monotonic seconds.
        """
        if not self._dirty or self._path is None or at - self._written < _PAUSE:
            return
        if self._writer is not None and self._writer.is_alive():
            return
        self._written, self._dirty = at, False
        self._writer = Thread(
            target=_write,
            args=(self._path, tuple(self._marks), frozenset(self._undone)),
            name="read-marks",
            daemon=True,
        )
        self._writer.start()

    def close(self) -> None:
        """Write what was not written yet."""
        if self._writer is not None:
            self._writer.join(5.0)
        if self._dirty and self._path is not None:
            self._dirty = False
            _write(self._path, tuple(self._marks), frozenset(self._undone))


def _digest(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def _read(path: Path) -> list[str]:
    """What the file holds; a broken one is forgotten, as nothing of value is lost."""
    try:
        held = msgspec.json.decode(read_bounded(path, _MOST_BYTES), type=_File).read
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
    return [digest for digest in held if len(digest) == 2 * _SIZE][-MOST:]


def _write(path: Path, marks: tuple[str, ...], undone: frozenset[str]) -> None:
    every = dict.fromkeys(digest for digest in _read(path) if digest not in undone)
    for digest in marks:
        every.pop(digest, None)
        every[digest] = None
    with contextlib.suppress(OSError):
        write_atomically(path, msgspec.json.encode(_File(list(every)[-MOST:])))
