"""The contribution ladder: who carries the index, and whether the sum is right."""

import numpy as np
import numpy.typing as npt

from tui.market.arrays import Floats
from tui.market.contribution import SMALLEST_SHOWN
from tui.market.market import Market
from tui.market.pricing import format_points
from tui.present.japanese import said
from tui.present.table import tone
from tui.report.summary import Summary
from widgets.ladder import LadderRow, LadderView

_LEADERS = 4
_HOLD = 1.0
"""Seconds for which the order stands."""


class LadderOrder:
    """Keeps the order of the ladder for a while, so that rows do not jump while they are read.

    The first points of all are put in order at once: what stood there before was none.
    """

    def __init__(self) -> None:
        self._at = float("-inf")
        self._members: tuple[str, ...] = ()
        self._order: npt.NDArray[np.intp] = np.empty(0, np.intp)
        self._blank = True

    def of(self, members: tuple[str, ...], points: Floats, at: float) -> npt.NDArray[np.intp]:
        """The members' positions from the greatest points down, at most once a second anew.

        Args:
            members: The index's members.
            points: ``float64[n]``, NaN where unknown.
            at: The host's monotonic seconds.
        """
        was_blank, self._blank = self._blank, not np.isfinite(points).any()
        filled = was_blank and not self._blank
        if members is not self._members or filled or at - self._at >= _HOLD:
            self._members, self._at = members, at
            self._order = np.argsort(-np.where(np.isfinite(points), points, 0.0), kind="stable")
        return self._order


def ladder_view(
    market: Market, summary: Summary, language: str, order: LadderOrder, at: float
) -> LadderView:
    """The members in order of points, with the line that reconciles them with the index."""
    title = "寄与度 · 日経平均" if language == "ja" else "Contribution · Nikkei 225"
    if summary.missing_table:
        return LadderView(title=title, note=missing_words(summary.missing_table, language))
    points = summary.contribution.points
    known = np.isfinite(points)
    rows = []
    for position in order.of(summary.members, points, at):
        if not known[position] or points[position] == 0.0:
            continue
        instrument = market.universe.get(summary.members[position])
        value = float(points[position])
        rows.append(
            LadderRow(
                key=summary.members[position],
                code=instrument.code if instrument else summary.members[position],
                name=(instrument.name_ja if language == "ja" else instrument.name)
                if instrument
                else "",
                points_text=format_points(value),
                value=value,
                tone=tone(value),
            )
        )
    return LadderView(
        title=title,
        reconciliation=reconciliation(summary, language),
        short_reconciliation=reconciliation(summary, language, short=True),
        note=_note(summary, language),
        rows=tuple(rows),
        summary=_summary(summary, language),
        empty=said("no contributions yet", language),
    )


def missing_words(missing: str, language: str) -> str:
    """Which tables are missing for points, and how they are brought."""
    told = said(missing, language)
    if language == "ja":
        return f"{told}。公式の表は zaraba reference import FILE で取り込めます。"
    return f"{told}. The official files are brought by: zaraba reference import FILE"


def reconciliation(summary: Summary, language: str = "en", *, short: bool = False) -> str:
    """``+371.06 = ▲ 418.83  ▼ −47.77   resid 0.00``; a part that is unknown is left out.

    Args:
        summary: The market.
        language: ``en`` or ``ja``.
        short: Without the blanks that part the figures, where a line has little room.
    """
    contribution = summary.contribution
    if not np.isfinite(contribution.sum) or not np.any(contribution.points):
        return ""
    up, down = contribution.gains, contribution.losses
    change = contribution.index_change
    left = format_points(change if np.isfinite(change) else contribution.sum)
    lost = format_points(down) if down else "0.00"
    text = f"{left} = ▲{up:,.2f} ▼{lost}" if short else f"{left} = ▲ {up:,.2f}  ▼ {lost}"
    residual = contribution.residual
    if np.isfinite(residual):
        word = "残差" if language == "ja" else "resid"
        told = format_points(residual) if contribution.show_residual else "0.00"
        text += f" {word} {told}" if short else f"  {word} {told}"
    return text


def _note(summary: Summary, language: str) -> str:
    coverage = summary.contribution.coverage
    parts = []
    if coverage.missing:
        parts.append(
            f"不明{coverage.missing}" if language == "ja" else f"{coverage.missing} missing"
        )
    if not summary.current and summary.vintage:
        word = "構成表" if language == "ja" else "factors of"
        parts.append(f"{word} {summary.vintage:%Y-%m-%d}")
    return "  ".join(parts)


def _summary(summary: Summary, language: str) -> str:
    """How much of the move the leading names make."""
    points = summary.contribution.points
    change = summary.contribution.index_change
    known = points[np.isfinite(points)]
    if not len(known) or not np.isfinite(change) or abs(change) < SMALLEST_SHOWN:
        return ""
    leading = np.sort(known)[::-1] if change > 0 else np.sort(known)
    total = float(leading[:_LEADERS].sum())
    share = total / change * 100
    if language == "ja":
        return f"上位{_LEADERS}銘柄 = {format_points(total)} ({share:.0f}%)"
    return f"{_LEADERS} names = {format_points(total)} ({share:.0f}% of the move)"
