"""The snapshot as plain columns for a terminal or a pipe."""

import numpy as np

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
from tui.report.rows import Badge
from tui.report.snapshot import Snapshot
from tui.report.width import fit

_NAME = 24


def to_text(market: Market, snapshot: Snapshot, language: str = "en") -> list[tuple[str, str]]:
    """Lines without their ends, each with its tone: ``up``, ``down``, ``muted``, ``title``."""
    return [*_head(snapshot, language), *_table(market, snapshot, language)]


def _head(snapshot: Snapshot, language: str) -> list[tuple[str, str]]:
    summary, feed = snapshot.summary, snapshot.feed
    status = summary.status.state
    moment = summary.as_of.astimezone(JST)
    note = f" · {feed.note}" if feed.note else ""
    state = f"{status.word_ja} {status.word}"
    lines = [(f"{moment:%a %d %b %Y %H:%M:%S} JST  {state}  {feed.words}{note}", "title")]
    for index in summary.indices:
        name = index.name_ja if language == "ja" else index.name
        parts = [
            fit(name, 12),
            format_level(index.last),
            format_points(index.change),
            format_percent(index.percent),
        ]
        if index.streak is not None:
            parts.append(streak_words(index.streak, language))
        lines.append(("  ".join(part for part in parts if part), _tone(index.change)))
    breadth = summary.breadth
    counts = [f"up {breadth.up}", f"down {breadth.down}", f"unchanged {breadth.unchanged}"]
    if breadth.missing:
        counts.append(f"missing {breadth.missing}")
    if np.isfinite(summary.nt_ratio):
        counts.append(f"NT {summary.nt_ratio:.2f}")
    if np.isfinite(summary.turnover):
        counts.append(f"turnover {format_yen(summary.turnover)} ({summary.turnover_names} names)")
    lines.append(("  ".join(counts), ""))
    if summary.missing_table:
        lines.append((summary.missing_table, "muted"))
    else:
        lines.append((_reconciled(snapshot), ""))
    return [*lines, ("", "")]


def _reconciled(snapshot: Snapshot) -> str:
    contribution = snapshot.summary.contribution
    coverage = contribution.coverage
    text = f"points {format_points(contribution.sum)}"
    if np.isfinite(contribution.residual):
        residual = format_points(contribution.residual) if contribution.show_residual else "0.00"
        text += f"  residual {residual}"
    text += f"  coverage {coverage.observed} observed, {coverage.derived} derived"
    text += f", {coverage.missing} missing of {coverage.total}"
    return text


def _table(market: Market, snapshot: Snapshot, language: str) -> list[tuple[str, str]]:
    rows = snapshot.rows
    head = (
        f"{'Code':<6}{fit('Name', _NAME)}{'Last':>10}{'Chg':>10}{'Chg%':>9}{'Pts':>9}"
        f"{'Volume':>9}{'Turnover':>10}  State"
    )
    lines = [(f"{snapshot.list_name} · {len(rows.symbols)}", "title"), (head, "muted")]
    points = np.where(np.isfinite(rows.points), rows.points, 0.0)
    for position in np.argsort(-points, kind="stable"):
        n = int(position)
        instrument = market.universe.get(rows.symbols[n])
        fine = bool(instrument and instrument.topix500)
        currency = instrument.currency if instrument else ""
        last, change = float(rows.last[n]), float(rows.change[n])
        name = ""
        if instrument is not None:
            name = instrument.name_ja if language == "ja" else instrument.name
        lines.append(
            (
                f"{(instrument.code if instrument else '') or rows.symbols[n]:<6}"
                f"{fit(name, _NAME)}"
                f"{format_price(last, currency, fine=fine):>10}"
                f"{format_change(change, last, currency, fine=fine):>10}"
                f"{format_percent(float(rows.percent[n])):>9}"
                f"{format_points(float(rows.points[n])):>9}"
                f"{format_quantity(float(rows.volume[n])):>9}"
                f"{format_yen(float(rows.turnover[n])):>10}"
                f"  {Badge(int(rows.badge[n])).word}".rstrip(),
                _tone(change),
            )
        )
    return lines


def _tone(value: float) -> str:
    return "up" if value > 0 else "down" if value < 0 else ""
