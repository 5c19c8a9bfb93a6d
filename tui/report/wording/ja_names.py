"""Sentences in Japanese about names, baskets, sectors and catalysts; empty without figures."""

from collections.abc import Iterator
from math import isfinite
from typing import Final

from tui.market.contribution import SMALLEST_SHOWN
from tui.market.impact import Since
from tui.market.pricing import format_percent, format_points
from tui.market.times import JST
from tui.report.impact import Impact
from tui.report.timeline import Entry
from tui.report.wording.ja_words import (
    clock,
    high_or_low,
    listed,
    moves,
    sentences,
    short_day,
    yen_points,
)
from tui.report.wrap import GroupMove, Wrap
from tui.report.wrap_catalysts import CatalystMoves
from tui.report.wrap_names import Mover

_TOP: Final = 3
_NOON: Final = 12
_FEWEST_SECTORS: Final = 6


def ladder(wrap: Wrap) -> str:
    """寄与度: who carried the Nikkei 225, how much a few made, and who held it back."""
    return sentences(_carried(wrap), _together(wrap), _against(wrap), _topix(wrap))


def _carried(wrap: Wrap) -> str:
    if not wrap.leaders:
        return ""
    first, *others = wrap.leaders[:_TOP]
    side = "押し上げ" if first.points > 0 else "押し下げ"
    text = f"日経平均株価への寄与度では、{first.name_ja}が{_figures(first)}の{side}で首位"
    if not others:
        return f"{text}となった。"
    return f"{text}となり、{listed([_short(each) for each in others])}が続いた。"


def _together(wrap: Wrap) -> str:
    told = wrap.leading
    if told.names < 2 or not format_points(told.points):
        return ""
    side = "押し上げ" if told.points > 0 else "押し下げ"
    text = f"上位{told.names}銘柄で{yen_points(told.points)}{side}"
    change = wrap.nikkei.change
    if not isfinite(told.share) or abs(change) < SMALLEST_SHOWN:
        return f"{text}た。"
    width = "上昇幅" if change > 0 else "下落幅"
    return f"{text}、{width}の{told.share * 100:.0f}%を占めた。"


def _against(wrap: Wrap) -> str:
    if not wrap.laggards:
        return ""
    first, *others = wrap.laggards[:_TOP]
    side = "押し上げ" if first.points > 0 else "押し下げ"
    names = [f"{first.name_ja}が{_figures(first)}"]
    if others:
        names.append(listed([_short(each) for each in others]))
    return f"一方、{'、次いで'.join(names)}の{side}要因となった。"


def _topix(wrap: Wrap) -> str:
    if not wrap.topix_leaders:
        return ""
    first, *others = wrap.topix_leaders[:_TOP]
    estimate = "（推計）" if wrap.attribution.topix.estimate else ""
    side = "押し上げ" if first.topix_points > 0 else "押し下げ"
    then = [f"{each.name_ja}（{format_points(each.topix_points)}）" for each in others]
    points = f"{format_points(first.topix_points)}ポイント"
    text = f"TOPIXへの寄与度{estimate}では{first.name_ja}の{side}が{points}で最も大きく"
    return f"{text}、{listed(then)}が続いた。" if then else f"{text[:-1]}かった。"


def _figures(mover: Mover) -> str:
    percent = format_percent(mover.percent)
    return f"{yen_points(mover.points)}{f'（{percent}）' if percent else ''}"


def _short(mover: Mover) -> str:
    parts = [yen_points(mover.points), format_percent(mover.percent)]
    return f"{mover.name_ja}（{listed([each for each in parts if each])}）"


def baskets(wrap: Wrap) -> Iterator[str]:
    """What the baskets did, then the names that carried each."""
    told = [_overview(basket) for basket in wrap.baskets]
    if told:
        yield f"関連銘柄群別の騰落率は{listed(told)}だった。"
    for basket in wrap.baskets:
        if basket.movers:
            named = listed([_high_or_low(mover) for mover in basket.movers])
            yield f"{basket.name_ja}では{named}となった。"


def _overview(basket: GroupMove) -> str:
    points = format_points(basket.nikkei)
    worth = f"（寄与度{points}）" if points else ""
    return f"{basket.name_ja}が{high_or_low(basket.percent)}{worth}"


def _high_or_low(mover: Mover) -> str:
    return f"{mover.name_ja}が{high_or_low(mover.percent)}"


def sectors(wrap: Wrap) -> str:
    """The best and the worst sectors, and on how many names that rests."""
    found = wrap.sectors
    if len(found) < _FEWEST_SECTORS:
        return ""
    best, worst = found[:_TOP], found[::-1][:_TOP]
    return (
        f"東証33業種（価格の分かる{wrap.sector_names}銘柄で算出）では、"
        f"{listed([_sector(each) for each in best])}が上位、"
        f"{listed([_sector(each) for each in worst])}が下位だった。"
    )


def _sector(sector: GroupMove) -> str:
    single = "、1銘柄" if sector.known == 1 else ""
    return f"{sector.name_ja}（{format_percent(sector.percent)}{single}）"


def catalyst(told: CatalystMoves) -> str:
    """One catalyst, whose headline stays as its source wrote it, and what its names did."""
    each = told.catalyst
    when = clock(each.time) if each.time is not None else ""
    text = f"{when}　{each.headline}" if when else each.headline
    did = listed(moves(told.movers))
    if not did:
        return text
    words = _impact(told.impact)
    return f"{text}：{did}{f'（{words}）' if words else ''}"


def _impact(impact: Impact) -> str:
    """What its names did since, in the figures of the screen."""
    if not isfinite(impact.percent):
        return ""
    several = impact.names > 1
    parts = []
    since = _since(impact)
    if since or several:
        parts.append(f"{since}{'平均' if several else ''}{format_percent(impact.percent)}")
    if isfinite(impact.vs_nikkei):
        parts.append(f"対日経平均{format_points(impact.vs_nikkei)}ポイント")
    points = format_points(impact.nikkei)
    if points:
        parts.append(f"寄与度{'計' if several else ''}{points}")
    return listed(parts)


def _since(impact: Impact) -> str:
    at = impact.anchor.at
    if at is None:
        return ""
    local = at.astimezone(JST)
    if impact.anchor.since is not Since.FIRST_TRADE:
        return f"{local:%H:%M}から"
    return "後場寄りから" if local.hour >= _NOON else "寄り付きから"


def due(told: Entry, wrap: Wrap) -> str:
    """One thing that falls due."""
    return f"{short_day(told.on, wrap.summary.session)}　{told.titled('ja')}"
