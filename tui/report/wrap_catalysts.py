"""What moved the day, what its names did, and what falls due next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from tui.errors import DataError
from tui.market.attribution import Together
from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.times import JST
from tui.report.attribution import AttributionReport, selected
from tui.report.wrap_names import Mover, Names

SOON: Final = timedelta(days=14)
"""How far ahead a day on which the exchange is closed is told of."""

_MOST_CATALYSTS: Final = 12
_MOST_DUE: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalystMoves:
    """A catalyst with the day of its names.

    Attributes:
        catalyst: As its source told it.
        movers: Its names that are on the board.
        together: Their points to the Nikkei 225.
    """

    catalyst: Catalyst
    movers: tuple[Mover, ...]
    together: Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that falls due.

    Attributes:
        on: The date in Tokyo.
        what: A catalyst's headline, or the reason in English for which the exchange is closed.
        holiday: Whether it is the latter.
    """

    on: date
    what: str
    holiday: bool


def catalyst_moves(
    market: Market, names: Names, attribution: AttributionReport, now: datetime
) -> tuple[CatalystMoves, ...]:
    """The session's catalysts that are known by now: newest first, then those without a time."""
    of_day = [each for each in market.catalysts.values() if _of_day(each, market, now)]
    timed = sorted(
        (each for each in of_day if each.time is not None),
        key=lambda each: each.time or datetime.min.replace(tzinfo=UTC),
        reverse=True,
    )
    ordered = timed + [each for each in of_day if each.time is None]
    return tuple(
        CatalystMoves(
            catalyst=each,
            movers=names.of(each.symbols),
            together=selected(attribution.nikkei, each.symbols),
        )
        for each in ordered[:_MOST_CATALYSTS]
    )


def falls_due(market: Market, now: datetime) -> tuple[Due, ...]:
    """What the catalysts known by now date ahead, and the days without a session that are near."""
    today = max(now.astimezone(JST).date(), market.session)
    found = [
        Due(on=each.due, what=each.headline, holiday=False)
        for each in market.catalysts.values()
        if each.due is not None and each.due >= today and _known(each, market, now)
    ]
    found += [Due(on=day, what=reason, holiday=True) for day, reason in _closures(market, today)]
    found.sort(key=lambda due: due.on)
    return tuple(dict.fromkeys(found))[:_MOST_DUE]


def _of_day(catalyst: Catalyst, market: Market, now: datetime) -> bool:
    if not _known(catalyst, market, now):
        return False
    if catalyst.session is not None:
        return catalyst.session == market.session
    return catalyst.time is not None and catalyst.time.astimezone(JST).date() == market.session


def _known(catalyst: Catalyst, market: Market, now: datetime) -> bool:
    """Whether it had been published by now, as far as its source tells."""
    if catalyst.time is not None:
        return catalyst.time <= now
    return catalyst.session is None or catalyst.session <= market.session


def _closures(market: Market, today: date) -> list[tuple[date, str]]:
    last = today + SOON
    try:
        return [
            (day, reason)
            for year in range(today.year, last.year + 1)
            for day, reason in market.calendar.closures(year).items()
            if today < day <= last
        ]
    except DataError:
        return []
