"""Whether two reports tell the same story.

The rules lean to the careful side: to show a story twice does less harm than to hide one behind
another.
"""

import re
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from tui.market.catalysts import Catalyst
from tui.market.times import JST
from tui.market.title import Title, similarity, title

SAME_TITLE: Final = timedelta(hours=36)
"""Within which the same title about the same instruments is the same story."""
PLAIN_TITLE: Final = timedelta(hours=12)
"""Within which a title that names no instrument is the same story when it is told again."""
LIKE_TITLE: Final = timedelta(hours=12)
"""Within which titles that are nearly the same are."""
OTHER_LANGUAGE: Final = timedelta(hours=3)
"""Within which the same figures of the same names in another language are."""
SAME_LINK: Final = timedelta(days=3)

LIKE: Final = 0.7
"""The share of parts in common from which titles are nearly the same."""
_PLAIN_LEAST: Final = 12
_PLAIN_LINK: Final = re.compile(r"https?://([a-z0-9.-]+)(/[!-\"$->@-~]*)")
"""An address as most are: a host in small letters, a path, and nothing else."""
_TRACKING: Final = ("utm_", "fbclid", "gclid", "ref", "cmp", "source", "rss")


def link_key(link: str) -> str:
    """What is equal for every writing of one address; empty for a home page, which is no story."""
    plain = _PLAIN_LINK.fullmatch(link)
    if plain is not None:
        host = plain[1].removeprefix("www.").removeprefix("m.")
        path = plain[2].rstrip("/")
        return f"{host}{path}?" if host and path else ""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    query = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(_TRACKING)]
    if not host or not (path or query):
        return ""
    return f"{host}{path}?{urlencode(sorted(query))}"


def document_key(link: str) -> str:
    """The number of a filed document, which is the same wherever its copy lies; else empty."""
    name = link.partition("?")[0].rpartition("/")[2].lower()
    stem = name.removesuffix(".pdf")
    return stem if stem != name and len(stem) >= 14 and stem.isdigit() else ""


def same_story(one: Catalyst, other: Catalyst) -> bool:
    """Whether two reports, of any sources and languages, tell the same story.

    That is so for the same document or address; for the same or nearly the same title about the
    same instruments; and for two languages if instruments, kind and a figure agree and the times
    are close. Figures or periods that contradict each other always part two reports.
    """
    first, second = title(one.headline), title(other.headline)
    if _apart(one, other) > SAME_LINK or contradict(one, other):
        return False
    document = document_key(one.link)
    if document and document == document_key(other.link):
        return True
    address = link_key(one.link)
    if address and address == link_key(other.link):
        return first.japanese != second.japanese or similarity(first, second) >= LIKE / 2
    if one.source == other.source and one.link and other.link:
        return False
    if first.key == second.key:
        return _same_title(one, other, first)
    if not set(one.symbols) & set(other.symbols):
        return False
    if first.japanese != second.japanese:
        return _same_figures(one, other, first, second)
    if one.kind and other.kind and one.kind != other.kind:
        return False
    near = similarity(first, second) >= LIKE and first.periods == second.periods
    return near and _apart(one, other) <= LIKE_TITLE


def contradict(one: Catalyst, other: Catalyst) -> bool:
    """Whether two reports cannot be of one story.

    They cannot where they name other instruments, figures, periods or dates, or tell the opposite.
    """
    first, second = title(one.headline), title(other.headline)
    if one.symbols and other.symbols and not set(one.symbols) & set(other.symbols):
        return True
    if first.periods and second.periods and first.periods != second.periods:
        return True
    if first.years and second.years and not first.years & second.years:
        return True
    if first.opposes(second):
        return True
    if one.due is not None and other.due is not None and one.due != other.due:
        return True
    figures = first.figures, second.figures
    return bool(all(figures)) and not (figures[0] <= figures[1] or figures[1] <= figures[0])


def _same_title(one: Catalyst, other: Catalyst, told: Title) -> bool:
    """A title such as "Revision of the forecast" means something only beside a name."""
    apart = _apart(one, other)
    if set(one.symbols) & set(other.symbols):
        return apart <= SAME_TITLE
    if one.symbols or other.symbols:
        # One of them names an instrument and the other none: only a telling title will do.
        return apart <= PLAIN_TITLE and len(told.parts) >= _PLAIN_LEAST / 2
    return apart <= PLAIN_TITLE and len(told.key) >= _PLAIN_LEAST


def _same_figures(one: Catalyst, other: Catalyst, first: Title, second: Title) -> bool:
    """The same news in English and Japanese."""
    if set(one.symbols) != set(other.symbols) or not one.kind or one.kind != other.kind:
        return False
    if one.time is None or other.time is None or _apart(one, other) > OTHER_LANGUAGE:
        return False
    if bool(first.periods) != bool(second.periods):
        return False
    return bool(first.figures & second.figures)


def _apart(one: Catalyst, other: Catalyst) -> timedelta:
    """How far apart they were told; without times, by their sessions."""
    if one.time is not None and other.time is not None:
        return abs(one.time - other.time)
    if one.session is not None and other.session is not None:
        return abs(one.session - other.session)
    timed, untimed = (one, other) if one.time is not None else (other, one)
    if timed.time is None:
        return timedelta(0) if timed.session == untimed.session else timedelta.max
    if untimed.session is None:
        return timedelta.max
    return abs(_noon(untimed) - timed.time)


def _noon(untimed: Catalyst) -> datetime:
    assert untimed.session is not None  # noqa: S101 - told to the type checker by its caller
    return datetime.combine(untimed.session, time(12), JST)
