"""What companies, indices and sectors are called: the forms that ship, and the user's own."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from tui.errors import ConfigError, DataError, ZarabaError
from tui.files import parse_toml

SHIPPED: Final = Path(__file__).with_name("aliases.toml")
MOST_BYTES: Final = 1 << 20
MOST_FORMS: Final = 20_000
LONGEST_FORM: Final = 80

_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}[0-9]?")
_SYMBOL: Final = re.compile(r"[\^A-Z0-9][A-Z0-9=.\-]{0,15}")
_SECTOR: Final = re.compile(r"[0-9]{4}")
_BASKET: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    forms: list[str] = msgspec.field(default_factory=list)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    companies: dict[str, list[str]] = msgspec.field(default_factory=dict)
    symbols: dict[str, list[str]] = msgspec.field(default_factory=dict)
    sectors: dict[str, list[str]] = msgspec.field(default_factory=dict)
    baskets: dict[str, list[str]] = msgspec.field(default_factory=dict)
    nothing: _Forms = msgspec.field(default_factory=_Forms)
    doubtful: _Forms = msgspec.field(default_factory=_Forms)
    brokers: _Forms = msgspec.field(default_factory=_Forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """Forms, as they stand in headlines after NFKC.

    Attributes:
        names: What a form names, by the form: a symbol in the program's own form (``7203.T``,
            ``^N225``), ``sector:3450`` for one of the 33 sectors, ``basket:autos`` for a basket,
            or nothing for what must not be linked.
        doubtful: Forms that are words, places or people as often as companies.
        brokers: Forms that are not linked where they rate another company.
        notice: Empty, or one line on what is wrong with a file.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    brokers: frozenset[str] = frozenset()
    notice: str = ""


@cache
def shipped_aliases() -> Aliases:
    """The forms that ship; none, with a notice, where the file is missing or damaged."""
    try:
        return load_aliases(SHIPPED)
    except ConfigError as error:
        lost = DataError(error.what, subject=SHIPPED.name, remedy="Reinstall zaraba.")
        return Aliases(notice=str(lost))


def read_aliases(path: Path) -> Aliases:
    """The shipped forms with the user's file laid over them. Never raises.

    A file that cannot be used is left out as a whole; the notice says what to mend. A file that
    is not there is no reason for one.
    """
    shipped = shipped_aliases()
    try:
        own = load_aliases(path)
    except ZarabaError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return shipped
        return Aliases(
            names=shipped.names,
            doubtful=shipped.doubtful,
            brokers=shipped.brokers,
            notice=f"{error} Until then the names that ship are used.",
        )
    return Aliases(
        names={**shipped.names, **own.names},
        doubtful=(shipped.doubtful - own.names.keys()) | own.doubtful,
        brokers=(shipped.brokers - own.names.keys()) | own.brokers,
        notice=shipped.notice,
    )


def load_aliases(path: Path) -> Aliases:
    """The forms of one file alone.

    Raises:
        ConfigError: It cannot be read, or holds what cannot be used; it says which entry.
    """
    plain = parse_toml(path, MOST_BYTES)
    try:
        file = msgspec.convert(plain, _File)
    except msgspec.ValidationError as error:
        raise _fault(
            path,
            str(error),
            "Give the tables companies, symbols, sectors and baskets, each with lists of texts, "
            "and forms in nothing, doubtful and brokers.",
        ) from error
    names: dict[str, str] = {}
    for code, forms in file.companies.items():
        key = unicodedata.normalize("NFKC", code).strip().upper().removesuffix(".T")
        _need(_CODE.fullmatch(key), path, f"“{code[:20]}” is not a local code", "7203 or 285A")
        _lay(names, forms, f"{key}.T", path)
    for symbol, forms in file.symbols.items():
        _need(_SYMBOL.fullmatch(symbol), path, f"“{symbol[:20]}” is not a symbol", "^N225 or JPY=X")
        _lay(names, forms, symbol, path)
    for sector, forms in file.sectors.items():
        known = _SECTOR.fullmatch(sector)
        _need(known, path, f"“{sector[:20]}” is not a code of the 33 sectors", "3700")
        _lay(names, forms, f"sector:{sector}", path)
    for basket, forms in file.baskets.items():
        _need(_BASKET.fullmatch(basket), path, f"“{basket[:20]}” is not a basket's key", "autos")
        _lay(names, forms, f"basket:{basket}", path)
    _lay(names, file.nothing.forms, "", path)
    if len(names) > MOST_FORMS:
        raise _fault(path, f"there are more than {MOST_FORMS:,} forms", "Remove some.")
    return Aliases(
        names=names,
        doubtful=frozenset(_form(form, path) for form in file.doubtful.forms),
        brokers=frozenset(_form(form, path) for form in file.brokers.forms),
    )


def _lay(names: dict[str, str], forms: list[str], meaning: str, path: Path) -> None:
    for written in forms:
        form = _form(written, path)
        if names.setdefault(form, meaning) != meaning:
            raise _fault(
                path,
                f"“{form}” stands for {names[form] or 'nothing'} and for {meaning or 'nothing'}",
                "Keep one of them.",
            )


def _form(written: str, path: Path) -> str:
    form = " ".join(unicodedata.normalize("NFKC", written).split())
    if not 2 <= len(form) <= LONGEST_FORM or not form.isprintable():
        raise _fault(
            path,
            f"“{form[:20]}” is no name to look for",
            f"Give 2 to {LONGEST_FORM} plain characters.",
        )
    return form


def _need(known: object, path: Path, what: str, such_as: str) -> None:
    if not known:
        raise _fault(path, what, f"Give one such as {such_as}.")


def _fault(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=str(path), remedy=remedy)
