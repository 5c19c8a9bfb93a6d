"""Kinds: what a headline tells of, by rules that a user can read and edit."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from tui.data.kind_rules import GAP, KindRule, shipped_kind_rules
from tui.market.linking.writing import Writing

LONGEST_TEXT: Final = 2_000
"""Characters of a body that are looked at where the headline tells nothing."""

_LONGEST_HEADLINE: Final = 1_000
_GAP: Final = r"[^\n]{0,60}?"
_HEAD: Final = 2
_OPEN: Final = frozenset("* .")
"""Characters of a phrase that need not stand so in a headline."""

_LETTER: Final = re.compile(r"[A-Za-z0-9]")


_Mark = tuple[int, str]
"""The place of a rule, and which of its lists a phrase is of."""


class _Phrase:
    """A phrase of a rule, compiled when its beginning is first met in a headline."""

    def __init__(self, written: str, mark: _Mark) -> None:
        self.written = written.lstrip("*. ")
        self.mark = mark
        self._inside = written.startswith("*")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What must match where the phrase begins."""
        return re.compile(_pattern(self.written, inside=self._inside))


class Kinds:
    """Files headlines under kinds. May be used from any thread.

    Making one costs nothing; the rules are read and compiled at the first headline.

    Args:
        rules: In the order in which they are tried; those that ship unless told otherwise, and
            `tui.data.kind_rules.read_kind_rules` lays the user's own over those.
    """

    def __init__(self, rules: Sequence[KindRule] | None = None) -> None:
        self._given = rules

    def classify(self, headline: str, text: str = "") -> tuple[str, str]:
        """The kind, and the name of the rule that gave it; two empty words where none holds.

        Never raises. The body is asked only where the headline tells nothing, and only its
        first 2,000 characters.
        """
        found = self._first(headline[:_LONGEST_HEADLINE])
        return found if found[0] or not text else self._first(text[:LONGEST_TEXT])

    def _first(self, text: str) -> tuple[str, str]:
        met = self._met(Writing(text).text.lower())
        for place, rule in enumerate(self._rules):
            if (
                (place, "any") in met
                and (not rule.also or (place, "with") in met)
                and (place, "without") not in met
            ):
                return rule.kind, rule.name
        return "", ""

    def _met(self, text: str) -> set[_Mark]:
        """Which lists of which rules have a phrase in a text, by one walk over it."""
        heads = self._heads
        met: set[_Mark] = set()
        for place, character in enumerate(text):
            for head in (text[place : place + _HEAD], character):
                for phrase in heads.get(head, ()):
                    if phrase.mark not in met and phrase.pattern.match(text, place):
                        met.add(phrase.mark)
        return met

    @cached_property
    def _rules(self) -> tuple[KindRule, ...]:
        return tuple(shipped_kind_rules().rules if self._given is None else self._given)

    @cached_property
    def _heads(self) -> dict[str, tuple[_Phrase, ...]]:
        """Phrases by how they begin: by two characters, or one where the second is not told."""
        heads: dict[str, list[_Phrase]] = {}
        for place, rule in enumerate(self._rules):
            lists = (("any", rule.any), ("with", rule.also), ("without", rule.without))
            for name, phrases in lists:
                for written in phrases:
                    phrase = _Phrase(Writing(written).text.lower(), (place, name))
                    heads.setdefault(_head(phrase.written), []).append(phrase)
        return {head: tuple(phrases) for head, phrases in heads.items()}


def _head(phrase: str) -> str:
    told = phrase[:_HEAD]
    return told if len(told) == _HEAD and told[1] not in _OPEN else told[:1]


def _pattern(phrase: str, *, inside: bool = False) -> str:
    """What matches a phrase in lower case; one may begin inside a word if told so."""
    parts: list[str] = []
    for part in phrase.split(GAP):
        bare = part.strip()
        body = r"\s+".join(
            r"\w*".join(re.escape(piece) for piece in word.split("*")) for word in bare.split()
        )
        if bare and _LETTER.match(bare[0]) and (parts or not inside):
            body = r"(?<![A-Za-z0-9])" + body
        if bare and _LETTER.match(bare[-1]):
            body += r"(?![A-Za-z0-9])"
        parts.append(body)
    return _GAP.join(parts)
