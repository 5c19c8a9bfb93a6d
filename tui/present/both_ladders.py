"""Both indices side by side: names by points, with cumulative share, and sector totals."""

from collections.abc import Sequence

import numpy as np

from tui.market.arrays import Floats
from tui.market.attribution import Attribution
from tui.market.groups import Group, Scheme
from tui.market.market import NIKKEI, Market
from tui.market.pricing import format_points
from tui.market.windows import Window
from tui.present.analysis import Analysis, basis, reconciled
from tui.present.japanese import said
from tui.present.ladder import LadderOrder
from tui.present.selection import Picked, Selection
from tui.present.selection_words import side_words
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
        self._of: tuple[Window, Scheme] | None = None
        self._orders = self._totals = (LadderOrder(), LadderOrder())
        self._groups: tuple[Group, ...] = ()
        self._keys: tuple[str, ...] = ()

    def sides(
        self, analysis: Analysis, report: AttributionReport, groups: GroupReport,
        language: str, at: float, *, marked: tuple[str, ...] = (),
        shown: tuple[str, ...] = (), cursor: tuple[int, str] | None = None,
    ) -> tuple[LadderSide, LadderSide]:  # fmt: skip
        """The Nikkei 225 and the TOPIX.

        Below the names stands what the marked ones made together; where none is marked those down
        to the cursor, or of the group under it; where it has not been moved those that the main
        screen is narrowed to; and else the leading ones.

        Args:
            analysis: Where names are looked up.
            report: By name.
            groups: By the scheme whose totals stand below.
            language: ``en`` or ``ja``.
            at: The host's monotonic seconds.
            marked: The names that are marked.
            shown: The names that the main screen is narrowed to; none where it shows a whole list.
            cursor: The side that the cursor is on, 0 or 1, and the key under it.
        """
        market = analysis.market
        table = groups.table
        if self._of != (report.window, table.scheme):
            # Other figures, asked for by hand: the order of those before says nothing of them.
            self._of = (report.window, table.scheme)
            self._orders = (LadderOrder(), LadderOrder())
            self._totals = (LadderOrder(), LadderOrder())
        if self._groups is not table.groups:
            self._groups = table.groups
            self._keys = tuple(group.key for group in table.groups)
        rankings = [
            _ranked(index, order, at)
            for index, order in zip((report.nikkei, report.topix), self._orders, strict=True)
        ]
        selection = _selection(report, rankings, table.groups, marked, shown, cursor)
        # Baskets do not part the names, so nothing is left over from them.
        whole = table.scheme is not Scheme.BASKETS
        rests = (None, _uncovered(report, language) if whole else None)
        pairs = zip(
            (report.nikkei, report.topix),
            (table.nikkei, table.topix),
            rankings,
            self._totals,
            rests,
            strict=True,
        )
        nikkei, topix = (
            LadderSide(
                ladder=_ladder(
                    market, report, index, ranked, selection, frozenset(marked), language
                ),
                totals_title=table.scheme.words(language),
                totals=_totals(table.groups, self._keys, totals, totals_order, rest, language, at),
            )
            for index, totals, ranked, totals_order, rest in pairs
        )
        return nikkei, topix


def _ranked(index: Attribution, order: LadderOrder, at: float) -> list[int]:
    """The names that moved the index, as positions, the most points first."""
    points = index.points
    found = order.of(index.symbols, points, at)
    return [int(n) for n in found if np.isfinite(points[n]) and points[n] != 0.0]


def _selection(
    report: AttributionReport, rankings: Sequence[list[int]], groups: tuple[Group, ...],
    marked: tuple[str, ...], shown: tuple[str, ...], cursor: tuple[int, str] | None,
) -> Selection | None:  # fmt: skip
    """The names whose points are added up; None for the leading ones of either index."""
    if marked:
        return Selection(marked, Picked.MARKED)
    if cursor is not None:
        side, key = cursor
        group = next((g for g in groups if f"group:{g.key}" == key), None)
        if group is not None:
            return Selection(group.symbols, Picked.TO_CURSOR)
        index, ranked = (report.nikkei, report.topix)[side], rankings[side]
        codes = [index.symbols[n] for n in ranked]
        place = codes.index(key) if key in codes else 0
        if place:
            fell = index.points[ranked[place]] < 0
            return Selection(tuple(codes[place:] if fell else codes[: place + 1]), Picked.TO_CURSOR)
    return Selection(shown, Picked.SHOWN) if shown else None


def _ladder(
    market: Market, report: AttributionReport, index: Attribution, ranked: list[int],
    selection: Selection | None, marked: frozenset[str], language: str,
) -> LadderView:  # fmt: skip
    name = "TOPIX"
    if index.index == NIKKEI:
        name = "日経平均" if language == "ja" else "Nikkei 225"
    title = f"{name} · {report.window.words(language)}"
    if index.missing:
        return LadderView(title=title, note=said(index.missing, language))
    if not report.begun:
        return LadderView(
            title=title, note="まだ始まっていない" if language == "ja" else "not begun yet"
        )
    points = index.points
    shares = _shares(points, ranked, index.index_change)
    kept = ranked if len(ranked) <= 2 * _SIDE_ROWS else ranked[:_SIDE_ROWS] + ranked[-_SIDE_ROWS:]
    rows = [
        _row(market, index.symbols[n], float(points[n]), shares[n], language, marked) for n in kept
    ]
    if selection is not None:
        summary = side_words(index, selection, language)
    else:
        summary = together_words(leading(index, _LEADERS), language)
    noted = index.index != NIKKEI and bool(rows)
    return LadderView(
        title=title,
        reconciliation=reconciled(index, language),
        short_reconciliation=reconciled(index, language, short=True),
        note=basis(report, language) if noted else "",
        short_note=basis(report, language, short=True) if noted else "",
        rows=rows,
        summary=summary,
        short_summary=summary.replace(" points", ""),
        empty=said("no contributions yet", language),
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


def _row(
    market: Market, symbol: str, value: float, share: str, language: str, marked: frozenset[str]
) -> LadderRow:
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
        marked=symbol in marked,
    )


def _uncovered(report: AttributionReport, language: str) -> LadderRow | None:
    """What the TOPIX's known names leave, as a row of its own."""
    if not report.topix.show_rest:
        return None
    value = report.topix.rest
    return LadderRow(
        key="group:uncovered",
        name="未カバー銘柄" if language == "ja" else "Names not covered",
        points_text=format_points(value),
        value=value,
        tone=tone(value),
    )


def _totals(
    groups: tuple[Group, ...], keys: tuple[str, ...], points: Floats, order: LadderOrder,
    rest: LadderRow | None, language: str, at: float,
) -> list[LadderRow]:  # fmt: skip
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
    if not any(row.value for row in rows):
        # Nothing has traded yet.
        return []
    if rest is not None:
        place = next((n for n, row in enumerate(rows) if row.value < rest.value), len(rows))
        rows.insert(place, rest)
    return rows


TOTALS: tuple[Scheme, ...] = tuple(Scheme)
"""The schemes that the totals can be by, in the order of the key."""
