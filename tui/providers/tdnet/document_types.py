"""What a disclosure is, by its title."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

Classify = Callable[[str], tuple[str, str]]
"""The kind of a title and the name of the rule that gave it; two empty words where none holds."""

KIND: Final = "disclosure"
"""The kind of what no rule knows: every document there is one."""
_PREFIX: Final = "TDnet "
_BETWEEN: Final = re.compile(r"(?<=[^\x00-\x7f]) +|(?<=.) +(?=[^\x00-\x7f])")


def document_type(title: str, classify: Classify) -> tuple[str, str, str]:
    """What a title tells.

    Width does not matter, nor do spaces beside Japanese words. A correction counts as what it
    corrects.

    Args:
        title: In Japanese or English.
        classify: Files it, by the rules for disclosures.

    Returns:
        The type in words, the kind, and the name of the rule; that is empty where none holds.
    """
    words = " ".join(unicodedata.normalize("NFKC", title).split())
    kind, rule = classify(_BETWEEN.sub("", words))
    return rule.removeprefix(_PREFIX) or KIND, kind or KIND, rule
