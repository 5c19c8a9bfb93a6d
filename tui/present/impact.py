"""Catalysts with what their names did since, as the pane, the story and the marks read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tui.market.catalysts import Catalyst
from tui.market.impact import Since
from tui.market.market import Market
from tui.market.pricing import format_percent, format_points
from tui.market.times import JST, to_datetime64
from tui.present.catalysts import kind_word, when
from tui.present.claims import mark
from tui.present.table import tone
from tui.report.impact import Impact, ImpactReport, Rank
from widgets.catalyst_views import CatalystView, UnexplainedView

MOST_UNEXPLAINED = 3


@dataclass(frozen=True, slots=True)
class _Words:
    """What the pane says, in one language."""

    names: str
    against: str
    points: str
    gap: str
    waits: str
    quiet: str
    day: str
    open: str
    lunch: str
    since: str
    beyond: str
    no_news: str


_EN = _Words(
    names="{} names",
    against="vs index",
    points=" pts",
    gap="gap",
    waits="no trade since",
    quiet="did not move",
    day="on the day",
    open="since the open",
    lunch="since lunch",
    since="since {}",
    beyond="{} beyond sector and market",
    no_news="no news",
)
_JA = _Words(
    names="{}銘柄",
    against="対日経平均",
    points="円",
    gap="窓",
    waits="以後約定なし",
    quiet="反応なし",
    day="前日比",
    open="寄り付きから",
    lunch="後場寄りから",
    since="{}から",
    beyond="業種・市場で説明できない値動き {}",
    no_news="材料なし",
)


class ImpactViews:
    """The session's catalysts in an order, each with its impact, formatted when it is looked at.

    Args:
        market: The market.
        report: The catalysts.
        rank: Their order.
        now: The market's time, by which claims are judged.
        selected: The symbol whose catalysts stand out; empty for none.
        language: ``en`` or ``ja``.
    """

    def __init__(
        self,
        market: Market,
        report: ImpactReport,
        rank: Rank,
        now: datetime,
        selected: str = "",
        language: str = "en",
    ) -> None:
        self._market = market
        self._now = now
        self._ranked = report.ranked(rank)
        self._selected = selected
        self._language = language
        self.looks = id(market), id(report), rank, selected, language
        self._report = report  # held, so that its identity is nobody else's
        self.keys = tuple(impact.catalyst.key for impact in self._ranked)

    def view(self, place: int) -> CatalystView:
        """The one at a place."""
        impact, language = self._ranked[place], self._language
        catalyst = impact.catalyst
        return CatalystView(
            key=catalyst.key,
            when=when(catalyst, language),
            kind=kind_word(catalyst.kind, language),
            headline=catalyst.headline,
            detail=detail(self._market, impact, language),
            tone=tone(impact.percent),
            symbols_count=len(catalyst.symbols),
            marked=bool(self._selected) and self._selected in catalyst.symbols,
            warning=self._warning(catalyst),
        )

    def lines(self, place: int) -> int:
        """How few lines the one at a place may take: what it did is told of any with names."""
        catalyst = self._ranked[place].catalyst
        return 1 + bool(catalyst.symbols) + bool(self._warning(catalyst))

    def same_as(self, earlier: object) -> bool:
        """Whether these look as earlier ones did."""
        return isinstance(earlier, ImpactViews) and self.looks == earlier.looks

    def _warning(self, catalyst: Catalyst) -> str:
        return mark(self._market, catalyst, self._now, self._language)


def detail(market: Market, impact: Impact, language: str = "en") -> str:
    """``6501 +2.1%  vs index +1.1  +0.20 pts since 10:05``; only what is known."""
    symbols = impact.catalyst.symbols
    say = _JA if language == "ja" else _EN
    if not symbols:
        return ""
    if not np.isfinite(impact.percent):
        names = "  ".join(_code(market, symbol) for symbol in symbols[:4])
        waits = impact.anchor.since in {Since.UNKNOWN, Since.FIRST_TRADE}
        return f"{names}  {say.waits}" if waits else names
    several = impact.names > 1
    who = say.names.format(impact.names) if several else _code(market, impact.lead)
    parts = [f"{who} {format_percent(impact.percent, 1)}"]
    if np.isfinite(impact.vs_nikkei):
        parts.append(f"{say.against} {format_points(impact.vs_nikkei, 1)}")
    points = format_points(impact.nikkei)
    # What is measured against base prices says so by its time: pre-open, or none.
    start = since(impact, language) if impact.anchor.at is not None else ""
    parts.append(f"{points}{say.points} {start}".rstrip() if points else start)
    if np.isfinite(impact.gap):
        parts.append(f"{say.gap} {format_percent(impact.gap, 1)}")
    if impact.quiet:
        parts.append(say.quiet)
    elif several and impact.lead:
        parts.append(f"{_code(market, impact.lead)} {format_percent(impact.lead_percent, 1)}")
    return "  ".join(part for part in parts if part)


def since(impact: Impact, language: str = "en") -> str:
    """``since 10:05``, ``since the open``, ``since lunch``, ``on the day``."""
    anchor = impact.anchor
    say = _JA if language == "ja" else _EN
    if anchor.at is None:
        return say.day
    clock = f"{anchor.at.astimezone(JST):%H:%M}"
    if anchor.since is Since.FIRST_TRADE:
        return say.lunch if clock >= "11:30" else say.open
    return say.since.format(clock)


def impact_words(impact: Impact, language: str = "en") -> str:
    """Everything that is measured of one catalyst, in a line for its story; empty for nothing."""
    if language == "ja":
        return _impact_words_ja(impact)
    if not np.isfinite(impact.percent):
        if not impact.catalyst.symbols:
            return ""
        return "Impact: no price is known from which it could be measured."
    who = "1 name" if impact.names == 1 else f"{impact.names} names on average"
    text = f"Impact {since(impact)}: {who} {format_percent(impact.percent)}"
    against = [
        f"{name} {format_points(value)}"
        for name, value in (
            ("Nikkei 225", impact.vs_nikkei),
            ("TOPIX", impact.vs_topix),
            ("sector", impact.vs_sector),
        )
        if np.isfinite(value)
    ]
    points = [
        f"{format_points(value)} to the {name}"
        for name, value in (("Nikkei 225", impact.nikkei), ("TOPIX", impact.topix))
        if np.isfinite(value)
    ]
    if against:
        text += f", against {', '.join(against)} percentage points"
    if points:
        text += f"; points {', '.join(points)}"
    if np.isfinite(impact.gap):
        text += f"; before that a gap of {format_percent(impact.gap)} from base prices"
    if impact.quiet:
        text += "; no name moved more than is usual for the time since"
    return f"{text}."


def _impact_words_ja(impact: Impact) -> str:
    if not np.isfinite(impact.percent):
        return "影響: 測るための値段がない。" if impact.catalyst.symbols else ""
    who = "1銘柄" if impact.names == 1 else f"{impact.names}銘柄平均"
    parts = [f"{who} {format_percent(impact.percent)}"]
    parts += [
        f"対{name} {format_points(value)}ポイント"
        for name, value in (
            ("日経平均", impact.vs_nikkei),
            ("TOPIX", impact.vs_topix),
            ("業種", impact.vs_sector),
        )
        if np.isfinite(value)
    ]
    text = f"影響（{since(impact, 'ja')}）: {'、'.join(parts)}。"
    points = [
        f"{name} {format_points(value)}{unit}"
        for name, value, unit in (
            ("日経平均", impact.nikkei, "円"),
            ("TOPIX", impact.topix, "ポイント"),
        )
        if np.isfinite(value)
    ]
    if points:
        text += f"寄与度: {'、'.join(points)}。"
    if np.isfinite(impact.gap):
        text += f"その前に基準値から{format_percent(impact.gap)}の窓。"
    if impact.quiet:
        text += "経過時間に見合う以上に動いた銘柄はない。"
    return text


def unexplained_views(market: Market, report: ImpactReport, language: str) -> list[UnexplainedView]:
    """Names that moved without a catalyst, the furthest first, a few of them."""
    views = []
    say = _JA if language == "ja" else _EN
    for each in report.unexplained[:MOST_UNEXPLAINED]:
        instrument = market.universe.get(each.symbol)
        name = ""
        if instrument is not None:
            name = instrument.name_ja if language == "ja" else instrument.name
        beyond = format_points(each.residual, 1)
        views.append(
            UnexplainedView(
                key=each.symbol,
                name=f"{_code(market, each.symbol)} {name}".strip(),
                move=format_percent(each.percent, 1),
                note=say.beyond.format(beyond),
                tone=tone(each.percent),
                label=say.no_news,
            )
        )
    return views


def marks(market: Market, impacts: Sequence[Impact]) -> tuple[float, ...]:
    """Where in the session catalysts came, each as a share of its minutes, ascending.

    What came before the open, or at no known time, has no place; lunch falls on its end.
    """
    axis = market.minutes.axis
    if not len(axis):
        return ()
    first, last = axis[0], axis[-1]
    found = set()
    for impact in impacts:
        if impact.catalyst.time is None:
            continue
        minute = to_datetime64(impact.catalyst.time).astype("datetime64[m]")
        if first <= minute <= last:
            found.add(int(np.searchsorted(axis, minute)) / len(axis))
    return tuple(sorted(found))


def _code(market: Market, symbol: str) -> str:
    instrument = market.universe.get(symbol)
    return (instrument.code if instrument is not None else "") or symbol
