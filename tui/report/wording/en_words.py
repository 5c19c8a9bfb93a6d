"""Small words of the English wrap: dates, counts, lists, directions."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import isfinite
from typing import Final

from tui.market.pricing import format_level, format_percent
from tui.market.streak import ordinal
from tui.report.indices import IndexReport
from tui.report.wrap_names import Mover

_ORDINALS: Final = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
)  # fmt: skip


def sentences(*texts: str) -> str:
    """Those sentences of which something is left, as one paragraph."""
    return " ".join(text for text in texts if text)


def day(when: date) -> str:
    """``Monday 26 May 2025``."""
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def short_day(when: date, beside: date) -> str:
    """``9 July``, with its year where that differs from the year beside it."""
    year = f" {when.year}" if when.year != beside.year else ""
    return f"{when.day} {when:%B}{year}"


def upper(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def the(index: IndexReport) -> str:
    """``the Nikkei 225``."""
    return f"the {index.name}"


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def size(change: float) -> str:
    """A change without its sign."""
    return format_level(abs(change))


def share(percent: float) -> str:
    """A percentage without its sign: ``1.00%``."""
    return format_percent(abs(percent)).removeprefix("+")


def streak(index: IndexReport) -> int:
    """The streak where it agrees with the index's own move, else 0."""
    count = index.streak or 0
    return count if isfinite(index.change) and count * index.change > 0 else 0


def nth(count: int) -> str:
    """``second``, ``tenth``, ``11th``."""
    count = abs(count)
    return _ORDINALS[count] if count < len(_ORDINALS) else ordinal(count)


def moves(movers: Iterable[Mover]) -> list[str]:
    """``Nippon Steel +2.13%`` of each whose move is known."""
    return [
        f"{mover.name} {format_percent(mover.percent)}"
        for mover in movers
        if isfinite(mover.percent)
    ]
