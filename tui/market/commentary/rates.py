"""Exchange rates that a sentence states: the yen *at 142.8 per dollar*, *1ドル=142円80銭*.

Only the rate is a claim. A yen that rises is a rate that falls, so changes in words are left out.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from tui.market.claims import Claim
from tui.market.commentary import english_words as words
from tui.market.commentary.stated import rounded_off

_RATE = r"¥?(?P<rate>\d{2,3}\.\d{1,3})(?![\d%])"
_CUE = r"\b(?:at|to|fetched|bought|buys|buying|worth|traded|was|stood)\s"
_ROUGH = r"(?P<about>(?:about|around|roughly|some|approximately)\s)?"
_ENGLISH: Final = re.compile(
    rf"(?:{_CUE}{_ROUGH}|\b(?P<about2>around)\s){_RATE}\s?(?:yen\s|JPY\s)?"
    r"(?:per|to the|to one|against the|versus the|a|on the|/)\s?"
    r"(?:U\.?S\.?\s|greenback)?(?P<unit>dollar|euro|greenback)"
    rf"|\b(?P<unit2>dollar|euro|greenback)\b(?!\sindex)(?:[^.;:]|\.(?=\d)){{0,60}}?{_CUE}"
    rf"{_ROUGH.replace('about>', 'about3>')}{_RATE.replace('rate>', 'rate2>')}\s?yen",
    re.IGNORECASE,
)
_JAPANESE: Final = re.compile(
    r"1(?P<unit>ドル|ユーロ)\s?[=は]\s?(?P<yen>\d{2,3})(?:\.(?P<part>\d{1,3})円|円(?P<sen>\d{1,2})銭)"
    r"(?!\s?(?:台|近辺|前後|付近|近く|-|〜|~|から|まで))"
)
_PAIRS: Final = {
    "dollar": "JPY=X", "greenback": "JPY=X", "ドル": "JPY=X",
    "euro": "EURJPY=X", "ユーロ": "EURJPY=X",
}  # fmt: skip
_OTHER_SPAN_JA: Final = re.compile(r"一時|前週|前日|昨年|年初|午前|朝方|海外市場|ニューヨーク")


def rate_claims(sentence: str, stated: str) -> Iterator[Claim]:
    """The rates that a sentence states as of the close.

    Args:
        sentence: In half-width characters.
        stated: The sentence as written.
    """
    for found in _ENGLISH.finditer(sentence):
        begin = max(sentence.rfind(",", 0, found.start()), found.start() - 30, 0)
        if words.OTHER_SPAN.search(sentence[begin : found.end()]) or (
            "yen" not in sentence.lower() and "¥" not in sentence and found["unit2"]
        ):
            continue
        rate = Decimal(found["rate"] or found["rate2"])
        about = found["about"] or found["about2"] or found["about3"]
        unit = (found["unit"] or found["unit2"]).lower()
        yield _claim(unit, rounded_off(rate) if about else rate, found[0], stated)
    for found in _JAPANESE.finditer(sentence):
        if _OTHER_SPAN_JA.search(sentence, max(0, found.start() - 24), found.start()):
            continue
        part = found["part"] or found["sen"].zfill(2)
        yield _claim(found["unit"], Decimal(f"{found['yen']}.{part}"), found[0], stated)


def _claim(unit: str, rate: Decimal, written: str, stated: str) -> Claim:
    return Claim(symbol=_PAIRS[unit], as_written=written.strip(), level=rate, text=stated[:400])
