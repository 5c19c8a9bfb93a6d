"""The night bridge: which close counts, which quotes count, and what stays blank."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteBatch
from tui.market.times import JST, to_datetime64
from tui.market.venues import VenueState
from tui.report.bridge import (
    DOLLAR,
    FUTURE,
    BridgeReport,
    Why,
    bridge_report,
    bridge_symbols,
    gaps_by_row,
)
from tui.report.bridge_json import bridge_document

TUESDAY = date(2025, 5, 27)
NIGHT = datetime(2025, 5, 27, 4, 50, tzinfo=JST).astimezone(UTC)
TOKYO = {
    "^N225": {Field.LAST: 38_000.0, Field.BASE: 37_500.0},
    "7203.T": {Field.LAST: 2_700.0, Field.BASE: 2_600.0},
    "9984.T": {Field.LAST: 7_500.0, Field.BASE: 7_400.0},
    "9983.T": {Field.LAST: 47_000.0, Field.BASE: 47_000.0},
    "7267.T": {Field.LAST: 1_400.0, Field.BASE: 1_400.0},
}
ABROAD = {"TM": 189.0, "SFTBY": 24.0, "FRCOY": 33.0, "HMC": 30.0, DOLLAR: 150.0, FUTURE: 38_380.0}


def last(prices: Mapping[str, float]) -> dict[str, dict[Field, float]]:
    return {symbol: {Field.LAST: price} for symbol, price in prices.items()}


@pytest.fixture
def night(desk: Any) -> Callable[..., BridgeReport]:
    """The report at night, after a close in Tokyo, of what a test wants told from abroad."""

    def told(
        abroad: Mapping[str, float] = ABROAD,
        *,
        clock: str | None = "04:45",
        now: datetime = NIGHT,
        quality: int | None = None,
        tokyo: Mapping[str, Mapping[Field, float]] = TOKYO,
    ) -> BridgeReport:
        desk.market.watch(bridge_symbols())
        desk.tell(tokyo, "15:30")
        unknown = np.datetime64("NaT", "ms")
        stamp = unknown if clock is None else to_datetime64(desk.jst(clock, TUESDAY))
        desk.market.apply(
            QuoteBatch(
                symbols=tuple(abroad),
                rows=np.arange(len(abroad), dtype=np.int32),
                fields={Field.LAST: np.array(list(abroad.values()))},
                time=np.full(len(abroad), stamp, "datetime64[ms]"),
                quality=None if quality is None else np.full(len(abroad), quality, np.uint8),
                source="test",
                delay=Delay(DelayKind.REALTIME),
                epoch=1,
                session=desk.market.session,
            ),
            1.0,
        )
        return bridge_report(desk.market, now)

    return told


def of(report: BridgeReport, symbol: str) -> dict[str, Any]:
    place = [row.symbol for row in report.receipts].index(symbol)
    return {
        "gap": float(report.gap[place]),
        "percent": float(report.percent[place]),
        "points": float(report.points[place]),
        "why": Why(int(report.why[place])),
        "counts": bool(report.counts[place]),
        "quote": report.quotes[place],
    }


def test_at_night_receipts_stand_against_the_sessions_own_close(
    night: Callable[..., BridgeReport],
) -> None:
    report = night()
    assert (report.close_of, report.final) == (date(2025, 5, 26), True)
    toyota = of(report, "TM")
    assert toyota["gap"] == pytest.approx(189 / 10 * 150 - 2_700)
    assert toyota["percent"] == pytest.approx(5.0)
    assert toyota["quote"].state is VenueState.OPEN
    assert of(report, "SFTBY")["gap"] == pytest.approx(24 / 0.5 * 150 - 7_500)
    assert report.opening.points == pytest.approx(380.0)
    assert report.opening.percent == pytest.approx(1.0)


def test_in_the_next_sessions_morning_its_base_prices_are_that_close(
    desk_on: Callable[[date], Any],
) -> None:
    desk = desk_on(TUESDAY)
    desk.market.watch(bridge_symbols())
    quotes = {
        "7203.T": {Field.LAST: 2_900.0, Field.BASE: 2_700.0},
        "^N225": {Field.LAST: 38_500.0, Field.BASE: 38_000.0},
    }
    desk.tell(quotes, "09:10")
    desk.tell(last(ABROAD), "04:45")
    report = bridge_report(desk.market, desk.jst("09:10"))
    assert (report.close_of, report.final) == (date(2025, 5, 26), False)
    assert report.opened
    assert not bridge_report(desk.market, desk.jst("08:50")).opened
    assert of(report, "TM")["percent"] == pytest.approx(5.0)
    assert report.opening.points == pytest.approx(380.0)


def test_what_was_quoted_before_the_close_says_nothing_of_the_night(desk: Any) -> None:
    desk.market.watch(bridge_symbols())
    desk.tell(last(ABROAD), "05:00")
    desk.tell(TOKYO, "15:30")
    report = bridge_report(desk.market, desk.jst("16:00"))
    toyota = of(report, "TM")
    assert toyota["why"] is Why.BEFORE_CLOSE
    assert math.isnan(toyota["gap"])
    assert report.future_why is Why.BEFORE_CLOSE
    assert math.isnan(report.opening.points)
    assert math.isnan(report.impact.points)


def test_a_quote_without_a_time_is_taken_as_it_comes(night: Callable[..., BridgeReport]) -> None:
    toyota = of(night(clock=None), "TM")
    assert toyota["why"] is Why.KNOWN
    assert toyota["quote"].time is None
    assert toyota["quote"].age is None


def test_an_unknown_ratio_leaves_a_blank_and_says_so(night: Callable[..., BridgeReport]) -> None:
    honda = of(night(), "HMC")
    assert honda["why"] is Why.NO_RATIO
    assert math.isnan(honda["gap"])
    assert not honda["counts"]


def test_an_unsure_ratio_is_shown_but_does_not_count(night: Callable[..., BridgeReport]) -> None:
    report = night()
    fast = of(report, "FRCOY")
    assert fast["why"] is Why.UNSURE
    assert fast["gap"] == pytest.approx(33 / 0.1 * 150 - 47_000)
    assert not fast["counts"]
    both = of(report, "TM")["points"] + of(report, "SFTBY")["points"]
    assert report.impact.points == pytest.approx(both)
    assert (report.impact.names, report.impact.members) == (2, 225)
    assert 0 < report.impact.weight < 1


def test_a_gap_no_night_makes_is_a_ratio_that_has_changed(
    night: Callable[..., BridgeReport],
) -> None:
    toyota = of(night({**ABROAD, "TM": 18.9}), "TM")
    assert toyota["why"] is Why.WIDE
    assert toyota["percent"] == pytest.approx(-89.5)
    assert not toyota["counts"]


@pytest.mark.parametrize(
    ("lacking", "why"),
    [(DOLLAR, Why.NO_RATE), ("TM", Why.NO_QUOTE)],
)
def test_what_is_missing_is_blank_and_named(
    night: Callable[..., BridgeReport], lacking: str, why: Why
) -> None:
    abroad = {symbol: price for symbol, price in ABROAD.items() if symbol != lacking}
    toyota = of(night(abroad), "TM")
    assert toyota["why"] is why
    assert math.isnan(toyota["gap"])


def test_without_a_close_nothing_is_set_against_it(night: Callable[..., BridgeReport]) -> None:
    report = night(tokyo={"9984.T": TOKYO["9984.T"]})
    assert of(report, "TM")["why"] is Why.NO_CLOSE
    assert report.future_why is Why.NO_CLOSE


def test_a_suspect_quote_has_no_gap(night: Callable[..., BridgeReport]) -> None:
    report = night(quality=int(Quality.SUSPECT))
    assert of(report, "TM")["why"] is Why.SUSPECT
    assert report.future_why is Why.SUSPECT


def test_an_old_rate_says_its_age(night: Callable[..., BridgeReport]) -> None:
    report = night(now=datetime(2025, 5, 28, 4, 50, tzinfo=JST))
    assert report.rate.age is not None
    assert report.rate.age.total_seconds() == 24 * 3600 + 300


def test_only_what_counts_reaches_the_column(desk: Any, night: Callable[..., BridgeReport]) -> None:
    gaps = gaps_by_row(desk.market, night())
    board = desk.market.board
    known = {board.symbols[row] for row in np.flatnonzero(np.isfinite(gaps))}
    assert known == {"7203.T", "9984.T"}
    assert gaps[board.row("7203.T")] == pytest.approx(5.0)


def test_a_market_that_watches_nothing_abroad_is_blank(desk: Any) -> None:
    report = bridge_report(desk.market, NIGHT)
    assert not report.quoted
    assert np.isnan(report.gap).all()
    assert {Why(int(why)) for why in report.why} <= {Why.NO_QUOTE, Why.NO_RATIO}


def test_machines_get_the_same_with_nulls(desk: Any, night: Callable[..., BridgeReport]) -> None:
    document = bridge_document(desk.market, night(), "ja")
    receipts = {each["symbol"]: each for each in document["receipts"]}
    assert receipts["TM"]["percent"] == pytest.approx(5.0)
    assert receipts["TM"]["name"] == "トヨタ自動車"
    assert receipts["TM"]["time"] == "2025-05-27T04:45:00+09:00"
    assert receipts["TM"]["session_state"] == "open"
    assert receipts["HMC"]["gap"] is None
    assert receipts["HMC"]["why"] == "ratio unknown"
    assert document["implied_opening"]["points"] == pytest.approx(380.0)
