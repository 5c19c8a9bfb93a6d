"""Failures in Japanese, by their English wording: what happened, and what can be done about it.

What a service, a file or the system says in its own words stands as it is.
"""

import re
from functools import cache
from typing import Final

from tui.report.japanese.tables import table_ja
from tui.report.japanese.templates import Templates

_SENTENCES: Final = re.compile(r"(?<=[.?!]) (?=[A-Z“`])")
_STOPS: Final = ("。", "？")
_ASIDE: Final = " · "


@cache
def _known() -> Templates:
    # Read with the first failure: none is told while the program starts.
    from tui.report.japanese.failures import FAILURES
    from tui.report.japanese.remedies import REMEDIES

    return Templates(FAILURES | REMEDIES, failure_ja)


def error_ja(text: str) -> str | None:
    """A failure with its subject and remedy in Japanese; None where nothing of it is known.

    Args:
        text: As an error says it: ``the list: it is there already. Choose another name.``, or
            several with `` · `` between.
    """
    if _ASIDE in text:
        parts = text.split(_ASIDE)
        told = [error_ja(part) for part in parts]
        if any(told):
            return _ASIDE.join(new or old for new, old in zip(told, parts, strict=True))
    whole = _whole(text)
    if whole is not None:
        return whole
    sentences = _SENTENCES.split(text)
    found = [_sentence(each) for each in sentences]
    if not any(found):
        return None
    return "".join(new or f"{old} " for new, old in zip(found, sentences, strict=True)).rstrip()


def failure_ja(text: str) -> str:
    """As `error_ja`; a text of which nothing is known stands as it is."""
    return error_ja(text) or text


def _whole(text: str) -> str | None:
    return _known().find(text) or table_ja(text)


def _sentence(text: str) -> str | None:
    """One sentence, behind the name of what it happened to where it has one."""
    remedy = _whole(text)
    if remedy is not None:
        return remedy
    bare = text.removesuffix(".")
    stop = "。" if bare != text else ""
    at = 0
    while True:
        found = _whole(bare[at:])
        if found is not None:
            return f"{bare[:at]}{found}{'' if found.endswith(_STOPS) else stop}"
        colon = bare.find(": ", at)
        if colon < 0:
            return None
        at = colon + 2
