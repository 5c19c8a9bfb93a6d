"""Texts with gaps, looked up by their English wording."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

_GAP: Final = re.compile(r"\{([~,]?)\}")
_BETWEEN: Final = re.compile(r", then | and |, ")


class Templates:
    """English wordings with their Japanese; what stands in a gap is carried over.

    A gap is written ``{}`` where what stands in it stays as it is, ``{~}`` where it is one of the
    program's own texts, and ``{,}`` where it is a list in English. The Japanese has the numbers of
    the gaps, ``{0}``, ``{1}``.

    Args:
        texts: English → Japanese.
        inner: What says a text of the program's own in Japanese, or returns it.
    """

    def __init__(self, texts: Mapping[str, str], inner: Callable[[str], str]) -> None:
        self._whole = {text: told for text, told in texts.items() if "{" not in text}
        self._inner = inner
        # A wording is only compared in full where both its ends fit: there are hundreds.
        self._gapped = [
            (_GAP.split(text, maxsplit=1)[0], _GAP.split(text)[-1], text, told)
            for text, told in texts.items()
            if "{" in text
        ]

    def find(self, text: str) -> str | None:
        """A text in Japanese; None for one that is not known."""
        if text in self._whole:
            return self._whole[text]
        for head, tail, template, told in self._gapped:
            if text.startswith(head) and text.endswith(tail):
                found = _pattern(template).fullmatch(text)
                if found is not None:
                    kinds = _GAP.findall(template)
                    gaps = zip(kinds, found.groups(), strict=True)
                    return told.format(*(self._gap(kind, gap) for kind, gap in gaps))
        return None

    def _gap(self, kind: str, text: str) -> str:
        if kind == "~":
            return self._inner(text)
        return _BETWEEN.sub("、", text) if kind else text


@cache
def _pattern(template: str) -> re.Pattern[str]:
    texts = _GAP.split(template)[::2]
    return re.compile("(.+?)".join(map(re.escape, texts)), re.DOTALL)
