"""Display names in English from the capitals of the index provider's file.

Legal forms go, abbreviations are written out, words get their usual writing.
"""

import re

_LEGAL_FORM = re.compile(r"(,?\s*\b(CORP|COMPANY|CO|LTD|INC|K\.K|KAISHA)\b\.?)+$")
_ARTICLE = re.compile(r"^THE\s+")
_WORD = re.compile(r"[^\s-]+")

_IN_FULL = {"IND.": "INDUSTRIES", "CONST.": "CONSTRUCTION", "MACH.": "MACHINERY"}

_CAPITALS = frozenset(
    [
        *("AGC", "ANA", "COMSYS", "ENEOS", "GS", "IHI", "INPEX", "JFE", "JGC", "JTEKT", "KDDI"),
        *("M3", "MS&AD", "NEC", "NGK", "NH", "NSK", "NTN", "NTT", "ORIX", "SHIFT", "SMC", "SUMCO"),
        *("T&D", "TDK", "TOTO", "UBE", "UFJ", "ZOZO"),
    ]
)

_WRITING = {
    "BAYCURRENT": "BayCurrent",
    "CYBERAGENT": "CyberAgent",
    "DENA": "DeNA",
    "SOFTBANK": "SoftBank",
    "I": "i",
}

_EXCEPTIONS = {
    "1925": "Daiwa House Industry",
    "3086": "J. Front Retailing",
    "4689": "LY Corp.",
    "6479": "MinebeaMitsumi",
    "8031": "Mitsui & Co.",
    "8053": "Sumitomo Corp.",
    "8058": "Mitsubishi Corp.",
    "8725": "MS&AD Insurance Group",
    "8750": "Dai-ichi Life Holdings",
    "9104": "Mitsui O.S.K. Lines",
    "9501": "Tokyo Electric Power",
}


def display_name(code: str, capitals: str) -> str:
    """The name to show: ``TOKYO ELECTRON LTD.`` becomes ``Tokyo Electron``."""
    if code in _EXCEPTIONS:
        return _EXCEPTIONS[code]
    bare = _ARTICLE.sub("", _LEGAL_FORM.sub("", capitals.strip())).rstrip(" ,&")
    return _WORD.sub(lambda match: _write(match.group()), bare)


def _write(word: str) -> str:
    word = _IN_FULL.get(word, word)
    if word in _CAPITALS:
        return word
    return _WRITING.get(word, word.capitalize())
