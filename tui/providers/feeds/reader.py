"""A feed's bytes as catalysts."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final
from urllib.parse import urljoin, urlsplit

from tui.errors import BadPayload, NotSupported, ProviderError
from tui.market.catalysts import Catalyst
from tui.market.plaintext import plain
from tui.providers.feeds.dates import AHEAD, read_date
from tui.providers.feeds.encodings import feed_text
from tui.providers.feeds.entries import Entries, Entry, json_entries, xml_entries
from tui.providers.feeds.plain_html import html_text
from tui.providers.feeds.wellformed import MOST_ENTRIES

MOST_BYTES: Final = 8 * 1024 * 1024
"""Of one feed; the common ones have some hundred kilobytes."""

LONGEST_HEADLINE: Final = 300
LONGEST_TEXT: Final = 4_000
LONGEST_NAME: Final = 60
LONGEST_LINK: Final = 2_000

_ECHO: Final = 40
"""How much longer than its headline a text may be that only repeats it."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_FLAT: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """What a feed told.

    Attributes:
        catalysts: Oldest first, those without a time before all others; keys are unique.
        title: Of the feed, plain.
        pause: Seconds between two looks that it asks for; 0 where it asks for nothing.
        remarks: What was survived, in words, each a clause about the feed.
    """

    catalysts: tuple[Catalyst, ...]
    title: str
    pause: float
    remarks: tuple[str, ...]


def read_feed(body: bytes, name: str = "") -> list[Catalyst]:
    """The entries of a saved feed: RSS 0.9 to 2.0, Atom, or JSON feed.

    Args:
        body: The file.
        name: What the keys begin with.

    Returns:
        The newest 500, oldest first; those whose time the feed does not tell stand first.

    Raises:
        ProviderError: It is too large, no feed, or one with a DTD or entities.
    """
    try:
        return list(parse_feed(body, name).catalysts)
    except ProviderError as error:
        error.subject = error.subject or name
        raise


def parse_feed(
    body: bytes,
    name: str = "",
    *,
    source: str = "",
    url: str = "",
    content_type: str = "",
    zone: tzinfo | None = None,
    now: datetime | None = None,
) -> FeedReading:
    """Read a feed. Takes up to seconds on the largest, so call it off the event loop.

    Args:
        body: The feed.
        name: What the keys begin with.
        source: Who says so, where an entry does not tell; the feed's own title if left out.
        url: Where it came from, for relative links.
        content_type: The header of that name.
        zone: What times without an offset are of; without it those are unknown.
        now: Times further ahead than ten minutes are unknown; None lets any pass.

    Raises:
        ProviderError: It is too large, no feed, or one with a DTD or entities.
    """
    if len(body) > MOST_BYTES:
        raise BadPayload(f"larger than {MOST_BYTES:,} bytes", remedy="Choose a smaller feed.")
    text, odd = feed_text(body, content_type)
    text = text.lstrip("\ufeff\0\t\n\r ")
    if text.startswith("<"):
        found = xml_entries(text)
    elif text.startswith("{"):
        found = json_entries(text)
    else:
        raise BadPayload(
            "is empty" if not text else "neither XML nor JSON",
            remedy="Check its address; other feeds go on.",
        )
    title = html_text(found.title, LONGEST_NAME)
    if not found.entries and "not found" in title.lower():
        raise NotSupported(f"says “{title}”", remedy="Check its address.")
    maker = _Maker(name, source or title, url, zone, now)
    catalysts = _newest(maker.made(found))
    remarks = [*([odd] if odd else []), *found.remarks]
    remarks += [words.format(count) for words, count in maker.oddities.items()]
    return FeedReading(catalysts=catalysts, title=title, pause=found.pause, remarks=tuple(remarks))


@dataclass(slots=True)
class _Maker:
    """Makes catalysts of the entries of one feed."""

    name: str
    source: str
    url: str
    zone: tzinfo | None
    now: datetime | None
    oddities: "Counter[str]"

    def __init__(
        self, name: str, source: str, url: str, zone: tzinfo | None, now: datetime | None
    ) -> None:
        self.name, self.source, self.url, self.zone, self.now = name, source, url, zone, now
        self.oddities = Counter()

    def made(self, found: Entries) -> Iterator[Catalyst]:
        seen: set[str] = set()
        for entry in found.entries:
            catalyst = self._catalyst(entry)
            if catalyst is None:
                self.oddities["{} entries without a word are left out"] += 1
            elif catalyst.key not in seen:
                seen.add(catalyst.key)
                yield catalyst

    def _catalyst(self, entry: Entry) -> Catalyst | None:
        headline = html_text(entry.title, LONGEST_HEADLINE)
        text = html_text(entry.summary, LONGEST_TEXT, lines=True)
        publisher = html_text(entry.publisher, LONGEST_NAME)
        if publisher and headline.endswith(f" - {publisher}"):
            headline = headline.removesuffix(f" - {publisher}").rstrip()
        headline = headline or plain(text, LONGEST_HEADLINE // 2)
        if not headline:
            return None
        link = self._link(entry.link)
        return Catalyst(
            key=self._key(entry, link, headline),
            headline=headline,
            text="" if _echoes(text, headline) else text,
            time=self._time(entry),
            source=publisher or self.source,
            link=link,
        )

    def _key(self, entry: Entry, link: str, headline: str) -> str:
        told = entry.id.strip() or link or f"{headline}\n{entry.published}"
        digest = hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=10).hexdigest()
        return f"{self.name}/{digest}" if self.name else digest

    def _time(self, entry: Entry) -> datetime | None:
        written = entry.published or entry.updated
        if not written.strip():
            return None
        moment = read_date(written, self.zone)
        if moment is None and entry.published:
            moment = read_date(entry.updated, self.zone)
        if moment is None:
            self.oddities["{} entries have a date that tells no instant"] += 1
        elif self.now is not None and moment > self.now + AHEAD:
            self.oddities["{} entries are dated in the future, so their time is unknown"] += 1
            return None
        return moment

    def _link(self, written: str) -> str:
        written = written.strip()
        if not written or len(written) > LONGEST_LINK:
            return ""
        try:
            link = urljoin(self.url, written) if self.url else written
            parts = urlsplit(link)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            return ""
        clean = link.isprintable() and " " not in link and len(link) <= LONGEST_LINK
        return link if fits and clean else ""


def _newest(catalysts: Iterator[Catalyst]) -> tuple[Catalyst, ...]:
    """The newest, oldest first. Entries without a time keep the feed's order, newest first."""
    found = list(catalysts)
    dated = sorted(
        (each for each in found if each.time is not None), key=lambda each: each.time or _LONG_AGO
    )
    bare = [each for each in found if each.time is None][:MOST_ENTRIES]
    dated = dated[max(0, len(dated) - MOST_ENTRIES) :]
    room = MOST_ENTRIES - len(dated)
    return (*reversed(bare[:room]), *dated)


def _echoes(text: str, headline: str) -> bool:
    """Whether a text does no more than repeat the headline."""
    if len(text) > len(headline) + _ECHO:
        return False
    return _FLAT.sub("", text).startswith(_FLAT.sub("", headline).removesuffix("…"))
