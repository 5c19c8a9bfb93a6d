"""Claims of an English sentence.

A sentence is read word by word. A figure belongs to the instrument that was named last, as long as
nothing between the two can be another subject: any word that is not known to be harmless parts
them until the next clause, and a verb of rising or falling with a subject of its own parts them
until the next instrument is named. What is parted, or speaks of another span of time than the day,
is no claim.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from tui.market.claims import Claim
from tui.market.commentary import english_words as words
from tui.market.commentary.mentions import Mention
from tui.market.commentary.numbers import (
    DIGITS,
    FIGURE,
    KINDS,
    precise,
    sign_of,
    size_of,
    unit_of,
)
from tui.market.commentary.stated import Figure, Kind, Stated, rounded_off

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z-]*")
_MARK: Final = re.compile(r"[,;:()\[\]|—–/]|(?<=\s)-{1,2}(?=\s)")
_LISTED: Final = re.compile(
    r"[\s,&()]*(?:(?:and|as well as)\s(?:the\s)?(?:broader\s)?)?", re.IGNORECASE
)
_ADJACENT: Final = re.compile(
    r"[\s,:;(|\[=—–-]*(?:(?:by|up|down|at|close|last)\s)?[\s¥]*", re.IGNORECASE
)
_TABULAR: Final = re.compile(r"[:|(\[=]|\s{2}|[at]\s")
_CLAUSE: Final = re.compile(
    r"(?<!\d),|,(?!\d)|[;—()|]|\s(?:and|but|which|to close|to end|to finish|before|closing|ending"
    r"|finishing|settling)\s"
)
_WITH_FIGURE: Final = re.compile(r"\s(?:a|gains?|losses)\b")
_BETWEEN: Final = re.compile(
    r"^[\s\d.,%()+-]*(?:(?:or|points?|percent|per cent)[\s\d.,%()+-]*){0,4}"
    r"(?=(?:for|on|over) the (?:week|month|quarter|year)|so far (?:this|in)|year to date"
    r"|this (?:week|month|year)|in (?:early|morning)|in the morning"
    r"|(?:at|by) (?:the )?(?:mid-?day|lunch))",
    re.IGNORECASE,
)
_REACH: Final = 90
_TOKYO: Final = frozenset({"^N225", "^TOPX"})


def english_claims(
    sentence: str,
    places: Sequence[Mention],
    session: date | None = None,
    stated: str = "",
) -> list[Claim]:
    """What a sentence claims.

    Args:
        sentence: In half-width characters.
        places: The instruments that it names, in order.
        session: The date that the text writes about; figures of another weekday are left out.
        stated: The sentence as written.
    """
    if not places:
        return []
    if words.INTRODUCED.search(sentence, 0, places[0].start) and not FIGURE.search(
        sentence, 0, places[0].start
    ):
        return []
    return [
        claim
        for subject in _Sentence(sentence, places, session).read()
        for claim in subject.claims(stated or sentence)
    ]


class _Sentence:
    """Reads one sentence.

    Args:
        text: The sentence.
        places: The instruments named.
        session: The date written about.
    """

    def __init__(self, text: str, places: Sequence[Mention], session: date | None) -> None:
        self._text = text
        self._places = {place.start: place for place in places}
        self._session = session
        self._now: Stated | None = None
        self._end_of_name = 0
        self._tied = False
        self._other = False
        self._aside = False
        self._verb = False
        self._object = False
        self._way = 0
        self._carried = 0
        self._word = ""
        self._after_figure = False

    def read(self) -> Iterator[Stated]:
        """What is stated of each subject."""
        at = 0
        subjects: list[Stated] = []
        while at < len(self._text):
            place = self._places.get(at)
            if place is not None:
                self._name(place, subjects)
                at = max(place.end, at + 1)
            elif found := FIGURE.match(self._text, at):
                self._figure(found)
                at = found.end()
            elif found := (DIGITS.match(self._text, at) or _WORD.match(self._text, at)):
                end = min([found.end(), *(s for s in self._places if at < s < found.end())])
                self._read_word(self._text[at:end], end)
                at = end
            else:
                if _MARK.match(self._text, at) and not self._inside_number(at):
                    self._boundary()
                at += 1
        self._settle()
        yield from subjects

    def _inside_number(self, at: int) -> bool:
        return self._text[at] == "," and self._text[at + 1 : at + 2].isdigit()

    # --- what is met ----------------------------------------------------------------------

    def _name(self, place: Mention, subjects: list[Stated]) -> None:
        now = self._now
        if now is not None and not now.figures:
            between = self._text[self._end_of_name : place.start]
            if _LISTED.fullmatch(between):
                now.members.append(place)
                self._end_of_name = place.end
                self._tied, self._word = True, ""
                return
        self._settle()
        self._carried = self._way or self._carried
        self._object = self._word in words.OBJECT_OF
        self._now = Stated([place])
        subjects.append(self._now)
        self._end_of_name = place.end
        self._tied, self._aside = True, False
        self._other = bool(words.SOMETHING_OF.search(self._text, 0, place.start))
        self._verb, self._way, self._word, self._after_figure = False, 0, "", False

    def _settle(self) -> None:
        """Give figures without a way of their own that of the subject before, where it is elided.

        *Sony gained 1.5% and Hitachi 1.4%.*
        """
        if self._now is None:
            return
        if self._carried and not self._verb and not self._object:
            first = FIGURE.search(self._text, self._end_of_name)
            if first and re.fullmatch(
                r"[\s(]*(?:by )?", self._text[self._end_of_name : first.start()]
            ):
                self._now.turn(self._carried)
                self._way = self._carried

    def _boundary(self) -> None:
        self._word = ""
        if self._object and self._now is not None:
            # After the clause in which an instrument is the object, the subject goes on.
            self._other = True
        if self._aside:
            if not self._verb:
                self._aside, self._other, self._tied = False, False, True
        elif not self._other:
            self._tied = True

    def _read_word(self, written: str, end: int) -> None:
        word = written.lower()
        before = self._word
        if word not in words.PASSED_OVER:
            self._word = word
        beside, self._after_figure = self._after_figure, False
        if self._now is None:
            return
        if way := self._phrase(word, before, end, beside=beside) or _way(word):
            self._turn(way, word, end, beside=beside)
        elif word in words.OTHER_SUBJECT:
            self._other = True
        elif word in words.CLOSING:
            self._close(word, before)
        elif word in words.SUBORDINATE:
            if word != "with" or not _WITH_FIGURE.match(self._text, end):
                self._aside, self._tied = True, False
        elif word in words.JOINING:
            self._tied = self._tied or not (self._other or self._aside)
        elif words.AGAIN.fullmatch(word):
            self._now.each = True
        elif not (word in words.NEUTRAL or word.endswith("ly") or word[0].isdigit()):
            self._tied = False

    def _phrase(self, word: str, before: str, end: int, *, beside: bool) -> int:
        """The way of a small word that tells one only in its place; 0 where it does not."""
        verbs, way = words.PHRASES.get(word, (frozenset(), 0))
        if before in verbs:
            return way
        if beside and word in {"above", "below"} and words.ABOVE.match(self._text, end):
            return 1 if word == "above" else -1
        return 0

    def _close(self, word: str, before: str) -> None:
        """Meet a verb that tells where something ended."""
        if self._other or self._aside:
            return
        if before == "to" or word in words.REJOINING:
            self._tied = True
        elif not self._tied:
            self._other = True
        self._verb = True

    def _turn(self, way: int, word: str, end: int, *, beside: bool) -> None:
        """Meet a word of rising or falling."""
        now = self._now
        if now is None or self._aside:
            return
        if words.NOT_YET.search(self._text, 0, end):
            self._other = True
            return
        noun = word in words.NOUNS_UP or word in words.NOUNS_DOWN
        next_figure = _leads_to_figure(self._text, end)
        if beside and self._tied and not self._other and now.pending():
            now.turn(way)
            self._way, self._verb = way, True
        elif not noun or next_figure:
            if self._tied and not self._other:
                self._way, self._verb = way, True
            else:
                self._other = True

    def _figure(self, found: re.Match[str]) -> None:
        self._after_figure = True
        word, self._word = self._word, ""
        now = self._now
        unit = unit_of(found)
        if unit == "other":
            if found["money"] or re.search(r"illion|[btm]r?n\b", found["unit"] or ""):
                self._other = True
            return
        if (
            now is None
            or self._other
            or self._aside
            or not self._tied
            or self._of_other_span(found)
        ):
            return
        figure = self._read_figure(found, unit, word, now)
        if figure is not None:
            now.figures.append(figure)

    # --- what a figure is ---------------------------------------------------------------

    def _read_figure(
        self, found: re.Match[str], unit: str, word: str, now: Stated
    ) -> Figure | None:
        before, after = self._text[: found.start()], self._text[found.end() : found.end() + 40]
        before = before[-_REACH:]
        lead = before + (found["sign"] or "") + (found["money"] or "")
        if words.BEYOND.search(before) or words.FROM.search(before):
            return None
        size = size_of(found["number"])
        if about := words.ABOUT.search(before):
            size = rounded_off(size)
            before = before[: about.start()]
            lead = before
        sign = sign_of(found["sign"])
        if sign and self._way and sign != self._way:
            return None
        index = all(member.index for member in now.members)
        if unit == "percent":
            if re.search(r"\b(?:to|at)\s$", before) or words.SHARE_OF.match(after):
                return None
            return Figure(Kind.PERCENT, size, sign or self._way)
        if unit == "points":
            return Figure(KINDS[unit], size, sign or self._way) if index else None
        if sign:
            return (
                Figure(Kind.CHANGE, size, sign)
                if unit == "yen" or precise(found["number"])
                else None
            )
        if unit == "yen" or precise(found["number"]):
            return self._level_or_change(found, word, before, lead, size)
        return None

    def _level_or_change(
        self, found: re.Match[str], word: str, before: str, lead: str, size: Decimal
    ) -> Figure | None:
        """What a number of points or yen without a sign is, by the words beside it."""
        if told := _HIGHER.match(self._text, found.end()):
            return Figure(Kind.CHANGE, size, _way(told[1].lower()))
        beside = _ADJACENT.fullmatch(self._text, self._end_of_name, found.start())
        if beside and not ("," in found["number"] or _TABULAR.search(beside[0])):
            beside = None
        if words.LANDMARK.match(self._text, found.end()) and "." not in found["number"]:
            return None
        turned = _way(word) or word == "by" or words.GAIN_OF.search(before)
        if (
            words.LEVEL_CUE.search(lead)
            or (beside and not turned)
            or (_AND.search(before) and self._of_several_levels())
        ):
            return Figure(Kind.LEVEL, size)
        if turned or (unit_of(found) == "yen" and self._after_way(before)):
            return Figure(Kind.CHANGE, size, self._way)
        return None

    def _of_several_levels(self) -> bool:
        """Whether levels of several instruments are being listed: *at 37,531.53 and 2,751.91*."""
        now = self._now
        if now is None or not now.figures or now.figures[-1].kind is not Kind.LEVEL:
            return False
        told = sum(figure.kind is Kind.LEVEL for figure in now.figures)
        return told < len(now.members)

    @staticmethod
    def _after_way(before: str) -> bool:
        tail = before.lower().split()[-2:]
        return any(_way(each) for each in tail)

    def _of_other_span(self, found: re.Match[str]) -> bool:
        """Whether the clause of a figure says that it is not of the day's close."""
        low = max(found.start() - _REACH, self._end_of_name)
        before = _CLAUSE.split(self._text[low : found.start()])[-1]
        rest = self._text[found.end() : found.end() + _REACH]
        after = _CLAUSE.split(rest, maxsplit=1)[0]
        clause = f"{before} … {after}"
        if words.OTHER_SPAN.search(clause) or words.SINCE.match(after):
            return True
        if _BETWEEN.match(rest):
            return True
        return self._of_other_day(clause) or (self._abroad() and self._of_other_day(self._text))

    def _of_other_day(self, clause: str) -> bool:
        return self._session is not None and any(
            words.WEEKDAYS.index(day[1].lower()) != self._session.weekday()
            and not words.BASE_DAY.search(clause[: day.start()])
            for day in words.WEEKDAY.finditer(clause)
        )

    def _abroad(self) -> bool:
        """Whether what is spoken of trades abroad, where one day is told of in one sentence."""
        now = self._now
        return now is not None and all(
            member.symbol not in _TOKYO and not member.symbol.endswith(".T")
            for member in now.members
        )


def _way(word: str) -> int:
    if word in words.UP or word in words.NOUNS_UP:
        return 1
    return -1 if word in words.DOWN or word in words.NOUNS_DOWN else 0


_AND: Final = re.compile(r"\d,? and ¥?$")
_HIGHER: Final = re.compile(r"\s(higher|lower)\b", re.IGNORECASE)
_TO_FIGURE: Final = re.compile(
    r"\s(?:(?:of|by|some|about|around|nearly|roughly|almost|a|another|further)\s){0,3}[+–-]?¥?\d"
)


def _leads_to_figure(text: str, end: int) -> bool:
    return _TO_FIGURE.match(text, end) is not None
