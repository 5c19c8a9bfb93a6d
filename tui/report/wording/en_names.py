"""Sentences about names, baskets, sectors and catalysts; empty where figures are missing."""

from collections.abc import Iterator
from math import isfinite
from typing import Final

from tui.market.contribution import SMALLEST_SHOWN
from tui.market.impact import Since
from tui.market.pricing import format_percent, format_points
from tui.market.times import JST
from tui.report.impact import Impact
from tui.report.timeline import Entry
from tui.report.wording.direction import way
from tui.report.wording.en_words import listed, moves, sentences, share, short_day, upper
from tui.report.wrap import GroupMove, Wrap
from tui.report.wrap_catalysts import CatalystMoves
from tui.report.wrap_names import Mover

_TOP: Final = 3
_NOON: Final = 12
_CLOSED: Final = "Tokyo closed: "
_FEWEST_SECTORS: Final = 6
_IN: Final = {
    "Exporters": "among exporters",
    "Banks": "among banks",
    "Semiconductors": "in semiconductors",
    "Trading houses": "among trading houses",
    "Steel": "in steel",
    "Autos": "in autos",
}
"""How a sentence speaks of the baskets that ship; of others it says "in" and their name."""
_LOWER: Final = {name: name.lower() for name in _IN}


def ladder(wrap: Wrap) -> str:
    """Who carried the Nikkei 225, how much of the move a few made, and who held it back."""
    return sentences(_carried(wrap), _together(wrap), _against(wrap), _topix(wrap))


def _carried(wrap: Wrap) -> str:
    if not wrap.leaders:
        return ""
    first, *others = wrap.leaders[:_TOP]
    rise = first.points > 0
    if isfinite(wrap.nikkei.change) and abs(wrap.nikkei.change) >= SMALLEST_SHOWN:
        role = "led the Nikkei 225 up" if rise else "led the Nikkei 225 down"
    else:
        role = "added most to the Nikkei 225" if rise else "took most from the Nikkei 225"
    followed = f", followed by {listed([_with_points(each) for each in others])}" if others else ""
    return f"{upper(first.name)} {role} with {_figures(first)}{followed}."


def _together(wrap: Wrap) -> str:
    told = wrap.leading
    points = format_points(told.points)
    if told.names < 2 or not points:
        return ""
    part = f", {told.share * 100:.0f}% of the move" if isfinite(told.share) else ""
    return f"The first {told.names} names together made {points} points{part}."


def _against(wrap: Wrap) -> str:
    if not wrap.laggards:
        return ""
    first, *others = wrap.laggards[:_TOP]
    role = "was the heaviest drag" if first.points < 0 else "gave most support"
    then = f", then {listed([_with_points(each) for each in others])}" if others else ""
    return f"{upper(first.name)} {role} with {_figures(first)}{then}."


def _topix(wrap: Wrap) -> str:
    if not wrap.topix_leaders:
        return ""
    first, *others = wrap.topix_leaders[:_TOP]
    role = "added most" if first.topix_points > 0 else "took most away"
    estimate = ", by estimate," if wrap.attribution.topix.estimate else ""
    ahead = [f"{each.name} with {format_points(each.topix_points)}" for each in others]
    tail = f", ahead of {listed(ahead)}" if ahead else ""
    points = format_points(first.topix_points)
    return f"In the TOPIX{estimate} {first.name} {role} with {points} points{tail}."


def _figures(mover: Mover) -> str:
    percent = format_percent(mover.percent)
    points = f"{format_points(mover.points)} points"
    return f"{points} ({percent})" if percent else points


def _with_points(mover: Mover) -> str:
    percent = format_percent(mover.percent)
    text = f"{mover.name} with {format_points(mover.points)}"
    return f"{text} ({percent})" if percent else text


def baskets(wrap: Wrap) -> Iterator[str]:
    """What the baskets did, then the names that carried each."""
    sides = [
        [basket for basket in wrap.baskets if way(basket.percent) == direction]
        for direction in ("up", "unchanged", "down")
    ]
    verbs = ("gained", "", "lost")
    told = [_overview(side, verb) for side, verb in zip(sides, verbs, strict=True) if side]
    if told:
        yield f"By basket, {', while '.join(told)}."
    for side, verb in ((sides[0], "rose"), (sides[2], "fell")):
        named = [_named(basket, verb) for basket in side if basket.movers]
        if named:
            yield f"{upper('; '.join(named))}."


def _overview(side: list[GroupMove], verb: str) -> str:
    parts = []
    for place, basket in enumerate(side):
        name = _LOWER.get(basket.name, basket.name)
        points = format_points(basket.nikkei)
        worth = f" ({points}{'' if place else ' points'})" if points else ""
        moved = f"{'' if place else f' {verb}'} {share(basket.percent)}" if verb else ""
        parts.append(f"{name}{moved}{worth}")
    return listed(parts) if verb else f"{listed(parts)} did not move"


def _named(basket: GroupMove, verb: str) -> str:
    names = [
        f"{mover.name}{'' if place else f' {verb}'} {share(mover.percent)}"
        for place, mover in enumerate(basket.movers)
    ]
    return f"{_IN.get(basket.name, f'in {basket.name}')} {listed(names)}"


def sectors(wrap: Wrap) -> str:
    """The best and the worst sectors, and on how many names that rests."""
    found = wrap.sectors
    if len(found) < _FEWEST_SECTORS:
        return ""
    best, worst = found[:_TOP], found[::-1][:_TOP]
    return (
        f"By the exchange's 33 sectors, as far as {wrap.sector_names} names show, "
        f"{listed([_sector(each) for each in best])} did best and "
        f"{listed([_sector(each) for each in worst])} worst."
    )


def _sector(sector: GroupMove) -> str:
    single = ", one name" if sector.known == 1 else ""
    return f"{sector.name} ({format_percent(sector.percent)}{single})"


def catalyst(told: CatalystMoves) -> str:
    """One catalyst and what its names did."""
    each = told.catalyst
    when = f"{each.time.astimezone(JST):%H:%M}" if each.time is not None else ""
    facts = ", ".join(filter(None, (when, each.kind)))
    text = f"{each.headline} ({facts})" if facts else each.headline
    did = listed(moves(told.movers))
    if not did:
        return f"{text}."
    return f"{text}: {did}{_impact(told.impact)}."


def _impact(impact: Impact) -> str:
    """What its names did since, in the figures of the screen."""
    if not isfinite(impact.percent):
        return ""
    several = impact.names > 1
    parts = []
    since = _since(impact)
    if since or several:
        mean = f"{format_percent(impact.percent)}{' on average' if several else ''}"
        parts.append(f"{since} {mean}".strip())
    if isfinite(impact.vs_nikkei):
        parts.append(f"{format_points(impact.vs_nikkei)} percentage points against the index")
    points = format_points(impact.nikkei)
    if points:
        parts.append(f"{points} points to the Nikkei 225")
    return f"; {', '.join(parts)}" if parts else ""


def _since(impact: Impact) -> str:
    at = impact.anchor.at
    if at is None:
        return ""
    local = at.astimezone(JST)
    if impact.anchor.since is not Since.FIRST_TRADE:
        return f"since {local:%H:%M}"
    return "since lunch" if local.hour >= _NOON else "since the open"


def due(told: Entry, wrap: Wrap) -> str:
    """One thing that falls due."""
    when = short_day(told.on, wrap.summary.session)
    name, closed, reason = told.title.partition(_CLOSED)
    if closed and not name:
        return f"{when}: Tokyo is closed for {reason}."
    return f"{when}: {told.title.rstrip('.')}."
