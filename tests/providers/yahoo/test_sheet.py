"""Whatever the service writes into its fields, the batches keep their form."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.quotes import Delay, DelayKind, Field, QuoteBatch
from tui.market.session import TokyoCalendar
from tui.providers.conformance import FewInstruments, check_quotes
from tui.providers.yahoo.shapes import QuoteRow
from tui.providers.yahoo.sheet import Sheet
from tui.providers.yahoo.told import LONGEST_DELAY, of_quote

NOW = datetime(2025, 5, 26, 5, 0, tzinfo=UTC)
CALENDAR = TokyoCalendar()
SYMBOLS = ("7203.T", "JPY=X")

FIGURES = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**62), 2**62),
    st.sampled_from(["", "2500.5", "NaN", "-Infinity", "1e999", "１２", "n/a"]),
)
TIMES = st.one_of(FIGURES, st.integers(1_747_000_000, 1_748_400_000))
NAMES = (
    "regularMarketPrice",
    "regularMarketPreviousClose",
    "regularMarketOpen",
    "regularMarketDayHigh",
    "regularMarketDayLow",
    "regularMarketVolume",
    "bid",
    "ask",
    "exchangeDataDelayedBy",
)
ROWS = st.fixed_dictionaries(
    {"symbol": st.sampled_from(SYMBOLS)},
    optional={
        **dict.fromkeys(NAMES, FIGURES),
        "regularMarketTime": TIMES,
        "marketState": st.sampled_from(["REGULAR", "CLOSED", "PRE", "SIESTA", "", None]),
        "quoteType": st.sampled_from(["EQUITY", "INDEX", "CURRENCY", None]),
        "exchangeTimezoneName": st.sampled_from(["Asia/Tokyo", "Europe/London", None]),
    },
)


def sheet() -> Sheet:
    return Sheet(SYMBOLS, FewInstruments(), CALENDAR, lambda _: None)


def put(held: Sheet, row: dict[str, Any], now: datetime = NOW) -> None:
    decoded = msgspec.json.decode(msgspec.json.encode(row), type=QuoteRow, strict=False)
    held.put(decoded.symbol, of_quote(decoded.symbol, decoded), now)


@given(rows=st.lists(ROWS, max_size=6))
def test_batches_keep_their_form_and_sessions_never_go_back(rows: list[dict[str, Any]]) -> None:
    held, session = sheet(), None
    for row in rows:
        put(held, row)
        day = held.session(NOW, session)
        assert session is None or day >= session
        assert day <= NOW.date()
        assert CALENDAR.is_session(day)
        session = day
        batches = held.batches(NOW, day, 1, everything=False)
        assert len({batch.delay for batch in batches}) == len(batches)
        for batch in batches:
            check_quotes(batch)
            assert 0 <= batch.delay.minutes <= LONGEST_DELAY
            assert not (batch.time > np.datetime64("2025-05-26T05:10", "ms")).any()


@given(row=ROWS)
def test_what_is_told_twice_is_not_delivered_twice(row: dict[str, Any]) -> None:
    held = sheet()
    put(held, row)
    session = held.session(NOW, None)
    assert held.batches(NOW, session, 1, everything=True)
    put(held, row)
    assert held.batches(NOW, session, 1, everything=False) == []


def last_of(batch: QuoteBatch) -> list[float]:
    return [float(value) for value in batch.fields[Field.LAST]]


def test_a_name_that_rests_for_days_keeps_its_last_price_as_its_close(yahoo: Any) -> None:
    held = sheet()
    put(held, yahoo.row("7203.T", 900.0, regularMarketTime=yahoo.stamp(10, day=22)))
    session = held.session(NOW, None)
    assert session == date(2025, 5, 26)
    (batch,) = held.batches(NOW, session, 1, everything=True)
    assert np.isnan(last_of(batch)).all()
    assert batch.fields[Field.PREVIOUS_CLOSE].tolist() == [900.0]
    assert np.isnat(batch.time).all()


def test_between_two_sessions_what_trades_abroad_keeps_its_time(yahoo: Any) -> None:
    # On the Monday after a Friday's session the currencies trade before Tokyo does.
    held, now = sheet(), NOW - timedelta(hours=6)
    rate = yahoo.currency_row(regularMarketTime=int(now.timestamp()))
    put(held, yahoo.row("7203.T", regularMarketTime=yahoo.stamp(15, 30, day=23)), now)
    put(held, rate, now)
    session = held.session(now, None)
    tokyo, abroad = held.batches(now, session, 1, everything=True)
    assert session == date(2025, 5, 23)
    assert (last_of(tokyo), last_of(abroad)) == ([2500.5], [142.85])
    assert not np.isnat(tokyo.time).any()
    assert abroad.time.tolist() == [now.replace(tzinfo=None)]


def minutes_told(batches: list[QuoteBatch]) -> dict[str, Delay]:
    return {batch.symbols[row]: batch.delay for batch in batches for row in batch.rows.tolist()}


@pytest.mark.parametrize(
    ("told", "delay"),
    [
        (0, Delay(DelayKind.REALTIME)),
        (10, Delay(DelayKind.DELAYED, 10)),
        ("15", Delay(DelayKind.DELAYED, 15)),
        (0.5, Delay(DelayKind.DELAYED, 1)),
        (-1, Delay(DelayKind.UNKNOWN)),
        (100_000, Delay(DelayKind.UNKNOWN)),
        ("soon", Delay(DelayKind.UNKNOWN)),
        (None, Delay(DelayKind.UNKNOWN)),
    ],
)
def test_each_quote_bears_its_own_exchange_s_delay(yahoo: Any, told: Any, delay: Delay) -> None:
    held = sheet()
    put(held, yahoo.row("7203.T"))
    put(held, yahoo.currency_row(exchangeDataDelayedBy=told))
    session = held.session(NOW, None)
    batches = held.batches(NOW, session, 1, everything=True)
    assert minutes_told(batches) == {"7203.T": Delay(DelayKind.DELAYED, 20), "JPY=X": delay}


def test_a_delay_that_changes_is_told_and_one_that_is_not_repeated_is_kept(yahoo: Any) -> None:
    held = sheet()
    put(held, yahoo.row("7203.T"))
    put(held, yahoo.currency_row())
    session = held.session(NOW, None)
    held.batches(NOW, session, 1, everything=True)
    put(held, yahoo.currency_row(exchangeDataDelayedBy=None))
    assert held.batches(NOW, session, 1, everything=False) == []
    put(held, yahoo.currency_row(exchangeDataDelayedBy=15))
    batches = held.batches(NOW, session, 1, everything=False)
    assert minutes_told(batches) == {"JPY=X": Delay(DelayKind.DELAYED, 15)}
