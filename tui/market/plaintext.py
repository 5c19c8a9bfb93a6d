"""Foreign text made safe for a terminal: no control, escape or direction characters."""

import re
import unicodedata

ELLIPSIS = "…"

_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # control sequences, such as colours
    # strings to the terminal, such as titles and links, up to their end
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,8}[0-~]"
)
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SPACES = re.compile(r" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")

_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800")
"""Characters that count as letters or marks and show nothing."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn"})
_MARKS = frozenset({"Mn", "Me"})
_MOST_MARKS = 2
"""Combining marks that may follow one another; Japanese needs one, Vietnamese two."""

_SLACK = 8
"""How much longer than its limit a text is looked at, since some of it is dropped."""


def plain(text: str, limit: int, *, lines: bool = False) -> str:
    """Make foreign text safe to show.

    Escape sequences, control characters, direction overrides, zero-width characters, lone
    surrogates and floods of combining marks are dropped. Every space but the ideographic one
    becomes a plain one, and runs of them one. What looks like markup stays as it is: show the
    result as text, never as markup.

    Args:
        text: Text from outside, of any length.
        limit: Most characters of the result; what is cut ends in an ellipsis.
        lines: Whether line breaks are kept, at most one empty line in a row; else they
            become spaces.
    """
    if limit <= 0:
        return ""
    seen = text[: limit * _SLACK + 1024]
    if not (seen.isascii() and seen.isprintable()):
        seen = _BREAKS.sub("\n", _SEQUENCES.sub("", seen))
        seen = "".join(_kept(seen))
    if lines:
        seen = "\n".join(_SPACES.sub(" ", line).strip() for line in seen.split("\n"))
        seen = _EMPTY_LINES.sub("\n\n", seen).strip()
    else:
        seen = _SPACES.sub(" ", seen.replace("\n", " ")).strip()
    if len(seen) > limit:
        seen = seen[: limit - 1].rstrip() + ELLIPSIS
    return seen


def _kept(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for character in text:
        if character == "\n" or " " <= character <= "~":
            marks = 0
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in _DROPPED and character != "\t":
            continue
        if character in _BLANK_LETTERS:
            continue
        if category in _MARKS:
            marks += 1
            if marks <= _MOST_MARKS and kept and not kept[-1].isspace():
                kept.append(character)
            continue
        marks = 0
        space = character == "\t" or (category == "Zs" and character != "\u3000")
        kept.append(" " if space else character)
    return kept
