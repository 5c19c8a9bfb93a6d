"""Asking the source of the role search for instruments that the reference tables do not name."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from tui.errors import BadPayload, ProviderError, ZarabaError
from tui.feed.feed import Feed
from tui.feed.wording import Secrets, error_words, same
from tui.feed.wording import plain as line
from tui.market.instruments import Instrument, InstrumentKind
from tui.market.plaintext import plain
from tui.providers import registry
from tui.providers.contracts import Role, SearchProvider

MOST: Final = 20
"""Instruments of one answer."""
_SYMBOL: Final = 24
_NAME: Final = 80
_WORD: Final = 24
_GOODBYE: Final = 1.0
"""Seconds that the program's end waits for connections to be given up."""


class SearchFault(ProviderError):
    """A search source failed; its words hold no key and fit on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a source has found.

    Attributes:
        title: The source, for people.
        instruments: The best first, each once, with plain texts.
    """

    title: str
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    name: str
    settings: Mapping[str, object]
    provider: SearchProvider
    secrets: Secrets


class SearchDesk:
    """Puts questions to one source at a time, which is constructed with the first of them.

    Args:
        feed: Where they are put.
    """

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._held: _Held | None = None

    def ask(self, name: str, settings: Mapping[str, object], query: str) -> "Future[Found]":
        """Ask for instruments by code or name, in the feed's thread.

        Args:
            name: The source's name, as registered.
            settings: Its table of the configuration.
            query: What was typed.

        Returns:
            The answer to come; a newer question cancels an older one. It raises `SearchFault`
            where the source does not load, failed, or does not keep its contract.
        """
        return self._feed.run(lambda: self._answer(name, settings, query), topic="search")

    def close(self) -> None:
        """Let go of the source; waits a moment for its connections."""
        held, self._held = self._held, None
        if held is not None:
            try:
                self._feed.run(held.provider.close).result(_GOODBYE)
            except Exception:  # noqa: BLE001 - nobody needs it any more
                return

    async def _answer(self, name: str, settings: Mapping[str, object], query: str) -> Found:
        hide = same
        try:
            held = await self._source(name, settings)
            hide = held.secrets.hide
            found = _checked(await held.provider.search(query, MOST), name)
            return Found(title=plain(held.provider.about.title, _NAME), instruments=found)
        except Exception as error:  # noqa: BLE001 - a stranger's source may raise anything
            raise _fault(error, name, hide) from None

    async def _source(self, name: str, settings: Mapping[str, object]) -> _Held:
        held = self._held
        if held is None or (held.name, held.settings) != (name, settings):
            self._held = None
            if held is not None:
                await held.provider.close()
            secrets = Secrets(self._feed.around.secret)
            provider = registry.load(Role.SEARCH, name)(self._feed.around.host(settings, secrets))
            held = self._held = _Held(name, settings, provider, secrets)
        return held


def _checked(found: Sequence[object], name: str) -> tuple[Instrument, ...]:
    taken: dict[str, Instrument] = {}
    for each in found[:MOST]:
        if not isinstance(each, Instrument) or not isinstance(each.kind, InstrumentKind):
            raise BadPayload(
                "delivered something that is no instrument",
                subject=name,
                remedy="The source is at fault; tell its author.",
            )
        symbol = plain(each.symbol, _SYMBOL)
        if symbol and symbol == each.symbol and not any(char.isspace() for char in symbol):
            taken.setdefault(symbol, _plain(each))
    return tuple(taken.values())


def _fault(error: Exception, name: str, hide: Callable[[str], str]) -> SearchFault:
    if isinstance(error, ZarabaError):
        what, remedy = line(error.what, hide), line(error.remedy, hide)
        return SearchFault(what, subject=error.subject or name, remedy=remedy)
    return SearchFault(error_words(error, hide), subject=name)


def _plain(told: Instrument) -> Instrument:
    """An instrument with nothing in its texts but what a line can show."""
    name = plain(told.name, _NAME) or told.symbol
    return replace(
        told,
        code=plain(told.code, _WORD),
        name=name,
        name_ja=plain(told.name_ja, _NAME) or name,
        exchange=plain(told.exchange, _WORD),
        currency=plain(told.currency, _WORD),
        segment=plain(told.segment, _WORD),
    )
