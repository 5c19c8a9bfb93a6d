"""The user's file of lists on disk: read when it changes, replaced whole, never lost."""

import contextlib
from pathlib import Path

from tui.errors import WatchlistError
from tui.files import read_bounded, why, write_atomically
from tui.watchlists.document import MAX_BYTES, UserList, parse

_Stamp = tuple[int, ...] | None

_UNSEEN: _Stamp = (-1,)
"""No file has this stamp, so that the file is read at the next look."""


class ListsFile:
    """The file, and the lists as it was last read.

    A file that cannot be read leaves the lists as they were and is not touched. Before something
    is written in its place, it is kept aside under a name of its own.

    An editor may be caught while it saves: the file is gone for a moment, or empty, or half
    there. Such a change counts only if the next look finds the same.

    Args:
        path: The file; need not be there.

    Attributes:
        path: The file.
        text: Its text as last read or written.
        lists: The lists in it.
        broken: Whether what is on disk now cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = ""
        self.lists: tuple[UserList, ...] = ()
        self.broken = False
        self._notices: list[str] = []
        self._seen = self._doubted = _UNSEEN
        self.poll(final=True)

    def take_notices(self) -> list[str]:
        """What has to be said about the file, once."""
        notices, self._notices = self._notices, []
        return notices

    def poll(self, *, final: bool = False) -> bool:
        """Read the file if it has changed; tells whether its text has.

        Args:
            final: Believe what is found, as the next thing to be done depends on it.
        """
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        text, lists, problem = self.text, self.lists, None
        try:
            text = self._read()
            lists = tuple(parse(text, str(self.path)))
        except WatchlistError as error:
            problem = error
        doubtful = problem is not None or (not lists and bool(self.lists))
        if doubtful and not final and stamp != self._doubted:
            self._doubted = stamp
            return False
        self._seen = stamp
        if problem is not None:
            self._refuse(problem)
            return False
        changed = text != self.text
        self.text, self.lists, self.broken = text, lists, False
        return changed

    def write(self, text: str) -> None:
        """Replace the file.

        Raises:
            WatchlistError: The text is no file of lists, or it cannot be written; in either case
                the file and the lists stay as they are.
        """
        lists = tuple(parse(text, str(self.path)))
        try:
            if self.broken:
                self._keep_aside()
            write_atomically(self.path, text.encode())
        except OSError as error:
            raise WatchlistError(
                f"the file cannot be written, so nothing was changed: {why(error)}",
                subject=str(self.path),
                remedy="Check the folder's permissions and free space.",
            ) from error
        self._seen = self._doubted = _UNSEEN
        self.text, self.lists, self.broken = text, lists, False

    def _stamp(self) -> _Stamp:
        try:
            status = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            return (-2, error.errno or 0)
        return (
            status.st_mtime_ns,
            status.st_ctime_ns,
            status.st_size,
            status.st_ino,
            status.st_mode,
        )

    def _read(self) -> str:
        try:
            return read_bounded(self.path, MAX_BYTES).decode()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            raise WatchlistError(
                f"the file cannot be read: {why(error)}",
                subject=str(self.path),
                remedy="Check the path and its permissions.",
            ) from error
        except UnicodeDecodeError as error:
            raise WatchlistError(
                f"byte {error.start} is not UTF-8",
                subject=str(self.path),
                remedy="Save it as UTF-8.",
            ) from error

    def _refuse(self, problem: WatchlistError) -> None:
        if not self.broken:
            self._notices.append(
                f"{problem} Until then the lists as last read stay in use. The file is left as "
                f"it is; if you change a list here first, it is kept as {self._aside().name}."
            )
        self.broken = True

    def _aside(self) -> Path:
        number = 1
        while True:
            aside = self.path.with_name(f"{self.path.stem}.broken-{number}{self.path.suffix}")
            if not aside.exists() and not aside.is_symlink():
                return aside
            number += 1

    def _keep_aside(self) -> None:
        """Give the broken file a second name, under which it stays when the first is replaced."""
        with contextlib.suppress(FileNotFoundError):
            held, aside = self.path.resolve(strict=True), self._aside()
            try:
                aside.hardlink_to(held)
            except OSError:
                write_atomically(aside, read_bounded(held, 64 * MAX_BYTES))
