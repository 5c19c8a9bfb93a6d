"""The application's codes, and Tokyo's clock, turned into the program's states."""

import math
from typing import Final

from tui.market.quotes import QuoteState
from tui.market.session import SessionState
from tui.providers.kabu.told import BEFORE, PLAIN, SEQUENTIAL, SPECIAL, UNMATCHED, Told

HALTS: Final = frozenset({4, 5, 6, 9, 12, 16, 18, 21})
"""Price statuses of an interruption: of the system or its files, a suspension, a halt, a circuit
breaker, a hold. Each has another number for its end, which ordinary trading follows."""
GATHERING: Final = 3
"""Price status: an auction is on. A price that one has made has another number."""
CLOSING: Final = 8
ESTIMATES: Final = frozenset({10, 11})
"""Price statuses of a price that was not traded: estimated, or for reference."""

_AUCTIONS: Final = frozenset(
    {SessionState.OPENING_AUCTION, SessionState.PRE_CLOSING, SessionState.CLOSING_AUCTION}
)
_OVER: Final = frozenset({SessionState.CLOSED, SessionState.HOLIDAY})


def state_of(told: Told, phase: SessionState, *, traded: bool, index: bool) -> QuoteState:
    """What the trading of an instrument is doing.

    The clock decides where nobody trades; the instrument's own codes decide while they do.

    Args:
        told: What is held of it, its book of this session.
        phase: What Tokyo is doing.
        traded: Whether it has a price of this session.
        index: Whether it is an index, which has no book and no codes.
    """
    if phase in _OVER:
        return QuoteState.CLOSED
    if told.status in HALTS:
        return QuoteState.HALTED
    if phase is SessionState.LUNCH:
        return QuoteState.BREAK
    if (special := special_state(told)) is not None:
        return special
    signs = {told.buy.sign, told.sell.sign}
    if signs & SEQUENTIAL:
        return QuoteState.SEQUENTIAL
    if phase is SessionState.PRE_OPEN:
        return QuoteState.PRE_OPEN
    if not index and (phase in _AUCTIONS or signs & BEFORE or told.status == GATHERING):
        return QuoteState.AUCTION
    if traded and told.status == CLOSING:
        return QuoteState.CLOSED
    if traded or signs & PLAIN:
        return QuoteState.TRADING
    return QuoteState.UNKNOWN


def special_state(told: Told) -> QuoteState | None:
    """Whose special quote is being displayed, the buyers' or the sellers'; None where nobody's.

    The side in excess is the one that bears the sign; where both do, the larger one.
    """
    buying, selling = told.buy.sign in SPECIAL, told.sell.sign in SPECIAL
    if buying and selling:
        buying = told.buy.size >= told.sell.size
    if buying:
        return QuoteState.SPECIAL_BID
    return QuoteState.SPECIAL_ASK if selling else None


def special_price(told: Told) -> float:
    """The special quote, NaN where there is none."""
    state = special_state(told)
    if state is QuoteState.SPECIAL_BID:
        return told.buy.price
    return told.sell.price if state is QuoteState.SPECIAL_ASK else math.nan


def indicative_price(told: Told) -> float:
    """The price at which an auction would match now, NaN where none would.

    While orders are gathered both sides show the price at which most would trade, so that it is
    known where they show the same.
    """
    signs = {told.buy.sign, told.sell.sign}
    if not signs & BEFORE or UNMATCHED in signs or told.buy.price != told.sell.price:
        return math.nan
    return told.buy.price
