"""The night bridge and the tape for machines: the parts `bridge`, `tape` and `topix_proxy`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.times import JST
from tui.report.bridge import BridgeReport, Quoted, Why
from tui.report.numbers import difference, number
from tui.report.tape import TRACKER, TapeItem


def bridge_document(market: Market, report: BridgeReport, language: str = "en") -> dict[str, Any]:
    """The night bridge as plain JSON; docs/json.md describes it. Unknown figures are null."""
    opening, impact = report.opening, report.impact
    return {
        "close_of": report.close_of.isoformat(),
        "close_is_base": not report.final,
        "rate": _quote(report.rate),
        "future": _quote(report.future),
        "implied_opening": {
            "index": NIKKEI,
            "level": number(opening.level),
            "points": difference(opening.points),
            "percent": number(opening.percent),
            "why": report.future_why.word,
        },
        "impact": {
            "index": NIKKEI,
            "points": number(impact.points),
            "names": impact.names,
            "members": impact.members or None,
            "weight": number(impact.weight),
        },
        "receipts": [_receipt(market, report, n, language) for n in range(len(report.receipts))],
    }


def tape_document(items: Sequence[TapeItem], language: str = "en") -> list[dict[str, Any]]:
    """What the tape has beside the two indices, in order."""
    return [
        {
            "symbol": item.symbol,
            "name": item.name_ja if language == "ja" else item.name,
            "unit": item.unit.value,
            "currency": item.currency,
            "last": number(item.last),
            "change": difference(item.change),
            "percent": number(item.percent),
            "session_state": item.state.value,
            "time": _time(item.time),
            "old_seconds": _seconds(item.age),
            "suspect": item.suspect,
            "delay": item.delay.kind.value if item.delay is not None else None,
            "delay_minutes": item.delay.minutes if item.delay is not None else None,
        }
        for item in items
    ]


def proxy_document(proxy: TapeItem | None) -> dict[str, Any]:
    """The fund that stands for the TOPIX; its figures are null where it does not."""
    return {
        "of": TOPIX,
        "symbol": TRACKER,
        "used": proxy is not None,
        "last": number(proxy.last) if proxy is not None else None,
        "percent": number(proxy.percent) if proxy is not None else None,
        "time": _time(proxy.time) if proxy is not None else None,
    }


def _receipt(market: Market, report: BridgeReport, place: int, language: str) -> dict[str, Any]:
    receipt, quote = report.receipts[place], report.quotes[place]
    instrument = market.universe.get(report.shares[place])
    name = ""
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    return {
        **_quote(quote),
        "share": report.shares[place],
        "name": name,
        "venue": receipt.venue,
        "shares_per_receipt": number(np.nan if receipt.shares is None else receipt.shares),
        "confidence": receipt.confidence,
        "close": number(report.close[place]),
        "parity": number(report.parity[place]),
        "gap": difference(report.gap[place]),
        "percent": number(report.percent[place]),
        "points": number(report.points[place]),
        "counts": bool(report.counts[place]),
        "why": Why(int(report.why[place])).word,
    }


def _quote(quote: Quoted) -> dict[str, Any]:
    return {
        "symbol": quote.symbol,
        "last": number(quote.price),
        "time": _time(quote.time),
        "session_state": quote.state.value,
        "old_seconds": _seconds(quote.age),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(JST).isoformat() if moment is not None else None


def _seconds(span: timedelta | None) -> int | None:
    return int(span.total_seconds()) if span is not None else None
