"""What a command is: its keys, its words, its text, and the screens it works on.

It is text only, so that nothing has to be imported to list the commands.
"""

from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """How the help is ordered."""

    MOVE = "Move · 移動"
    LISTS = "Lists · 銘柄リスト"
    TABLE = "Table · 表"
    VIEWS = "Views · 画面"
    NEWS = "News · ニュース"
    REPLAY = "Replay · 再生"
    PROGRAM = "Program · 全般"


MAIN = frozenset({"main"})
DETAIL = frozenset({"detail"})
MOVING = frozenset(
    {
        "main",
        "detail",
        "help",
        "sources",
        "story",
        "ladder",
        "heatmap",
        "movers",
        "bridge",
        "wrap",
        "news",
        "timeline",
    }
)
SOURCES = frozenset({"sources"})
BRIDGE = frozenset({"bridge"})
MAPS = frozenset({"ladder", "heatmap", "movers"})
LISTED = frozenset({"main", "movers"})
NEWS = frozenset({"news"})
TIMELINE = frozenset({"timeline"})
ANYWHERE = frozenset({"app"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        id: Stable name, ``group.verb``; bindings in the configuration use it.
        keys: Textual's names of the keys that carry it out, several parted by commas.
        action: The screen's action, with arguments where it takes any.
        title: A few words in English.
        title_ja: The same in Japanese.
        tooltip: A sentence that says what it does.
        group: Where the help lists it.
        screens: The screens it works on; ``app`` stands for every one.
        words: What may be typed after ``:``; the first is the one shown.
        argument: What follows the word, for the help; empty where nothing does.
        footer: Label in the footer; empty for none.
    """

    id: str
    keys: str
    action: str
    title: str
    title_ja: str
    tooltip: str
    group: Group
    screens: frozenset[str] = MAIN
    words: tuple[str, ...] = ()
    argument: str = ""
    footer: str = ""
