"""Which sources are installed: list the names, load one, load all.

Every source, a built-in one or a stranger's, is registered as an entry point of its role's group.
Names are listed without importing anything; a source is imported when it is loaded; what fails
does so as a `ProviderError` that names the distribution.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import isabstract
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, overload

from tui.errors import NotSupported, ProviderError
from tui.providers.contracts import (
    About,
    CalendarProvider,
    HistoryProvider,
    NewsProvider,
    Provider,
    QuoteProvider,
    Role,
    SearchProvider,
)

DISTRIBUTION: Final = "zaraba"

CONTRACTS: Final[Mapping[Role, type[Provider]]] = MappingProxyType(
    {
        Role.QUOTES: QuoteProvider,
        Role.HISTORY: HistoryProvider,
        Role.NEWS: NewsProvider,
        Role.SEARCH: SearchProvider,
        Role.CALENDAR: CalendarProvider,
    }
)
"""The abstract base class that a source of each role derives from."""

BUILT_IN: Final[Mapping[Role, Mapping[str, str]]] = MappingProxyType(
    {
        Role.QUOTES: {
            "replay": "tui.providers.replay:ReplayProvider",
            "file": "tui.providers.file:FileProvider",
            "synthetic": "tui.providers.synthetic:SyntheticProvider",
            "stooq": "tui.providers.stooq:StooqQuotes",
            "yahoo": "tui.providers.yahoo:YahooQuotes",
            "kabu": "tui.providers.kabu:KabuQuotes",
        },
        Role.HISTORY: {
            "replay": "tui.providers.replay:ReplayHistory",
            "stooq": "tui.providers.stooq:StooqHistory",
            "jquants": "tui.providers.jquants:JQuantsHistory",
            "yahoo": "tui.providers.yahoo:YahooHistory",
        },
        Role.NEWS: {
            "notes": "tui.providers.notes:NotesProvider",
            "feeds": "tui.providers.feeds:FeedsProvider",
            "tdnet": "tui.providers.tdnet:TdnetProvider",
        },
        Role.SEARCH: {
            "listed": "tui.providers.listed:ListedSearch",
            "jquants": "tui.providers.jquants:JQuantsSearch",
            "yahoo": "tui.providers.yahoo:YahooSearch",
        },
        Role.CALENDAR: {
            "exchange": "tui.providers.exchange:ExchangeCalendar",
            "dates": "tui.providers.dates:RuleCalendar",
            "ical": "tui.providers.ical:ICalCalendar",
            "jquants": "tui.providers.jquants:JQuantsCalendar",
        },
    }
)
"""The entry points of this distribution once more, so that loading a built-in source need not
read the metadata of everything that is installed. Not a second door: a test holds the two equal."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Installed:
    """One registered source.

    Attributes:
        role: The role it is registered under.
        name: Its name there.
        distribution: The distribution that brought it, empty where the metadata has no name.
        version: The version of that distribution, empty likewise.
        problem: Why it cannot be used, in words; None where it loads.
    """

    role: Role
    name: str
    distribution: str
    version: str
    problem: str | None = None


class _Entry(NamedTuple):
    """One entry point with the distribution that brings it."""

    name: str
    value: str
    distribution: str
    version: str


def names(role: Role) -> list[str]:
    """The sources of a role, in order of name; nothing is imported."""
    return sorted({entry.name for entry in _scan(role) if _refusal(role, entry) is None})


@overload
def load(role: Literal[Role.QUOTES], name: str) -> type[QuoteProvider]: ...
@overload
def load(role: Literal[Role.HISTORY], name: str) -> type[HistoryProvider]: ...
@overload
def load(role: Literal[Role.NEWS], name: str) -> type[NewsProvider]: ...
@overload
def load(role: Literal[Role.SEARCH], name: str) -> type[SearchProvider]: ...
@overload
def load(role: Literal[Role.CALENDAR], name: str) -> type[CalendarProvider]: ...
@overload
def load(role: Role, name: str) -> type[Provider]: ...
def load(role: Role, name: str) -> type[Provider]:
    """Import one source.

    Args:
        role: The role it is to fill.
        name: As registered. The name of a built-in source always means the built-in one.

    Raises:
        NotSupported: No source of that name is installed for the role.
        ProviderError: It is installed and cannot be imported, or is not of the role's class.
    """
    built_in = BUILT_IN[role].get(name)
    if built_in is not None:
        return _load(role, name, built_in, DISTRIBUTION)
    for entry in _scan(role):
        if entry.name == name and _refusal(role, entry) is None:
            return _load(role, name, entry.value, entry.distribution)
    raise NotSupported(
        f"no source of {role.value} has the name “{name}”",
        remedy=f"Installed: {', '.join(names(role)) or 'none'}. "
        f"A plug-in joins by: uv tool install {DISTRIBUTION} --with PLUGIN.",
    )


def load_all(role: Role) -> dict[str, type[Provider] | ProviderError]:
    """Import every source of a role; one that fails stands as its error."""
    loaded: dict[str, type[Provider] | ProviderError] = {}
    for name in names(role):
        try:
            loaded[name] = load(role, name)
        except ProviderError as error:
            loaded[name] = error
    return loaded


def installed() -> list[Installed]:
    """Everything that is registered, by role and name, each imported to see whether it loads.

    A name that a built-in source or an earlier distribution has taken, and one that is no proper
    name, are listed with that as their problem.
    """
    found = []
    for role in Role:
        taken: set[str] = set()
        for entry in sorted(_scan(role), key=lambda entry: entry.name):
            problem = _refusal(role, entry)
            if problem is None and entry.name in taken:
                problem = "another distribution that is found earlier has taken the name"
            if problem is None:
                taken.add(entry.name)
                try:
                    _load(role, entry.name, entry.value, entry.distribution)
                except ProviderError as error:
                    problem = str(error)
            name = _printable(entry.name)
            found.append(Installed(role, name, entry.distribution, entry.version, problem))
    return found


def _scan(role: Role) -> list[_Entry]:
    """The entry points of a role, in the order in which Python finds their distributions."""
    from importlib.metadata import entry_points

    return [
        _Entry(
            entry.name,
            entry.value,
            _printable(entry.dist.name or "") if entry.dist else "",
            _printable(entry.dist.version or "") if entry.dist else "",
        )
        for entry in entry_points(group=role.group)
    ]


def _refusal(role: Role, entry: _Entry) -> str | None:
    """Why an entry point is passed over without importing it."""
    if not _NAME.fullmatch(entry.name):
        return "the name is not in lower case, of letters, digits, “-”, “_” and “.” only"
    own = BUILT_IN[role].get(entry.name)
    if own is not None and (own != entry.value or entry.distribution != DISTRIBUTION):
        return f"the name is that of a source built into {DISTRIBUTION}, which is used instead"
    return None


def _load(role: Role, name: str, value: str, distribution: str) -> type[Provider]:
    source = f"{role.value} source “{name}” of {distribution or 'an unnamed distribution'}"
    remedy = (
        f"Reinstall {DISTRIBUTION}."
        if distribution == DISTRIBUTION
        else f"Update or remove {distribution or 'it'}, or tell its author."
    )
    module, _, attribute = value.partition(":")
    try:
        loaded: object = import_module(module.strip())
        for part in attribute.split("[")[0].strip().split("."):
            loaded = getattr(loaded, part)
    except (Exception, SystemExit) as error:
        raise ProviderError(
            f"cannot be imported: {type(error).__name__}: {_printable(str(error))[:300]}",
            subject=source,
            remedy=remedy,
        ) from error
    wrong = _unfit(role, name, loaded)
    if wrong is not None:
        raise ProviderError(wrong, subject=source, remedy=remedy)
    assert isinstance(loaded, type)  # noqa: S101 - told to the type checker; `_unfit` has looked
    return loaded


def _unfit(role: Role, name: str, loaded: object) -> str | None:
    """Why what an entry point names cannot fill a role."""
    contract = CONTRACTS[role]
    if not (isinstance(loaded, type) and issubclass(loaded, contract)):
        return f"is not a class derived from {contract.__name__}"
    if isabstract(loaded):
        missing = ", ".join(sorted(loaded.__abstractmethods__))
        return f"does not implement {missing}"
    about = getattr(loaded, "about", None)
    if not isinstance(about, About):
        return "has no `about` of the class About"
    if about.name != name:
        return f"is registered as “{name}” but calls itself “{_printable(about.name)}”"
    return None


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
