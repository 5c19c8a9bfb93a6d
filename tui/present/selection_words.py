"""What names that were picked out made of an index's move together."""

import numpy as np

from tui.market.attribution import Attribution
from tui.market.market import NIKKEI
from tui.market.pricing import format_points
from tui.present.selection import Selection
from tui.report.attribution import AttributionReport, selected, together_words


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
