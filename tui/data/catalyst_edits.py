"""The user's own file of what catalysts are about: kinds and symbols given by hand."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from tui.errors import ConfigError, ZarabaError
from tui.files import keep_aside, parse_toml, why, write_atomically

MOST_BYTES: Final = 2 << 20
MOST_EDITS: Final = 5_000
MOST_SYMBOLS: Final = 64
LONGEST_KEY: Final = 2_000
_KIND: Final = re.compile(r"[^\W_][\w-]{0,31}")
_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}")
_SYMBOL: Final = re.compile(r"[\^A-Z0-9][A-Z0-9.=^-]{0,15}")
_HEADLINE: Final = 300


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    headline: str = ""
    kind: str | None = None
    symbols: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalystEdit:
    """What is said by hand of one catalyst; None stands for what its sources say.

    Attributes:
        headline: What it is headed, for whoever reads the file.
        kind: Its kind in small letters, or empty for none.
        symbols: The instruments it concerns, in the program's own form; empty for none.
    """

    headline: str = ""
    kind: str | None = None
    symbols: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CatalystEdits:
    """What the file holds.

    Attributes:
        rows: By the catalyst's key.
        notice: Empty, or what to mend, in one line; then there are no rows.
    """

    rows: Mapping[str, CatalystEdit]
    notice: str = ""


def read_edits(path: Path) -> CatalystEdits:
    """The edits of a file. Never raises; a file that is not there holds none.

    A file that cannot be used is left out as a whole, and the notice says what to mend.
    """
    try:
        return CatalystEdits(load_edits(path))
    except ZarabaError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return CatalystEdits({})
        return CatalystEdits({}, f"{error} Until then no catalyst is edited by it.")


def load_edits(path: Path) -> dict[str, CatalystEdit]:
    """The edits of a file.

    Raises:
        ConfigError: It cannot be read, or holds what cannot be used; it says which entry.
    """
    plain = parse_toml(path, MOST_BYTES)
    for key in plain:
        if key != "catalyst":
            raise _fault(
                path, f"there is no key “{key[:40]}”", "Write each catalyst under [[catalyst]]."
            )
    entries = plain.get("catalyst", [])
    if not isinstance(entries, list):
        raise _fault(
            path, "“catalyst” is no list of tables", "Write each catalyst under [[catalyst]]."
        )
    if len(entries) > MOST_EDITS:
        raise _fault(path, f"there are more than {MOST_EDITS:,} catalysts", "Remove some.")
    edits: dict[str, CatalystEdit] = {}
    for number, entry in enumerate(entries, 1):
        key, edit = _edit(number, entry, path)
        if key in edits:
            raise _fault(path, f"catalyst {number} has the key of one before", "Keep one of them.")
        edits[key] = edit
    return edits


def write_edit(path: Path, key: str, edit: CatalystEdit) -> str:
    """Put an edit into the file, in place of one of the same key; comments stay.

    An edit that says nothing takes the entry out. A file that cannot be used is kept aside under
    another name, and a new one is begun.

    Returns:
        Under which name a broken file is kept now; empty where it was sound.

    Raises:
        ConfigError: The file cannot be written; it stays as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    aside = ""
    try:
        try:
            load_edits(path)
            text = path.read_text(encoding="utf-8")
        except ConfigError as error:
            text = ""
            if not isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
                aside = keep_aside(path).name
        document = tomlkit.parse(text)
        tables = document.setdefault("catalyst", tomlkit.aot())
        place = next((at for at, each in enumerate(tables) if each.get("key") == key), None)
        if edit.kind is None and edit.symbols is None:
            if place is not None:
                del tables[place]
        else:
            table = tables[place] if place is not None else tomlkit.table()
            _fill(table, key, edit)
            if place is None:
                tables.append(table)
        content = tomlkit.dumps(document).encode()
        if len(content) > MOST_BYTES or len(tables) > MOST_EDITS:
            raise _fault(path, "it would grow too large, so nothing was changed", "Remove some.")
        write_atomically(path, content)
    except (OSError, TOMLKitError) as error:
        told = why(error) if isinstance(error, OSError) else str(error)
        raise _fault(
            path,
            f"the file cannot be written, so nothing was changed: {told}",
            "Check the folder's permissions and free space.",
        ) from error
    return aside


def _fill(table: Any, key: str, edit: CatalystEdit) -> None:
    table["key"] = key
    if edit.headline:
        table["headline"] = edit.headline[:_HEADLINE]
    for name, value in (("kind", edit.kind), ("symbols", edit.symbols)):
        if value is not None:
            table[name] = value if isinstance(value, str) else list(value)
        elif name in table:
            del table[name]


def checked_kind(text: str) -> str | None:
    """A kind as it is kept, in small letters; None where it is not one word."""
    kind = unicodedata.normalize("NFKC", text).strip().lower()
    return kind if not kind or _KIND.fullmatch(kind) else None


def checked_symbol(text: str) -> str | None:
    """A code or symbol in the program's own form; None where it is neither."""
    symbol = unicodedata.normalize("NFKC", text).strip().upper()
    if _CODE.fullmatch(symbol):
        return f"{symbol}.T"
    return symbol if _SYMBOL.fullmatch(symbol) else None


def _edit(number: int, plain: Any, path: Path) -> tuple[str, CatalystEdit]:
    try:
        entry = msgspec.convert(plain, _Entry)
    except msgspec.ValidationError as error:
        raise _fault(
            path, f"catalyst {number}: {error}", 'Give key = "…", and kind or symbols or both.'
        ) from error
    if not entry.key.strip() or len(entry.key) > LONGEST_KEY:
        raise _fault(path, f"catalyst {number} has no key that can be", "Give the key it has.")
    kind = None
    if entry.kind is not None and (kind := checked_kind(entry.kind)) is None:
        raise _fault(
            path, f"catalyst {number}: “kind” is not one word", "Give one, such as policy."
        )
    symbols = None
    if entry.symbols is not None:
        if len(entry.symbols) > MOST_SYMBOLS:
            raise _fault(path, f"catalyst {number} has over {MOST_SYMBOLS} symbols", "Remove some.")
        found = []
        for text in entry.symbols:
            symbol = checked_symbol(text)
            if symbol is None:
                raise _fault(
                    path,
                    f"catalyst {number}: “{text[:20]}” is no symbol",
                    "Give codes such as 7203 or 285A, or symbols such as ^N225.",
                )
            found.append(symbol)
        symbols = tuple(dict.fromkeys(found))
    headline = " ".join(entry.headline.split())[:_HEADLINE]
    return entry.key, CatalystEdit(headline=headline, kind=kind, symbols=symbols)


def _fault(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=str(path), remedy=remedy)
