"""The file of lists as text: read and checked, and edited so that comments survive.

.. code-block:: toml

    [[list]]
    name = "Mine"
    symbols = ["7203.T", "285A.T"]
"""

import re
import tomllib
from typing import Any

import msgspec

from tui.errors import WatchlistError
from tui.watchlists.array import ArrayText, quoted

MAX_BYTES = 1 << 20
MAX_LISTS = 100
MAX_SYMBOLS = 5000
MAX_NAME = 40
MAX_SYMBOL = 20

_BOM = "\ufeff"
_NEW_FILE = "# Zaraba's lists. Edit by hand as you like.\n"


class UserList(msgspec.Struct, frozen=True):
    """One list of the file: its name, and its symbols as they are written there."""

    name: str
    symbols: tuple[str, ...] = ()


class _Written(msgspec.Struct):
    name: str
    symbols: list[str | int] = msgspec.field(default_factory=list)


class _File(msgspec.Struct):
    lists: list[_Written] = msgspec.field(default_factory=list, name="list")


def same(one: str, other: str) -> bool:
    """Whether two names are the same name, since case and outer spaces do not tell lists apart."""
    return one.strip().casefold() == other.strip().casefold()


def parse(text: str, subject: str) -> list[UserList]:
    """Read and check the file's text; keys that are not known are passed over.

    Args:
        text: The file.
        subject: The file's name, for what is said of it.

    Raises:
        WatchlistError: Not TOML, of another shape, too long, or with a name twice.
    """
    try:
        lists = msgspec.convert(tomllib.loads(text.removeprefix(_BOM)), _File).lists
    except msgspec.ValidationError as error:
        raise WatchlistError(
            _in_words(str(error)),
            subject=subject,
            remedy='Each list is a [[list]] with name = "…" and symbols = ["7203", …].',
        ) from error
    except ValueError as error:  # a whole number beyond Python's bound is no TOMLDecodeError
        raise WatchlistError(
            f"not valid TOML: {error}", subject=subject, remedy="Mend that line."
        ) from error
    except RecursionError as error:
        raise WatchlistError(
            "arrays or tables are nested too deeply", subject=subject, remedy="Mend the file."
        ) from error
    if len(lists) > MAX_LISTS:
        raise WatchlistError(
            f"there are more than {MAX_LISTS} lists", subject=subject, remedy="Remove some."
        )
    seen: set[str] = set()
    for each in lists:
        check_name(each.name, subject)
        key = each.name.strip().casefold()
        if key in seen:
            raise WatchlistError(
                f"the name “{each.name}” stands twice", subject=subject, remedy="Rename one."
            )
        seen.add(key)
    return [UserList(each.name, _symbols(each, subject)) for each in lists]


def _symbols(written: _Written, subject: str) -> tuple[str, ...]:
    if len(written.symbols) > MAX_SYMBOLS:
        raise WatchlistError(
            f"“{written.name}” has more than {MAX_SYMBOLS} symbols",
            subject=subject,
            remedy="Split it.",
        )
    symbols = tuple(str(symbol) for symbol in written.symbols)
    for symbol in symbols:
        if not symbol.strip() or len(symbol) > MAX_SYMBOL or not symbol.isprintable():
            raise WatchlistError(
                f"{symbol[:MAX_SYMBOL]!r} in “{written.name}” is not a symbol",
                subject=subject,
                remedy="Write codes such as 7203, 285A or ^N225.",
            )
    return symbols


def _in_words(problem: str) -> str:
    """The decoder's complaint with the place as a person counts: lists and symbols from 1."""
    what, _, place = problem.partition(" - at `$")
    numbers = [int(number) + 1 for number in re.findall(r"\[(\d+)\]", place)]
    where = "".join(
        f"{word} {number}: " for word, number in zip(("list", "symbol"), numbers, strict=False)
    )
    return f"{where}{what[:1].lower()}{what[1:]}"


def check_name(name: str, subject: str = "") -> None:
    """Refuse a name that cannot head a list.

    Raises:
        WatchlistError: It is empty, too long, or has characters that cannot be shown.
    """
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise WatchlistError(
            f"a list's name is 1 to {MAX_NAME} printable characters",
            subject=subject,
            remedy="Choose another name.",
        )


class Document:
    """The file's text, open for editing.

    What is not edited keeps every character: comments, blank lines, order, other tables and keys,
    a byte order mark, and line ends where they are all alike.

    Args:
        text: The file as it stands, such as `parse` accepts; may be empty.

    Raises:
        WatchlistError: The text cannot be edited.
    """

    def __init__(self, text: str) -> None:
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        self._bom = _BOM if text.startswith(_BOM) else ""
        body = text.removeprefix(_BOM)
        self._crlf = "\n" in body and body.count("\r\n") == body.count("\n")
        self._appended = ""
        try:
            self._toml = tomlkit.parse(body.replace("\r\n", "\n") if self._crlf else body)
        except TOMLKitError as error:
            raise WatchlistError(
                f"the file of lists is laid out so that it can only be edited by hand: {error}"
            ) from error

    def text(self) -> str:
        """The text as it stands now."""
        import tomlkit

        body = tomlkit.dumps(self._toml)
        if self._appended:
            body = (body if body.endswith("\n") or not body else body + "\n") + self._appended
        return self._bom + (body.replace("\n", "\r\n") if self._crlf else body)

    def create(self, name: str, symbols: list[str]) -> None:
        """Add a list at the end, one symbol a line."""
        import tomlkit
        from tomlkit.items import Array

        array = "".join(["[\n", *(f"    {quoted(symbol)},\n" for symbol in symbols), "]"])
        lists = self._toml.get("list")
        if isinstance(lists, Array):
            table = tomlkit.inline_table()
            table["name"] = name
            table["symbols"] = tomlkit.value(array)
            lists.append(table)
            return
        self._appended = f"\n[[list]]\nname = {quoted(name)}\nsymbols = {array}\n"
        if not self._toml.as_string().strip():
            self._appended = _NEW_FILE + self._appended

    def rename(self, name: str, new: str) -> None:
        """Give a list another name."""
        self._table(name)["name"] = new

    def remove(self, name: str) -> None:
        """Remove a list; what stands between it and the next table stays."""
        from tomlkit.items import Table, Whitespace

        lists, table = self._toml["list"], self._table(name)
        index = next(place for place, each in enumerate(lists) if each is table)
        # What an earlier removal left above this header must not go with it.
        above = table.trivia.indent if "\n" in table.trivia.indent else ""
        left = above + _trailing(table.value) if isinstance(table, Table) else ""
        following = lists[index + 1] if index + 1 < len(lists) else None
        lists.pop(index)
        if following is not None:
            following.trivia.indent = left + following.trivia.indent
        elif index:
            lists[index - 1].value.body.append((None, Whitespace(left)))
        elif isinstance(table, Table):
            place = next(
                place for place, (key, _) in enumerate(self._toml.body) if key and key.key == "list"
            )
            self._toml.remove("list")
            self._toml.body[place] = (None, Whitespace(left))

    def edit(self, name: str) -> "Symbols":
        """A list's symbols, open for editing."""
        return Symbols(self._table(name))

    def _table(self, name: str) -> Any:
        for table in self._toml.get("list", ()):
            if same(str(table.get("name", "")), name):
                return table
        raise WatchlistError(
            "the list is no longer in the file", subject=name, remedy="Create it anew."
        )


class Symbols:
    """One list's symbols as they are written, open for editing; each edit shows in the document.

    Args:
        table: The list's table in tomlkit's document.
    """

    def __init__(self, table: Any) -> None:
        self._table = table
        held = table.get("symbols")
        self._array = ArrayText("[\n]" if held is None else held.as_string())
        self.written = [] if held is None else [str(each) for each in held.unwrap()]

    def append(self, symbol: str) -> None:
        """Add a symbol at the end."""
        self._array.append(symbol)
        self.written.append(symbol)
        self._put()

    def delete(self, index: int) -> None:
        """Take out the symbol at an index."""
        self._array.delete(index)
        del self.written[index]
        self._put()

    def swap(self, one: int, other: int) -> None:
        """Let two symbols change places."""
        self._array.swap(one, other)
        written = self.written
        written[one], written[other] = written[other], written[one]
        self._put()

    def _put(self) -> None:
        import tomlkit

        self._table["symbols"] = tomlkit.value(str(self._array))


def _trailing(container: Any) -> str:
    """Blank lines and comments after the last key of a table, which lead on to what follows."""
    from tomlkit.items import Comment, Table, Whitespace

    parts: list[str] = []
    for key, item in reversed(container.body):
        if key is None and isinstance(item, (Comment, Whitespace)):
            parts.append(item.as_string())
        else:
            if isinstance(item, Table):
                parts.append(_trailing(item.value))
            break
    return "".join(reversed(parts))
