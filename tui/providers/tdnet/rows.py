"""The rows of the list of disclosures."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from tui.errors import BadPayload
from tui.market.catalysts import Catalyst
from tui.market.plaintext import plain
from tui.market.times import JST
from tui.providers.tdnet.document_types import Classify, document_type
from tui.providers.web import Answer

NAME: Final = "tdnet"
MOST_ROWS: Final = 2_000

AHEAD: Final = timedelta(minutes=10)
"""How far ahead of our own clock a disclosure may be dated."""

_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}[0-9]?", re.ASCII)
_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(:\d{2})?)", re.ASCII)
_REDIRECT: Final = "rd.php?"
_LONGEST_LINK: Final = 500
_LONGEST_HEADLINE: Final = 300
_LONGEST_NAME: Final = 60


class _Row(msgspec.Struct):
    id: str | int | None = None
    pubdate: str | None = None
    company_code: str | int | None = None
    company_name: str | None = None
    title: str | None = None
    document_url: str | None = None
    url_xbrl: str | None = None
    markets_string: str | None = None


class _Item(_Row):
    """A row in its wrapper, or without it."""

    wrapped: _Row | None = msgspec.field(name="Tdnet", default=None)


class _Listing(msgspec.Struct):
    total_count: int | str | None = None
    items: list[msgspec.Raw] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosures:
    """One answer.

    Attributes:
        catalysts: Oldest first; keys are unique.
        too_many: Whether the service had rows and sent none, as it does when asked for too many.
        remarks: What was left out, in words.
    """

    catalysts: tuple[Catalyst, ...]
    too_many: bool
    remarks: tuple[str, ...]


def read_disclosures(answer: Answer, now: datetime, classify: Classify) -> Disclosures:
    """Read an answer.

    Args:
        answer: JSON of the service.
        now: Disclosures dated more than ten minutes ahead of it are of an unknown time.
        classify: Files titles, by the rules for disclosures.

    Raises:
        BadPayload: It is no such list.
    """
    listing = answer.json(_Listing)
    if listing.items is None:
        raise BadPayload(
            "answered with JSON that is no list of disclosures",
            subject=NAME,
            remedy="It is asked again by itself; if this stays, its form has changed.",
        )
    found: dict[str, Catalyst] = {}
    lost = ahead = 0
    for raw in listing.items[:MOST_ROWS]:
        row = _row(raw)
        catalyst = None if row is None else _catalyst(row, classify)
        if catalyst is None:
            lost += 1
            continue
        if catalyst.time is not None and catalyst.time > now + AHEAD:
            catalyst = replace(catalyst, time=None)
            ahead += 1
        found.setdefault(catalyst.key, catalyst)
    remarks = []
    if lost:
        remarks.append(f"{lost:,} rows make no sense and are left out")
    if ahead:
        remarks.append(f"{ahead:,} rows are dated in the future, so their time is unknown")
    if len(listing.items) > MOST_ROWS:
        remarks.append(f"more than {MOST_ROWS:,} rows; the rest is left out")
    return Disclosures(
        catalysts=_in_order(found.values()),
        too_many=not listing.items and _positive(listing.total_count),
        remarks=tuple(remarks),
    )


def symbol_of(code: str) -> str | None:
    """The program's symbol of a code of four or five characters; None where it is no code."""
    code = unicodedata.normalize("NFKC", code).strip().upper()
    if not _CODE.fullmatch(code):
        return None
    return (code[:4] if len(code) == 5 and code.endswith("0") else code) + ".T"


def document_link(url: str) -> str:
    """The address of a document itself, without the detour of the service; empty for none."""
    _, detour, onward = url.partition(_REDIRECT)
    link = (onward if detour else url).strip()
    if link.lower().startswith(("http%3a", "https%3a")):
        link = unquote(link)
    try:
        parts = urlsplit(link)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    clean = link.isprintable() and " " not in link and len(link) <= _LONGEST_LINK
    return link if fits and clean else ""


def _row(raw: msgspec.Raw) -> _Row | None:
    try:
        item = msgspec.json.decode(raw, type=_Item, strict=False)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return item.wrapped or item


def _catalyst(row: _Row, classify: Classify) -> Catalyst | None:
    title = plain(row.title or "", _LONGEST_HEADLINE)
    identity = plain(str(row.id or ""), 40) or plain(row.document_url or "", _LONGEST_LINK)
    if not title or not identity:
        return None
    words, kind, rule = document_type(title, classify)
    name = plain(row.company_name or "", _LONGEST_NAME)
    symbol = symbol_of(str(row.company_code or ""))
    link = document_link(row.document_url or "")
    told = [f"TDnet: {words}"]
    if link.lower().partition("?")[0].endswith(".pdf"):
        told.append("PDF")
    if document_link(row.url_xbrl or ""):
        told.append("XBRL")
    if market := plain(row.markets_string or "", 20):
        told.append(market)
    return Catalyst(
        key=f"{NAME}/{identity}",
        headline=f"{name}：{title}" if name else title,
        text=" · ".join(told),
        time=_time(row.pubdate or ""),
        kind=kind,
        rule=rule,
        symbols=() if symbol is None else (symbol,),
        source="TDnet",
        link=link,
    )


def _time(text: str) -> datetime | None:
    """An instant in UTC of a time in Tokyo without an offset; None where it is none."""
    match = _TIME.fullmatch(text.strip())
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}") if match else None
        return moment and moment.replace(tzinfo=JST).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _in_order(catalysts: Iterable[Catalyst]) -> tuple[Catalyst, ...]:
    """Oldest first; those of an unknown time before all others."""
    never = datetime.min.replace(tzinfo=UTC)
    # The service gives the newest first, and several of one minute in that order too.
    told = list(catalysts)[::-1]
    told.sort(key=lambda each: each.time or never)
    return tuple(told)


def _positive(count: int | str | None) -> bool:
    return str(count or 0).strip() not in {"", "0"}
