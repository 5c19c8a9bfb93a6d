"""The user's own file of what falls due."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from tui.errors import ConfigError, ZarabaError
from tui.files import parse_toml

MOST_BYTES: Final = 1 << 19
MOST_EVENTS: Final = 2_000
MOST_SYMBOLS: Final = 64
_LONGEST: Final = 200
_KIND: Final = re.compile(r"[^\W_][\w-]{0,31}")
_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}")
_SYMBOL: Final = re.compile(r"[\^A-Z0-9][A-Z0-9.=^-]{0,15}")


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on: date
    title: str
    kind: str = ""
    symbols: list[str] = msgspec.field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEvent:
    """An event of the user's.

    Attributes:
        on: The date in Tokyo.
        title: One line of plain text.
        kind: An open word; may be empty.
        symbols: The instruments it concerns, in the program's own form.
    """

    on: date
    title: str
    kind: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnEvents:
    """What the file holds.

    Attributes:
        rows: In order of date.
        notice: Empty, or what to mend, in one line; then there are no rows.
    """

    rows: tuple[OwnEvent, ...] = ()
    notice: str = ""


def read_events(path: Path) -> OwnEvents:
    """The events of a file. Never raises; a file that is not there holds none.

    A file that cannot be used is left out as a whole, and the notice says what to mend.
    """
    try:
        return OwnEvents(_read(path))
    except ZarabaError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return OwnEvents()
        return OwnEvents((), f"{error} Until then none of its events is shown.")


def _read(path: Path) -> tuple[OwnEvent, ...]:
    plain = parse_toml(path, MOST_BYTES)
    for key in plain:
        if key != "event":
            raise _fault(path, f"there is no key “{key[:40]}”", "Write each event under [[event]].")
    entries = plain.get("event", [])
    if not isinstance(entries, list):
        raise _fault(path, "“event” is no list of tables", "Write each event under [[event]].")
    if len(entries) > MOST_EVENTS:
        raise _fault(path, f"there are more than {MOST_EVENTS:,} events", "Remove some.")
    events = [_event(number, entry, path) for number, entry in enumerate(entries, 1)]
    return tuple(sorted(events, key=lambda event: event.on))


def _event(number: int, plain: Any, path: Path) -> OwnEvent:
    if isinstance(plain, dict) and isinstance(plain.get("on"), datetime):
        raise _fault(path, f"event {number}: “on” has a time", "Give a date: on = 2025-07-09.")
    try:
        entry = msgspec.convert(plain, _Entry)
    except msgspec.ValidationError as error:
        raise _fault(
            path,
            f"event {number}: {error}",
            'Give on = 2025-07-09 and title = "…", and if you like kind and symbols.',
        ) from error
    title = " ".join(entry.title.split())
    if not title or len(title) > _LONGEST or not title.isprintable():
        raise _fault(
            path,
            f"event {number} has a title that cannot be shown",
            f"Give 1 to {_LONGEST} plain characters.",
        )
    if entry.kind and not _KIND.fullmatch(entry.kind):
        raise _fault(path, f"event {number}: “kind” is not one word", "Give one, such as policy.")
    if len(entry.symbols) > MOST_SYMBOLS:
        raise _fault(path, f"event {number} has more than {MOST_SYMBOLS} symbols", "Remove some.")
    symbols = dict.fromkeys(_symbol(number, text, path) for text in entry.symbols)
    return OwnEvent(on=entry.on, title=title, kind=entry.kind, symbols=tuple(symbols))


def _symbol(number: int, text: str, path: Path) -> str:
    symbol = unicodedata.normalize("NFKC", text).strip().upper()
    if _CODE.fullmatch(symbol):
        return f"{symbol}.T"
    if not _SYMBOL.fullmatch(symbol):
        raise _fault(
            path,
            f"event {number}: “{text[:20]}” is no symbol",
            "Give codes such as 7203 or 285A, or symbols such as ^N225.",
        )
    return symbol


def _fault(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=str(path), remedy=remedy)
