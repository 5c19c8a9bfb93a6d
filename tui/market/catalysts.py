"""Catalysts: what may have moved the market, and the names it concerns."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from tui.market.claims import Claim

OVERVIEW: Final = "commentary"
"""The kind of the catalyst that stands for a commentary as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalyst:
    """One thing that happened, or that falls due.

    Attributes:
        key: Stable identity, so that a selection survives a refresh.
        headline: One line of plain text, already stripped of control characters.
        text: The body, plain text with line breaks; may be empty.
        time: When it was published, aware, in UTC; None where no source tells, which reads as
            "pre-open" when `session` is known.
        session: The session's date in Tokyo that it belongs to; None where unknown.
        kind: An open word: ``policy``, ``deal``, ``earnings``, ``macro``, ``flow``, …
        rule: Which rule gave the kind, or empty where the source or the user gave it.
        symbols: The instruments it concerns, in the program's own form.
        source: Who says so; of a story that several tell, the one that told it first.
        sources: Everyone who tells it, `source` first; empty where that is the only one.
        link: An http or https address, or empty.
        due: The date on which it falls due, where it is a dated event.
        claims: What its text states of the market in figures.
        pinned: Whether it is a note of somebody's, kept however many come after it; its text may
            be Markdown.
        withdrawn: Whether the source takes back what it delivered under this key.
    """

    key: str
    headline: str
    text: str = ""
    time: datetime | None = None
    session: date | None = None
    kind: str = ""
    rule: str = ""
    symbols: tuple[str, ...] = field(default=())
    source: str = ""
    sources: tuple[str, ...] = field(default=())
    link: str = ""
    due: date | None = None
    claims: tuple[Claim, ...] = ()
    pinned: bool = False
    withdrawn: bool = False
