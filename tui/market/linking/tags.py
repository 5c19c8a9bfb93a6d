"""Cash-tags: symbols written with a dollar sign, such as ``$6501.T``."""

import re
from typing import Final

MOST_SYMBOLS: Final = 64

TAG: Final = re.compile(
    r"(?<![A-Za-z0-9$])\$("
    r"\^[A-Z0-9]{1,12}(?:\.[A-Z]{1,3})?"
    r"|[0-9][0-9A-Z]{3,4}\.T"
    r"|[A-Z0-9]{2,8}=[XF]"
    r"|[A-Z]{1,3}225"
    r"|[A-Z]{1,6}(?:[.-][A-Z]{1,2})?"
    r")(?![A-Za-z0-9=^]|-[A-Za-z])"
)
"""A cash-tag, the symbol in its first group. No amount looks like one: ``$5 billion``."""


OTHER_TAGS: Final = {
    "NKY": "^N225", "NIKKEI": "^N225", "N225": "^N225", "NI225": "^N225", "^NKX": "^N225",
    "^NKY": "^N225", "^NI225": "^N225",
    "TOPIX": "^TOPX", "TPX": "^TOPX", "TOPX": "^TOPX", "^TPX": "^TOPX", "^TOPIX": "^TOPX",
    "NKD": "NKD=F", "NIY": "NIY=F",
    "USDJPY": "JPY=X", "USDJPY=X": "JPY=X", "EURJPY": "EURJPY=X", "EURUSD": "EURUSD=X",
    "SPX": "^GSPC", "^SPX": "^GSPC", "GSPC": "^GSPC", "DJIA": "^DJI", "^DJIA": "^DJI",
    "DJI": "^DJI", "IXIC": "^IXIC", "COMP": "^IXIC", "SOX": "^SOX", "VIX": "^VIX", "TNX": "^TNX",
}  # fmt: skip
"""Other usual tags of what is no share, and the program's own form of each."""


def cash_tags(text: str) -> tuple[str, ...]:
    """The symbols that a text names with cash-tags, each once, in order, known or not."""
    return tuple(dict.fromkeys(TAG.findall(text)))[:MOST_SYMBOLS]
