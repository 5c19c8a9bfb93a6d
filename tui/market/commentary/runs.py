"""Catalysts that run on in one paragraph, as a chat pastes them.

*Key catalysts: Tariff reprieve. The levy is off until July. Steel deal. Approval is near.* Such a
paragraph is taken apart into lines with bullets, so that the layout sees what it always sees.
What cannot be told apart with some certainty stays as it is.
"""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from tui.market.commentary.bullets import bulleted, is_row
from tui.market.commentary.headings import is_section, turns_away
from tui.market.commentary.items import sentences
from tui.market.notes import TEXT

Lines: TypeAlias = Sequence[tuple[str, int]]
"""Lines, each with the number of blanks that it began with."""

_INLINE: Final = re.compile(
    r"(?:^|(?<=[.!?)][ \u3000])|(?<=。))(?:\*\*|__)?[【\[■◆]?"
    r"(?P<name>[A-Z\u3040-\u9fff][^.!?。:：\n【】\[\]*_]{1,80}?)"
    r"(?:(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__(?!\w))?|】[:：]?|(?:\*\*|__)\s+(?=\*\*|__)|(?:\*\*|__)?\s[—–-]{1,2}\s)\s*(?=\S)"
)
_BOLD: Final = re.compile(r"(?:\*\*|__)(?=\S)[^*_\n]{2,120}?(?:\*\*|__)")
_STOPPED: Final = re.compile(r"[.:。：!?](?:\*\*|__)$")
_STOP_AFTER: Final = re.compile(r"\s?(?:[.:：。—–―-]|$)")
_NUMBERS: Final = re.compile(r"(?<!\S)\(?(\d{1,2})[.)]\s+(?=\D)|([①-⑳])\s*")
_DOTS: Final = re.compile(r"(?<!\S)([•●◆■▪・*–—-])\s+(?=\S)")
_DASHED: Final = re.compile(r"[^;；.。]{2,64}?(?:\s[—–-]\s|:\s|：)\S")
_MOST_LINES: Final = 60
"""Lines of one paragraph that are looked at; a longer one is no run of catalysts."""
MOST_TRIED: Final = 200
"""Headings within lines at which catalysts are sought; what comes after stays as it is. A text in
which so many stand is no commentary."""
_WORDS_OF_TITLE: Final = 9
_LONGEST_TITLE: Final = 64
_LONGEST_JAPANESE: Final = 18
_NO_TITLE: Final = re.compile(
    r"(?:It|They|He|She|We|This|That|These|Those|The move|But|And|Still|However|Shares|Stocks"
    r"|Analysts|Traders|Investors|No)\b"
    r"|.*\b(?:was|were|said|had|has|have)\b"
    r"|.*\b(?:rose|fell|gained|lost|added|jumped|slipped|dropped|climbed|slid|surged|closed|ended"
    r"|eased|followed)\b.*(?:\d|[.]$)",
    re.DOTALL,
)
_VERB_END: Final = re.compile(r"(?:[たただるすむく]|です|ます|ない|という)[。.]?$")
_JAPANESE: Final = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def unrolled(lines: Lines) -> list[tuple[str, int]]:
    """Lines in which every paragraph that runs several catalysts together is a list of them."""
    out: list[tuple[str, int]] = []
    ends = _paragraph_ends(lines)
    place = tried = 0
    while place < len(lines) and tried < MOST_TRIED:
        text, indent = lines[place]
        after = ends[place]
        if found := _inline_heading(text):
            tried += 1
            paragraph = [text[found.end() :], *(line for line, _ in lines[place + 1 : after])]
            if pieces := run_items(" ".join(paragraph)):
                out += [(text[: found.start()].rstrip(), indent), ("", 0)]
                out += _as_list(found["name"], pieces)
                place = after
                continue
        elif is_section(text.lstrip("# ").replace("**", "")):
            tried += 1
            begin = place + 1
            while begin < len(lines) and not lines[begin][0]:
                begin += 1
            end = ends[begin] if begin < len(lines) else begin
            if begin < end and _is_last(lines, end):
                pieces = run_items(" ".join(line for line, _ in lines[begin:end]))
                if len(pieces) > 1:
                    out += [(text, indent), ("", 0), *((f"• {each}", 0) for each in pieces)]
                    out.append(("", 0))
                    place = end
                    continue
        out.append((text, indent))
        place += 1
    return [*out, *lines[place:]]


def run_items(text: str) -> list[str]:
    """The items of a paragraph that holds some; empty where it is not clear that it does."""
    if len(text) > TEXT:
        return []
    for parting in (_by_bold, _by_marks, _by_semicolons, _by_sentences):
        if pieces := parting(text.strip()):
            return pieces
    return []


def _inline_heading(text: str) -> re.Match[str] | None:
    """The heading of a section of catalysts that stands in a line, its text after it."""
    every = (found for found in _INLINE.finditer(text) if is_section(found["name"]))
    return next(every, None)


def _as_list(name: str, pieces: Sequence[str]) -> list[tuple[str, int]]:
    return [(name, 0), ("", 0), *((f"• {each}", 0) for each in pieces), ("", 0)]


def _paragraph_ends(lines: Lines) -> list[int]:
    """For each line, where a paragraph that begins with it ends, exclusive."""
    ends = [0] * len(lines)
    after = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        ends[place] = min(after, place + _MOST_LINES)
        text = lines[place][0]
        if not text or bulleted(text) is not None or is_row(text) or text.startswith(("#", "**")):
            after = place
    return ends


def _is_last(lines: Lines, place: int) -> bool:
    """Whether nothing but a new heading or a closing word follows."""
    while place < len(lines) and not lines[place][0]:
        place += 1
    return place >= len(lines) or lines[place][0].startswith("#") or turns_away(lines[place][0])


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    ends = (*starts[1:], len(text))
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _by_bold(text: str) -> list[str]:
    starts = [
        found.start()
        for found in _BOLD.finditer(text)
        if _STOPPED.search(found[0]) or _STOP_AFTER.match(text, found.end())
    ]
    return _cut(text, starts) if starts and starts[0] == 0 else []


def _by_marks(text: str) -> list[str]:
    numbers = list(_NUMBERS.finditer(text))
    wanted, starts, ends = 1, [], []
    for found in numbers:
        number = int(found[1]) if found[1] else ord(found[2]) - ord("①") + 1
        if number == wanted:
            starts.append(found.start())
            ends.append(found.end())
            wanted += 1
    if len(starts) > 1 and starts[0] == 0:
        limits = (*starts[1:], len(text))
        return [text[end:limit].strip() for end, limit in zip(ends, limits, strict=True)]
    first = _DOTS.match(text)
    if first is None:
        return []
    pieces = re.split(rf"(?<!\S){re.escape(first[1])}\s+(?=\S)", text)
    return [piece.strip() for piece in pieces if piece.strip()]


def _by_semicolons(text: str) -> list[str]:
    pieces = [piece.strip() for piece in re.split(r"[;；]\s*(?:and\s)?", text) if piece.strip()]
    dashed = len(pieces) > 1 and all(_DASHED.match(piece) for piece in pieces)
    return [piece[:1].upper() + piece[1:] for piece in pieces] if dashed else []


def _by_sentences(text: str) -> list[str]:
    told = sentences(text)
    if len(told) < 2 or not _is_title(told[0], told[1]):
        return []
    pieces = [[told[0]]]
    for place, sentence in enumerate(told[1:], 1):
        following = told[place + 1] if place + 1 < len(told) else ""
        if len(pieces[-1]) > 1 and following and _is_title(sentence, following):
            pieces.append([sentence])
        else:
            pieces[-1].append(sentence)
    return ["".join(piece).strip() for piece in pieces]


def _is_title(sentence: str, following: str) -> bool:
    """Whether a sentence is a title to the one after it."""
    plain = sentence.strip()
    if _JAPANESE.search(plain) and len(_JAPANESE.findall(plain)) * 2 > len(plain):
        return len(plain) <= _LONGEST_JAPANESE and not _VERB_END.search(plain)
    return (
        len(plain) <= _LONGEST_TITLE
        and len(plain.split()) <= _WORDS_OF_TITLE
        and len(following.split()) > 2
        and not _NO_TITLE.match(plain)
    )
