"""Whatever the service writes into its fields, the batches keep their form."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tui.market.quotes import Field, QuoteBatch
from tui.market.session import TokyoCalendar
from tui.providers.conformance import FewInstruments, check_quotes
from tui.providers.yahoo.shapes import QuoteRow
from tui.providers.yahoo.sheet import Sheet
from tui.providers.yahoo.told import of_quote

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
        batch = held.batch(NOW, day, 1, everything=False)
        if batch is not None:
            check_quotes(batch)
            assert not (batch.time > np.datetime64("2025-05-26T05:10", "ms")).any()


@given(row=ROWS)
def test_what_is_told_twice_is_not_delivered_twice(row: dict[str, Any]) -> None:
    held = sheet()
    put(held, row)
    session = held.session(NOW, None)
    assert held.batch(NOW, session, 1, everything=True) is not None
    put(held, row)
    assert held.batch(NOW, session, 1, everything=False) is None


def last_of(batch: QuoteBatch | None) -> list[float]:
    assert batch is not None
    return [float(value) for value in batch.fields[Field.LAST]]


def test_a_name_that_rests_for_days_keeps_its_last_price_as_its_close(yahoo: Any) -> None:
    held = sheet()
    put(held, yahoo.row("7203.T", 900.0, regularMarketTime=yahoo.stamp(10, day=22)))
    session = held.session(NOW, None)
    assert session == date(2025, 5, 26)
    batch = held.batch(NOW, session, 1, everything=True)
    assert np.isnan(last_of(batch)).all()
    assert batch is not None
    assert batch.fields[Field.PREVIOUS_CLOSE].tolist() == [900.0]
    assert np.isnat(batch.time).all()


def test_a_time_long_after_the_session_is_left_blank_and_the_price_told(yahoo: Any) -> None:
    # On the Monday after a Friday's session the currencies trade before Tokyo does.
    held, now = sheet(), NOW - timedelta(hours=6)
    rate = yahoo.currency_row(regularMarketTime=int(now.timestamp()))
    put(held, yahoo.row("7203.T", regularMarketTime=yahoo.stamp(15, 30, day=23)), now)
    put(held, rate, now)
    session = held.session(now, None)
    batch = held.batch(now, session, 1, everything=True)
    assert session == date(2025, 5, 23)
    assert last_of(batch) == [2500.5, 142.85]
    assert batch is not None
    assert np.isnat(batch.time).tolist() == [False, True]
