"""The forms that names take in headlines, from the list of issues and the alias table.

A form that a person wrote down is taken at its word. One that is made from the list of issues is
taken only where it is long enough not to be a common word; a shorter one needs words of business
around it, and the shortest are left out: for those a headline gives the code.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tui.data.aliases import Aliases
from tui.data.reader import ReferenceTables
from tui.data.rows import ListedRow
from tui.market.linking.link import How
from tui.market.linking.writing import Writing

_KINDS: Final = frozenset({"equity", "reit"})
_SUFFIX_JA: Final = re.compile(
    r"(?:ホールディングス|ホールディング|フィナンシャル・?グループ|グループ本社|グループ|コーポレーション|株式会社|本社)$"
)
_SUFFIX_EN: Final = re.compile(
    r",? (?:Holdings|Group|Corporation|Corp\.?|Co\.?|Inc\.?|Ltd\.?|Industries)$"
)
_SHORT: Final = {
    "ホールディングス": ("HD",),
    "ホールディング": ("HD",),
    "フィナンシャルグループ": ("FG",),
    "フィナンシャル・グループ": ("FG",),
    "グループ": ("G",),
    "グループ本社": ("G",),
}
_LATIN: Final = re.compile(r"[A-Za-z]")
_ONLY_LATIN: Final = re.compile(r"[\x20-\x7e]+")
_KATAKANA: Final = re.compile(r"[ァ-ヺー・ ]+")
_HIRAGANA: Final = re.compile(r"[ぁ-ゟー]+")
_SECTOR_ENDS_JA: Final = ("株", "セクター", "業種", "関連株")
_SECTOR_ENDS_EN: Final = (" stocks", " shares", " sector")
_SHORTEST_CAPITALS: Final = 4
_SHORTEST_STEM: Final = 2


class Form(NamedTuple):
    """What a form names.

    Attributes:
        meaning: A symbol, ``sector:…``, ``basket:…``, or empty for nothing.
        how: By what it is named.
        doubtful: Whether it is a common word, a place or a person too.
        broker: Whether it is not linked where it rates another company.
    """

    meaning: str
    how: How
    doubtful: bool = False
    broker: bool = False


def make_forms(reference: ReferenceTables, aliases: Aliases) -> dict[str, Form]:
    """Every form that is looked for, as it stands in a text after `Writing`."""
    listed = {row.code: row for row in reference.listed.rows if row.kind in _KINDS}
    forms = _derived(listed)
    outside = {row.symbol: row.kind for row in reference.foreign.rows}
    for row in reference.foreign.rows:
        for name in (row.name_en, row.name_ja):
            forms[Writing(name).text] = Form(row.symbol, _how(row.symbol, outside))
    for written in aliases.doubtful:
        form = Writing(written).text
        if form in forms:
            forms[form] = forms[form]._replace(doubtful=True)
    forms |= _sectors(reference)
    for written, meaning in aliases.names.items():
        form = Writing(written).text
        if meaning.endswith(".T") and meaning.removesuffix(".T") not in listed:
            # The list may be older than the alias; what is not listed is not linked.
            forms.pop(form, None)
            continue
        made = Form(
            meaning,
            _how(meaning, outside),
            written in aliases.doubtful,
            written in aliases.brokers,
        )
        forms[form] = made
        if _ONLY_LATIN.fullmatch(form):
            _add_capitals(forms, form, made)
        if made.how == "sector":
            forms.setdefault(form.lower(), made)
            forms.setdefault(form[:1].upper() + form[1:], made)
    return forms


def _how(meaning: str, outside: Mapping[str, str]) -> How:
    if meaning.startswith(("sector:", "basket:")):
        return "sector"
    if outside.get(meaning) == "currency" or meaning.endswith("=X"):
        return "currency"
    return "index" if meaning in outside or meaning.startswith("^") else "name"


def _add_capitals(forms: dict[str, Form], form: str, made: Form) -> None:
    """In capitals, and with each word capitalised, as headlines are set."""
    if sum(map(str.isalpha, form)) >= _SHORTEST_CAPITALS:
        forms.setdefault(form.upper(), made)
    if " " in form:
        forms.setdefault(" ".join(word[:1].upper() + word[1:] for word in form.split()), made)


def _derived(listed: Mapping[str, ListedRow]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    clashing: set[str] = set()
    for row in listed.values():
        stems = set(_stems(row.name_ja))
        for form in {*_japanese(row.name_ja), *stems, *_english(row.name_en)}:
            weight = _doubt(form)
            if weight is None or (weight and form in stems):
                continue
            made = Form(f"{row.code}.T", "name", weight)
            if forms.setdefault(form, made).meaning != made.meaning:
                clashing.add(form)
    for form in clashing:
        del forms[form]
    for form, made in list(forms.items()):
        if _ONLY_LATIN.fullmatch(form):
            _add_capitals(forms, form, made)
    return forms


def _doubt(form: str) -> bool | None:
    """Whether a form made from the list is doubtful; None where it is too short for a name."""
    size = len(form)
    if _ONLY_LATIN.fullmatch(form):
        # What is written without any capital would be found in any running text.
        if size <= 3 or form == form.lower():
            return None
        return " " not in form and size <= 6
    if _KATAKANA.fullmatch(form):
        return None if size <= 3 else size <= 6
    if _HIRAGANA.fullmatch(form):
        return None if size <= 4 else size <= 6
    return None if size <= 2 else size == 3


def _japanese(name: str) -> Iterator[str]:
    """A name of the list as it stands, and with its last words shortened."""
    for whole in _spellings(name):
        yield whole
        if (found := _SUFFIX_JA.search(whole)) and found.start() >= _SHORTEST_STEM:
            stem = whole[: found.start()].rstrip("・ ")
            for short in _SHORT.get(found[0], ()):
                yield stem + short


def _stems(name: str) -> Iterator[str]:
    """A name of the list without what says that it is a company."""
    for whole in _spellings(name):
        if found := _SUFFIX_JA.search(whole):
            yield whole[: found.start()].rstrip("・ ")


def spellings(name_ja: str, name_en: str = "") -> set[str]:
    """The whole names of an issue as they may stand in a text, however short they are."""
    return {name for name in (*_spellings(name_ja), Writing(name_en).text) if name}


def _spellings(name: str) -> set[str]:
    form = Writing(name).text.removeprefix("株式会社").strip()
    closed = form.replace(" ", "")
    return {form, closed, closed.replace("・", "")}


def _english(name: str) -> Iterator[str]:
    form = unicodedata.normalize("NFKC", name)
    while len(form) >= 2 and not form.endswith("&"):
        yield form
        found = _SUFFIX_EN.search(form)
        if found is None or " " not in form[: found.start()]:
            # A last single word, such as Sapporo of Sapporo Holdings, is for the alias table.
            return
        form = form[: found.start()]


def _sectors(reference: ReferenceTables) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for row in reference.sectors.rows:
        if row.scheme != 33:
            continue
        made = Form(f"sector:{row.code}", "sector")
        japanese = Writing(row.name_ja).text
        for stem in {japanese, japanese.removesuffix("業")}:
            for end in _SECTOR_ENDS_JA:
                forms[stem + end] = made
        for name in {row.name_en, row.name_en.lower(), row.name_en.capitalize()}:
            for end in _SECTOR_ENDS_EN:
                forms[name + end] = made
    return forms
