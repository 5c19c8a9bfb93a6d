"""Both indices side by side: names by points, with cumulative share, and sector totals."""

from collections.abc import Sequence

import numpy as np

from tui.market.arrays import Floats
from tui.market.attribution import Attribution
from tui.market.groups import Group, Scheme
from tui.market.market import NIKKEI, Market
from tui.market.pricing import format_points
from tui.present.analysis import Analysis, basis, reconciled
from tui.present.ladder import LadderOrder
from tui.present.table import tone
from tui.report.attribution import AttributionReport, GroupReport, leading, together_words
from widgets.double_ladder import LadderSide
from widgets.ladder import LadderRow, LadderView

_LEADERS = 4
_SIDE_ROWS = 40
"""Rows a side at either end: more than any screen shows."""


class BothLadders:
    """The ladder screen's two sides; their order stands for a second at a time."""

    def __init__(self) -> None:
        self._orders = (LadderOrder(), LadderOrder())
        self._totals = (LadderOrder(), LadderOrder())

    def sides(
        self, analysis: Analysis, report: AttributionReport, groups: GroupReport,
        language: str, at: float,
    ) -> tuple[LadderSide, LadderSide]:  # fmt: skip
        """The Nikkei 225 and the TOPIX.

        Args:
            analysis: Where names are looked up.
            report: By name.
            groups: By the scheme whose totals stand below.
            language: ``en`` or ``ja``.
            at: The host's monotonic seconds.
        """
        market = analysis.market
        table = groups.table
        pairs = zip(
            (report.nikkei, report.topix),
            (table.nikkei, table.topix),
            self._orders,
            self._totals,
            strict=True,
        )
        nikkei, topix = (
            LadderSide(
                ladder=_ladder(market, report, index, order, language, at),
                totals_title=table.scheme.words(language),
                totals=_totals(table.groups, totals, totals_order, language, at),
            )
            for index, totals, order, totals_order in pairs
        )
        return nikkei, topix


def _ladder(
    market: Market, report: AttributionReport, index: Attribution, order: LadderOrder,
    language: str, at: float,
) -> LadderView:  # fmt: skip
    window = report.window.words(language)
    name = {"en": "TOPIX", "ja": "TOPIX"}[language]
    if index.index == NIKKEI:
        name = "日経平均" if language == "ja" else "Nikkei 225"
    title = f"{name} · {window}"
    if index.missing:
        return LadderView(title=title, note=index.missing)
    if not report.begun:
        return LadderView(title=title, note="not begun yet")
    points = index.points
    ranked = [int(n) for n in order.of(index.symbols, points, at) if np.isfinite(points[n])]
    ranked = [n for n in ranked if points[n] != 0.0]
    shares = _shares(points, ranked, index.index_change)
    kept = ranked if len(ranked) <= 2 * _SIDE_ROWS else ranked[:_SIDE_ROWS] + ranked[-_SIDE_ROWS:]
    rows = [_row(market, index.symbols[n], float(points[n]), shares[n], language) for n in kept]
    note = basis(report, language) if index.index != NIKKEI else ""
    return LadderView(
        title=title,
        reconciliation=reconciled(index),
        note=note,
        rows=rows,
        summary=together_words(leading(index, _LEADERS), language),
    )


def _shares(points: Floats, ranked: Sequence[int], move: float) -> dict[int, str]:
    """How much of the index's move each makes with those beyond it, from either end."""
    if not np.isfinite(move) or abs(move) < 0.005:
        return dict.fromkeys(ranked, "")
    shares: dict[int, str] = {}
    for side in (
        [n for n in ranked if points[n] > 0],
        [n for n in reversed(ranked) if points[n] < 0],
    ):
        running = 0.0
        for n in side:
            running += float(points[n])
            shares[n] = f"{running / move * 100:.0f}%".replace("-", "−")
    return shares


def _row(market: Market, symbol: str, value: float, share: str, language: str) -> LadderRow:
    instrument = market.universe.get(symbol)
    name = code = symbol
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
        code = instrument.code or symbol
    return LadderRow(
        key=symbol,
        code=code,
        name=name,
        points_text=format_points(value),
        value=value,
        tone=tone(value),
        share_text=share,
    )


def _totals(
    groups: tuple[Group, ...], points: Floats, order: LadderOrder, language: str, at: float
) -> list[LadderRow]:
    keys = tuple(group.key for group in groups)
    rows = []
    for n in order.of(keys, points, at):
        value = float(points[n])
        if np.isfinite(value):
            group = groups[n]
            rows.append(
                LadderRow(
                    key=f"group:{group.key}",
                    name=group.name_ja if language == "ja" else group.name,
                    points_text=format_points(value),
                    value=value,
                    tone=tone(value),
                )
            )
    return rows


TOTALS: tuple[Scheme, ...] = tuple(Scheme)
"""The schemes that the totals can be by, in the order of the key."""
