"""Asking the calendar sources what falls due."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from typing import Final

from tui.errors import BadPayload, ProviderError
from tui.feed.feed import Feed
from tui.feed.supervisor import Surroundings
from tui.feed.wording import Secrets, error_words
from tui.market.plaintext import plain
from tui.providers import registry
from tui.providers.contracts import DatedEvent, Role

MOST: Final = 5_000
"""Events of one source that are taken."""
_TITLE: Final = 200
_WORD: Final = 40


class CalendarFault(ProviderError):
    """A calendar source failed; its words hold no key and fit on one line."""


def ask_calendar(
    feed: Feed, name: str, settings: Mapping[str, object], start: date, end: date
) -> "Future[tuple[DatedEvent, ...]]":
    """Ask one source for the events of a span, both dates included, in the feed's thread.

    The source is constructed for the question and closed after it. Texts are made plain, and what
    lies outside the span is left out.

    Args:
        feed: The feed, running.
        name: The source's name, as registered.
        settings: Its table of the configuration.
        start: The span's first date.
        end: Its last date.

    Returns:
        The events in order of date, to come, as `Feed.run` has it; a newer question to the same
        source cancels an older one. It raises `CalendarFault` where the source does not load,
        failed, or does not keep its contract.
    """
    return feed.run(
        lambda: calendar_events(name, settings, feed.around, start, end), topic=f"calendar {name}"
    )


async def calendar_events(
    name: str, settings: Mapping[str, object], around: Surroundings, start: date, end: date
) -> tuple[DatedEvent, ...]:
    """What `ask_calendar` promises, in the caller's own event loop.

    Raises:
        CalendarFault: The source does not load, failed, or does not keep its contract.
    """
    secrets = Secrets(around.secret)
    try:
        provider = registry.load(Role.CALENDAR, name)(around.host(settings, secrets))
        try:
            return _checked(await provider.events(start, end), name, start, end)
        finally:
            await provider.close()
    except Exception as error:  # noqa: BLE001 - a stranger's source may raise anything
        words = error_words(error, secrets.hide)
        raise CalendarFault(words if name in words else f"{name}: {words}") from None


def _checked(events: Sequence[object], name: str, start: date, end: date) -> tuple[DatedEvent, ...]:
    taken: list[DatedEvent] = []
    for event in events[:MOST]:
        if not isinstance(event, DatedEvent) or type(event.on) is not date:
            raise BadPayload(
                "delivered something that is no dated event",
                subject=name,
                remedy="The source is at fault; tell its author.",
            )
        title = plain(event.title, _TITLE)
        if title and start <= event.on <= end:
            taken.append(
                DatedEvent(
                    on=event.on,
                    title=title,
                    kind=plain(event.kind, _WORD),
                    symbols=tuple(event.symbols),
                    source=plain(event.source or name, _WORD),
                    title_ja=plain(event.title_ja, _TITLE),
                )
            )
    return tuple(sorted(taken, key=lambda event: event.on))
