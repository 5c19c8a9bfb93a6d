"""iCalendar files and links as a source of dated events."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

from tui.errors import ConfigError, ProviderError, Unavailable
from tui.files import read_bounded, why
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, CalendarProvider, DatedEvent, Host
from tui.providers.ical.document import MOST_BYTES, read_document
from tui.providers.web import WebClient, web_terms

MOST: Final = 20
"""Files, and links, that are read."""
CALLS, SECONDS = 30, 60.0
"""Requests to all links together that are sent at most in a span of so many seconds."""

_SECTION: Final = "providers.ical"


class ICalCalendar(CalendarProvider):
    """The events of iCalendar documents.

    Settings: ``files``, a list of paths; ``links``, a list of http and https addresses; and
    ``timeout`` and ``ca_file`` as for every source that speaks HTTP. A document is at most 1 MiB.
    One that cannot be read is told and left out; where none can be read, the source has failed.

    Raises:
        ConfigError: A setting cannot be used.
    """

    about: ClassVar[About] = About(
        name="ical",
        title="iCalendar",
        summary="Dated events of your iCalendar files and of links that you name; free.",
        delay=Delay(DelayKind.UNKNOWN),
    )

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._files = [_path(text) for text in _texts(host.settings, "files")]
        self._links = _texts(host.settings, "links")
        for link in self._links:
            _check_link(link)
        self._client: WebClient | None = None

    async def events(self, start: date, end: date) -> Sequence[DatedEvent]:
        """The events of all documents that begin in a span, both dates included, in order of date.

        Raises:
            ProviderError: No document could be read; why the first could not.
        """
        if end < start:
            return ()
        asked = [
            *(self._of_file(path, start, end) for path in self._files),
            *(self._of_link(link, start, end) for link in self._links),
        ]
        events: list[DatedEvent] = []
        faults: list[ProviderError] = []
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, ProviderError):
                faults.append(answer)
            elif isinstance(answer, BaseException):
                raise answer
            else:
                events += answer
        if faults and len(faults) == len(asked):
            raise faults[0]
        for fault in faults:
            self.host.remark(str(fault))
        return sorted(events, key=lambda event: event.on)

    async def close(self) -> None:
        """Release the connections."""
        if self._client is not None:
            await self._client.close()

    async def _of_file(self, path: Path, start: date, end: date) -> list[DatedEvent]:
        try:
            body = await asyncio.to_thread(read_bounded, path, MOST_BYTES)
        except OSError as error:
            raise Unavailable(
                f"the file cannot be read: {why(error)}",
                subject=str(path),
                remedy="Check the path and its permissions.",
            ) from error
        return await self._read(body, start, end, path.name)

    async def _of_link(self, link: str, start: date, end: date) -> list[DatedEvent]:
        if self._client is None:
            clock = self.host.clock
            self._client = WebClient(
                self.about.name,
                web_terms({**self.host.settings, "base_url": link}, _SECTION, link),
                clock=clock,
                budget=self.host.budgets.of("ical", clock, calls=CALLS, seconds=SECONDS),
            )
        answer = await self._client.get(link, limit=MOST_BYTES)
        return await self._read(answer.body, start, end, urlsplit(link).hostname or "ical")

    async def _read(self, body: bytes, start: date, end: date, source: str) -> list[DatedEvent]:
        # The library is imported, and large documents are read, beside the other sources.
        events, remarks = await asyncio.to_thread(read_document, body, start, end, source=source)
        for remark in remarks:
            self.host.remark(f"{source}: {remark}")
        return events


def _texts(settings: Mapping[str, object], key: str) -> list[str]:
    value = settings.get(key, [])
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(
        isinstance(each, str) and each.strip() and each.isprintable() for each in given
    ):
        raise _fault(key, f"“{key}” must be a list of texts", f'Write for example {key} = ["…"].')
    if len(given) > MOST:
        raise _fault(key, f"“{key}” names more than {MOST}", "Take some out.")
    return list(given)


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise _fault(
            "files", f"“{text}” names a home folder that is not known", "Write the path in full."
        ) from error


def _check_link(link: str) -> None:
    try:
        parts = urlsplit(link)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in link
        _ = parts.port
    except ValueError:
        fits = False
    if not fits:
        raise _fault(
            "links", f"“{link[:80]}” is no http or https address", "Write https:// for webcal://."
        )


def _fault(key: str, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=f"[{_SECTION}] {key}", remedy=remedy)
