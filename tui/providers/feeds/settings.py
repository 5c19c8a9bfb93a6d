"""Which feeds a user reads, and how often."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches
from typing import Final, TypeGuard
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tui.data.feeds import FeedPreset, feed_presets
from tui.errors import ConfigError
from tui.market.plaintext import plain
from tui.providers.feeds.reader import LONGEST_NAME

NAME: Final = "feeds"
SECTION: Final = "providers.feeds"

SHORTEST_INTERVAL, LONGEST_INTERVAL, USUAL_INTERVAL = 300.0, 86_400.0, 600.0
"""Seconds between two looks at a feed; the shortest is what publishers put up with."""

MOST_FEEDS: Final = 100
_LONGEST_URL: Final = 2_000
_FIELDS: Final = frozenset({"url", "name", "interval", "zone"})
_KEY: Final = re.compile(r"\S.{0,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTerms:
    """One feed to be read.

    Attributes:
        key: Its own name in the settings; the keys of its catalysts begin with it.
        title: For people.
        url: Where it is.
        interval: Seconds between two looks at the least.
        zone: What its times without an offset are of; None leaves those unknown.
    """

    key: str
    title: str
    url: str
    interval: float = USUAL_INTERVAL
    zone: tzinfo | None = None

    @property
    def origin(self) -> str:
        """Scheme and host, with the port where there is one."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def feed_terms(settings: Mapping[str, object]) -> tuple[FeedTerms, ...]:
    """The feeds that the settings name: presets switched on by ``use``, then ``urls``.

    Raises:
        ConfigError: A setting cannot be used, or no feed is named.
    """
    interval = _interval(settings.get("interval", USUAL_INTERVAL), "interval")
    found = {each.key: each for each in _presets(settings.get("use", ()), interval)}
    for each in _own(settings.get("urls", {}), interval):
        found[each.key] = each
    if not found:
        raise _fault(
            "use",
            "no feed is chosen",
            'Write for example use = ["nhk-economy"]; docs/providers.md lists them all.',
        )
    if len(found) > MOST_FEEDS:
        raise _fault("urls", f"more than {MOST_FEEDS} feeds", "Take some out.")
    return tuple(found.values())


def _presets(use: object, interval: float) -> Iterator[FeedTerms]:
    if not _texts(use):
        raise _fault("use", "must be a list of names", 'Write for example use = ["nhk-economy"].')
    known: dict[str, FeedPreset] = feed_presets() if use else {}
    for key in use:
        preset = known.get(key)
        if preset is None:
            near = get_close_matches(key, known, 1)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            raise _fault(
                "use",
                f"there is no feed “{plain(key, 40)}” among those that ship",
                f"{hint}Give your own under [{SECTION}.urls].",
            )
        yield FeedTerms(key=key, title=preset.name, url=preset.url, interval=interval)


def _own(urls: object, interval: float) -> Iterator[FeedTerms]:
    if _texts(urls):
        urls = {_name_of(each): each for each in urls}
    if not isinstance(urls, Mapping):
        raise _fault("urls", "must be addresses by name", 'Write for example desk = "https://…".')
    for key, value in urls.items():
        yield _one(str(key), value, interval)


def _one(key: str, value: object, interval: float) -> FeedTerms:
    at = f"urls.{plain(key, 40)}"
    if not _KEY.fullmatch(key):
        raise _fault(at, "the name is empty or too long", "Give up to 60 characters.")
    table: Mapping[object, object]
    table = value if isinstance(value, Mapping) else {"url": value}
    unknown = [str(each) for each in table if each not in _FIELDS]
    if unknown:
        raise _fault(
            at, f"“{plain(unknown[0], 40)}” is not known", "There are url, name, interval and zone."
        )
    name = table.get("name", key)
    title = plain(name, LONGEST_NAME) if isinstance(name, str) else ""
    if not title:
        raise _fault(f"{at}.name", "must be a text", "Take it out to use the entry's own name.")
    return FeedTerms(
        key=key,
        title=title,
        url=_address(table.get("url"), at),
        interval=_interval(table.get("interval", interval), f"{at}.interval"),
        zone=_zone(table.get("zone"), f"{at}.zone"),
    )


def _name_of(url: str) -> str:
    """What a feed is called that has nothing but an address."""
    return url.partition("://")[2].partition("?")[0].rstrip("/")[:60] or url[:60]


def _texts(value: object) -> TypeGuard[Sequence[str]]:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str | bytes)
        and all(isinstance(each, str) for each in value)
    )


def _address(value: object, at: str) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST_URL:
        try:
            parts = urlsplit(value)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            fits = False
        if fits and value.isprintable() and " " not in value:
            return value
    raise _fault(at, "must be an http or https address", 'Write for example "https://…/rss.xml".')


def _interval(value: object, at: str) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not SHORTEST_INTERVAL <= value <= LONGEST_INTERVAL
    ):
        raise _fault(
            at,
            f"must be {SHORTEST_INTERVAL:g} to {LONGEST_INTERVAL:g} seconds",
            "Write for example interval = 600, or take the line out.",
        )
    return float(value)


def _zone(value: object, at: str) -> tzinfo | None:
    if value is None:
        return None
    try:
        return ZoneInfo(value if isinstance(value, str) else "")
    except (ValueError, OSError, LookupError):
        raise _fault(
            at, "must be the name of a time zone", 'Write for example zone = "Asia/Tokyo".'
        ) from None


def _fault(key: str, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, subject=f"[{SECTION}] {key}", remedy=remedy)
