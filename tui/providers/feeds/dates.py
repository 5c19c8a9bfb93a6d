"""Dates as feeds write them."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

AHEAD: Final = timedelta(minutes=10)
"""How far ahead of our own clock a story may be dated."""

_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LONGEST: Final = 64
_JST: Final = re.compile(r"\s*\(?JST\)?$")
_DAY: Final = re.compile(r"\d{4}(-?\d{2}(-?\d{2})?)?")
_SLASHES: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


def read_date(text: str, zone: tzinfo | None = None) -> datetime | None:
    """An instant as a feed writes it, in UTC; None where it tells no instant.

    RFC 822 and ISO 8601 are understood. A date without a time of day is no instant, and neither
    is one without an offset, unless a zone is given for those.

    Args:
        text: The date.
        zone: What a time without an offset is of.
    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    if not text or _DAY.fullmatch(text):
        return None
    text = _JST.sub(" +0900", text)
    text = _SLASHES.sub(lambda part: f"{part[1]}-{int(part[2]):02}-{int(part[3]):02}", text)
    moment = _iso(text) or _rfc822(text)
    try:
        if moment is None:
            return None
        if moment.tzinfo is None:
            if zone is None:
                return None
            moment = moment.replace(tzinfo=zone)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment >= _EARLIEST else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text))
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
