"""The wrap as the command and the screen write it: Markdown, text, JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from tui.market.constituents import Constituents
from tui.market.market import NIKKEI, TOPIX, Market
from tui.market.times import JST
from tui.report.feed import FeedReport
from tui.report.impact import Impact, ImpactReport
from tui.report.numbers import difference, number
from tui.report.summary import Summary
from tui.report.timeline import Entry
from tui.report.wording import Document, to_plain, worded
from tui.report.wrap import YEN, GroupMove, Wrap, wrap_report
from tui.report.wrap_catalysts import CatalystMoves
from tui.report.wrap_names import Mover


def wrap_document(
    market: Market,
    now: datetime,
    language: str = "en",
    *,
    summary: Summary | None = None,
    feed: FeedReport | None = None,
    constituents: Constituents | None = None,
    remarks: Sequence[str] = (),
    impacts: ImpactReport | None = None,
    dates: Sequence[Entry] | None = None,
) -> Document:
    """The wrap in words, for a screen, the clipboard or a file.

    Args:
        market: The market as it stands.
        now: The market's time, aware.
        language: ``en`` or ``ja``.
        summary: What the screen shows, of the same revision; its figures are then these very ones.
        feed: Where the figures come from, which the report then says.
        constituents: The market's own, with the user's baskets; those that ship otherwise.
        remarks: What has to be said besides, a line each.
        impacts: The catalysts as the screen has them.
        dates: The timeline as the screen has it.
    """
    wrap = wrap_report(
        market,
        now,
        summary=summary,
        feed=feed,
        constituents=constituents,
        remarks=remarks,
        impacts=impacts,
        dates=dates,
    )
    return worded(wrap, language)


def wrap_text(wrap: Wrap, language: str = "en", columns: int = 80) -> str:
    """The wrap without markup, on a page so many cells wide."""
    return to_plain(worded(wrap, language), columns)


def wrap_json(wrap: Wrap, language: str = "en") -> bytes:
    """The wrap as JSON; docs/json.md describes it. Unknown figures are null."""
    summary, feed = wrap.summary, wrap.feed
    nikkei, topix = wrap.attribution.nikkei, wrap.attribution.topix
    known = bool(summary.members)

    def count(value: int) -> int | None:
        return value if known else None

    def movers(names: Sequence[Mover]) -> list[dict[str, Any]]:
        return [_mover(each, language) for each in names]

    breadth, coverage = summary.breadth, summary.contribution.coverage
    document: dict[str, Any] = {
        "as_of": wrap.told_at.astimezone(JST).isoformat(),
        "session": summary.session.isoformat(),
        "stage": wrap.stage.value,
        "source": feed.source if feed else "",
        "feed_state": feed.state if feed else "",
        "feed_note": feed.note if feed else "",
        "modelled": wrap.modelled,
        "language": language,
        "headline": worded(wrap, language).title,
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
            }
            for index in summary.indices
        ],
        "nt_ratio": number(summary.nt_ratio),
        "yen": {
            "symbol": YEN,
            "last": number(wrap.yen.last) if wrap.yen else None,
            "change": difference(wrap.yen.change) if wrap.yen else None,
        },
        "breadth": {
            "index": NIKKEI,
            "up": count(breadth.up),
            "down": count(breadth.down),
            "unchanged": count(breadth.unchanged),
            "missing": count(breadth.missing),
        },
        "limits": {
            "index": NIKKEI,
            "up": [each.symbol for each in wrap.limit_up],
            "down": [each.symbol for each in wrap.limit_down],
            "known": count(wrap.limits_known),
        },
        "turnover": {
            "index": NIKKEI,
            "total": number(summary.turnover),
            "names": summary.turnover_names,
        },
        "nikkei": {
            "index": NIKKEI,
            "change": difference(summary.contribution.index_change),
            "sum": number(summary.contribution.sum),
            "residual": number(summary.contribution.residual),
            "coverage": {
                "observed": count(coverage.observed),
                "derived": count(coverage.derived),
                "missing": count(coverage.missing),
                "total": count(coverage.total),
            },
            "factors_as_of": summary.vintage.isoformat() if summary.vintage else None,
            "factors_derived": nikkei.derived,
            "missing_table": summary.missing_table or None,
            "leading": {
                "names": wrap.leading.names,
                "points": number(wrap.leading.points),
                "share": number(wrap.leading.share),
            },
            "leaders": movers(wrap.leaders),
            "laggards": movers(wrap.laggards),
            "derived": [each.symbol for each in wrap.derived],
        },
        "topix": {
            "index": TOPIX,
            "change": difference(topix.index_change),
            "sum": number(topix.sum),
            "rest": number(topix.rest),
            "covered_share": number(topix.covered_share),
            "weights_as_of": topix.vintage.isoformat() if topix.vintage else None,
            "weights": topix.basis.value,
            "estimate": topix.estimate,
            "leaders": movers(wrap.topix_leaders),
            "laggards": movers(wrap.topix_laggards),
        },
        "baskets": [
            {**_group(each, language), "movers": movers(each.movers)} for each in wrap.baskets
        ],
        "sectors": [_group(each, language) for each in wrap.sectors],
        "sector_names": wrap.sector_names,
        "catalysts": [_catalyst(each, language) for each in wrap.catalysts],
        "due": [
            {
                "on": each.on.isoformat(),
                "what": each.titled(language),
                "kind": _due_kind(each),
                "days": each.days,
                "symbols": list(each.symbols),
            }
            for each in wrap.due
        ],
        "remarks": list(dict.fromkeys((*wrap.remarks, *wrap.source_remarks))),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def _mover(mover: Mover, language: str) -> dict[str, Any]:
    return {
        "code": mover.code,
        "symbol": mover.symbol,
        "name": mover.name_ja if language == "ja" else mover.name,
        "last": number(mover.last),
        "change": difference(mover.change),
        "percent": number(mover.percent),
        "points": number(mover.points),
        "topix_points": number(mover.topix_points),
        "derived": mover.derived,
    }


def _group(group: GroupMove, language: str) -> dict[str, Any]:
    return {
        "key": group.key,
        "name": group.name_ja if language == "ja" else group.name,
        "percent": number(group.percent),
        "points": number(group.nikkei),
        "topix_points": number(group.topix),
        "up": group.up,
        "down": group.down,
        "unchanged": group.unchanged,
        "missing": group.missing,
    }


def _catalyst(told: CatalystMoves, language: str) -> dict[str, Any]:
    each = told.catalyst
    return {
        "headline": each.headline,
        "kind": each.kind,
        "source": each.source,
        "time": each.time.astimezone(JST).isoformat() if each.time else None,
        "due": each.due.isoformat() if each.due else None,
        "points": number(told.together.points),
        "impact": _impact(told.impact),
        "movers": [_mover(mover, language) for mover in told.movers],
    }


def _impact(impact: Impact) -> dict[str, Any]:
    at = impact.anchor.at
    return {
        "since": impact.anchor.since.value,
        "at": at.astimezone(JST).isoformat() if at else None,
        "percent": number(impact.percent),
        "vs_nikkei": number(impact.vs_nikkei),
        "vs_topix": number(impact.vs_topix),
        "vs_sector": number(impact.vs_sector),
        "points": number(impact.nikkei),
        "topix_points": number(impact.topix),
    }


def _due_kind(entry: Entry) -> str:
    if entry.kind == "holiday":
        return "closed"
    return "catalyst" if entry.key else entry.kind or "event"
