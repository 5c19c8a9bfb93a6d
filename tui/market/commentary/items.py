"""An item of a section of catalysts: a short title, a stop, an explanation."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from tui.market.commentary.bullets import PICTURES

_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(?P<title>[^*_\n]{1,300}?)\1\s*")
_EDGES: Final = " .。:：;—–―─-|、"
_TITLE_MOST: Final = 160
_SEPARATOR: Final = re.compile(
    r"\.(?=\s|$|[\"”’)](?:\s|$))|[!?](?=\s)|。|:(?=\s|$)|：|\s[—–]\s?|—|\s?[―─]{1,2}\s?|\s-{1,2}\s|(?<=[ぁ-んァ-ヶ一-龠]):"
)
_ABBREVIATED: Final = re.compile(
    r"(?<![\w.])(?:[A-Z]\.)*[A-Z]$"
    r"|\b(?:Inc|Co|Corp|Ltd|Mr|Ms|Mrs|Dr|St|No|vs|approx|Gov|Sen|Gen|Rep|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|e\.g|i\.e|etc|est|pct)$"
)
_SENTENCE: Final = re.compile(r"[.!?][\"”’)]?(?:\s+(?=[^a-z])|$)|。\s*|[！？](?=\s|\S)")
_CLOCK: Final = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?:\s?JST)?\s*[-–—:]?\s+(?=\S)", re.IGNORECASE
)
_MARKS: Final = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_LINK: Final = re.compile(r"!?\[([^\[\]]{0,300})\]\(([^()\s]{1,2000})\)")


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        title: Without the stop.
        text: The explanation; empty where there is none.
        clock: The time of day in JST that it begins with, if any.
        link: The first address that it links to.
    """

    title: str
    text: str
    clock: time | None = None
    link: str = ""


def read_item(text: str, title_line: str = "") -> Item:
    """Part an item into title and explanation.

    Args:
        text: The item in one line, without its bullet or number.
        title_line: A title that stands on a line of its own above.
    """
    links = [found[2] for found in _LINK.finditer(text)]
    link = links[0] if links else ""
    clock, head = _clock(title_line or text)
    if title_line:
        head = PICTURES.sub("", head, count=1) if PICTURES.match(head) else head
        return Item(unmarked(head).strip(_EDGES), unmarked(text), clock, link)
    text = PICTURES.sub("", head, count=1) if PICTURES.match(head) else head
    if bold := _BOLD.match(text):
        title, rest = bold["title"], text[bold.end() :]
        if rest.strip(_EDGES) or not _SEPARATOR.search(title):
            return Item(unmarked(title).strip(_EDGES), unmarked(rest).lstrip(_EDGES), clock, link)
    plain = unmarked(text)
    title, rest = parted(plain)
    return Item(title.strip(_EDGES), rest.strip(), clock, link)


def parted(text: str) -> tuple[str, str]:
    """A text before and after its first stop, colon or dash; all of it where there is none."""
    for found in _SEPARATOR.finditer(text, 0, _TITLE_MOST * 2):
        head = text[: found.start()]
        if not head.strip(_EDGES):
            continue
        if found[0] == "." and _ABBREVIATED.search(head[-12:] if len(head) > 12 else head):
            continue
        if head.count("“") > head.count("”") or head.count('"') % 2:
            # A quotation is not cut at a stop inside it; its closing mark is the title's.
            if text[found.end() : found.end() + 1] not in {"”", '"'}:
                continue
            return head + text[found.end()], text[found.end() + 1 :]
        keep = found[0] if found[0] in "!?" else ""
        return head + keep, text[found.end() :]
    return text, ""


def sentences(text: str) -> list[str]:
    """A text sentence by sentence; together they are the text."""
    out: list[str] = []
    start = 0
    for found in _SENTENCE.finditer(text):
        if found[0][0] == "." and _ABBREVIATED.search(
            text[max(start, found.start() - 12) : found.start()]
        ):
            continue
        out.append(text[start : found.end()])
        start = found.end()
    rest = text[start:]
    return [*out, rest] if rest.strip() else out


def unmarked(text: str) -> str:
    """A text without the signs of emphasis, and with the words of its links alone."""
    return _MARKS.sub("", _LINK.sub(lambda found: found[1], text)).strip()


def _clock(text: str) -> tuple[time | None, str]:
    found = _CLOCK.match(text)
    if found is None or int(found["h"]) > 23 or int(found["m"]) > 59:
        return None, text
    return time(int(found["h"]), int(found["m"])), text[found.end() :]
