"""Names that the user has picked out. What they made of an index is in `selection_words`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Marks:
    """The names that are marked, in the order in which they were."""

    def __init__(self) -> None:
        self._marked: dict[str, None] = {}
        self.symbols: tuple[str, ...] = ()
        """Another object whenever another name is marked."""

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._marked

    def toggle(self, symbols: Iterable[str]) -> bool:
        """Mark names, or unmark them where all of them are marked; whether they are marked now."""
        wanted = dict.fromkeys(symbols)
        off = all(symbol in self._marked for symbol in wanted)
        if off:
            self._marked = {key: None for key in self._marked if key not in wanted}
        else:
            self._marked |= wanted
        self.symbols = tuple(self._marked)
        return not off

    def clear(self) -> bool:
        """Mark nothing; whether anything was marked."""
        had = bool(self._marked)
        self._marked, self.symbols = {}, ()
        return had


class Picked(Enum):
    """How names were picked out; the values count them in English and Japanese."""

    MARKED = ("{} marked", "選択{}銘柄")
    SHOWN = ("{} shown", "表示{}銘柄")
    TO_CURSOR = ("{} names", "{}銘柄")

    def counted(self, count: int, language: str) -> str:
        """``3 marked``."""
        text = self.value[language == "ja"].format(count)
        return text.removesuffix("s") if count == 1 and text.endswith(" names") else text


@dataclass(frozen=True, slots=True)
class Selection:
    """Some names, and how they were picked out."""

    symbols: tuple[str, ...]
    picked: Picked
