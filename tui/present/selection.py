"""Names that the user has picked out, and what they made of an index's move together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from tui.market.attribution import Attribution
from tui.market.market import NIKKEI
from tui.market.pricing import format_points
from tui.report.attribution import AttributionReport, selected, together_words


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


def side_words(index: Attribution, selection: Selection, language: str) -> str:
    """``3 marked = +169.30 points (46% of the move)``, of one index.

    Names without points in it are told apart: ``2 of 3 marked``. Empty where none has any.
    """
    carried = selected(index, selection.symbols)
    words = together_words(carried, language)
    if not words:
        return ""
    total = carried.names + carried.missing
    counted = selection.picked.counted(total, language)
    if carried.missing:
        few = f"うち{carried.names}" if language == "ja" else f"{carried.names} of "
        counted = f"{counted}{few}" if language == "ja" else f"{few}{counted}"
    made = words[words.index("で") :] if language == "ja" else words[words.index(" =") :]
    return f"{counted}{made}"


def both_words(
    report: AttributionReport, selection: Selection, language: str, *, short: bool = False
) -> str:
    """``3 marked: N225 +169.30 (46% of the move) · TOPIX est. +2.11 (13%)``.

    An index that none of them has points in is left out; empty where that is so of both.

    Args:
        report: Both indices by name.
        selection: The names.
        language: ``en`` or ``ja``.
        short: Whether to save room.
    """
    parts: list[str] = []
    for index in (report.nikkei, report.topix):
        part = _made(index, selection, language, of_what=not parts and not short)
        if part:
            parts.append(part)
    if not parts:
        return ""
    counted = selection.picked.counted(len(set(selection.symbols)), language)
    return f"{counted}: {' '.join(parts)}" if short else f"{counted}: {' · '.join(parts)}"


def _made(index: Attribution, selection: Selection, language: str, *, of_what: bool) -> str:
    carried = selected(index, selection.symbols)
    points = format_points(carried.points)
    if not points:
        return ""
    japanese = language == "ja"
    name = ("日経平均" if japanese else "N225") if index.index == NIKKEI else "TOPIX"
    mark = ("推計" if japanese else "est.") if index.estimate else ""
    few = ""
    if carried.missing:
        few = f"{carried.names}銘柄" if japanese else f"{carried.names} of them"
    share = ""
    if np.isfinite(carried.share):
        whole = f"{carried.share * 100:.0f}%".replace("-", "−").replace("−0%", "0%")
        share = f"({whole} of the move)" if of_what and not japanese else f"({whole})"
    return " ".join(part for part in (name, mark, few, points, share) if part)
