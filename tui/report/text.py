"""The snapshot as plain columns for a terminal or a pipe."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tui.feed.health import age
from tui.market.instruments import Instrument
from tui.market.market import Market
from tui.market.pricing import (
    format_change,
    format_level,
    format_percent,
    format_points,
    format_price,
    format_quantity,
    format_yen,
)
from tui.market.streak import streak_words
from tui.market.times import JST
from tui.report.bridge import bridge_report
from tui.report.indices import IndexReport
from tui.report.movers import MoversReport, Past, movers_report
from tui.report.rows import Badge, RowsReport
from tui.report.snapshot import Snapshot
from tui.report.summary import Summary
from tui.report.tape import PROXY_NAME, TapeItem, tape_items, topix_proxy
from tui.report.width import fit

_NAME = 24
_INDEX = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a print-out.

    Attributes:
        text: Without its end.
        tone: ``up``, ``down``, ``muted``, ``title``, or empty.
    """

    text: str
    tone: str = ""


def to_text(market: Market, snapshot: Snapshot, language: str = "en") -> list[Line]:
    """The whole print-out: the market in a few lines, then the list, then what has to be said."""
    return [
        *_head(market, snapshot, language),
        Line(""),
        *_table(market, snapshot, language),
        *(Line(f"note: {remark}", "muted") for remark in snapshot.remarks),
    ]


def _head(market: Market, snapshot: Snapshot, language: str) -> Iterator[Line]:
    summary, feed = snapshot.summary, snapshot.feed
    state = summary.status.state
    moment = summary.as_of.astimezone(JST)
    note = f" · {feed.note}" if feed.note else ""
    yield Line(
        f"{moment:%a %d %b %Y %H:%M:%S} JST  {state.word_ja} {state.word}"
        f"  {feed.source}: {feed.words}{note}",
        "title",
    )
    for index in summary.indices:
        yield Line(_index(index, summary, language), _tone(index.change))
    proxy = topix_proxy(market, summary.as_of)
    if proxy is not None:
        yield Line(_proxy(proxy), _tone(proxy.change))
    yield Line(_counts(summary))
    yield from _abroad(market, snapshot, language)
    if movers := _movers(movers_report(market, Past(market), summary.members, summary.as_of)):
        yield Line(movers)
    if summary.missing_table:
        yield Line(summary.missing_table, "muted")
    else:
        yield Line(_reconciled(summary))


def _index(index: IndexReport, summary: Summary, language: str) -> str:
    known = np.isfinite(index.last)
    parts = [
        format_level(index.last if known else index.base).rjust(9),
        format_points(index.change),
        format_percent(index.percent),
        "" if known or not np.isfinite(index.base) else "previous close",
        streak_words(index.streak, language) if index.streak is not None else "",
    ]
    if np.isfinite(index.estimate):
        coverage = f"{index.estimate_coverage}/{len(summary.members)}"
        parts.append(f"気配 {format_level(index.estimate)} ({coverage})")
    name = index.name_ja if language == "ja" else index.name
    return f"{fit(name, _INDEX)}{'  '.join(part for part in parts if part)}".rstrip()


def _proxy(proxy: TapeItem) -> str:
    """The fund that stands for the TOPIX; its price is none of the index's levels."""
    parts = [proxy.level_text(), format_percent(proxy.percent), "proxy: the fund, not the index"]
    return f"{PROXY_NAME}  {'  '.join(part for part in parts if part)}"


def _abroad(market: Market, snapshot: Snapshot, language: str) -> Iterator[Line]:
    """What the tape has from abroad, and what the night's gaps and futures imply, where known."""
    now = snapshot.summary.as_of
    told = []
    for item in tape_items(market, now, snapshot.tape):
        if np.isfinite(item.last):
            name = item.name_ja if language == "ja" else item.name
            late = f"{item.delay.minutes}m late" if item.delay and item.delay.minutes else ""
            old = f"{age(item.age)} old" if item.age is not None else item.state.value
            parts = (name, item.level_text(), item.change_text(), old, late)
            told.append(" ".join(part for part in parts if part))
    if told:
        yield Line("  ".join(told))
    bridge = bridge_report(market, now)
    if np.isfinite(bridge.opening.points):
        yield Line(
            f"opening implied by {bridge.future.symbol}  {format_level(bridge.opening.level, 0)}"
            f"  {format_points(bridge.opening.points, 0)}"
            f"  {format_percent(bridge.opening.percent)}"
        )
    if bridge.impact.names:
        yield Line(
            f"receipts' gaps to the close of {bridge.close_of}"
            f"  {format_points(bridge.impact.points)} points (estimate,"
            f" {bridge.impact.names} of {bridge.impact.members} names)"
        )


def _counts(summary: Summary) -> str:
    parts = []
    breadth = summary.breadth
    if breadth.total:
        parts += [f"up {breadth.up}", f"down {breadth.down}", f"unchanged {breadth.unchanged}"]
    if breadth.missing:
        parts.append(f"missing {breadth.missing}")
    if summary.limit_up or summary.limit_down:
        parts.append(f"limit-up {summary.limit_up}  limit-down {summary.limit_down}")
    if np.isfinite(summary.nt_ratio):
        parts.append(f"NT {summary.nt_ratio:.2f}")
    if np.isfinite(summary.turnover):
        parts.append(f"turnover {format_yen(summary.turnover)} ({summary.turnover_names} names)")
    return "  ".join(parts)


def _movers(report: MoversReport) -> str:
    """Who stands out among the members, in figures; empty before any has traded."""
    if report.breadth.missing == report.breadth.total:
        return ""
    day, most, vwap = report.day, report.turnover, report.vwap
    parts = [f"at the day's high {len(day.high)}  low {len(day.low)}"]
    if report.year is not None:
        parts.append(f"new of the year high {len(report.year.high)}  low {len(report.year.low)}")
    if vwap.known:
        parts.append(f"above VWAP {vwap.above} of {vwap.known}")
    if np.isfinite(most.share):
        parts.append(f"top {len(most.members)} names {most.share * 100:.0f}% of turnover")
    if report.ratio is not None and np.isfinite(report.ratio):
        names = len(report.symbols)
        of = f" of {report.ratio_known} names" if report.ratio_known < names else ""
        parts.append(f"25-day ratio {report.ratio:.1f}%{of}")
    return "  ".join(parts)


def _reconciled(summary: Summary) -> str:
    contribution = summary.contribution
    coverage = contribution.coverage
    parts = []
    if np.isfinite(contribution.sum):
        parts.append(f"points {format_points(contribution.sum)}")
    if np.isfinite(contribution.residual):
        residual = format_points(contribution.residual) if contribution.show_residual else "0.00"
        parts.append(f"residual {residual}")
    parts.append(
        f"coverage {coverage.observed} observed, {coverage.derived} derived, "
        f"{coverage.missing} missing of {coverage.total}"
    )
    if not summary.current and summary.vintage:
        parts.append(f"factors of {summary.vintage}")
    return "  ".join(parts)


def _table(market: Market, snapshot: Snapshot, language: str) -> Iterator[Line]:
    rows = snapshot.rows
    auction = snapshot.summary.status.state.auction
    yield Line(f"{snapshot.list_name} · {len(rows.symbols)}", "title")
    yield Line(
        f"{'Code':<6}{fit('Name', _NAME)}{'Last':>11}{'Chg':>10}{'Chg%':>9}{'Pts':>9}"
        f"{'Volume':>9}{'Turnover':>10}  State",
        "muted",
    )
    for n, symbol in enumerate(rows.symbols):
        instrument = market.universe.get(symbol)
        text = _row(rows, n, instrument, language, auction=auction)
        yield Line(text, _tone(float(rows.change[n])))


def _row(
    rows: RowsReport, n: int, instrument: Instrument | None, language: str, *, auction: bool
) -> str:
    fine = bool(instrument and instrument.topix500)
    currency = instrument.currency if instrument else ""
    name = ""
    if instrument is not None:
        name = instrument.name_ja if language == "ja" else instrument.name
    last, change = float(rows.last[n]), float(rows.change[n])
    indicative = float(rows.indicative[n])
    price = format_price(last, currency, fine=fine).rjust(11)
    if auction and np.isfinite(indicative):
        # The sign is two cells wide, so that the column keeps its width.
        price = f"気{format_price(indicative, currency, fine=fine):>9}"
    badge = Badge(int(rows.badge[n]))
    state = [badge.word_ja if language == "ja" else badge.word, "old" if rows.stale[n] else ""]
    return (
        f"{(instrument.code if instrument else '') or rows.symbols[n]:<6}"
        f"{fit(name, _NAME)}"
        f"{price}"
        f"{format_change(change, last, currency, fine=fine):>10}"
        f"{format_percent(float(rows.percent[n])):>9}"
        f"{format_points(float(rows.points[n])):>9}"
        f"{format_quantity(float(rows.volume[n])):>9}"
        f"{format_yen(float(rows.turnover[n])):>10}"
        f"  {' '.join(word for word in state if word)}"
    ).rstrip()


def _tone(value: float) -> str:
    return "up" if value > 0 else "down" if value < 0 else ""
