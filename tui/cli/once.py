"""What a source said, in a command that asks once and ends.

Sources speak for the monitor, whose feed asks them again. A command that ends asks nobody again, so
there the reader is told to run it again.
"""

import re
from typing import Final

_WHOLE: Final = re.compile(r"(?<=[.?!] )It is asked again by itself\.")
_ASIDE: Final = re.compile(r"; asked again by itself\b")
_AGAIN: Final = re.compile(r"\b([Ii])t is asked again(?: by itself)?\b")


def once(text: str) -> str:
    """The words without the promise to ask again; instead of it, what the reader can do.

    Args:
        text: One line, such as an error or a remark.
    """
    text = _WHOLE.sub("Check the network, or run the command again in a minute.", text)
    text = _ASIDE.sub("", text)
    return _AGAIN.sub(lambda it: "Run the command again" if it[1] == "I" else "run it again", text)
