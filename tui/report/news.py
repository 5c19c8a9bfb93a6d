"""The latest news, plain, for a command line and for machines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.times import JST
from tui.report.news_index import NewsFilter, NewsIndex, told_by
from tui.report.width import fit

_HEADLINE = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsReport:
    """The latest news that is wanted.

    Attributes:
        as_of: The instant up to which it is told, aware, in UTC.
        items: Newest first.
        found: How many fit, of which `items` are the newest.
        remarks: What went wrong on the way.
    """

    as_of: datetime
    items: tuple[Catalyst, ...]
    found: int
    remarks: tuple[str, ...] = ()


def news_report(
    market: Market, wanted: NewsFilter, now: datetime, most: int, remarks: Sequence[str] = ()
) -> NewsReport:
    """The newest of a market's catalysts that are wanted.

    Args:
        market: Where they are held.
        wanted: Which ones.
        now: What is told later is left out.
        most: How many at the most.
        remarks: What went wrong on the way.
    """
    index = NewsIndex(market.universe)
    index.take_all(market.catalysts)
    slots = index.select(wanted, now)
    return NewsReport(
        as_of=now,
        items=tuple(index.catalyst(int(slot)) for slot in slots[:most]),
        found=len(slots),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def news_json(report: NewsReport) -> bytes:
    """The report as JSON; ``docs/json.md`` describes it."""
    document = {
        "as_of": report.as_of.isoformat(),
        "found": report.found,
        "news": [_plain(each) for each in report.items],
        "remarks": list(report.remarks),
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _plain(each: Catalyst) -> dict[str, Any]:
    return {
        "time": each.time.isoformat() if each.time is not None else None,
        "session": each.session.isoformat() if each.session is not None else None,
        "title": each.headline,
        "text": each.text,
        "kind": each.kind or None,
        "rule": each.rule or None,
        "symbols": list(each.symbols),
        "source": each.source or None,
        "sources": list(told_by(each)),
        "link": each.link or None,
        "due": each.due.isoformat() if each.due is not None else None,
        "pinned": each.pinned,
        "key": each.key,
    }


def news_text(market: Market, report: NewsReport) -> str:
    """The report as lines of text: when, kind, headline, names, who says so."""
    lines = []
    for each in report.items:
        codes = " ".join(_code(market, symbol) for symbol in each.symbols[:4])
        if len(each.symbols) > 4:
            codes += f" +{len(each.symbols) - 4}"
        cells = (fit(_when(each), 19), fit(each.kind, 12), fit(each.headline, _HEADLINE), codes)
        tellers = ", ".join(told_by(each))
        lines.append("  ".join((*cells, tellers)).rstrip())
    if not report.items:
        lines.append("No news fits.")
    elif report.found > len(report.items):
        lines.append(f"The newest {len(report.items):,} of {report.found:,}; --limit shows more.")
    lines += [f"note: {remark}" for remark in report.remarks]
    return "".join(f"{line}\n" for line in lines)


def _when(each: Catalyst) -> str:
    if each.time is not None:
        return f"{each.time.astimezone(JST):%Y-%m-%d %H:%M}"
    return f"{each.session} pre-open" if each.session is not None else ""


def _code(market: Market, symbol: str) -> str:
    instrument = market.universe.get(symbol)
    return (instrument.code if instrument is not None else "") or symbol
