"""The lists: those that are built in, and the user's own in a file that may be edited by hand."""

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.errors import WatchlistError
from tui.market.indices import BuiltinList
from tui.watchlists.document import MAX_NAME, Document, UserList, check_name, same
from tui.watchlists.file import ListsFile

_UNDO = 50

Resolve = Callable[[str], str | None]
"""A code in any usual writing → the program's symbol, or None where it is not known."""


class _Change(NamedTuple):
    """A change that can be taken back: what it was, and the file before and after it."""

    what: str
    before: str
    after: str


class Lists:
    """All lists, built-in ones first.

    The file is the truth: every change is made to it as it stands on disk and is written at once
    and atomically; an edit made outside is taken up by `poll`. What is written there that is not
    known to the reference tables is kept as it is.

    Args:
        builtin: The lists that cannot be changed.
        path: The file of the user's lists; need not be there.
        resolve: Turns what is written in the file into symbols.
    """

    def __init__(self, builtin: Sequence[BuiltinList], path: Path, resolve: Resolve) -> None:
        self._builtin = {each.name: each for each in builtin}
        self._resolve = resolve
        self._user: list[UserList] = []
        self._symbols: dict[str, tuple[str, ...]] = {}
        self._shadowed: frozenset[str] = frozenset()
        self._notices: list[str] = []
        self._changes: deque[_Change] = deque(maxlen=_UNDO)
        self._untold = False
        self._file = ListsFile(path)
        self._accept()

    def set_builtin(self, builtin: Sequence[BuiltinList]) -> None:
        """Put other lists in place of those that cannot be changed, as for another session."""
        self._builtin = {each.name: each for each in builtin}
        self._accept()

    # --- reading --------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Names of all lists, in the order of the tabs."""
        return [*self._builtin, *(each.name for each in self._user)]

    def own_symbols(self) -> frozenset[str]:
        """Every instrument of the user's own lists."""
        own = (name for name in self.names() if not self.builtin(name))
        return frozenset(symbol for name in own for symbol in self.symbols(name))

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
        """Read the file if it has changed; tells whether the lists have.

        An edit that was found on the way to a change is told here too, so that one which stood in
        the way of the change reaches the screen.
        """
        changed = (self._file.poll() and self._accept()) or self._untold
        self._untold = False
        return changed

    def take_notices(self) -> list[str]:
        """What has to be said about the file, once."""
        notices, self._notices = [*self._file.take_notices(), *self._notices], []
        return notices

    def _accept(self) -> bool:
        """Take up the lists of the file; tells whether they differ from those held."""
        before = (self.names(), self._symbols)
        shadowed = [
            each.name
            for each in self._file.lists
            if any(same(each.name, name) for name in self._builtin)
        ]
        for name in shadowed:
            if name not in self._shadowed:
                self._notices.append(
                    f"{self._file.path}: “{name}” is the name of a built-in list, so that list "
                    "is not shown. Rename it."
                )
        self._shadowed = frozenset(shadowed)
        self._user = [each for each in self._file.lists if each.name not in self._shadowed]
        self._symbols = {
            each.name: tuple(dict.fromkeys(self._symbol(written) for written in each.symbols))
            for each in self._user
        }
        return (self.names(), self._symbols) != before

    def _symbol(self, written: str) -> str:
        return self._resolve(written) or written.strip()

    # --- changing -------------------------------------------------------------------------

    def create(self, name: str, symbols: Sequence[str] = ()) -> None:
        """Make a list.

        Raises:
            WatchlistError: The name is taken or cannot be used, or the file cannot be written.
        """
        self._look()
        name = name.strip()
        self._free(name)
        document = self._open()
        document.create(name, list(dict.fromkeys(self._symbol(each) for each in symbols)))
        self._save(f"create {name}", document)

    def rename(self, name: str, new: str) -> None:
        """Give a list another name.

        Raises:
            WatchlistError: As for `create`, or the list is built in or no longer there.
        """
        self._look()
        self._own(name)
        new = new.strip()
        if new == name:
            return
        if same(new, name):
            check_name(new)
        else:
            self._free(new)
        document = self._open()
        document.rename(name, new)
        self._save(f"rename {name}", document)

    def remove(self, name: str) -> None:
        """Remove a list.

        Raises:
            WatchlistError: It is built in or no longer there, or the file cannot be written.
        """
        self._look()
        self._own(name)
        document = self._open()
        document.remove(name)
        self._save(f"remove {name}", document)

    def add(self, name: str, symbol: str) -> None:
        """Add a symbol at the end.

        Raises:
            WatchlistError: It is there already, the list is built in or no longer there, or the
                file cannot be written.
        """
        self._look()
        self._own(name)
        symbol = self._symbol(symbol)
        if symbol in self.symbols(name):
            raise WatchlistError(f"{symbol} is in the list already", subject=name)
        document = self._open()
        document.edit(name).append(symbol)
        self._save(f"add {symbol} to {name}", document)

    def delete(self, name: str, symbol: str) -> None:
        """Take a symbol out, in whatever writing it stands and however often.

        Raises:
            WatchlistError: It is not there, the list is built in or no longer there, or the file
                cannot be written.
        """
        self._look()
        self._own(name)
        if symbol not in self.symbols(name):
            raise WatchlistError(f"{symbol} is no longer in the list", subject=name)
        document = self._open()
        held = document.edit(name)
        places = [self._symbol(written) == symbol for written in held.written]
        for place in reversed(range(len(places))):
            if places[place]:
                held.delete(place)
        self._save(f"take {symbol} out of {name}", document)

    def reorder(self, name: str, symbol: str, step: int) -> None:
        """Move a symbol by places, down for a positive step; beyond either end nothing happens.

        Raises:
            WatchlistError: The list is built in or no longer there, or the file cannot be written.
        """
        self._look()
        self._own(name)
        symbols = list(self.symbols(name))
        if not step or symbol not in symbols:
            return
        here = symbols.index(symbol)
        if not 0 <= here + step < len(symbols):
            return
        document = self._open()
        held = document.edit(name)
        # Where a symbol stands twice, the first place is the one that counts.
        first: dict[str, int] = {}
        for place, written in enumerate(held.written):
            first.setdefault(self._symbol(written), place)
        places = [first[each] for each in symbols]
        direction = 1 if step > 0 else -1
        for place in range(here, here + step, direction):
            held.swap(places[place], places[place + direction])
        self._save(f"move {symbol} in {name}", document)

    def load(self, path: Path) -> str:
        """Make a list from a file of codes: one a line, or a CSV with a column of codes.

        Returns:
            The new list's name, which is the file's.

        Raises:
            WatchlistError: The file cannot be read, or holds no known code.
        """
        from tui.watchlists.importing import read_symbols

        symbols = read_symbols(path, self._resolve)
        self._look()
        stem = "".join(character for character in path.stem if character.isprintable())
        name = base = stem[: MAX_NAME - 4].strip() or "Imported"
        number = 2
        while self._taken(name):
            name = f"{base} {number}"
            number += 1
        self.create(name, symbols)
        return name

    def undo(self) -> str:
        """Take back the last change; returns what it was, or nothing where there is none.

        Raises:
            WatchlistError: The file has been edited outside since, or cannot be written.
        """
        self._look()
        if not self._changes:
            return ""
        last = self._changes[-1]
        if self._file.broken or self._file.text != last.after:
            self._changes.clear()
            raise WatchlistError(
                "the file was edited outside since the last change, so nothing was undone",
                subject=str(self._file.path),
            )
        self._file.write(last.before)
        self._changes.pop()
        self._accept()
        return last.what

    def _look(self) -> None:
        """Read the file as it stands on disk, for a change to build upon."""
        if self._file.poll(final=True) and self._accept():
            self._untold = True

    def _open(self) -> Document:
        return Document(self._file.text)

    def _save(self, what: str, document: Document) -> None:
        before, after = self._file.text, document.text()
        self._file.write(after)
        self._changes.append(_Change(what, before, after))
        self._accept()

    def _own(self, name: str) -> None:
        """Refuse what is not a list of the user's."""
        if name in self._builtin:
            raise WatchlistError(
                "the list is built in and cannot be changed",
                subject=name,
                remedy="Create one of your own.",
            )
        if name not in self._symbols:
            raise WatchlistError(
                "the list is no longer in the file", subject=name, remedy="Create it anew."
            )

    def _taken(self, name: str) -> bool:
        """Whether a list has the name, be it one that is not shown."""
        held = (*self._builtin, *(each.name for each in self._file.lists))
        return any(same(name, each) for each in held)

    def _free(self, name: str) -> None:
        check_name(name)
        if self._taken(name):
            raise WatchlistError(
                "there is a list of that name", subject=name, remedy="Choose another name."
            )
