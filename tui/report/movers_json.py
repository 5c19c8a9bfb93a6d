"""Breadth and movers for machines: the part `movers` of a snapshot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from tui.market.arrays import Floats
from tui.market.breadth import Breadth
from tui.market.constituents import Constituents
from tui.market.market import NIKKEI, TOPIX, Market
from tui.report.attribution import AgainstPrevious, against_previous, attribution_report
from tui.report.breadth import SectorBreadth, SectorCounts
from tui.report.mover_lists import MoverList, movers_of
from tui.report.movers import MoversReport, Past, index_movers
from tui.report.numbers import difference, number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MoversSnapshot:
    """What stands out among the Nikkei 225's members on the day.

    Attributes:
        report: The movers.
        topix: Breadth of the TOPIX's members.
        sectors: Breadth of the Nikkei 225's members by sector.
        symbols: The Nikkei 225's members in the order of `points`.
        points: ``float64[n]``, today's points.
        previous: Today's points against those of the session before; None where not known.
    """

    report: MoversReport
    topix: Breadth
    sectors: SectorBreadth
    symbols: tuple[str, ...]
    points: Floats
    previous: AgainstPrevious | None


def movers_snapshot(market: Market, now: datetime, past: Past | None = None) -> MoversSnapshot:
    """Compute the movers of the day.

    Args:
        market: The market as it stands.
        now: The market's time, aware.
        past: The days gone by; those that ship unless told otherwise.
    """
    constituents = Constituents(market, (), market.reference)
    past = past or Past(market)
    attribution = attribution_report(market, constituents, now)
    moved = attribution.moves
    report = index_movers(market, constituents, past, NIKKEI, now, moved)
    return MoversSnapshot(
        report=report,
        topix=index_movers(market, constituents, past, TOPIX, now, moved).breadth,
        sectors=SectorCounts(market, market.reference).of(report.symbols, moved),
        symbols=attribution.nikkei.symbols,
        points=attribution.nikkei.points,
        previous=against_previous(attribution.nikkei, constituents.previous),
    )


def movers_document(market: Market, taken: MoversSnapshot, language: str = "en") -> dict[str, Any]:
    """The movers as plain JSON; docs/json.md describes them. Unknown figures are null."""
    report = taken.report
    vwap, most = report.vwap, report.turnover
    return {
        "index": NIKKEI,
        "breadth": [
            {"index": index, **_counts(counted)}
            for index, counted in ((NIKKEI, report.breadth), (TOPIX, taken.topix))
        ],
        "sectors": [
            {
                "code": sector.key,
                "name": sector.name_ja if language == "ja" else sector.name,
                "up": int(taken.sectors.up[place]),
                "down": int(taken.sectors.down[place]),
                "unchanged": int(taken.sectors.unchanged[place]),
                "missing": int(taken.sectors.missing[place]),
            }
            for place, sector in enumerate(taken.sectors.sectors)
        ],
        "above_vwap": {
            "names": vwap.above if vwap.known else None,
            "known": vwap.known,
        },
        "concentration": {"names": len(most.members), "share": number(most.share)},
        "history_sessions": report.sessions,
        "advance_decline_ratio": number(report.ratio) if report.ratio is not None else None,
        "advance_decline_names": report.ratio_known,
        "year_since": report.year_since.isoformat() if report.year_since else None,
        "year_names": report.year_known,
        "lists": [_list(market, report, which, language) for which in MoverList],
        "previous": _previous(market, taken, language),
    }


def _counts(counted: Breadth) -> dict[str, int | None]:
    """Counts of names; unknown where no table tells who they are."""
    return {
        name: getattr(counted, name) if counted.total else None
        for name in ("up", "down", "unchanged", "missing")
    }


def _list(market: Market, report: MoversReport, which: MoverList, language: str) -> dict[str, Any]:
    movers = movers_of(report, which)
    return {
        "list": which.value,
        "known": movers.known,
        "names": [
            {
                **_name(market, report.symbols[place], language),
                "percent": number(report.percent[place]),
                "figure": number(movers.figures[rank]),
                "of_year": bool(movers.of_year[rank]) if report.year is not None else None,
            }
            for rank, place in enumerate(movers.members)
        ],
    }


def _previous(market: Market, taken: MoversSnapshot, language: str) -> dict[str, Any]:
    previous = taken.previous
    names = []
    if previous is not None:
        for place, symbol in enumerate(taken.symbols):
            today, before = taken.points[place], previous.points[place]
            if np.isfinite(before):
                names.append(
                    {
                        **_name(market, symbol, language),
                        "points": number(today),
                        "before": number(before),
                    }
                )
    return {
        "session": previous.session.isoformat() if previous is not None else None,
        "change": difference(previous.index_change) if previous is not None else None,
        "sum": number(previous.sum) if previous is not None else None,
        "names": names,
    }


def _name(market: Market, symbol: str, language: str) -> dict[str, str]:
    instrument = market.universe.get(symbol)
    name = ""
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    return {"symbol": symbol, "name": name}
