"""The lists: those that are built in, and the user's own in a file that may be edited by hand."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tui.config import write_atomically
from tui.errors import WatchlistError
from tui.market.indices import BuiltinList
from tui.watchlists import document
from tui.watchlists.document import UserList
from tui.watchlists.importing import read_symbols

_UNDO = 50

Resolve = Callable[[str], str | None]
"""A code in any usual writing → the program's symbol, or None where it is not known."""


class Lists:
    """All lists, built-in ones first.

    The file is the truth: every change is read into it, written at once and atomically, and an
    edit made outside is taken up by `poll`. A file that cannot be read is left as it is; before
    something is written, it is kept aside under a name of its own.

    Args:
        builtin: The lists that cannot be changed.
        path: The file of the user's lists; need not be there.
        resolve: Turns what is written in the file into symbols.
    """

    def __init__(self, builtin: Sequence[BuiltinList], path: Path, resolve: Resolve) -> None:
        self._builtin = {each.name: each for each in builtin}
        self._path = path
        self._resolve = resolve
        self._user: list[UserList] = []
        self._symbols: dict[str, tuple[str, ...]] = {}
        self._text = ""
        self._stamp: tuple[int, int, int] | None = None
        self._broken = False
        self._notices: list[str] = []
        self._undo: list[tuple[str, str, str]] = []
        self.poll()

    # --- reading --------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Names of all lists, in the order of the tabs."""
        return [*self._builtin, *(each.name for each in self._user)]

    def builtin(self, name: str) -> bool:
        """Whether a list is built in and so cannot be changed."""
        return name in self._builtin

    def title(self, name: str, language: str) -> str:
        """A list's name in a language."""
        held = self._builtin.get(name)
        return held.name_ja if held is not None and language == "ja" else name

    def symbols(self, name: str) -> tuple[str, ...]:
        """A list's symbols in order; empty for a name that is not there."""
        held = self._builtin.get(name)
        return held.symbols if held is not None else self._symbols.get(name, ())

    def poll(self) -> bool:
        """Read the file if it has changed; tells whether the lists have."""
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            text = self._read()
            user = document.parse(text, str(self._path))
        except WatchlistError as error:
            if not self._broken:
                self._notices.append(f"{error} The lists as last read stay in use.")
            self._broken = True
            return False
        self._broken = False
        return self._accept(text, user)

    def take_notices(self) -> list[str]:
        """What has to be said about the file, once."""
        notices, self._notices = self._notices, []
        return notices

    def _accept(self, text: str, user: list[UserList]) -> bool:
        before = (self.names(), self._symbols)
        shadowed = [each.name for each in user if each.name in self._builtin]
        if shadowed:
            self._notices.append(
                f"{self._path}: “{shadowed[0]}” is the name of a built-in list, so that list "
                "is not shown. Rename it."
            )
        self._text = text
        self._user = [each for each in user if each.name not in self._builtin]
        self._symbols = {
            each.name: tuple(dict.fromkeys(self._symbol(s) for s in each.symbols))
            for each in self._user
        }
        return (self.names(), self._symbols) != before

    def _symbol(self, written: str) -> str:
        return self._resolve(written) or written.strip().upper()

    def _stamp_now(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return (status.st_mtime_ns, status.st_size, status.st_ino)

    def _read(self) -> str:
        try:
            if self._stamp is None:
                return ""
            if self._path.stat().st_size > document.MAX_BYTES:
                raise WatchlistError(
                    "the file is larger than 1 MiB", subject=str(self._path), remedy="Shorten it."
                )
            return self._path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise WatchlistError(
                f"the file cannot be read ({error.strerror})",
                subject=str(self._path),
                remedy="Check its permissions.",
            ) from error
        except UnicodeDecodeError as error:
            raise WatchlistError(
                f"byte {error.start} is not UTF-8",
                subject=str(self._path),
                remedy="Save it as UTF-8.",
            ) from error

    # --- changing -------------------------------------------------------------------------

    def create(self, name: str, symbols: Sequence[str] = ()) -> None:
        """Make a list.

        Raises:
            WatchlistError: The name is taken or cannot be used, or the file cannot be written.
        """
        name = name.strip()
        self._free(name)
        self._change(
            f"create {name}",
            lambda lists: lists.append(document.new_table(name, list(symbols))),
        )

    def rename(self, name: str, new: str) -> None:
        """Give a list another name; raises `WatchlistError` as `create` does."""
        new = new.strip()
        if new == name:
            return
        if new.casefold() != name.casefold():
            self._free(new)

        def change(lists: Any) -> None:
            self._table(lists, name)["name"] = new

        self._change(f"rename {name}", change)

    def remove(self, name: str) -> None:
        """Remove a list; raises `WatchlistError` where the file cannot be written."""

        def change(lists: Any) -> None:
            lists.pop(lists.index(self._table(lists, name)))

        self._change(f"remove {name}", change)

    def add(self, name: str, symbol: str) -> None:
        """Add a symbol at the end.

        Raises:
            WatchlistError: It is there already, or the file cannot be written.
        """
        if symbol in self.symbols(name):
            raise WatchlistError(f"{symbol} is in the list already", subject=name)

        def change(lists: Any) -> None:
            document.symbols_of(self._table(lists, name)).append(symbol)

        self._change(f"add {symbol} to {name}", change)

    def delete(self, name: str, symbol: str) -> None:
        """Take a symbol out; raises `WatchlistError` where the file cannot be written."""

        def change(lists: Any) -> None:
            array = document.symbols_of(self._table(lists, name))
            for position in reversed(self._positions(array, symbol)):
                array.pop(position)

        self._change(f"take {symbol} out of {name}", change)

    def reorder(self, name: str, symbol: str, step: int) -> None:
        """Move a symbol by places; at either end it stays."""
        symbols = self.symbols(name)
        if symbol not in symbols or not 0 <= symbols.index(symbol) + step < len(symbols):
            return
        other = symbols[symbols.index(symbol) + step]

        def change(lists: Any) -> None:
            array = document.symbols_of(self._table(lists, name))
            here, there = self._positions(array, symbol)[0], self._positions(array, other)[0]
            first, second = str(array[here]), str(array[there])
            array[here], array[there] = second, first

        self._change(f"move {symbol} in {name}", change)

    def load(self, path: Path) -> str:
        """Make a list from a file of codes: one a line, or a CSV with a column of codes.

        Returns:
            The new list's name, which is the file's.

        Raises:
            WatchlistError: The file cannot be read, or holds no known code.
        """
        symbols = read_symbols(path, self._resolve)
        name = base = path.stem[: document.MAX_NAME - 4].strip() or "Imported"
        taken = {each.casefold() for each in self.names()}
        number = 2
        while name.casefold() in taken:
            name = f"{base} {number}"
            number += 1
        self.create(name, symbols)
        return name

    def undo(self) -> str:
        """Take back the last change; returns what it was, or nothing where there is none.

        Raises:
            WatchlistError: The file has been edited outside since.
        """
        self.poll()
        if not self._undo:
            return ""
        what, before, after = self._undo.pop()
        if self._text != after:
            self._undo.clear()
            raise WatchlistError(
                "the file was edited outside since the last change, so nothing was undone",
                subject=str(self._path),
            )
        self._write(before)
        return what

    def _change(self, what: str, change: Callable[[Any], None]) -> None:
        self.poll()
        before = self._text
        after = document.edited(before, change)
        self._write(after)
        self._undo = [*self._undo[-_UNDO:], (what, before, self._text)]

    def _write(self, text: str) -> None:
        user = document.parse(text, str(self._path))
        try:
            if self._broken:
                self._keep_aside()
            write_atomically(self._path, text.encode())
        except OSError as error:
            raise WatchlistError(
                f"the file cannot be written ({error.strerror}); nothing was changed",
                subject=str(self._path),
                remedy="Check the folder's permissions and free space.",
            ) from error
        self._stamp = self._stamp_now()
        self._accept(text, user)

    def _keep_aside(self) -> None:
        number = 1
        while (aside := self._path.with_name(f"{self._path.stem}.broken-{number}.toml")).exists():
            number += 1
        self._path.rename(aside)
        self._broken = False
        self._notices.append(f"The lists' file could not be read; it is kept as {aside}.")

    def _free(self, name: str) -> None:
        document.check_name(name)
        if name.casefold() in {each.casefold() for each in self.names()}:
            raise WatchlistError("there is a list of that name", subject=name)

    def _table(self, lists: Any, name: str) -> Any:
        for table in lists:
            if table.get("name") == name:
                return table
        raise WatchlistError("the list is no longer in the file", subject=name)

    def _positions(self, array: Any, symbol: str) -> list[int]:
        return [index for index, each in enumerate(array) if self._symbol(str(each)) == symbol]
