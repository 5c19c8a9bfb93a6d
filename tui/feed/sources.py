"""Sources by name: constructed through the registry, where and when they will run."""

from collections.abc import Callable

from tui.providers import registry
from tui.providers.contracts import HistoryProvider, Host, NewsProvider, QuoteProvider, Role


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
