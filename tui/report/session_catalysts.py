"""Which catalysts belong to a session."""

from datetime import UTC, datetime, time
from typing import Final

from tui.errors import DataError
from tui.market.catalysts import Catalyst
from tui.market.market import Market
from tui.market.times import JST

MOST_TIMED: Final = 500
MOST_UNTIMED: Final = 200


def session_catalysts(market: Market, now: datetime) -> list[Catalyst]:
    """The stories of the session that are known by now, newest first, then those without a time.

    A story with a time belongs to the session if it came after the close of the one before; one
    without to the session that its source gives, or to any where it gives none.
    """
    stories = market.stories
    timed = stories.between(_begins(market), now, MOST_TIMED)
    untimed = []
    for each in stories.untimed():
        if each.session in (None, market.session):
            untimed.append(each)
            if len(untimed) >= MOST_UNTIMED:
                break
    return timed + untimed


def _begins(market: Market) -> datetime:
    """The close of the session before; where no calendar tells it, midnight of the session."""
    try:
        before = market.calendar.session(market.calendar.previous(market.session))
    except DataError:
        before = None
    if before is not None:
        return before.close
    return datetime.combine(market.session, time(), JST).astimezone(UTC)
