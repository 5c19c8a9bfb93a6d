"""What stands in a feed, before it is made plain: from XML and from JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import msgspec

from tui.errors import BadPayload
from tui.providers.feeds.wellformed import MOST_ENTRIES, safe_xml

_REMEDY: Final = "Check its address; other feeds go on."
_LONGEST_PAUSE: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it stands; any field may be empty, and none is safe to show.

    Attributes:
        id: What the feed calls it.
        title, summary: HTML or text.
        link: An address, perhaps a relative one.
        published, updated: Dates as written.
        publisher: Who it is from, where the feed gathers from several.
    """

    id: str = ""
    title: str = ""
    summary: str = ""
    link: str = ""
    published: str = ""
    updated: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What a feed holds.

    Attributes:
        title: Of the feed.
        entries: In its order.
        pause: Seconds that it asks to be left alone for between two looks; 0 where it does not.
        remarks: What was left out, in words.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    pause: float = 0.0
    remarks: tuple[str, ...] = ()


def xml_entries(text: str) -> Entries:
    """The entries of RSS 0.9 to 2.0 or Atom.

    Raises:
        BadPayload: It is no such feed, or not one that may be parsed.
    """
    import feedparser

    safe = safe_xml(text)
    try:
        parsed = feedparser.parse(
            # Text would be taken for an address or a path.
            BytesIO(safe.body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        found = tuple(_of_xml(each) for each in parsed.entries)
        title, pause = _text(parsed.feed, "title"), _pause(_text(parsed.feed, "ttl"))
    except Exception as error:  # the library raises what it likes
        raise BadPayload(
            f"cannot be read as a feed ({type(error).__name__})", remedy=_REMEDY
        ) from error
    return Entries(title=title, entries=found, pause=pause, remarks=safe.remarks)


def _of_xml(entry: Mapping[str, Any]) -> Entry:
    bodies = entry.get("content") or ()
    body = next((each.get("value", "") for each in bodies if isinstance(each, Mapping)), "")
    source = entry.get("source")
    return Entry(
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or (body if isinstance(body, str) else ""),
        link=_text(entry, "link"),
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        publisher=_text(source, "title") if isinstance(source, Mapping) else "",
    )


def _text(held: Mapping[str, Any], key: str) -> str:
    # Asked for a field that is not there, the library puts another in its place.
    if key not in held:
        return ""
    value = held[key]
    return value if isinstance(value, str) else ""


def _pause(minutes: str) -> float:
    minutes = minutes.strip()
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 6):
        return 0.0
    return min(int(minutes), _LONGEST_PAUSE) * 60.0


class _Item(msgspec.Struct):
    id: str | int | float | None = None
    title: str | None = None
    summary: str | None = None
    content_text: str | None = None
    content_html: str | None = None
    url: str | None = None
    external_url: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _Document(msgspec.Struct):
    version: str
    title: str | None = None
    items: list[msgspec.Raw] = []


def json_entries(text: str) -> Entries:
    """The entries of a JSON feed.

    Raises:
        BadPayload: It is none.
    """
    try:
        document = msgspec.json.decode(text.encode(), type=_Document)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadPayload("JSON that is no feed", remedy=_REMEDY) from error
    if "jsonfeed.org/version" not in document.version[:200]:
        raise BadPayload("JSON that is no feed", remedy=_REMEDY)
    items = document.items
    chosen: Sequence[msgspec.Raw] = items
    if len(items) > 2 * MOST_ENTRIES:
        chosen = [*items[:MOST_ENTRIES], *items[-MOST_ENTRIES:]]
    found = list(_of_json(chosen))
    lost = len(chosen) - len(found)
    return Entries(
        title=document.title or "",
        entries=tuple(found),
        remarks=(f"{lost:,} entries of another shape are left out",) if lost else (),
    )


def _of_json(items: Sequence[msgspec.Raw]) -> Iterator[Entry]:
    for raw in items:
        try:
            item = msgspec.json.decode(raw, type=_Item)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        yield Entry(
            id="" if item.id is None else str(item.id),
            title=item.title or "",
            # Plain text may hold what looks like a tag, and is looked at as HTML all the same.
            summary=item.summary or item.content_text or item.content_html or "",
            link=item.url or item.external_url or "",
            published=item.date_published or "",
            updated=item.date_modified or "",
        )
