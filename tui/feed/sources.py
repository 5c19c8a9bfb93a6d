"""Sources by name: constructed through the registry, where and when they will run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from tui.config import Config, Home
from tui.market.session import TokyoCalendar
from tui.market.times import JST
from tui.providers import registry
from tui.providers.contracts import HistoryProvider, Host, NewsProvider, QuoteProvider, Role

DEFAULT_QUOTES = "replay"
"""Where quotes come from while nothing else was chosen."""
LIVE_QUOTES = "yahoo"
"""The source that needs neither key nor account."""
RECORDED = date(2025, 5, 26)
"""The session that ships."""

_P_co = TypeVar("_P_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Source(Generic[_P_co]):
    """What it takes to construct a source, again if need be.

    Attributes:
        name: Its name, as registered.
        factory: Constructs it; called in the feed's thread.
        settings: Its table of the configuration.
    """

    name: str
    factory: Callable[[Host], _P_co]
    settings: Mapping[str, object] = field(default_factory=dict)


def quote_factory(name: str) -> Callable[[Host], QuoteProvider]:
    """Constructs a quote source by name; the import happens where the source will run."""

    def make(host: Host) -> QuoteProvider:
        return registry.load(Role.QUOTES, name)(host)

    return make


def news_factory(name: str) -> Callable[[Host], NewsProvider]:
    """Constructs a news source by name."""

    def make(host: Host) -> NewsProvider:
        return registry.load(Role.NEWS, name)(host)

    return make


def history_factory(name: str) -> Callable[[Host], HistoryProvider]:
    """Constructs a source of history by name."""

    def make(host: Host) -> HistoryProvider:
        return registry.load(Role.HISTORY, name)(host)

    return make


def news_settings(config: Config, home: Home | None, name: str) -> dict[str, object]:
    """The settings of a source of news; notes without a place are those that were saved."""
    settings: dict[str, object] = dict(config.providers.get(name, {}))
    if name == "notes" and home is not None and not settings.keys() & {"folder", "file"}:
        saved = home.notes_folder
        if saved.is_dir():
            settings["folder"] = str(saved)
    return settings


def session_to_open(name: str, calendar: TokyoCalendar, now: datetime) -> date:
    """The session to show until a quote source tells its own.

    Args:
        name: The source; of a chain, the one preferred.
        calendar: When Tokyo trades.
        now: The instant, aware.

    Returns:
        The recorded session of the replay; else Tokyo's latest, which begins at midnight.
    """
    if name == DEFAULT_QUOTES:
        return RECORDED
    today = now.astimezone(JST).date()
    return today if calendar.is_session(today) else calendar.previous(today)


def is_installed(role: Role, name: str) -> bool:
    """Whether a source of that name is installed; of a built-in one, without searching."""
    return name in registry.BUILT_IN[role] or name in registry.names(role)
