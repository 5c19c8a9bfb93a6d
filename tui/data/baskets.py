"""Baskets: names that are looked at together, as they ship and as the user has them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from tui.errors import ConfigError, DataError, ZarabaError
from tui.files import parse_toml

SHIPPED: Final = Path(__file__).resolve().with_name("baskets.toml")
MOST_BYTES: Final = 1 << 18
MOST_BASKETS: Final = 100
MOST_CODES: Final = 1000

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}[0-9]?")
_LONGEST_NAME: Final = 40
_TOKYO: Final = ".T"


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    codes: list[str]
    name: str = ""
    name_ja: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A basket.

    Attributes:
        key: For machines: the heading of its table in the file.
        name: In English.
        name_ja: In Japanese, or the English one where none is given.
        symbols: Its names in the program's own form, in the file's order, each once.
    """

    key: str
    name: str
    name_ja: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Baskets:
    """All baskets, with what has to be said about the user's file.

    Attributes:
        rows: The shipped ones in their order, each as the user's file has it where that has one,
            then the user's own.
        notice: Empty, or one line.
    """

    rows: tuple[Basket, ...]
    notice: str = ""


@cache
def shipped_baskets() -> Baskets:
    """The baskets that ship; none, with a notice, where the file is missing or damaged."""
    try:
        return Baskets(tuple(_read(SHIPPED).values()))
    except ConfigError as error:
        lost = DataError(error.what, subject=SHIPPED.name, remedy="Reinstall zaraba.")
        return Baskets((), str(lost))


def read_baskets(path: Path, listed: Collection[str] = ()) -> Baskets:
    """The shipped baskets with the user's file laid over them. Never raises.

    A file that cannot be used is left out as a whole, so that no basket is half of what it should
    be; the notice says what to mend. A file that is not there is no reason for one.

    Args:
        path: The user's file.
        listed: The symbols that are listed, where known; a code that is not among them is named
            in the notice, and kept, as a list of issues may be older than the issue.
    """
    shipped = shipped_baskets()
    try:
        own = _read(path)
    except ZarabaError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return shipped
        return Baskets(shipped.rows, f"{error} Until then the baskets that ship are used.")
    merged = {basket.key: basket for basket in shipped.rows} | own
    rows = tuple(basket for basket in merged.values() if basket.symbols)
    notices = [shipped.notice] if shipped.notice else []
    if listed:
        unknown = {
            symbol: None
            for basket in own.values()
            for symbol in basket.symbols
            if symbol not in listed
        }
        if unknown:
            notices.append(_unlisted(path, tuple(unknown)))
    return Baskets(rows, " ".join(notices))


def _read(path: Path) -> dict[str, Basket]:
    """A file's baskets by key, in its order; one without codes has no symbols."""
    plain = parse_toml(path, MOST_BYTES)
    if len(plain) > MOST_BASKETS:
        raise _fault(path, f"there are more than {MOST_BASKETS} baskets", "Remove some.")
    return {key: _basket(key, value, path) for key, value in plain.items()}


def _basket(key: str, value: object, path: Path) -> Basket:
    if not _KEY.fullmatch(key):
        raise _fault(
            path, f"“{key[:40]}” cannot be a key", "Use lower-case letters, digits, - and _."
        )
    try:
        entry = msgspec.convert(value, _Entry)
    except msgspec.ValidationError as error:
        raise _fault(
            path,
            f"basket “{key}”: {error}",
            "Give a [table] with codes, a list of texts, and if you like name and name_ja.",
        ) from error
    if len(entry.codes) > MOST_CODES:
        raise _fault(path, f"basket “{key}” has more than {MOST_CODES} codes", "Remove some.")
    name = _name(key, entry.name, path) or key
    symbols = dict.fromkeys(_symbol(key, code, path) for code in entry.codes)
    return Basket(
        key=key,
        name=name,
        name_ja=_name(key, entry.name_ja, path) or name,
        symbols=tuple(symbols),
    )


def _name(key: str, text: str, path: Path) -> str:
    name = " ".join(text.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise _fault(
            path,
            f"basket “{key}” has a name that cannot be shown",
            f"Give at most {_LONGEST_NAME} plain characters.",
        )
    return name


def _symbol(key: str, text: str, path: Path) -> str:
    code = unicodedata.normalize("NFKC", text).strip().upper().removesuffix(_TOKYO)
    if not _CODE.fullmatch(code):
        raise _fault(
            path,
            f"basket “{key}”: “{text[:20]}” is not a local code",
            "Give codes such as 7203 or 285A.",
        )
    return code + _TOKYO


def _fault(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=str(path), remedy=remedy)


def _unlisted(path: Path, symbols: tuple[str, ...]) -> str:
    shown = ", ".join(symbol.removesuffix(_TOKYO) for symbol in symbols[:5])
    more = f" and {len(symbols) - 5} more" if len(symbols) > 5 else ""
    what = f"not listed in Tokyo, as far as is known: {shown}{more}"
    return str(ConfigError(what, subject=str(path), remedy="Check the codes."))
