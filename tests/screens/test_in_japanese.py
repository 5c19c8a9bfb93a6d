"""In Japanese no English word is left on any screen, but for names and what others wrote."""

import re
from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]

CONFIG = 'language = "ja"\n[providers.replay]\npaused = true\n'
VIEWS = {
    "main": "", "detail": "enter", "sources": "p", "contribution": "c", "heatmap": "m",
    "sectors": "m v", "names of a sector": "m v enter", "movers": "M", "breadth": "M v",
    "bridge": "B", "wrap": "w", "news": "n", "timeline": "T", "sort": "s",
    "lists": "l", "columns": "C", "new list": "l G k enter", "filter": "slash", "command": "colon",
    "search": "a", "kinds of news": "n K", "lists of news": "n l", "name of news": "n dollar_sign",
    "edited kind": "n e", "edited names": "n E", "link of a story": "n b", "frozen": "f",
    "marked": "asterisk asterisk",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z][a-z]{2,}")
NAMES = {
    "English", "Esc", "Space", "Tab", "Markdown", "Stooq", "Yahoo", "Finance", "Quants", "TDnet",
    "iCalendar", "Core",
    "Large", "Mid", "Mine", "replay", "yahoo", "kabu", "none", "source", "policy",
    "codes", "csv",
}  # fmt: skip
"""Of keys, services, sizes of the TOPIX, sources, and words that are to be typed."""


def written_by_others(monitor: Any) -> set[str]:
    """The words of headlines and stories, and of names that are in Latin letters in Japan too."""
    market = monitor.market
    texts = [f"{each.headline} {each.text}" for each in market.catalysts.values()]
    known = [market.universe.get(symbol) for symbol in market.board.symbols]
    texts += [f"{each.name} {each.name_ja}" for each in known if each is not None]
    return set(WORD.findall(" ".join(texts)))


def permitted(word: str, allowed: set[str]) -> bool:
    """Whether a word is allowed, or what an edge or a dialog has left of one that is."""
    return any(each.startswith(word) or each.endswith(word) for each in allowed)


@pytest.mark.parametrize("at", ["08:30", "14:32"], ids=["before_open", "afternoon"])
def test_no_english_word_is_left(stage: Stage, at: str) -> None:
    left: dict[str, set[str]] = {}

    async def script(play: Any) -> None:
        catalogue = play.monitor.catalogue
        catalogue.look()
        await play.until(lambda: not catalogue.looking, "what is installed")
        allowed = NAMES | written_by_others(play.monitor)
        for view, keys in VIEWS.items():
            await play.press(*keys.split())
            words = WORD.findall(f"{play.text} {' '.join(play.notices)}")
            found = {word for word in words if not permitted(word, allowed)}
            if found:
                left[view] = found
            play.app.clear_notifications()
            await play.pilot.press(*["escape"] * 4)

    stage(script, config=CONFIG, size=(140, 40), at=at)
    assert left == {}
