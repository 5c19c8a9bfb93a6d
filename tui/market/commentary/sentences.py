"""What a text claims, sentence by sentence."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from tui.market.cash_tags import Linker, half_width
from tui.market.claims import Claim
from tui.market.commentary.english import english_claims
from tui.market.commentary.japanese import JAPANESE, carries, japanese_claims
from tui.market.commentary.mentions import Mention, mentions
from tui.market.commentary.rates import rate_claims

MOST_CLAIMS: Final = 200
"""Claims of one text; what comes after is left out."""
_LONGEST: Final = 2_000
"""Characters of a sentence that are looked at."""

_END: Final = re.compile(r"(?<=。)|(?<=[.!?])[\"”’)]?\s+(?=[A-Z$\"'“‘(\[*])|\n")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Inc|Co|Corp|Ltd|Mr|Ms|Mrs|Dr|St|No|vs|approx|Gov|Sen)|(?<![\w.])(?:[A-Z]\.)*[A-Z])\.$"
)
_FIGURE: Final = re.compile(
    r"\d\s?%|\d[\s-]?(?:percent|per\s?cent|pct|points?|pts|yen)\b|\d\s?(?:円|ポイント|パーセント)"
    r"|\d,\d{3}|\d\.\d|¥\s?\d",
    re.IGNORECASE,
)
_LATIN: Final = re.compile(r"[A-Za-z]")
_GOES_ON: Final = re.compile(
    r"(?P<it>It)\b|The (?:(?:benchmark|blue-chip|main|headline|broad(?:er)?) )?"
    r"(?:index|gauge|average|measure|benchmark)\b(?! of)"
)


def claims_of(text: str, linker: Linker, session: date | None = None) -> tuple[Claim, ...]:
    """What a text states in figures of indices and instruments; nothing in it makes this fail.

    A figure that cannot be tied to one of them, or that is not of the day's close, is no claim.

    Args:
        text: Plain text, its paragraphs parted by line breaks.
        linker: Finds the instruments.
        session: The date that the text writes about, if known.
    """
    if not _FIGURE.search(half_width(text)):
        return ()
    found: dict[tuple[object, ...], Claim] = {}
    last: list[Mention] = []
    for sentence in _sentences(text):
        half = half_width(sentence)
        places = mentions(half, linker.link(half))
        japanese = len(JAPANESE.findall(half)) * 3 >= len(_LATIN.findall(half))
        subject = _only_index(last)
        if japanese:
            goes_on = subject if carries(half) else None
            claims = japanese_claims(half, places, sentence, goes_on)
        else:
            places = _gone_on(half, places, last, subject)
            claims = english_claims(half, places, session, sentence)
        priced = {claim.symbol for claim in claims}
        claims += [each for each in rate_claims(half, sentence) if each.symbol not in priced]
        for claim in claims:
            found.setdefault((claim.symbol, *map(str, claim.figures)), claim)
            if len(found) >= MOST_CLAIMS:
                return tuple(found.values())
        last = places or ([subject] if subject and carries(half) else [])
    return tuple(found.values())


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(half_width(text)):
        piece = text[start : end.start()]
        if end[0].strip('"”’)') and end[0] != "\n" and _ABBREVIATED.search(piece[-12:]):
            continue
        if piece.strip():
            yield piece.strip()[:_LONGEST]
        start = end.end()
    if rest := text[start:].strip():
        yield rest[:_LONGEST]


def _only_index(places: list[Mention]) -> Mention | None:
    """The one index that a sentence names, whatever else it names."""
    indices = {place.symbol: place for place in places if place.index}
    return next(iter(indices.values())) if len(indices) == 1 else None


def _gone_on(
    sentence: str, places: list[Mention], last: list[Mention], subject: Mention | None
) -> list[Mention]:
    """The places of a sentence, with a pronoun for the index of the one before as one of them."""
    found = _GOES_ON.match(sentence)
    if found is None or subject is None or (places and places[0].start < found.end()):
        return places
    if found["it"] and len({place.symbol for place in last}) > 1:
        return places
    return [Mention(subject.symbol, subject.as_written, 0, found.end()), *places]
