"""One instrument: who it is, its prices, its limits, its path, what names it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from tui.data.reader import shipped
from tui.feed.chain_disputes import Dispute
from tui.market.catalysts import Catalyst
from tui.market.doubts import held_back_words
from tui.market.instruments import Instrument
from tui.market.market import Market
from tui.market.pricing import (
    format_change,
    format_percent,
    format_points,
    format_price,
    format_quantity,
    format_yen,
)
from tui.market.quotes import Field, Quality
from tui.market.rules import limit_distance
from tui.market.times import JST, to_datetime
from tui.present.catalysts import ordered, when
from tui.present.japanese import said
from tui.present.table import tone
from tui.report.rows import Badge, RowsReport
from widgets.day_path import DayPathView, Level
from widgets.fact_grid import Fact

_MOST_CATALYSTS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView:
    """What the detail screen shows.

    Attributes:
        title: Code and names.
        subtitle: Market, sectors, size class, lot.
        price: Last price with change and per cent, ready to print.
        tone: The tone of the price.
        facts: Labels and values.
        path: The day's path.
        catalysts: When and headline of each catalyst that names it, with its key.
    """

    title: str
    subtitle: str
    price: str
    tone: str
    facts: Sequence[Fact]
    path: DayPathView
    catalysts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One instrument that a search has found."""

    symbol: str
    code: str
    name: str
    note: str


def search_hit(instrument: Instrument, language: str) -> SearchHit:
    """An instrument as a line of the search."""
    first, second = instrument.name, instrument.name_ja
    if language == "ja":
        first, second = second, first
    market = said(instrument.segment or instrument.exchange, language)
    parts = [second if second != first else "", market]
    return SearchHit(
        instrument.symbol,
        instrument.code or instrument.symbol,
        first,
        " · ".join(part for part in parts if part),
    )


_LABELS_JA = {
    "Base": "基準値",
    "Open": "始値",
    "High": "高値",
    "Low": "安値",
    "Bid": "買気配",
    "Ask": "売気配",
    "Volume": "出来高",
    "Turnover": "売買代金",
    "N225 points": "日経寄与度",
    "Limit up": "値幅上限",
    "Limit down": "値幅下限",
    "Lot": "単元",
    "State": "状態",
    "Quality": "品質",
    "Time": "時刻",
    "Held back": "保留値",
    "Sources differ": "情報源の相違",
}


def detail_view(
    market: Market,
    report: RowsReport,
    language: str,
    dispute: Dispute | None = None,
    events: Sequence[float] = (),
    now: datetime | None = None,
) -> DetailView:
    """The detail of the one instrument in a report.

    Args:
        market: The market.
        report: Figures of exactly one instrument.
        language: ``en`` or ``ja``.
        dispute: What another source says, where two differ.
        events: Where in the session catalysts that concern it came, each as a share of it.
        now: The market's time; what is told later is not known yet. None for all of it.
    """
    symbol = report.symbols[0]
    instrument = market.universe.get(symbol) or Instrument(
        symbol=symbol, name=symbol, name_ja=symbol, currency=""
    )
    writer = _Writer(market, report, instrument, language)
    first, second = instrument.name, instrument.name_ja
    if language == "ja":
        first, second = second, first
    names = first if first == second else f"{first}  {second}"
    last, change, percent = report.last[0], float(report.change[0]), float(report.percent[0])
    arrow = {"up": "▲", "down": "▼"}.get(tone(change), "")
    price = "  ".join(
        part
        for part in (
            writer.price(float(last)),
            f"{arrow}{writer.change(change).lstrip('+−')}" if np.isfinite(change) else "",
            format_percent(percent),
        )
        if part
    )
    where = (instrument.exchange, instrument.segment)
    sectors = _sectors(market, instrument, language)
    parts = (*(said(each, language) for each in where), sectors, instrument.size_class)
    return DetailView(
        title=f"{instrument.code or symbol}  {names}",
        subtitle="  ·  ".join(part for part in parts if part),
        price=price or said("no price", language),
        tone=tone(change),
        facts=[*writer.facts(), *writer.doubts(dispute)],
        path=replace(_path(market, report, writer), events=tuple(events)),
        catalysts=[
            (catalyst.key, f"{when(catalyst)}  {catalyst.headline}")
            for catalyst in _known(market, symbol, now)
        ],
    )


def _known(market: Market, symbol: str, now: datetime | None) -> list[Catalyst]:
    """An instrument's catalysts that are known by now, newest first."""
    known = ordered(
        each
        for each in market.stories.of(symbol)
        if now is None or each.time is None or each.time <= now
    )
    return known[:_MOST_CATALYSTS]


def _sectors(market: Market, instrument: Instrument, language: str) -> str:
    """The exchange's sector; in English Nikkei's beside it, of which only English is known."""
    name = instrument.sector33
    if language == "ja":
        return name
    rows = (market.reference or shipped()).sectors.rows
    english = (row.name_en for row in rows if row.scheme == 33 and row.name_ja == name)
    return " / ".join(part for part in (next(english, name), instrument.nikkei_sector) if part)


class _Writer:
    """Formats the figures of one instrument."""

    def __init__(
        self, market: Market, report: RowsReport, instrument: Instrument, language: str
    ) -> None:
        self._market = market
        self.language = language
        self._report = report
        self._instrument = instrument
        self._row = int(report.rows[0])

    def price(self, price: float) -> str:
        fine = self._instrument.topix500
        return format_price(price, self._instrument.currency, fine=fine)

    def change(self, change: float) -> str:
        instrument = self._instrument
        last = float(self._report.last[0])
        return format_change(change, last, instrument.currency, fine=instrument.topix500)

    def held(self, field: Field) -> float:
        return float(self._market.board.column(field)[self._row])

    def facts(self) -> list[Fact]:
        """Prices, activity, limits, contribution, state, time and source."""
        report = self._report
        points = float(report.points[0])
        open_, high, low = (
            self._against_base(self.held(f)) for f in (Field.OPEN, Field.HIGH, Field.LOW)
        )
        quality = int(self._market.board.quality[self._row])
        base_note = "previous close" if quality & Quality.BASE_IS_PREVIOUS_CLOSE else ""
        base_note = said(base_note, self.language)
        facts = [
            Fact("Base", self.price(float(report.base[0])), note=base_note),
            Fact("Open", *open_),
            Fact("High", *high),
            Fact("Low", *low),
            Fact("Bid", self.price(float(report.bid[0]))),
            Fact("Ask", self.price(float(report.ask[0]))),
            Fact("VWAP", self.price(self.held(Field.VWAP))),
            Fact("Volume", self._volume()),
            Fact("Turnover", self._turnover()),
            Fact("N225 points", format_points(points), tone(points)),
            *self._limits(),
            Fact("Lot", f"{self._instrument.lot:,}" if self._instrument.lot else ""),
            Fact("State", self._badge()),
        ]
        if quality:
            facts.append(Fact("Quality", said(_quality(quality), self.language)))
        facts.append(Fact("Time", self._time()))
        if self.language != "ja":
            return facts
        return [replace(fact, label=_LABELS_JA.get(fact.label, fact.label)) for fact in facts]

    def doubts(self, dispute: Dispute | None) -> list[Fact]:
        """What was held back, and what another source says."""
        facts = []
        held = self._market.board.held_back_of(self._row)
        if held is not None:
            times = f" (×{held.count:,})" if held.count > 1 else ""
            words = held_back_words(held, self.language) + times
            facts.append(Fact("Held back", words, "warn" if held.now else "muted"))
        if dispute is not None:
            facts.append(
                Fact(
                    "Sources differ",
                    f"{dispute.source} {self.price(dispute.price)}, "
                    f"{dispute.other} {self.price(dispute.other_price)}",
                    "warn",
                )
            )
        if self.language != "ja":
            return facts
        return [replace(fact, label=_LABELS_JA.get(fact.label, fact.label)) for fact in facts]

    def _badge(self) -> str:
        badge = Badge(int(self._report.badge[0]))
        if self.language == "ja":
            return badge.word_ja or "通常"
        return badge.word or "normal"

    def _against_base(self, price: float) -> tuple[str, str]:
        base = float(self._report.base[0])
        return self.price(price), tone(price - base) if np.isfinite(price - base) else ""

    def _limits(self) -> list[Fact]:
        lower, upper = self._market.limits()
        low, high = float(lower[self._row]), float(upper[self._row])
        if not np.isfinite(high):
            return []
        last, base = float(self._report.last[0]), float(self._report.base[0])
        away = limit_distance(last, base, self._instrument.topix500)
        return [
            Fact(
                "Limit up",
                self.price(high),
                note=self._distance(float(away.up_percent), float(away.up_ticks)),
            ),
            Fact(
                "Limit down",
                self.price(low),
                note=self._distance(-float(away.down_percent), float(away.down_ticks)),
            ),
        ]

    def _distance(self, percent: float, ticks: float) -> str:
        if not np.isfinite(ticks):
            return ""
        word = "ティック" if self.language == "ja" else " ticks"
        return f"{format_percent(percent)} {ticks:,.0f}{word}"

    def _volume(self) -> str:
        volume = format_quantity(float(self._report.volume[0]), self.language)
        return f"{volume}株" if volume and self.language == "ja" else volume

    def _turnover(self) -> str:
        turnover = float(self._report.turnover[0])
        if self._instrument.currency == "JPY":
            return format_yen(turnover, self.language)
        return f"{format_quantity(turnover, self.language)} {self._instrument.currency}".strip()

    def _time(self) -> str:
        moment = to_datetime(self._report.time[0])
        board = self._market.board
        place = int(board.source[self._row])
        source, delay = board.sources[place], board.delays[place]
        if delay.minutes:
            late = (
                f"{delay.minutes}分遅れ" if self.language == "ja" else f"{delay.minutes} m delayed"
            )
            source = f"{source}, {late}"
        if moment is None:
            return source
        return f"{moment.astimezone(JST):%H:%M:%S} JST  {source}"


def _quality(quality: int) -> str:
    words = []
    if quality & Quality.DERIVED:
        words.append("derived")
    if quality & Quality.MODELLED:
        words.append("path modelled")
    if quality & Quality.SUSPECT:
        words.append("suspect")
    if quality & Quality.HELD_BACK:
        words.append("newer price held back")
    if quality & Quality.DISPUTED:
        words.append("sources differ")
    if quality & Quality.EARLY:
        words.append("time unknown")
    return ", ".join(words)


def _path(market: Market, report: RowsReport, writer: _Writer) -> DayPathView:
    row = int(report.rows[0])
    values = market.minutes.path(row)
    base = float(report.base[0])
    known = values[np.isfinite(values)]
    levels = []
    if len(known):
        levels = [Level(float(known.max()), writer.price(float(known.max()))),
                  Level(float(known.min()), writer.price(float(known.min())))]  # fmt: skip
    if np.isfinite(base):
        levels.append(Level(base, writer.price(base)))
    axis = market.minutes.axis
    marks = []
    if len(axis) > 1:
        clock = (axis + np.timedelta64(9, "h")).astype("datetime64[m]")
        for hour, minute in ((9, 0), (10, 0), (11, 0), (12, 30), (13, 30), (14, 30), (15, 30)):
            at = clock[0].astype("datetime64[D]") + np.timedelta64(hour * 60 + minute, "m")
            where = int(np.searchsorted(clock, at))
            if where < len(clock):
                marks.append((where / (len(clock) - 1), f"{hour}:{minute:02d}"))
    return DayPathView(
        values=values,
        base=base,
        levels=levels,
        marks=marks,
        empty=said("no prices yet", writer.language),
    )
