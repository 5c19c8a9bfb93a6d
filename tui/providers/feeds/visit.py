"""One feed on the network: when it is due, what was last seen, and how it is doing."""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.errors import NotSupported, ProviderError, RateLimited, Unavailable
from tui.market.catalysts import Catalyst
from tui.providers.contracts import Host
from tui.providers.feeds.reader import MOST_BYTES, FeedReading, parse_feed
from tui.providers.feeds.settings import NAME, FeedTerms
from tui.providers.web import Answer, WebClient

FIRST_RETRY: Final = 60.0
"""Seconds after a failure; they double with each, up to the feed's own interval."""

LONGEST_WISH: Final = 6 * 3600.0
"""Seconds; a feed that asks to be left alone for longer is looked at after this."""

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
_MAX_AGE: Final = re.compile(r"(?:^|[,\s])max-age=(\d{1,9})")
_LONGEST_VALIDATOR: Final = 500
_AGAIN: Final = "It is asked again by itself."


@dataclass(slots=True)
class Visit:
    """What is known of one feed over its visits. Belongs to the source, and outlives a stream.

    Attributes:
        terms: The feed.
        host: What the source was lent.
        client: Asks its host.
        held: Its catalysts as last read, by key.
        due: The instant of the next visit on the monotonic clock.
        error: What failed last; None when it is well.
        seen: Whether it has been read at least once.
    """

    terms: FeedTerms
    host: Host
    client: WebClient
    held: dict[str, Catalyst] = field(default_factory=dict)
    due: float = 0.0
    error: ProviderError | None = None
    seen: bool = False
    _failures: int = 0
    _told: str = ""
    _pause: float = 0.0
    _validators: dict[str, str] = field(default_factory=dict)
    _digest: bytes = b""
    _remarked: frozenset[str] = frozenset()

    async def wait(self) -> None:
        """Wait until the next visit is due."""
        rest = self.due - self.host.clock.monotonic()
        if rest > 0:
            await self.host.clock.sleep(rest)

    async def look(self) -> list[Catalyst]:
        """Visit the feed; what is new or changed, oldest first. A failure is told, not raised."""
        try:
            answer = await self.client.get(
                self.terms.url,
                headers={"Accept": _ACCEPT, **self._validators},
                limit=MOST_BYTES,
                accept=(200, 304),
            )
            fresh = await self._read(answer)
        except ProviderError as error:
            self._failed(error)
            return []
        self._well(answer)
        return fresh

    async def _read(self, answer: Answer) -> list[Catalyst]:
        if answer.status == 304:
            return []
        digest = hashlib.blake2b(answer.body, digest_size=16).digest()
        if digest == self._digest:
            return []
        # The library is slow, and everything else of the feed shares the loop.
        reading = await asyncio.to_thread(
            parse_feed,
            answer.body,
            self.terms.key,
            source=self.terms.title,
            url=answer.url,
            content_type=answer.headers.get("content-type", ""),
            zone=self.terms.zone,
            now=self.host.clock.now(),
        )
        self._remark_on(reading)
        # Only what was read whole is not asked for again; one dated ahead is looked at anew.
        ahead = any("in the future" in remark for remark in reading.remarks)
        self._digest = b"" if ahead else digest
        self._validators = {} if ahead else _validators(answer)
        self._pause = reading.pause
        now = {each.key: each for each in reading.catalysts}
        fresh = [each for key, each in now.items() if self.held.get(key) != each]
        self.held, self.seen = now, True
        return fresh

    def _well(self, answer: Answer) -> None:
        self.error, self._failures, self._told = None, 0, ""
        match = _MAX_AGE.search(answer.headers.get("cache-control", ""))
        wish = max(self._pause, float(match[1]) if match else 0.0)
        pause = max(self.terms.interval, min(wish, LONGEST_WISH))
        self.due = self.host.clock.monotonic() + pause

    def _failed(self, error: ProviderError) -> None:
        wait = min(FIRST_RETRY * 2.0 ** min(self._failures, 20), self.terms.interval)
        if isinstance(error, NotSupported):
            wait = self.terms.interval
        if isinstance(error, RateLimited) and error.retry_after is not None:
            wait = max(wait, error.retry_after)
        self._failures += 1
        self.error = error
        self.due = self.host.clock.monotonic() + wait
        if error.what != self._told:
            self._told = error.what
            self.host.remark(f"{self.terms.title}: {error.what}; asked again by itself")

    def _remark_on(self, reading: FeedReading) -> None:
        """Say each thing once for as long as it lasts."""
        # Counts change from visit to visit; what is wrong does not.
        bare = {re.sub(r"[\d,]+", "", remark): remark for remark in reading.remarks}
        for plain, remark in bare.items():
            if plain not in self._remarked:
                self.host.remark(f"{self.terms.title}: {remark}")
        self._remarked = frozenset(bare)


def _validators(answer: Answer) -> dict[str, str]:
    """The headers by which the next visit is told that nothing has changed."""
    found = {}
    for given, asked in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        value = answer.headers.get(given, "").strip()
        if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable():
            found[asked] = value
    return found


def failure(visits: Sequence[Visit]) -> Unavailable:
    """One error for feeds that have all failed; the feed tries again whatever the cause was."""
    first = visits[0]
    cause = first.error or Unavailable("no answer")
    if len(visits) == 1:
        return Unavailable(cause.what, subject=first.terms.title, remedy=cause.remedy or _AGAIN)
    return Unavailable(
        f"all {len(visits)} feeds fail; {first.terms.title}: {cause.what}",
        subject=NAME,
        remedy=_AGAIN,
    )
