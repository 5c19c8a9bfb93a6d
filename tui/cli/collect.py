"""Asking a source once, without a feed: for print-outs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any, cast

from tui.errors import Unavailable
from tui.market.quotes import QuoteBatch, Update
from tui.providers.contracts import NewsProvider, QuoteProvider

PATIENCE = 15.0
"""Seconds to wait for a source's first answer."""
_AFTER = 0.15
"""Seconds to wait for what belongs to it, such as the minutes behind a snapshot."""


def first_updates(provider: QuoteProvider, symbols: Sequence[str]) -> list[Update]:
    """The first snapshot of a source, with the minutes that come with it.

    Raises:
        Unavailable: Nothing came in time.
        ProviderError: The source failed.
    """

    async def collect() -> list[Update]:
        updates: list[Update] = []
        # A stream is an async generator in practice; one that is not has nothing to close.
        stream = cast("Any", provider.stream(symbols))
        try:
            async with aclosing(stream):
                updates.append(await _next(stream, PATIENCE))
                while not any(isinstance(update, QuoteBatch) for update in updates):
                    updates.append(await _next(stream, PATIENCE))
                while True:
                    updates.append(await _next(stream, _AFTER))
        except (TimeoutError, StopAsyncIteration):
            if not updates:
                raise Unavailable(
                    f"no quotes came within {PATIENCE:g} seconds",
                    subject=provider.about.name,
                    remedy="Check the source with `zaraba doctor`.",
                ) from None
            return updates
        finally:
            await provider.close()

    return asyncio.run(collect())


def first_news(provider: NewsProvider) -> list[Any]:
    """The catalysts that a source knows at once; none where nothing comes."""

    async def collect() -> list[Any]:
        stream = cast("Any", provider.stream())
        try:
            async with aclosing(stream):
                return list(await asyncio.wait_for(anext(stream), 2.0))
        except (TimeoutError, StopAsyncIteration):
            return []
        finally:
            await provider.close()

    return asyncio.run(collect())


async def _next(stream: AsyncIterator[Update], seconds: float) -> Update:
    return await asyncio.wait_for(anext(stream), seconds)
