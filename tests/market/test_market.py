"""The market: its session, its members, its catalysts, and when its auctions are over."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from tui.market.catalysts import Catalyst
from tui.market.market import LONGEST_AUCTION, NIKKEI, TOPIX, Market
from tui.market.quotes import Delay, DelayKind, Field, MinuteBatch, QuoteBatch
from tui.market.session import SessionState, TokyoCalendar
from tui.market.times import JST, to_datetime64
from tui.market.universe import Universe

DAY = date(2025, 5, 26)
AFTER_CHANGE = date(2025, 7, 7)
NAN = float("nan")


@pytest.fixture
def market() -> Market:
    return Market(Universe(), TokyoCalendar(), DAY)


def jst(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), JST).astimezone(UTC)


def quotes(
    *prices: tuple[str, float, float],
    at: str | None = "10:00",
    epoch: int = 1,
    session: date = DAY,
) -> QuoteBatch:
    stamp = np.datetime64("NaT", "ms") if at is None else to_datetime64(jst(at, session))
    return QuoteBatch(
        symbols=tuple(symbol for symbol, _, _ in prices),
        rows=np.arange(len(prices), dtype=np.int32),
        fields={
            Field.LAST: np.array([last for _, last, _ in prices]),
            Field.BASE: np.array([base for _, _, base in prices]),
        },
        time=np.full(len(prices), stamp, "datetime64[ms]"),
        source="test",
        delay=Delay(DelayKind.REALTIME),
        epoch=epoch,
        session=session,
    )


def last(market: Market, symbol: str) -> float:
    return float(market.board.column(Field.LAST)[market.board.row(symbol)])


def members(market: Market) -> Sequence[str]:
    return market.members.basket.symbols


def test_indices_and_members_are_always_on_the_board(market: Market) -> None:
    market.watch(["SONY", "7203.T", "SONY"])
    symbols = market.board.symbols
    assert symbols[:2] == (NIKKEI, TOPIX)
    assert set(members(market)) <= set(symbols)
    assert symbols.count("SONY") == symbols.count("7203.T") == 1


def test_what_is_held_of_an_instrument_survives_a_change_of_the_others(market: Market) -> None:
    market.watch(["SONY", "1301.T"])
    market.apply(quotes(("SONY", 120.0, 118.0), ("6857.T", 7101.0, 6815.0)), 1.0)
    row = market.board.row("6857.T")
    market.watch(["9999.T", "SONY"])
    assert last(market, "SONY") == 120.0
    assert last(market, "6857.T") == 7101.0
    assert np.isnan(last(market, "9999.T"))
    assert market.board.row("1301.T") == -1
    assert np.isfinite(market.minutes.path(market.board.row("SONY"))).sum() == 1
    assert market.members.points_per_yen[market.board.row("6857.T")] > 0
    assert market.board.row("6857.T") == row


def test_points_are_known_of_members_only(market: Market) -> None:
    market.watch(["1301.T"])
    per_yen = market.members.points_per_yen
    assert np.isnan(per_yen[market.board.row("1301.T")])
    assert np.isnan(per_yen[market.board.row(NIKKEI)])
    row = market.board.row("6857.T")
    assert per_yen[row] * 286 == pytest.approx(76.10, abs=0.005)


def test_another_session_brings_its_own_members_minutes_and_closes(market: Market) -> None:
    assert "9613.T" in members(market)
    assert "6963.T" not in members(market)
    market.apply(quotes(("6857.T", 7101.0, 6815.0)), 1.0)
    market.apply(quotes(("6963.T", 1900.0, 1850.0), session=AFTER_CHANGE, epoch=2), 2.0)
    assert market.session == AFTER_CHANGE
    assert "6963.T" in members(market)
    assert "9613.T" not in members(market)
    assert last(market, "6963.T") == 1900.0
    assert np.isnan(last(market, "6857.T"))
    assert market.minutes.axis[0] == np.datetime64("2025-07-07T00:00")


def test_a_batch_that_the_board_drops_changes_no_session(market: Market) -> None:
    market.apply(quotes(("6857.T", 7101.0, 6815.0), epoch=5), 1.0)
    late = quotes(("6857.T", 1.0, 1.0), epoch=4, session=AFTER_CHANGE)
    earlier = quotes(("6857.T", 1.0, 1.0), epoch=5, session=date(2025, 5, 23))
    broken = quotes(("6857.T", 1.0, 1.0), epoch=6, session=AFTER_CHANGE)
    broken.fields[Field.LAST].resize(3, refcheck=False)
    for batch in (late, earlier, broken):
        market.apply(batch, 2.0)
        assert market.session == DAY
        assert "9613.T" in members(market)
        assert last(market, "6857.T") == 7101.0


def test_minutes_are_filled_in_behind_the_quotes(market: Market) -> None:
    market.apply(quotes(("6857.T", 7101.0, 6815.0)), 1.0)
    minutes = np.array([to_datetime64(jst("09:00"))], "datetime64[m]")
    blank = np.full((1, 1), NAN)
    filled = market.apply(
        MinuteBatch(
            symbols=("6857.T",), rows=np.zeros(1, np.int32), minutes=minutes,
            last=np.full((1, 1), 6900.0), volume=blank, turnover=blank,
            source="test", epoch=1, session=DAY,
        ),
        2.0,
    )  # fmt: skip
    assert filled is None
    path = market.minutes.path(market.board.row("6857.T"))
    assert path[np.isfinite(path)].tolist() == [6900.0, 7101.0]


def test_limits_are_those_of_the_base_price_and_of_tokyo_only(market: Market) -> None:
    market.watch(["SONY"])
    market.apply(quotes(("6857.T", 7101.0, 6815.0), ("SONY", 120.0, 118.0)), 1.0)
    lower, upper = market.limits()
    row = market.board.row("6857.T")
    assert (lower[row], upper[row]) == (5815.0, 7815.0)
    for unknown in ("SONY", NIKKEI, "8035.T"):
        assert np.isnan(upper[market.board.row(unknown)])
    market.apply(quotes(("6857.T", 7101.0, 7000.0)), 2.0)
    assert market.limits()[1][row] == 8500.0


def state(market: Market, clock: str, day: date = DAY) -> SessionState:
    return market.status(jst(clock, day)).state


def test_the_opening_auction_lasts_until_a_member_has_printed(market: Market) -> None:
    assert state(market, "09:05") is SessionState.MORNING  # no source has told anything
    market.apply(quotes(("6857.T", NAN, 6815.0), at=None), 1.0)
    assert state(market, "09:00") is SessionState.OPENING_AUCTION
    market.apply(quotes(("6857.T", 6900.0, 6815.0), at="09:00"), 2.0)
    assert state(market, "09:01") is SessionState.MORNING


def test_an_index_alone_opens_the_session_too(market: Market) -> None:
    market.apply(quotes((NIKKEI, 37200.0, 37160.47), at="09:00"), 1.0)
    assert state(market, "09:01") is SessionState.MORNING


def test_the_closing_auction_lasts_until_most_names_have_printed(market: Market) -> None:
    names = ("6857.T", "8035.T", "9984.T")
    market.apply(quotes(*((name, 100.0, 99.0) for name in names), at="15:24"), 1.0)
    assert state(market, "15:27") is SessionState.PRE_CLOSING
    assert market.status(jst("15:27")).next_state is SessionState.CLOSING_AUCTION
    assert state(market, "15:30") is SessionState.CLOSING_AUCTION
    market.apply(quotes((names[0], 101.0, 99.0), at="15:30"), 2.0)
    assert state(market, "15:30:05") is SessionState.CLOSING_AUCTION
    market.apply(quotes((names[1], 101.0, 99.0), at="15:30"), 3.0)
    assert state(market, "15:30:05") is SessionState.CLOSED


def test_no_closing_print_is_waited_for_for_ever(market: Market) -> None:
    market.apply(quotes(("6857.T", 100.0, 99.0), at="15:24"), 1.0)
    end = jst("15:30") + LONGEST_AUCTION
    assert market.status(end).state is SessionState.CLOSED


def test_quotes_without_a_time_leave_the_close_to_the_clock(market: Market) -> None:
    market.apply(quotes(("6857.T", 100.0, 99.0), at=None), 1.0)
    assert state(market, "15:29") is SessionState.PRE_CLOSING
    assert state(market, "15:30") is SessionState.CLOSED


def test_on_another_day_the_clock_alone_tells_the_state(market: Market) -> None:
    market.apply(quotes(("6857.T", 100.0, 99.0), at="15:24"), 1.0)
    tomorrow = date(2025, 5, 27)
    assert state(market, "09:05", tomorrow) is SessionState.MORNING
    assert state(market, "15:31", tomorrow) is SessionState.CLOSED
    assert state(market, "12:00", date(2025, 5, 25)) is SessionState.HOLIDAY


def test_closes_are_known_only_where_they_reach_the_session_before() -> None:
    universe, calendar = Universe(), TokyoCalendar()
    closes = Market(universe, calendar, DAY).closes(NIKKEI)
    assert closes[-1] == 37160.47
    assert len(Market(universe, calendar, date(2025, 5, 28)).closes(NIKKEI)) == 0
    assert len(Market(universe, calendar, date(2025, 4, 1)).closes(NIKKEI)) == 0
    assert len(Market(universe, calendar, DAY).closes("6857.T")) == 0


def test_a_catalyst_is_replaced_and_withdrawn_by_its_key(market: Market) -> None:
    market.add_catalysts([Catalyst(key="a", headline="one"), Catalyst(key="b", headline="two")])
    market.add_catalysts([Catalyst(key="a", headline="three")])
    assert market.catalysts["a"].headline == "three"
    market.add_catalysts([Catalyst(key="a", headline="", withdrawn=True)])
    market.add_catalysts([Catalyst(key="never", headline="", withdrawn=True)])
    assert set(market.catalysts) == {"b"}
