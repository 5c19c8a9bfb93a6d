"""Where a sentence names an index or an instrument."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tui.market.cash_tags import Linked


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a sentence that names one instrument.

    Attributes:
        symbol: The instrument.
        as_written: As the sentence names it.
        start, end: The place, end exclusive; several names of one instrument that stand side by
            side, as in *Nikkei 225 ($^N225)*, are one place.
    """

    symbol: str
    as_written: str
    start: int
    end: int

    @property
    def index(self) -> bool:
        """Whether it is an index, whose changes are points."""
        return self.symbol.startswith("^")


_NOT_THE_INDEX = (
    r"(?:['’]?s?[ -]?(?:futures?|volatility|VI\b|Asia\b|newspaper|Shimbun|business|reported|reports"
    r"|said|says|news|report\b|400|500|300|Core|Large|Mid|Small|Growth|Value|100|1000|17|33|bank"
    r"|sub|sector|listed|先物|VI|ボラ|採用|構成|への?寄与|連動|新聞|電子版))"
)
_NAMES: Final = {
    "^N225": r"(?<![A-Za-z-])(?<!JPX )Nikkei(?: 225)?(?: (?:stock|share) (?:average|index))?"
    r"(?: 225)?|(?<![A-Za-z^$])N225(?![A-Za-z0-9])"
    r"|日経(?:平均(?:株価)?|225(?:種平均(?:株価)?)?)",
    "^TOPX": r"(?<![A-Za-z^$])TOPIX|Tokyo Stock Price Index|東証株価指数",
    "^GSPC": r"S&P ?500(?:種(?:株価)?指数)?",
    "^IXIC": r"(?<![A-Za-z-])Nasdaq(?: Composite)?|ナスダック総合(?:株価)?(?:指数)?",
    "^DJI": r"(?<![A-Za-z-])(?:Dow Jones Industrial Average|Dow Industrials|Dow(?![A-Za-z]))"
    r"|NYダウ|ダウ工業株30種平均|ダウ平均",
    "^SOX": r"Philadelphia Semiconductor Index|フィラデルフィア半導体株(?:価)?指数",
}
_SYMBOLS: Final = tuple(_NAMES)
_NAME: Final = re.compile(
    "|".join(f"(?P<i{n}>{pattern})" for n, pattern in enumerate(_NAMES.values())), re.IGNORECASE
)
_REFUSED: Final = re.compile(_NOT_THE_INDEX, re.IGNORECASE)
_BESIDE: Final = re.compile(r"[\s(\[（,:]{0,4}(?:the\s)?(?:ticker:?\s|code:?\s)?")
_OPENING: Final = re.compile(r"(?:(?:[A-Z][A-Za-z.&'’-]*\s){1,5})?[(\[]$")
_LONGEST_NAME: Final = 60
_AFTER_TAG: Final = re.compile(r"\s?[)\]）]")


def mentions(sentence: str, links: Iterable[Linked]) -> list[Mention]:
    """Every place that names an index by its name, or an instrument that a linker found.

    Args:
        sentence: In half-width characters.
        links: What the linker found in it.
    """
    places = [
        Mention(link.symbol, link.as_written, link.start, link.end)
        for link in links
        if link.symbol and 0 <= link.start < link.end <= len(sentence) and _priced(link)
    ]
    places += _indices(sentence)
    places.sort(key=lambda place: (place.start, -place.end))
    return _with_names(sentence, list(_joined(sentence, places)))


def _priced(link: Linked) -> bool:
    """Whether a rise of what is named is one of its figure.

    Of *the yen* it is a fall, and futures on an index are not the index.
    """
    if link.symbol.startswith("^") and re.search("futures?|先物", link.as_written, re.IGNORECASE):
        return False
    return not link.symbol.endswith("=X") or any(sign in link.as_written for sign in "$＄/")


def _indices(sentence: str) -> Iterator[Mention]:
    for found in _NAME.finditer(sentence):
        # Where the name goes on it is another thing: futures, a newspaper, a part of the index.
        if _REFUSED.match(sentence, found.end()):
            continue
        yield Mention(_named(found), found[0], found.start(), found.end())


def _named(found: re.Match[str]) -> str:
    return _SYMBOLS[int((found.lastgroup or "i0")[1:])]


def _with_names(sentence: str, places: Sequence[Mention]) -> list[Mention]:
    """Take in the name that stands before an instrument in brackets: *Hitachi ($6501.T)*."""
    whole: list[Mention] = []
    for place in places:
        low = max(whole[-1].end if whole else 0, place.start - _LONGEST_NAME)
        start, end = place.start, place.end
        if bracket := _OPENING.search(sentence, low, start):
            closing = _AFTER_TAG.match(sentence, end)
            end = closing.end() if closing else end
            start = bracket.start()
        whole.append(Mention(place.symbol, place.as_written, start, end))
    return whole


def _joined(sentence: str, places: Sequence[Mention]) -> Iterator[Mention]:
    held: Mention | None = None
    for place in places:
        if held is None:
            held = place
        elif place.start < held.end:
            continue
        elif place.symbol == held.symbol and _BESIDE.fullmatch(sentence, held.end, place.start):
            closing = _AFTER_TAG.match(sentence, place.end)
            end = closing.end() if closing else place.end
            tagged = place if place.as_written.lstrip().startswith(("$", "＄")) else held
            held = Mention(held.symbol, tagged.as_written, held.start, end)
        else:
            yield held
            held = place
    if held is not None:
        yield held
