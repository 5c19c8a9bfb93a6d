"""Asking a source once, without a feed: for print-outs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from tui.errors import BadPayload, ProviderError, Unavailable, ZarabaError
from tui.feed.calendars import CalendarFault, calendar_events
from tui.feed.checks import catalysts_fault, update_fault
from tui.feed.supervisor import Surroundings
from tui.feed.wording import error_words
from tui.market.catalysts import Catalyst
from tui.market.quotes import QuoteBatch, Update
from tui.providers.contracts import DatedEvent, Host, NewsProvider, QuoteProvider

PATIENCE = 15.0
"""Seconds to wait for a source's snapshot."""
WHOLE = 60.0
"""Seconds to wait for the rest of a snapshot whose source asks for its names by and by."""
_AFTER = 0.15
"""Seconds in which what comes behind the snapshot is still taken, so that a source that never
rests does not keep a print-out for ever."""

_REST = 1.5
"""Seconds for which a source of news that has delivered may say nothing more."""
_MOST_NEWS = 50_000
"""Catalysts taken from one source."""
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
    provider: QuoteProvider,
    symbols: Sequence[str],
    patience: float = PATIENCE,
    whole: float = WHOLE,
) -> list[Update]:
    """The snapshot of a source, with what comes at once behind it; the source is closed.

    A source that asks for its names by and by is waited for, and what it has not asked for when
    the time is over is remarked upon by its host.

    Args:
        provider: The source.
        symbols: What to ask for.
        patience: Seconds to wait for the first quotes.
        whole: Seconds to wait for all of them after that.

    Raises:
        Unavailable: No quotes came in time, or the stream ended without any.
        BadPayload: The source does not keep its contract.
        ProviderError: The source failed.
    """
    name = provider.about.name
    return _guarded(name, lambda: asyncio.run(_collect(provider, symbols, patience, whole)))


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


_Source = tuple[str, Callable[[Host], NewsProvider], Host]
"""A source's registered name, its class, and what it is lent."""


def latest_news(
    sources: Sequence[_Source], patience: float = PATIENCE, rest: float = _REST
) -> tuple[list[Catalyst], list[ZarabaError]]:
    """What several sources of news know, all asked at the same time; they are closed.

    Args:
        sources: Each with what it is lent.
        patience: Seconds to wait for all of them together.
        rest: A source that has delivered and then says nothing for so long is done.

    Returns:
        The catalysts, and an error for each source that delivered nothing. A source that fails
        after it has delivered is not told of.
    """

    async def every() -> list[list[Catalyst] | ZarabaError]:
        end = asyncio.get_running_loop().time() + patience
        return await asyncio.gather(*(_latest(*source, end, rest) for source in sources))

    catalysts: list[Catalyst] = []
    faults: list[ZarabaError] = []
    for answer in asyncio.run(every()):
        if isinstance(answer, ZarabaError):
            faults.append(answer)
        else:
            catalysts += answer
    return catalysts, faults


async def _latest(
    name: str, make: Callable[[Host], NewsProvider], host: Host, end: float, rest: float
) -> list[Catalyst] | ZarabaError:
    """What one source delivers until it rests or the time is over, or why it delivers nothing."""
    found: list[Catalyst] = []
    delivered = False
    try:
        provider = make(host)
        stream = provider.stream()
        try:
            while True:
                now = asyncio.get_running_loop().time()
                async with asyncio.timeout_at(min(end, now + rest) if delivered else end):
                    catalysts = await anext(stream)
                if fault := catalysts_fault(catalysts):
                    remedy = "The source is at fault; tell its author."
                    raise BadPayload(fault, subject=name, remedy=remedy)
                delivered = True
                found += catalysts
                if len(found) >= _MOST_NEWS:
                    return found
        except (TimeoutError, StopAsyncIteration):
            pass
        finally:
            await _closed(stream)
            await provider.close()
    except ZarabaError as error:
        if not delivered:
            return error if error.subject else ProviderError(error.what, subject=name)
    except Exception as error:  # noqa: BLE001 - a stranger's source may raise anything
        if not delivered:
            return ProviderError(f"the source failed ({error_words(error)})", subject=name)
    if not delivered:
        return Unavailable("no news came in time", subject=name, remedy=_REMEDY)
    return found


async def _closed(stream: object) -> None:
    """A stream is an async generator in practice; one that is not has nothing to close."""
    if hasattr(stream, "aclose"):
        await cast("Any", stream).aclose()


async def _collect(
    provider: QuoteProvider, symbols: Sequence[str], patience: float, whole: float
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
            async with asyncio.timeout(whole):
                while provider.snapshot_progress() is not None:
                    updates.append(await _next(provider, stream))
        except StopAsyncIteration:
            return updates
        except TimeoutError:
            if (told := provider.snapshot_progress()) is not None:
                count, of = told
                provider.host.remark(
                    f"{count:,} of {of:,} names were asked for within {whole:g} seconds; the rest "
                    "are blank"
                )
            return updates
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


def first_dates(
    sources: Mapping[str, Mapping[str, object]],
    around: Surroundings,
    start: date,
    end: date,
    patience: float = PATIENCE,
) -> tuple[list[DatedEvent], list[str]]:
    """What the calendar sources say of a span, and what went wrong, a line each. Never raises.

    Args:
        sources: Their settings by name, in order.
        around: What they are lent.
        start: The span's first date.
        end: Its last date.
        patience: Seconds to wait for all of them.
    """

    async def ask(name: str) -> Sequence[DatedEvent] | str:
        question = calendar_events(name, sources[name], around, start, end)
        try:
            return await asyncio.wait_for(question, patience)
        except TimeoutError:
            return f"calendar {name}: no answer within {patience:g} seconds"
        except CalendarFault as fault:
            return f"calendar {name}: {error_words(fault).removeprefix(f'{name}: ')}"

    async def ask_all() -> list[Sequence[DatedEvent] | str]:
        return list(await asyncio.gather(*map(ask, sources)))

    answers = asyncio.run(ask_all())
    events = [event for told in answers if not isinstance(told, str) for event in told]
    return events, [told for told in answers if isinstance(told, str)]
