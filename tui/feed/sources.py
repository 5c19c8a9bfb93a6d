"""Sources by name: constructed through the registry, where and when they will run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tui.providers import registry
from tui.providers.contracts import Host, NewsProvider, QuoteProvider, Role

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
