"""Breadth and movers for the screen: facts, lists as the live table reads them, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tui.market.arrays import Ints
from tui.market.breadth import Breadth
from tui.market.market import NIKKEI, TOPIX
from tui.market.movers import TOP
from tui.market.pricing import format_points, format_yen
from tui.present.analysis import Analysis, window_words
from tui.present.breadth_table import Counts
from tui.report.attribution import AgainstPrevious, AttributionReport, against_previous
from tui.report.breadth import Sector, SectorBreadth, SectorCounts
from tui.report.mover_lists import MoverList, Movers, missing_history, movers_of, why_unknown
from tui.report.movers import MoversReport, Past, index_symbols, movers_report
from widgets.fact_grid import Fact

_HOLD = 1.0
"""Seconds for which the order of a list stands."""
INDICES = (NIKKEI, TOPIX)
_NAMES = {NIKKEI: ("Nikkei 225", "日経平均"), TOPIX: ("TOPIX", "TOPIX")}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarketMovers:
    """Everything that the screen shows at an instant.

    Attributes:
        report: The movers among the names counted.
        attribution: Both indices, over the same window.
        indices: Breadth of the Nikkei 225 and of the TOPIX.
        sectors: Breadth by sector, of the names counted.
        previous: Today's points against those of the session before, to the index that `index`
            names; None where they are not known, or the window is not the day.
        index: The index that points are to.
        name: What the names counted are together, in either language.
    """

    report: MoversReport
    attribution: AttributionReport
    indices: tuple[Breadth, Breadth]
    sectors: SectorBreadth
    previous: AgainstPrevious | None
    index: str
    name: tuple[str, str]


class MoversModel:
    """Counts and ranks; what does not change within a session is kept.

    Args:
        analysis: Where windows, members and attribution come from.
        past: The days gone by; those that ship unless told otherwise.
    """

    def __init__(self, analysis: Analysis, past: Past | None = None) -> None:
        self._analysis = analysis
        self.past = past or Past(analysis.market)
        self._sectors = SectorCounts(analysis.market, analysis.market.reference)
        self._listed: tuple[str, ...] = ()

    def at(self, now: datetime, index: str, listed: Sequence[str], name: str) -> MarketMovers:
        """Count and rank.

        Args:
            now: The market's time, aware.
            index: Among whose members; empty for a list of the user's.
            listed: The names of that list.
            name: Its name.
        """
        analysis, market = self._analysis, self._analysis.market
        attribution = analysis.report(now)
        moved = attribution.moves
        members = {each: index_symbols(market, analysis.constituents, each) for each in INDICES}
        if self._listed != tuple(listed):
            self._listed = tuple(listed)
        symbols = members.get(index, self._listed)
        reports = {
            each: movers_report(market, self.past, members[each], now, moved) for each in INDICES
        }
        report = reports.get(index) or movers_report(market, self.past, symbols, now, moved)
        points = attribution.index(index or NIKKEI)
        previous = None
        if attribution.since is None and attribution.begun:
            previous = against_previous(points, analysis.constituents.previous)
        return MarketMovers(
            report=report,
            attribution=attribution,
            indices=(reports[NIKKEI].breadth, reports[TOPIX].breadth),
            sectors=self._sectors.of(symbols, moved),
            previous=previous,
            index=points.index,
            name=_NAMES.get(index, (name, name)),
        )


class ListOrder:
    """Keeps the order of a list for a second, so that rows do not jump while they are read."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._at = float("-inf")
        self.symbols: tuple[str, ...] = ()

    def take(self, shown: MarketMovers, movers: Movers, at: float) -> tuple[str, ...]:
        """The names in order, at most once a second anew.

        Args:
            shown: Where the list is from.
            movers: The list.
            at: The host's monotonic seconds.
        """
        report = shown.report
        of = (movers.which, report.window, report.symbols)
        if of != self._of or at - self._at >= _HOLD:
            self._of, self._at = of, at
            self.symbols = movers.symbols(report)
        return self.symbols


def tabs(shown: MarketMovers, language: str) -> list[str]:
    """The names of the lists with how many each holds; no number where that is unknown."""
    told = []
    for which in MoverList:
        movers = movers_of(shown.report, which)
        over = which not in (MoverList.LEADERS, MoverList.LAGGARDS) or shown.attribution.begun
        known = movers.known and over and shown.report.traded
        count = f" {len(movers.members)}" if known else ""
        told.append(f"{which.short(language)}{count}")
    return told


def empty_words(shown: MarketMovers, movers: Movers, language: str) -> str:
    """What an empty list says."""
    if not shown.report.traded:
        return MoverList.TRADED.empty(language)
    if not shown.attribution.begun:
        return window_words(shown.attribution, language)
    return movers.which.empty(language) if movers.known else why_unknown(shown.report, language)


def caption(shown: MarketMovers, language: str) -> tuple[str, ...]:
    """Whose names are counted over which window, and what history is too short to tell."""
    japanese = language == "ja"
    told = f"{shown.name[japanese]} · {window_words(shown.attribution, language)}"
    forms = tuple(f"{told} · {phrase}" for phrase in missing_history(shown.report, language))
    return *forms, told


def facts(shown: MarketMovers, language: str) -> list[Fact]:
    """What is known of the names counted; what history cannot tell is left out."""
    japanese = language == "ja"
    report = shown.report
    told = [
        _counts(_NAMES[index][japanese], counted, japanese)
        for index, counted in zip(INDICES, shown.indices, strict=True)
    ]
    if shown.name not in _NAMES.values():
        told.append(_counts(shown.name[japanese], report.breadth, japanese))
    vwap, most = report.vwap, report.turnover
    above, of = ("VWAP上", "{}中") if japanese else ("Above VWAP", "of {}")
    names = f"{vwap.known:,}{'銘柄' if japanese else ''}"
    told.append(
        Fact(above, f"{vwap.share * 100:.0f}%", "", of.format(names))
        if vwap.known
        else Fact(above, "")
    )
    share = f"{most.share * 100:.0f}%" if np.isfinite(most.share) else ""
    label = f"上位{TOP}代金" if japanese else f"Top {TOP} traded"
    whole = of.format(format_yen(most.total, language))
    told.append(Fact(label, share, "", whole if share else ""))
    limits, day, year = report.limits, report.day, report.year
    words = ("S高/S安", "日中高値/安値") if japanese else ("At limits", "At day's high, low")
    told.append(Fact(words[0], _pair(len(limits.up), len(limits.down)) if report.traded else ""))
    told.append(Fact(words[1], _pair(len(day.high), len(day.low)) if report.traded else ""))
    if year is not None and report.year_since is not None:
        since = f"{report.year_since:%Y-%m-%d}"
        told.append(
            Fact(
                "年初来高/安" if japanese else "New of the year",
                _pair(len(year.high), len(year.low)),
                "",
                (f"{since}以降" if japanese else f"since {since}")
                + _partly(report.year_known, len(report.symbols)),
            )
        )
    if report.ratio is not None and np.isfinite(report.ratio):
        told.append(
            Fact(
                "騰落レシオ(25日)" if japanese else "25-day ratio",
                f"{report.ratio:.1f}%",
                "",
                _partly(report.ratio_known, len(report.symbols)).strip(),
            )
        )
    if shown.previous is not None:
        told.append(_before(shown, shown.previous, japanese))
    return told


def counts(shown: MarketMovers, language: str) -> Counts:
    """Breadth of both indices, and below it of each sector of the names counted."""
    japanese = language == "ja"
    sectors, both = shown.sectors, shown.indices

    def column(field: str) -> Ints:
        own = np.array([getattr(each, field) for each in both], np.int64)
        return np.concatenate([own, getattr(sectors, field)])

    return Counts(
        keys=(*INDICES, *(sector.key for sector in sectors.sectors)),
        names=(
            *(_NAMES[index][japanese] for index in INDICES),
            *(each.name_ja if japanese else each.name for each in sectors.sectors),
        ),
        up=column("up"),
        down=column("down"),
        unchanged=column("unchanged"),
        missing=column("missing"),
    )


def sector_of(shown: MarketMovers, key: str) -> Sector | None:
    """The sector of a row of breadth; None for a row of an index."""
    return next((each for each in shown.sectors.sectors if each.key == key), None)


def _counts(label: str, counted: Breadth, japanese: bool) -> Fact:
    if counted.total == counted.missing:
        return Fact(label, "")
    value = f"▲{counted.up:,} ▼{counted.down:,} ─{counted.unchanged:,}"
    missing = f"{counted.missing:,}"
    note = (f"不明 {missing}" if japanese else f"{missing} unpriced") if counted.missing else ""
    return Fact(label, value, "", note)


def _before(shown: MarketMovers, previous: AgainstPrevious, japanese: bool) -> Fact:
    change = previous.index_change if np.isfinite(previous.index_change) else previous.sum
    index = _NAMES[shown.index][japanese]
    day = f"{previous.session:%m/%d}" if japanese else f"{previous.session:%d %b}"
    return Fact(
        f"前日の{index}" if japanese else f"{index} on {day}",
        format_points(change),
        "up" if change > 0 else "down" if change < 0 else "flat",
        day if japanese else "",
    )


def _partly(known: int, names: int) -> str:
    """Of how many names something is told, where that is not all of them."""
    return f" {known:,}/{names:,}" if known < names else ""


def _pair(up: int, down: int) -> str:
    return f"▲{up:,} ▼{down:,}"
