"""What two headlines are compared by: words, figures, periods, script."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tui.market.folding import fold

_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々]")
_WORD: Final = re.compile(r"[a-z0-9]+(?:[.'’][a-z0-9]+)*")
_NOISE: Final = re.compile(r"[^\w%.]+")

_YEAR: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:年|(?=[^\d,.億兆万円株台人%]|$))|(?:fy|令和|平成)\s*'?\d{1,4}年?|(?<!\d)\d{1,2}年"
)
_DATE: Final = re.compile(
    r"(?<!\d)\d{1,2}月(?:\s*\d{1,2}日)?期?|(?<!\d)\d{1,2}日|(?<!\d)\d{1,2}:\d{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
)
_KANJI: Final = re.compile(
    r"(?:(\d[\d,]*(?:\.\d+)?)兆)?(?:(\d[\d,]*(?:\.\d+)?)億)?(?:(\d[\d,]*(?:\.\d+)?)万)?"
)
_FIGURE: Final = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*"
    r"(trillion|tn|billion|bln|bn|b(?![a-z])|million|mln|mn|m(?![a-z])"
    r"|%|percent|per cent|ぱーせんと)?"
)
_SCALE: Final = {
    "trillion": 1e12, "tn": 1e12, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9,
    "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
}  # fmt: skip
_CALENDAR_YEAR: Final = re.compile(r"(?<!\d)20\d{2}(?!\d|,)")
_PERCENT: Final = frozenset({"%", "percent", "per cent", "ぱーせんと"})
_CODE: Final = re.compile(
    r"[(\[【<〈]\s*[0-9][0-9a-z]{3}(?:\.t|:jp)?\s*[)\]】>〉]|(?<![0-9a-z])[0-9][0-9a-z]{3}\.t(?![a-z])"
)

_PERIODS: Final = (
    ("q1", r"第\s*(?:1|一)\s*四半期|\bq1\b|\b1q\b|\bfirst[- ]quarter\b|4[-~〜～]6月期?"),
    ("q2", r"第\s*(?:2|二)\s*四半期|\bq2\b|\b2q\b|\bsecond[- ]quarter\b|7[-~〜～]9月期?"),
    ("q3", r"第\s*(?:3|三)\s*四半期|\bq3\b|\b3q\b|\bthird[- ]quarter\b|10[-~〜～]12月期?"),
    ("q4", r"第\s*(?:4|四)\s*四半期|\bq4\b|\b4q\b|\bfourth[- ]quarter\b|1[-~〜～]3月期?"),
    ("half", r"中間期|上期|上半期|\bfirst[- ]half\b|\b1h\b|\bh1\b|\binterim\b"),
    ("second half", r"下期|下半期|\bsecond[- ]half\b|\b2h\b|\bh2\b"),
    ("year", r"通期|本決算|\bfull[- ]year\b|\bannual\b"),
)
_PERIOD: Final = tuple((word, re.compile(pattern)) for word, pattern in _PERIODS)
_OF_PERIOD: Final = (
    "期", "月", "算", "q", "half", "1h", "h1", "2h", "h2", "interim", "full", "annual",
)  # fmt: skip
"""One of these stands wherever a period does."""
_OF_DATE: Final = (
    "月", "日", ":", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
    "dec",
)  # fmt: skip
"""One of these stands wherever a date does."""
_OF_KANJI: Final = ("兆", "億", "万")
_DIGIT: Final = re.compile(r"\d")
_STANCE: Final = (
    re.compile(
        r"上方|増額|増益|増収|増配|黒字|上昇|続伸|反発|引き上げ|復配|"
        r"\b(?:rais\w+|lift\w*|hik\w+|ris\w+|rose|gain\w*|jump\w*|surg\w+|up|"
        r"increas\w+|grow\w*|grew|upgrad\w+|beat\w*|confirm\w*|approv\w+)\b"
    ),
    re.compile(
        r"下方|減額|減益|減収|減配|赤字|下落|続落|反落|引き下げ|無配|否定|撤回|中止|"
        r"\b(?:cut\w*|lower\w*|fall\w*|fell|drop\w*|slump\w*|plung\w+|down|declin\w+|"
        r"decreas\w+|downgrad\w+|miss\w*|den(?:y|ies|ied)|reject\w*|withdr\w+|"
        r"cancel\w*)\b"
    ),
)
_SHINGLE: Final = 3
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Title:
    """A headline taken apart.

    Attributes:
        key: Folded, without punctuation: equal for the same words in any writing.
        japanese: Whether it holds kana or kanji.
        parts: What similarity is counted in: words, or runs of three characters of Japanese.
        figures: Its figures with their units: ``("%", 12.5)``, ``("", 3.2e11)``. Years, dates and
            codes are none.
        periods: The stretches of a business year that it names.
        years: The years that it names.
        up, down: Whether it holds words of a rise or a yes, of a fall or a no.
    """

    key: str
    japanese: bool
    parts: frozenset[str]
    figures: frozenset[tuple[str, float]]
    periods: frozenset[str]
    years: frozenset[str]
    up: bool
    down: bool

    def opposes(self, other: "Title") -> bool:
        """Whether one tells a rise or a yes alone, and the other a fall or a no alone."""
        return (self.up, self.down) != (other.up, other.down) and (self.up, self.down) == (
            other.down,
            other.up,
        )


@lru_cache(maxsize=8192)
def title(headline: str) -> Title:
    """Take a headline apart; one longer than 300 characters by its beginning."""
    folded = fold(headline[:_LONGEST])
    periods = frozenset(
        word
        for word, pattern in (_PERIOD if _any_of(_OF_PERIOD, folded) else ())
        if pattern.search(folded)
    )
    key = _NOISE.sub(" ", folded).strip()
    japanese = bool(_JAPANESE.search(folded))
    up, down = (bool(pattern.search(folded)) for pattern in _STANCE)
    return Title(
        key=key,
        japanese=japanese,
        parts=frozenset(_parts(key)),
        figures=frozenset(_figures(folded)),
        periods=periods,
        years=frozenset(_CALENDAR_YEAR.findall(folded)),
        up=up,
        down=down,
    )


def _any_of(words: Iterable[str], text: str) -> bool:
    return any(map(text.__contains__, words))


def similarity(first: Title, second: Title) -> float:
    """The share of parts that two headlines have in common, 0 to 1."""
    union = len(first.parts | second.parts)
    return len(first.parts & second.parts) / union if union else 0.0


def _parts(key: str) -> Iterator[str]:
    """Words of Latin script whole; Japanese, which has no blanks, in overlapping runs."""
    yield from _WORD.findall(key)
    rest = _WORD.sub(" ", key).replace("%", " ").replace(".", " ")
    for run in rest.split():
        for start in range(max(1, len(run) - _SHINGLE + 1)):
            yield run[start : start + _SHINGLE]


def _figures(folded: str) -> Iterator[tuple[str, float]]:
    if not _DIGIT.search(folded):
        return
    text = _CODE.sub(" ", folded)
    if _any_of(_OF_PERIOD, text):
        for _, pattern in _PERIOD:
            text = pattern.sub(" ", text)
    text = _YEAR.sub(" ", text)
    if _any_of(_OF_DATE, text):
        text = _DATE.sub(" ", text)
    spent = []
    for match in _KANJI.finditer(text) if _any_of(_OF_KANJI, text) else ():
        if match[0]:
            spent.append(match.span())
            scaled = zip(match.groups(), (1e12, 1e8, 1e4), strict=True)
            yield "", _rounded(sum(_number(figure) * scale for figure, scale in scaled if figure))
    for start, stop in reversed(spent):
        text = text[:start] + " " + text[stop:]
    for match in _FIGURE.finditer(text):
        unit = match[2] or ""
        if unit in _PERCENT:
            yield "%", _rounded(_number(match[1]))
        else:
            yield "", _rounded(_number(match[1]) * _SCALE.get(unit, 1.0))


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _rounded(value: float) -> float:
    """To three digits, as tellers of the same figure round it differently."""
    return float(f"{value:.3g}")
