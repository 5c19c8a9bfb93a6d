"""The index tape and the breadth bar."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from tui.feed.health import age
from tui.market.market import INDICES, TOPIX
from tui.market.pricing import format_level, format_percent, format_points, format_yen
from tui.market.streak import streak_words
from tui.present.japanese import said
from tui.present.table import tone
from tui.report.indices import IndexReport
from tui.report.summary import Summary
from tui.report.tape import PROXY_NAME, TapeItem
from widgets.breadth_bar import BreadthView, BreadthWords
from widgets.index_tape import BesideItem, IndexItem, TapeView

_UNITS_JA = {"s": "秒", "m": "分", "h": "時間", "d": "日"}
DOUBTFUL = ("suspect", "要確認")


def tape_view(
    summary: Summary,
    language: str,
    marks: Sequence[float] = (),
    *,
    shown: Sequence[str] = INDICES,
    proxy: TapeItem | None = None,
    beside: Sequence[TapeItem] = (),
) -> TapeView:
    """Levels, changes, paths, streaks, and the NT ratio.

    Args:
        summary: The market.
        language: ``en`` or ``ja``.
        marks: Where in the session catalysts came, each as a share of it.
        shown: Which of the two indices, in order.
        proxy: What stands for the TOPIX where no source has it.
        beside: What else the tape may show; what has no level is left out.
    """
    reports = {report.symbol: report for report in summary.indices}
    items = tuple(
        proxy_item(proxy, language)
        if symbol == TOPIX and proxy is not None
        else _item(reports[symbol], len(summary.members), language, marks)
        for symbol in shown
        if symbol in reports
    )
    ratio = summary.nt_ratio
    extra = (("NT", f"{ratio:.2f}"),) if np.isfinite(ratio) else ()
    return TapeView(
        items=items,
        beside=tuple(beside_item(each, language) for each in beside if np.isfinite(each.last)),
        extra=extra,
        tail=_tail(summary.indices, language),
        waiting=said("waiting for index levels", language),
    )


def proxy_item(proxy: TapeItem, language: str) -> IndexItem:
    """The tracker in the place of its index, under a name and with a word that say so."""
    words = "連動ETF・指数ではない" if language == "ja" else "proxy: the fund, not the index"
    return IndexItem(
        name=PROXY_NAME,
        level=proxy.level_text(),
        percent=format_percent(proxy.percent),
        tone=tone(proxy.change),
        note=f"{words} · {DOUBTFUL[language == 'ja']}" if proxy.suspect else words,
    )


def beside_item(item: TapeItem, language: str) -> BesideItem:
    """A figure from abroad, with its venue's state or its age."""
    japanese = language == "ja"
    old = old_words(item.age, language)
    warnings = (DOUBTFUL[japanese] if item.suspect else "", old)
    return BesideItem(
        name=item.name_ja if japanese else item.name,
        level=item.level_text(),
        change=item.change_text(),
        tone=tone(item.change) if np.isfinite(item.change) else "",
        state="" if old else _state(item, language),
        warning=" ".join(word for word in warnings if word),
    )


def _state(item: TapeItem, language: str) -> str:
    """``open 10m late``: what its venue is doing, and how far behind that the figure is."""
    minutes = item.delay.minutes if item.delay is not None else 0
    if language == "ja":
        return " ".join(filter(None, (item.state.word_ja, f"{minutes}分遅れ" if minutes else "")))
    return " ".join(filter(None, (item.state.value, f"{minutes}m late" if minutes else "")))


def old_words(span: timedelta | None, language: str) -> str:
    """``3 h old``; empty for what is not old."""
    if span is None:
        return ""
    number, unit = age(span).split()
    return f"{number}{_UNITS_JA[unit]}前" if language == "ja" else f"{number} {unit} old"


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
        note=note or old_words(report.age, language) or said(_instead(report), language),
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


_BREADTH_JA = BreadthWords(
    limit_up="S高",
    limit_down="S安",
    turnover="売買代金",
    missing="不明",
    names="{}銘柄",
    unpriced="値段はまだない",
    without="{}銘柄が未値付け",
)


def breadth_view(summary: Summary, language: str = "en") -> BreadthView:
    """Rises and falls among the members, limit moves, turnover."""
    breadth = summary.breadth
    return BreadthView(
        up=breadth.up,
        down=breadth.down,
        unchanged=breadth.unchanged,
        missing=breadth.missing,
        limit_up=summary.limit_up,
        limit_down=summary.limit_down,
        turnover=format_yen(summary.turnover, language),
        names=summary.turnover_names,
        note=said(summary.missing_table, language),
        words=_BREADTH_JA if language == "ja" else BreadthWords(),
    )
