"""One headline as a line: columns that fold by the width, and as few segments as its styles ask."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.cells import cut, fit
from widgets.strips import FreshStrip

UNREAD = "●"
PINNED = "★"
_WHEN, _KIND = 7, (10, 48)
"""Cells of the time; cells of the kind, and of the line from which it is shown."""
_NAMES, _IMPACT, _SOURCE = (9, 24), (8, 28), (14, 60)
"""Cells of what stands behind a headline, and cells of the headline that are worth more."""


class HeadlineView(NamedTuple):
    """One headline; every text is ready to print.

    Attributes:
        headline: One line of text.
        when: When it was told: ``14:32``, ``23 May``, or empty.
        kind: ``policy``, ``deal``, …; may be empty.
        names: Codes of what it concerns; may be empty.
        source: Who says so.
        impact: What its names did since; may be empty.
        tone: A tone for the impact.
        unread: Whether it was not read.
        pinned: Whether it is kept.
    """

    headline: str
    when: str = ""
    kind: str = ""
    names: str = ""
    source: str = ""
    impact: str = ""
    tone: str = ""
    unread: bool = False
    pinned: bool = False


class Columns(NamedTuple):
    """Cells of each column of a line, 0 for one that is not shown.

    Attributes:
        lead: The marks before a headline.
        when: When it was told.
        kind: Its kind.
        title: The headline.
        names: What it concerns; this and what follows have a blank before them.
        impact: What that did since.
        source: Who says so.
    """

    lead: int
    when: int
    kind: int
    title: int
    names: int
    impact: int
    source: int


@lru_cache(maxsize=16)
def columns(width: int) -> Columns:
    """The columns of a line of so many cells."""
    lead = min(2, width)
    when = min(_WHEN, width - lead)
    kind = _KIND[0] if width >= _KIND[1] else 0
    room = width - lead - when - kind
    tail = [0, 0, 0]
    for place, (cells, least) in enumerate((_NAMES, _IMPACT, _SOURCE)):
        if room - cells - 1 < least:
            break
        room -= cells + 1
        tail[place] = cells
    return Columns(lead, when, kind, room, *tail)


def headline_strip(
    view: HeadlineView, mark: str, width: int, styles: Mapping[tuple[str, bool], Style]
) -> Strip:
    """A headline as a strip.

    Args:
        view: The headline.
        mark: What stands before it, one cell.
        width: Cells of the strip, at least 1.
        styles: The style of each tone, bold or not, on this line.
    """
    lead, when, kind, title, names, impact, source = columns(width)
    accent, muted = styles["accent", False], styles["muted", False]
    sign = UNREAD if view.unread else PINNED if view.pinned else " "
    segments: list[Segment] = []
    marks = (mark + sign)[:lead]
    run, wearing = marks, accent if marks.strip() else muted
    if when:
        # A run that begins with blanks is parted: some viewers of exported pictures swallow them.
        segments.append(Segment(run, wearing))
        run, wearing = fit(view.when, when), muted
    if kind and view.kind:
        segments.append(Segment(run, wearing))
        run, wearing = fit(cut(view.kind, kind - 1), kind), accent
    elif kind:
        run += " " * kind
    if title:
        segments.append(Segment(run, wearing))
        run = fit(" ".join(view.headline.split()), title)
        wearing = styles["title", True] if view.unread else styles["", False]
    if names:
        segments.append(Segment(run + " ", wearing))
        run, wearing = fit(view.names, names), muted
    if impact and view.impact:
        shown = fit(view.impact, impact, right=True)
        text = shown.lstrip(" ")
        segments.append(Segment(run + " " * (1 + impact - len(text)), wearing))
        run, wearing = text, styles[view.tone, False]
    elif impact:
        run += " " * (1 + impact)
    if source:
        if wearing is muted:
            run += " " + fit(view.source, source)
        else:
            segments.append(Segment(run + " ", wearing))
            run, wearing = fit(view.source, source), muted
    segments.append(Segment(run, wearing))
    return FreshStrip(segments, width)
