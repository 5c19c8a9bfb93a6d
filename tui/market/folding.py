"""Folding of text, so that every usual writing of a name compares alike."""

import unicodedata

_FOLDED: dict[int, int | str] = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_FOLDED |= {ord("ヽ"): ord("ゝ"), ord("ヾ"): ord("ゞ")}
_FOLDED |= dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def fold(text: str) -> str:
    """Fold width, case, kana and dashes.

    Full-width Latin letters and digits become half-width, half-width kana full-width, katakana
    hiragana, letters lower case, every run of white space one space. Folding twice changes
    nothing more, so folded text may be stored.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    return " ".join(plain.split())
