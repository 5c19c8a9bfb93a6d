"""The index tape and the breadth bar."""

from collections.abc import Sequence

import numpy as np

from tui.market.pricing import format_level, format_percent, format_points, format_yen
from tui.market.streak import streak_words
from tui.present.table import tone
from tui.report.indices import IndexReport
from tui.report.summary import Summary
from widgets.breadth_bar import BreadthView
from widgets.index_tape import IndexItem, TapeView


def tape_view(summary: Summary, language: str, marks: Sequence[float] = ()) -> TapeView:
    """Levels, changes, paths, streaks, and the NT ratio.

    Args:
        summary: The market.
        language: ``en`` or ``ja``.
        marks: Where in the session catalysts came, each as a share of it.
    """
    members = len(summary.members)
    items = tuple(_item(report, members, language, marks) for report in summary.indices)
    ratio = summary.nt_ratio
    extra = (("NT", f"{ratio:.2f}"),) if np.isfinite(ratio) else ()
    return TapeView(items=items, extra=extra, tail=_tail(summary.indices, language))


def _item(report: IndexReport, members: int, language: str, marks: Sequence[float]) -> IndexItem:
    note = ""
    if np.isfinite(report.estimate):
        note = f"気配 {format_level(report.estimate)} ({report.estimate_coverage}/{members})"
    return IndexItem(
        name=(report.name_ja if language == "ja" else report.name.upper()),
        level=format_level(report.last if np.isfinite(report.last) else report.base),
        change=format_points(abs(report.change)).lstrip("+") if np.isfinite(report.change) else "",
        percent=format_percent(report.percent),
        tone=tone(report.change),
        path=report.path,
        streak="",
        note=note or _instead(report),
        marks=marks,
    )


def _instead(report: IndexReport) -> str:
    """What stands there where the index has no level yet."""
    if np.isfinite(report.last):
        return ""
    return "prev close" if np.isfinite(report.base) else "no level"


def _tail(reports: tuple[IndexReport, ...], language: str) -> str:
    known = [report for report in reports if report.streak is not None]
    if not known:
        return ""
    words = [streak_words(report.streak or 0, language) for report in known]
    if len(known) == len(reports) and len(set(words)) == 1:
        return f"{words[0]}、両指数とも" if language == "ja" else f"{words[0]}, both"
    names = [report.name_ja if language == "ja" else report.name for report in known]
    return "  ".join(f"{name} {word}" for name, word in zip(names, words, strict=True))


def breadth_view(summary: Summary) -> BreadthView:
    """Rises and falls among the members, limit moves, turnover."""
    breadth = summary.breadth
    return BreadthView(
        up=breadth.up,
        down=breadth.down,
        unchanged=breadth.unchanged,
        missing=breadth.missing,
        limit_up=summary.limit_up,
        limit_down=summary.limit_down,
        turnover=format_yen(summary.turnover),
        names=summary.turnover_names,
        note=summary.missing_table,
    )
