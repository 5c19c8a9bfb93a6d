"""A catalyst written down as an entry of notes, as `tui.market.notes` reads it."""

import re
from datetime import date
from typing import Final

from tui.market.catalysts import Catalyst
from tui.market.notes import HEADLINE, TEXT, parse_notes
from tui.market.plaintext import plain
from tui.market.times import JST

_STRUCTURE: Final = re.compile(
    r"\s*(?:#|(?:[-*]\s+)?(?:date|due|kind|link|source)\s*[:：]|[$\s,、;]*\$)", re.IGNORECASE
)
_QUOTED: Final = "› "
_COLUMNS: Final = 400


def note(catalyst: Catalyst, today: date) -> str:
    """One entry, with an empty line before and a line break at its end.

    A line of the body that would be read as something else, such as a heading or ``kind:``, is
    set off by a mark.

    Args:
        catalyst: The catalyst.
        today: The session it is filed under where it has neither a time nor a session.
    """
    headline = plain(catalyst.headline, HEADLINE) or "Untitled"
    if catalyst.time is not None:
        when = f"{catalyst.time.astimezone(JST):%Y-%m-%dT%H:%M:%S+09:00}"
    else:
        when = (catalyst.session or today).isoformat()
    # A reader takes number signs at the end for those that close a heading: here is one for that.
    closed = f"{headline} #" if headline.endswith("#") else headline
    lines = ["", f"## {when} {closed}", ""]
    body = plain(catalyst.text, TEXT // 2, lines=True)
    if body:
        lines += [_QUOTED + line if _STRUCTURE.match(line) else line for line in body.split("\n")]
        lines.append("")
    if catalyst.symbols:
        lines.append(" ".join(f"${symbol}" for symbol in catalyst.symbols))
    if catalyst.due is not None:
        lines.append(f"due: {catalyst.due.isoformat()}")
    for name, value in (
        ("kind", catalyst.kind),
        ("link", catalyst.link),
        ("source", catalyst.source),
    ):
        if value:
            lines.append(f"{name}: {value}")
    return "\n".join(lines) + "\n"


def holds(text: str, catalyst: Catalyst) -> bool:
    """Whether a text of notes has an entry of a catalyst's headline and time already."""
    headline = plain(catalyst.headline, HEADLINE)
    moment = catalyst.time.replace(microsecond=0) if catalyst.time is not None else None
    return any(
        each.headline == headline and (moment is None or each.time == moment)
        for each in parse_notes(text, name="").catalysts
    )
