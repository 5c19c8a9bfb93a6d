"""Currency pairs that a headline tells of in words: the yen that falls, not a price in yen."""

import re
from collections.abc import Iterator
from typing import Final

from tui.market.linking.codes import Place

_MOVES: Final = (
    r"(?:weakens?|weakened|strengthens?|strengthened|slides?|slid|slips?|slipped|falls?|fell|"
    r"drops?|"
    r"dropped|sinks?|sank|tumbles?|tumbled|plunges?|plunged|rises?|rose|gains?|gained|jumps?|"
    r"jumped|"
    r"surges?|surged|soars?|soared|rall(?:y|ies|ied)|rebounds?|rebounded|recovers?|firms?|firmed|"
    r"eases?|eased|hits?|touches|touched|trades?|traded|nears?|steadies|steady|edges?|edged|"
    r"climbs?|"
    r"climbed|advances?|retreats?|hovers?|weaker|stronger|firmer|softer|intervention|bears|bulls)"
)
_AMOUNT: Final = r"(?<![0-9] )(?<!illion )(?<![0-9])(?<![0-9]-)"

_EURO_YEN: Final = re.compile(
    r"\b[Ee]uro\b(?:[^.;:]|\.(?=[0-9])){0,30}\byen\b"
    r"|\b(?:against|versus|vs) the euro\b(?=.{0,60}\byen\b)"
    r"|1ユーロ=[0-9]"
)
_DOLLAR_YEN: Final = re.compile(
    rf"{_AMOUNT}\b[Yy]en(?:'s)? {_MOVES}\b"
    r"|\b[Dd]ollar\b(?:[^.;:]|\.(?=[0-9])){0,40}\b(?:yen)\b"
    r"|\b[Yy]en\b(?:[^.;:]|\.(?=[0-9])){0,40}\b"
    r"(?:per dollar|to the dollar|against the dollar|vs\.? dollar|a dollar)\b"
    r"|(?<![0-9万億兆])(?:円(?:安|高)(?:・ドル(?:高|安))?(?:が|は|に振れ|進行|進む|進み|加速|"
    r"一服|基調)"
    r"|円(?:急落|急伸|急騰|続伸|続落|反発|反落|買い|売り|上昇|下落|全面(?:高|安))"
    r"|(?<=で)円(?:安|高)(?=[、,。 ]|$))"
    r"|1ドル=1?[0-9]{2}円|対ドルで[^、]{0,12}円|ドル(?:高・円安|安・円高)"
)


def find_pairs(text: str) -> Iterator[Place]:
    """Pairs against the yen, in English and Japanese.

    Args:
        text: After NFKC.
    """
    euro = _EURO_YEN.search(text)
    if euro is not None:
        yield Place(*euro.span(), "EURJPY=X", "currency")
    for found in _DOLLAR_YEN.finditer(text):
        if euro is None or found.end() <= euro.start() or found.start() >= euro.end():
            yield Place(*found.span(), "JPY=X", "currency")
            return
