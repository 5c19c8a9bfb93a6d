"""Numbers as market reports write them, and what they measure."""

import re
from decimal import Decimal
from typing import Final

from tui.market.commentary.stated import Kind

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,6})?"

FIGURE: Final = re.compile(
    rf"(?<![\w.,])(?<!\d[-–])(?P<sign>[+\-–▲△▼▽]\s?|[+-](?=[¥$]))?(?P<money>(?:US|C|A|HK)?\$|[¥€£])?\s?"
    rf"(?P<number>{_NUMBER})"
    r"(?P<unit>\s?%|[\s-]?(?:percent|per\s?cent|pct)\b(?!age)\.?"
    r"|[\s-](?:index[\s-])?(?:points?|pts?)\b\.?"
    r"|[\s-]yen\b(?!\s(?:per|to (?:the|a|one)\b|against))"
    r"|[\s-]?(?:bn|tn|trn|mn|mln|billion|trillion|million|thousand|basis|percentage|bps?|times|fold"
    r"|names?|stocks?|issues?|companies|sessions?|days?|weeks?|months?|years?|[a-z]\b|st\b|nd\b"
    r"|rd\b|th\b)[a-z]*)?"
    r"(?![A-Za-z0-9]|[.,:/]\d|[–-]\d|万|億|兆|円)",
    re.IGNORECASE,
)
"""A number with its sign, its currency and its unit; ``number`` alone is always there."""

DIGITS: Final = re.compile(r"\d[\d,.:/]*")

_UNITS: Final = (
    (re.compile(r"\s?%|[\s-]?(?:percent|per\s?cent|pct)\.?", re.IGNORECASE), "percent"),
    (re.compile(r"[\s-](?:index[\s-])?(?:points?|pts?)\.?", re.IGNORECASE), "points"),
    (re.compile(r"[\s-]yen", re.IGNORECASE), "yen"),
)


def unit_of(found: re.Match[str]) -> str:
    """``percent``, ``points``, ``yen``, ``none``, or ``other`` for what is no figure of a price."""
    unit = found["unit"] or ""
    if not unit:
        return {"": "none", "¥": "yen"}.get(found["money"] or "", "other")
    if found["money"] and found["money"] != "¥":
        return "other"
    for pattern, name in _UNITS:
        if pattern.fullmatch(unit):
            return name
    return "other"


def size_of(number: str) -> Decimal:
    """A number without its sign, as precise as it is written."""
    return Decimal(number.replace(",", ""))


def precise(number: str) -> bool:
    """Whether a bare number looks like a level: with a comma, or a fraction."""
    return "," in number or "." in number


def sign_of(mark: str | None) -> int:
    """1 or -1 of a written sign; 0 where there is none."""
    match (mark or "").strip():
        case "+" | "▲" | "△":
            return 1
        case "-" | "–" | "▼" | "▽":
            return -1
    return 0


KINDS: Final = {"percent": Kind.PERCENT, "points": Kind.CHANGE}
