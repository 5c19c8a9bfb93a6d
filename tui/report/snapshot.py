"""The whole answer at an instant, for machines and for paper: JSON, CSV, and plain columns."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import msgspec

from tui.config import DEFAULT_TAPE
from tui.market.doubts import held_back_words
from tui.market.market import NIKKEI, Market
from tui.market.quotes import Quality
from tui.market.times import JST, to_datetime
from tui.report.bridge import bridge_report
from tui.report.bridge_json import bridge_document, proxy_document, tape_document
from tui.report.feed import FeedReport
from tui.report.movers_json import movers_document, movers_snapshot
from tui.report.numbers import difference, number
from tui.report.rows import Badge, RowsReport
from tui.report.summary import Summary
from tui.report.tape import tape_items, topix_proxy

ROW_FIELDS = (
    "code",
    "symbol",
    "name",
    "last",
    "change",
    "percent",
    "points",
    "volume",
    "turnover",
    "state",
)
"""The columns of CSV, and of each row of JSON at the least, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the screen shows at an instant.

    Attributes:
        summary: Indices, breadth, contribution.
        rows: One list.
        feed: How true it is.
        list_name: The list's name.
        remarks: What the source survived, and which tables are missing; one line each.
        tape: What the tape shows, as configured.
    """

    summary: Summary
    rows: RowsReport
    feed: FeedReport
    list_name: str
    remarks: tuple[str, ...] = ()
    tape: tuple[str, ...] = DEFAULT_TAPE


def to_json(market: Market, snapshot: Snapshot, language: str = "en") -> bytes:
    """The snapshot as JSON; docs/json.md describes it. Unknown figures are null."""
    summary, feed = snapshot.summary, snapshot.feed
    contribution = summary.contribution
    document: dict[str, Any] = {
        "as_of": summary.as_of.astimezone(JST).isoformat(),
        "session": summary.session.isoformat(),
        "source": feed.source,
        "feed_state": feed.state,
        "feed_note": feed.note,
        "session_state": summary.status.state.name.lower(),
        "list": snapshot.list_name,
        "remarks": list(snapshot.remarks),
        "indices": [
            {
                "symbol": index.symbol,
                "name": index.name_ja if language == "ja" else index.name,
                "last": number(index.last),
                "change": difference(index.change),
                "percent": number(index.percent),
                "streak": index.streak,
                "base": number(index.base),
                "open": number(index.open),
                "high": number(index.high),
                "low": number(index.low),
                "modelled": index.modelled,
                "implied": number(index.estimate),
                "implied_names": index.estimate_coverage,
            }
            for index in summary.indices
        ],
        "nt_ratio": number(summary.nt_ratio),
        "breadth": {
            "index": NIKKEI,
            "up": _count(summary.breadth.up, summary),
            "down": _count(summary.breadth.down, summary),
            "unchanged": _count(summary.breadth.unchanged, summary),
            "missing": _count(summary.breadth.missing, summary),
        },
        "limits": {
            "index": NIKKEI,
            "up": _count(summary.limit_up, summary),
            "down": _count(summary.limit_down, summary),
        },
        "turnover": {
            "index": NIKKEI,
            "total": number(summary.turnover),
            "names": summary.turnover_names,
        },
        "contribution": {
            "index": NIKKEI,
            "change": difference(contribution.index_change),
            "sum": number(contribution.sum),
            "residual": number(contribution.residual),
            "coverage": {
                "observed": _count(contribution.coverage.observed, summary),
                "derived": _count(contribution.coverage.derived, summary),
                "missing": _count(contribution.coverage.missing, summary),
                "total": _count(contribution.coverage.total, summary),
            },
            "factors_as_of": summary.vintage.isoformat() if summary.vintage else None,
            "missing_table": summary.missing_table or None,
        },
        "topix_proxy": proxy_document(topix_proxy(market, summary.as_of)),
        "tape": tape_document(tape_items(market, summary.as_of, snapshot.tape), language),
        "bridge": bridge_document(market, bridge_report(market, summary.as_of), language),
        "movers": movers_document(market, movers_snapshot(market, summary.as_of), language),
        "rows": [
            _row(market, snapshot.rows, n, language) for n in range(len(snapshot.rows.symbols))
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def to_csv(market: Market, snapshot: Snapshot, language: str = "en") -> str:
    """The rows as CSV with a heading, comma-separated, LF; unknown figures are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ROW_FIELDS)
    for position in range(len(snapshot.rows.symbols)):
        row = _row(market, snapshot.rows, position, language)
        writer.writerow(["" if row[field] is None else row[field] for field in ROW_FIELDS])
    return out.getvalue()


def _row(market: Market, rows: RowsReport, position: int, language: str) -> dict[str, Any]:
    symbol = rows.symbols[position]
    instrument = market.universe.get(symbol)
    name = ""
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    moment = to_datetime(rows.time[position])
    quality = int(market.board.quality[rows.rows[position]])
    place = int(rows.source[position])
    delay = market.board.delays[place]
    held = market.board.held_back_of(int(rows.rows[position]))
    return {
        "code": instrument.code if instrument else "",
        "symbol": symbol,
        "name": name,
        "last": number(rows.last[position]),
        "change": difference(rows.change[position]),
        "percent": number(rows.percent[position]),
        "points": number(rows.points[position]),
        "volume": number(rows.volume[position]),
        "turnover": number(rows.turnover[position]),
        "state": Badge(int(rows.badge[position])).word,
        "base": number(rows.base[position]),
        "bid": number(rows.bid[position]),
        "ask": number(rows.ask[position]),
        "indicative": number(rows.indicative[position]),
        "derived": bool(quality & Quality.DERIVED),
        "stale": bool(rows.stale[position]),
        "time": moment.astimezone(JST).isoformat() if moment else None,
        "source": market.board.sources[place],
        "delay": delay.kind.value,
        "delay_minutes": delay.minutes,
        "held_back": held_back_words(held) if held is not None and held.now else None,
    }


def _count(count: int, summary: Summary) -> int | None:
    """How many of the members; unknown where no table tells who they are."""
    return count if summary.members else None
