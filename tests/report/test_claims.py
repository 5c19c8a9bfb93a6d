"""Stated figures beside those of the recorded session."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tui.market.catalysts import Catalyst
from tui.market.claims import Claim
from tui.market.market import Market
from tui.report.claims import CheckedClaim, Verdict, check_claims, disagreeing

DAY = date(2025, 5, 26)
Days = Callable[[str], Any]


def claim(symbol: str = "^N225", **figures: str) -> Claim:
    known = {name: Decimal(text) for name, text in figures.items()}
    return Claim(
        symbol=symbol,
        level=known.get("level"),
        change=known.get("change"),
        percent=known.get("percent"),
    )


@pytest.fixture
def close(day: Days) -> Any:
    return day("15:30")


def checked(day: Any, one: Claim, session: date | None = DAY) -> CheckedClaim:
    (found,) = check_claims(day.market(), [one], session, day.now)
    return found


@pytest.mark.parametrize(
    ("one", "verdict", "wrong"),
    [
        (claim(level="37531.53", change="371.06", percent="1.00"), Verdict.AGREES, ()),
        (claim("^TOPX", level="2751.91", percent="0.6"), Verdict.AGREES, ()),
        (claim("6758.T", percent="1.55"), Verdict.AGREES, ()),
        (claim("6501.T", percent="1.5"), Verdict.AGREES, ()),
        (claim("5401.T", percent="2.2"), Verdict.DISAGREES, ("percent",)),
        (claim(level="37531.54", change="371.06", percent="1.1"),
         Verdict.DISAGREES, ("level", "percent")),
        (claim(change="-371.06"), Verdict.DISAGREES, ("change",)),
        (claim(level="3.75E+4"), Verdict.AGREES, ()),
        (claim("^GSPC", percent="0.5"), Verdict.UNKNOWN, ()),
    ],
)  # fmt: skip
def test_a_claim_agrees_within_the_rounding_of_what_is_stated(
    close: Any, one: Claim, verdict: Verdict, wrong: tuple[str, ...]
) -> None:
    found = checked(close, one)
    assert (found.verdict, found.disagrees) == (verdict, wrong)


def test_without_quotes_of_the_date_the_market_is_blank(close: Any) -> None:
    for session in (date(2025, 5, 27), None):
        found = checked(close, claim(percent="9"), session)
        assert (found.verdict, found.disagrees) == (Verdict.UNKNOWN, ())
        assert np.isnan([found.level, found.change, found.percent]).all()


def test_before_the_close_a_claim_is_not_judged(day: Days) -> None:
    found = checked(day("10:30"), claim(level="1"))
    assert (found.verdict, found.disagrees) == (Verdict.OPEN, ())
    assert np.isfinite(found.level)


def test_what_trades_round_the_clock_is_shown_and_not_judged(
    close: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No currency is on the recorded board, so a share stands for one.
    monkeypatch.setattr("tui.report.claims._ROUND_THE_CLOCK", ("58.T",))
    found = checked(close, claim("6758.T", level="1"))
    assert (found.verdict, found.disagrees) == (Verdict.OPEN, ())
    assert np.isfinite(found.level)


def test_on_the_next_morning_it_still_is(close: Any) -> None:
    later = close.now + timedelta(hours=20)
    (found,) = check_claims(close.market(), [claim(percent="1.00")], DAY, later)
    assert found.verdict is Verdict.AGREES


def test_an_empty_board_knows_nothing(close: Any) -> None:
    market: Market = close.empty()
    (found,) = check_claims(market, [claim(percent="1.00")], DAY, close.now)
    assert found.verdict is Verdict.UNKNOWN


def test_a_derived_price_is_told_as_such(close: Any) -> None:
    assert checked(close, claim("9613.T", percent="1")).derived
    assert not checked(close, claim("6758.T", percent="1")).derived


def test_the_claims_of_a_catalyst_that_disagree_are_counted(close: Any) -> None:
    wrong = Catalyst(
        key="1",
        headline="x",
        session=DAY,
        claims=(claim(percent="1.00"), claim(percent="2.00"), claim("5401.T", percent="9")),
    )
    assert disagreeing(close.market(), wrong, close.now) == 2
    assert disagreeing(close.market(), replace(wrong, session=None), close.now) == 0
