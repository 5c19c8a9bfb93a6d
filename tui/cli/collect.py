"""Asking a source once, without a feed: for print-outs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar, cast

from tui.errors import BadPayload, ProviderError, Unavailable, ZarabaError
from tui.feed.checks import catalysts_fault, update_fault
from tui.feed.wording import error_words
from tui.market.catalysts import Catalyst
from tui.market.quotes import QuoteBatch, Update
from tui.providers.contracts import Host, NewsProvider, QuoteProvider

PATIENCE = 15.0
"""Seconds to wait for a source's snapshot."""
_AFTER = 0.15
"""Seconds in which what comes behind the snapshot is still taken, so that a source that never
rests does not keep a print-out for ever."""

_REMEDY = "Check the source with `zaraba doctor`."
_T = TypeVar("_T")


def opened(name: str, make: Callable[[Host], QuoteProvider], host: Host) -> QuoteProvider:
    """Construct a source.

    Args:
        name: Its registered name.
        make: Its class.
        host: What it is lent.

    Raises:
        ConfigError: One of its settings cannot be used.
        ProviderError: It does not load, or failed.
    """
    return _guarded(name, lambda: make(host))


def first_updates(
    provider: QuoteProvider, symbols: Sequence[str], patience: float = PATIENCE
) -> list[Update]:
    """The snapshot of a source, with what comes at once behind it; the source is closed.

    Args:
        provider: The source.
        symbols: What to ask for.
        patience: Seconds to wait for the snapshot.

    Raises:
        Unavailable: No quotes came in time, or the stream ended without any.
        BadPayload: The source does not keep its contract.
        ProviderError: The source failed.
    """
    name = provider.about.name
    return _guarded(name, lambda: asyncio.run(_collect(provider, symbols, patience)))


def first_catalysts(
    name: str, make: Callable[[Host], NewsProvider], host: Host, patience: float = PATIENCE
) -> Sequence[Catalyst]:
    """All that a source of news knows at once; the source is closed.

    Args:
        name: Its registered name.
        make: Its class.
        host: What it is lent.
        patience: Seconds to wait.

    Raises:
        ConfigError: One of its settings cannot be used.
        Unavailable: Nothing came in time.
        BadPayload: The source does not keep its contract.
        ProviderError: It does not load, or failed.
    """
    return _guarded(name, lambda: asyncio.run(_catalysts(name, make, host, patience)))


async def _catalysts(
    name: str, make: Callable[[Host], NewsProvider], host: Host, patience: float
) -> Sequence[Catalyst]:
    provider = make(host)
    stream = provider.stream()
    try:
        async with asyncio.timeout(patience):
            catalysts = await anext(stream)
    except TimeoutError:
        raise Unavailable(
            f"no news came within {patience:g} seconds", subject=name, remedy=_REMEDY
        ) from None
    except StopAsyncIteration:
        return ()
    finally:
        await _closed(stream)
        await provider.close()
    if fault := catalysts_fault(catalysts):
        raise BadPayload(fault, subject=name, remedy="The source is at fault; tell its author.")
    return catalysts


async def _closed(stream: object) -> None:
    """A stream is an async generator in practice; one that is not has nothing to close."""
    if hasattr(stream, "aclose"):
        await cast("Any", stream).aclose()


async def _collect(
    provider: QuoteProvider, symbols: Sequence[str], patience: float
) -> list[Update]:
    updates: list[Update] = []
    stream = provider.stream(symbols)
    try:
        try:
            async with asyncio.timeout(patience):
                while not any(isinstance(update, QuoteBatch) for update in updates):
                    updates.append(await _next(provider, stream))
        except TimeoutError:
            raise Unavailable(
                f"no quotes came within {patience:g} seconds",
                subject=provider.about.name,
                remedy=_REMEDY,
            ) from None
        except StopAsyncIteration:
            raise Unavailable(
                "it ended without a quote", subject=provider.about.name, remedy=_REMEDY
            ) from None
        try:
            async with asyncio.timeout(_AFTER):
                while True:
                    updates.append(await _next(provider, stream))
        except (TimeoutError, StopAsyncIteration):
            return updates
    finally:
        await _closed(stream)
        await provider.close()


async def _next(provider: QuoteProvider, stream: AsyncIterator[Update]) -> Update:
    update = await anext(stream)
    if fault := update_fault(update):
        raise BadPayload(
            fault, subject=provider.about.name, remedy="The source is at fault; tell its author."
        )
    return update


def _guarded(name: str, do: Callable[[], _T]) -> _T:
    """What a source does, whatever it raises told in the program's own words."""
    try:
        return do()
    except ProviderError as error:
        if error.subject:
            raise
        raise ProviderError(error.what, subject=name, remedy=error.remedy) from error
    except ZarabaError:
        raise
    except Exception as error:
        raise ProviderError(
            f"the source failed ({error_words(error)})", subject=name, remedy=_REMEDY
        ) from error
