"""Cash-tags: symbols written with a dollar sign, such as ``$6501.T``."""

import re
from typing import Final

MOST_SYMBOLS: Final = 64

TAG: Final = re.compile(
    r"(?<![A-Za-z0-9$])\$("
    r"\^[A-Z0-9]{1,12}(?:\.[A-Z]{1,3})?"
    r"|[0-9][0-9A-Z]{3,4}\.T"
    r"|[A-Z0-9]{2,8}=[XF]"
    r"|[A-Z]{1,6}(?:[.-][A-Z]{1,2})?"
    r")(?![A-Za-z0-9=^]|-[A-Za-z])"
)
"""A cash-tag, the symbol in its first group. No amount looks like one: ``$5 billion``."""


def cash_tags(text: str) -> tuple[str, ...]:
    """The symbols that a text names with cash-tags, each once, in order, known or not."""
    return tuple(dict.fromkeys(TAG.findall(text)))[:MOST_SYMBOLS]
