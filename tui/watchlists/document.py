"""The file of lists as text: read and checked, and edited so that comments survive.

.. code-block:: toml

    [[list]]
    name = "Mine"
    symbols = ["7203.T", "285A.T"]
"""

import tomllib
from collections.abc import Callable
from typing import Any

import msgspec

from tui.errors import WatchlistError

MAX_BYTES = 1 << 20
MAX_LISTS = 100
MAX_SYMBOLS = 5000
MAX_NAME = 40
MAX_SYMBOL = 20


class UserList(msgspec.Struct, forbid_unknown_fields=False):
    """One list of the file, as it is written there."""

    name: str
    symbols: list[str] = msgspec.field(default_factory=list)


class _File(msgspec.Struct):
    list: list[UserList] = msgspec.field(default_factory=list)


def parse(text: str, subject: str) -> list[UserList]:
    """Read and check the file's text.

    Raises:
        WatchlistError: Not TOML, of another shape, too long, or with a name twice.
    """
    try:
        lists = msgspec.convert(tomllib.loads(text), _File).list
    except tomllib.TOMLDecodeError as error:
        raise WatchlistError(
            f"not valid TOML: {error}", subject=subject, remedy="Mend that line."
        ) from error
    except msgspec.ValidationError as error:
        raise WatchlistError(
            f"{error}",
            subject=subject,
            remedy='Each list is a [[list]] with name = "…" and symbols = ["7203.T", …].',
        ) from error
    if len(lists) > MAX_LISTS:
        raise WatchlistError(
            f"there are more than {MAX_LISTS} lists", subject=subject, remedy="Remove some."
        )
    seen: set[str] = set()
    for each in lists:
        check_name(each.name, subject)
        if each.name.casefold() in seen:
            raise WatchlistError(
                f"the name “{each.name}” stands twice", subject=subject, remedy="Rename one."
            )
        seen.add(each.name.casefold())
        if len(each.symbols) > MAX_SYMBOLS:
            raise WatchlistError(
                f"“{each.name}” has more than {MAX_SYMBOLS} symbols",
                subject=subject,
                remedy="Split it.",
            )
        for symbol in each.symbols:
            if not 0 < len(symbol) <= MAX_SYMBOL or not symbol.isprintable():
                raise WatchlistError(
                    f"“{symbol[:MAX_SYMBOL]!r}” in “{each.name}” is not a symbol",
                    subject=subject,
                    remedy="Write codes such as 7203, 285A or ^N225.",
                )
    return lists


def check_name(name: str, subject: str = "") -> None:
    """Refuse a name that cannot head a list.

    Raises:
        WatchlistError: It is empty, too long, or has characters that cannot be shown.
    """
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise WatchlistError(
            "a list's name is 1 to 40 printable characters",
            subject=subject,
            remedy="Choose another name.",
        )


def edited(text: str, change: Callable[[Any], None]) -> str:
    """The text after a change of its array of lists, comments and layout kept.

    Args:
        text: The file as it stands; may be empty.
        change: Edits tomlkit's array of tables in place.
    """
    import tomlkit

    document = tomlkit.parse(text)
    if "list" not in document:
        if not text.strip():
            document.add(tomlkit.comment("Zaraba's lists. Edit by hand as you like."))
        document.append("list", tomlkit.aot())
    change(document["list"])
    if not len(document["list"]):
        del document["list"]
    return tomlkit.dumps(document)


def new_table(name: str, symbols: list[str]) -> Any:
    """A list as tomlkit writes it, one symbol a line."""
    import tomlkit

    table = tomlkit.table()
    table["name"] = name
    array = tomlkit.array()
    array.extend(symbols)
    array.multiline(True)
    table["symbols"] = array
    return table


def symbols_of(table: Any) -> Any:
    """The array of symbols of one list of the document, made where it is missing."""
    import tomlkit

    if "symbols" not in table:
        table["symbols"] = tomlkit.array()
    return table["symbols"]
