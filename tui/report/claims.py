"""What a text states, held against the market."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import numpy as np

from tui.market.catalysts import Catalyst
from tui.market.claims import Claim, rounds_to
from tui.market.market import Market
from tui.market.quotes import Field, Quality
from tui.market.session import SessionState
from tui.market.times import JST

_ROUND_THE_CLOCK = ("=X", "=F", "-USD")
"""How the symbols of currencies, futures and coins end."""


class Verdict(Enum):
    """How a claim stands to the market."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OPEN = "the session is still on"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim with the market's figures.

    Attributes:
        claim: As stated.
        level, change, percent: The market's, against the base price; NaN where it does not tell.
        disagrees: Which of the stated figures differ by more than rounding: ``level``, ``change``,
            ``percent``.
        verdict: OPEN while the session is on, since a text tells of its close, and always for
            what trades round the clock, since a text does not tell at what hour its figure stood;
            UNKNOWN where there are no quotes of its date or of the instrument.
        derived: Whether the market's own figure is solved rather than observed.
    """

    claim: Claim
    level: float
    change: float
    percent: float
    disagrees: tuple[str, ...]
    verdict: Verdict
    derived: bool = False


def check_claims(
    market: Market, claims: Iterable[Claim], session: date | None, now: datetime
) -> tuple[CheckedClaim, ...]:
    """Hold claims against the board as it stands.

    Args:
        market: The board.
        claims: What is stated.
        session: The date that it is stated of; None where the text does not tell.
        now: The market's time, aware.
    """
    if session is None or session != market.session or market.board.session != session:
        return tuple(_unknown(claim) for claim in claims)
    later = now.astimezone(JST).date() > session
    over = later or market.status(now).state is SessionState.CLOSED
    return tuple(_checked(market, claim, over=over) for claim in claims)


def disagreeing(market: Market, catalyst: Catalyst, now: datetime) -> int:
    """How many of a catalyst's claims the market does not bear out."""
    checked = check_claims(market, catalyst.claims, catalyst.session, now)
    return sum(each.verdict is Verdict.DISAGREES for each in checked)


def _unknown(claim: Claim) -> CheckedClaim:
    nan = float("nan")
    return CheckedClaim(
        claim=claim, level=nan, change=nan, percent=nan, disagrees=(), verdict=Verdict.UNKNOWN
    )


def _checked(market: Market, claim: Claim, *, over: bool) -> CheckedClaim:
    row = market.board.row(claim.symbol)
    if row < 0:
        return _unknown(claim)
    level = float(market.board.column(Field.LAST)[row])
    base = float(market.board.base()[row])
    change = level - base
    percent = (level / base - 1) * 100 if base > 0 else float("nan")
    pairs: tuple[tuple[str, Decimal | None, float], ...] = (
        ("level", claim.level, level),
        ("change", claim.change, change),
        ("percent", claim.percent, percent),
    )
    known = [
        (name, stated, figure)
        for name, stated, figure in pairs
        if stated is not None and np.isfinite(figure)
    ]
    differ = tuple(name for name, stated, figure in known if not rounds_to(stated, figure))
    if not known:
        verdict = Verdict.UNKNOWN
    elif not over or claim.symbol.endswith(_ROUND_THE_CLOCK):
        verdict, differ = Verdict.OPEN, ()
    else:
        verdict = Verdict.DISAGREES if differ else Verdict.AGREES
    return CheckedClaim(
        claim=claim,
        level=level,
        change=change,
        percent=percent,
        disagrees=differ,
        verdict=verdict,
        derived=bool(market.board.quality[row] & Quality.DERIVED),
    )
