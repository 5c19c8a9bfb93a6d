"""Charts as history: daily bars as they were on the day, and the minutes of a session."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import NotSupported
from tui.market.quotes import DailyBars, MinuteBatch
from tui.providers.conformance import Answer, check_bars, check_minutes
from tui.providers.yahoo import YahooHistory
from tui.providers.yahoo.bars import daily_bars, grid, minute_path
from tui.providers.yahoo.shapes import Chart, ChartAnswer

START, END = date(2025, 5, 19), date(2025, 5, 26)
EVENING = datetime(2025, 5, 26, 9, 0, tzinfo=UTC)
PATH = "/v8/finance/chart/7203.T"


def charted(answer: Answer) -> Chart:
    decoded = msgspec.json.decode(answer.body, type=ChartAnswer, strict=False)
    assert decoded.chart.result is not None
    return decoded.chart.result[0]


def daily(yahoo: Any, bars: list[Any], now: datetime = EVENING, **more: Any) -> DailyBars:
    head = yahoo.meta("7203.T", dataGranularity="1d", **more.pop("head", {}))
    found = daily_bars("7203.T", charted(yahoo.chart(head, bars, **more)), START, END, now)
    check_bars(found, "7203.T", START, END)
    return found


def test_daily_bars_are_dated_in_the_exchanges_own_time(yahoo: Any) -> None:
    bars = [
        (yahoo.stamp(9, day=day), 10.0 + day, 12.0 + day, 9.0 + day, 11.0 + day, 100 * day)
        for day in (16, 19, 23, 26)
    ]
    found = daily(yahoo, bars)
    assert found.dates.tolist() == [date(2025, 5, 19), date(2025, 5, 23), date(2025, 5, 26)]
    assert found.open.tolist() == [29.0, 33.0, 36.0]
    assert found.high.tolist() == [31.0, 35.0, 38.0]
    assert found.low.tolist() == [28.0, 32.0, 35.0]
    assert found.close.tolist() == [30.0, 34.0, 37.0]
    assert found.volume.tolist() == [1900.0, 2300.0, 2600.0]
    assert np.isnan(found.turnover).all()


def test_a_bar_abroad_bears_the_date_of_its_own_session(yahoo: Any) -> None:
    # 9:30 in New York on the 23rd, which is summer time, is 22:30 in Tokyo.
    head = {"exchangeTimezoneName": "America/New_York", "currentTradingPeriod": None}
    found = daily(yahoo, [(yahoo.stamp(22, 30, day=23), 1, 3, 1, 2, 5)], head=head)
    assert found.dates.tolist() == [date(2025, 5, 23)]


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "", None])
def test_a_zone_that_is_not_known_is_replaced_by_the_offset(yahoo: Any, zone: str | None) -> None:
    head = {"exchangeTimezoneName": zone}
    found = daily(yahoo, [(yahoo.stamp(0, 30, day=23), 1, 3, 1, 2, 5)], head=head)
    assert found.dates.tolist() == [date(2025, 5, 23)]


def test_a_split_is_undone_before_its_day_and_not_after(yahoo: Any) -> None:
    bars = [(yahoo.stamp(9, day=day), 100.0, 110.2, 90.0, 100.0, 5000) for day in (22, 23, 26)]
    splits = {"x": {"date": yahoo.stamp(9, day=23), "numerator": 5, "denominator": 1}}
    found = daily(yahoo, bars, events={"splits": splits})
    assert found.close.tolist() == [500.0, 100.0, 100.0]
    assert found.high.tolist() == [551.0, 110.2, 110.2]
    assert found.volume.tolist() == [1000.0, 5000.0, 5000.0]


def test_a_split_after_the_span_is_undone_too(yahoo: Any) -> None:
    bars = [(yahoo.stamp(9, day=23), 100.0, 110.0, 90.0, 100.0, 5000)]
    splits = {"x": {"date": yahoo.stamp(9, day=28), "numerator": "2", "denominator": 1}}
    assert daily(yahoo, bars, events={"splits": splits}).close.tolist() == [200.0]


def test_a_split_that_makes_no_sense_is_passed_over(yahoo: Any) -> None:
    bars = [(yahoo.stamp(9, day=22), 100.0, 110.0, 90.0, 100.0, 5000)]
    when = yahoo.stamp(9, day=23)
    for numerator, denominator in ((5, 0), (None, 1), (1e9, 1), (-2, 1), ("five", "one")):
        split = {"date": when, "numerator": numerator, "denominator": denominator}
        found = daily(yahoo, bars, events={"splits": {"x": split}})
        assert found.close.tolist() == [100.0]


def test_the_bar_of_a_session_that_is_not_over_is_left_out(yahoo: Any) -> None:
    bars = [(yahoo.stamp(9, day=day), 1.0, 3.0, 1.0, 2.0, 5) for day in (23, 26)]
    for hour, minute, days in ((6, 45, 1), (6, 55, 2)):
        now = datetime(2025, 5, 26, hour, minute, tzinfo=UTC)
        assert len(daily(yahoo, bars, now).dates) == days


def test_a_day_without_a_close_is_no_bar_and_the_later_of_two_wins(yahoo: Any) -> None:
    bars = [
        (yahoo.stamp(9, day=22), None, None, None, None, None),
        (yahoo.stamp(9, day=23), 1.0, 3.0, 1.0, 2.0, 5),
        (yahoo.stamp(15, 30, day=23), 1.0, 3.5, 1.0, 2.5, "6"),
        (yahoo.stamp(9, day=26), None, 0, -1, 9.0, None),
    ]
    found = daily(yahoo, bars)
    assert found.close.tolist() == [2.5, 9.0]
    assert found.volume.tolist()[0] == 6.0
    assert np.isnan([found.open[1], found.high[1], found.low[1], found.volume[1]]).all()


def test_a_name_without_bars_has_none(yahoo: Any) -> None:
    assert len(daily(yahoo, []).dates) == 0


NUMBERS = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**60), 2**60),
    st.sampled_from(["", "12.5", "NaN", "Infinity", "-1", "1e999", "n/a"]),
)


@given(
    stamps=st.lists(st.one_of(NUMBERS, st.integers(1_747_000_000, 1_748_400_000)), max_size=12),
    columns=st.lists(st.one_of(st.none(), st.lists(NUMBERS, max_size=14)), min_size=5, max_size=5),
)
def test_whatever_the_columns_hold_bars_and_minutes_keep_their_form(
    stamps: list[Any], columns: list[Any]
) -> None:
    names = ("open", "high", "low", "close", "volume")
    answer = {
        "chart": {
            "result": [
                {
                    "meta": {"symbol": "7203.T", "gmtoffset": 32400},
                    "timestamp": stamps,
                    "indicators": {"quote": [dict(zip(names, columns, strict=True))]},
                }
            ]
        }
    }
    chart = charted(Answer.of(answer))
    check_bars(daily_bars("7203.T", chart, START, END, EVENING), "7203.T", START, END)
    path = minute_path(chart, END, datetime(2025, 5, 26, 6, 30, tzinfo=UTC))
    minutes, last, volume = grid([path])
    batch = MinuteBatch(
        symbols=("7203.T",),
        rows=np.zeros(1, np.int32),
        minutes=minutes,
        last=last,
        volume=volume,
        turnover=np.full_like(last, np.nan),
        source="yahoo",
        epoch=1,
        session=END,
    )
    check_minutes(batch)


def test_the_request_reaches_to_today_so_that_all_splits_are_told(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        bars = [(yahoo.stamp(9, day=day), 1.0, 3.0, 1.0, 2.0, 5) for day in (19, 20)]
        desk.server.script(PATH, yahoo.chart(yahoo.meta("7203.T"), bars))
        source = YahooHistory(desk.host())
        found = await desk.clock.until(source.daily("7203.T", START, date(2025, 5, 19)))
        await source.close()
        assert found.dates.tolist() == [date(2025, 5, 19)]
        params = desk.server.requests[0].params
        assert params["interval"] == "1d"
        assert "split" in params["events"]
        assert int(params["period1"]) <= yahoo.stamp(0, day=19)
        assert int(params["period2"]) >= desk.clock.now().timestamp()

    yahoo.play(steps)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "No data found, symbol may be delisted"),
        (422, "5m data not available. The requested range must be within the last 60 days."),
        (400, "Invalid input \x1b[31m- interval"),
    ],
)
def test_what_is_not_offered_is_told_in_the_services_words(
    yahoo: Any, status: int, words: str
) -> None:
    async def steps(desk: Any) -> None:
        desk.server.script(PATH, yahoo.no_chart(status, words))
        source = YahooHistory(desk.host())
        with pytest.raises(NotSupported) as told:
            await desk.clock.until(source.daily("7203.T", START, END))
        await source.close()
        assert words.split("\x1b", maxsplit=1)[0].strip() in told.value.what
        assert told.value.what.isprintable()

    yahoo.play(steps)


@pytest.mark.parametrize("symbol", ["^TOPX", "998405.T", "7203.T?x=1", "../v7/finance/quote"])
def test_what_cannot_be_asked_for_is_not(yahoo: Any, symbol: str) -> None:
    async def steps(desk: Any) -> None:
        source = YahooHistory(desk.host())
        with pytest.raises(NotSupported):
            await source.daily(symbol, START, END)
        await source.close()
        assert desk.server.requests == []

    yahoo.play(steps)


def minutes_of(
    yahoo: Any, symbols: tuple[str, ...], session: date, now: datetime, *answers: tuple[str, Answer]
) -> tuple[MinuteBatch | None, Any]:
    seen: list[Any] = []

    async def steps(desk: Any) -> None:
        for path, answer in answers:
            desk.server.script(path, answer)
        source = YahooHistory(desk.host())
        seen.append(await desk.clock.until(source.minutes(symbols, session)))
        await source.close()
        seen.append(desk)

    yahoo.play(steps, now)
    return seen[0], seen[1]


def test_minutes_are_blank_at_lunch_and_end_with_the_auction(yahoo: Any) -> None:
    answer = yahoo.chart(yahoo.meta("7203.T"), yahoo.intraday)
    batch, desk = minutes_of(
        yahoo, ("7203.T", "0000.T"), END, EVENING, (PATH, answer), ("/v8/*", yahoo.no_chart())
    )
    assert batch is not None
    check_minutes(batch)
    clocks = [str(each)[11:] for each in batch.minutes + np.timedelta64(9, "h")]
    # A bar of five minutes counts at its last; the auction's price at its own.
    assert clocks == ["09:04", "09:09", "12:34", "15:30"]
    assert batch.last.tolist() == [[2495.0, 2507.0, 2500.0, 2505.0]]
    # The auction's bar has no volume: the day's own stands there.
    assert batch.volume.tolist() == [[1000.0, 1500.0, 1800.0, 5000.0]]
    assert np.isnan(batch.turnover).all()
    assert (batch.session, batch.source) == (END, "yahoo")
    assert any("0000.T" in remark for remark in desk.remarks)
    assert desk.server.requests[0].params["interval"] == "1m"


def test_a_bar_that_is_not_full_yet_counts_at_the_last_trade(yahoo: Any) -> None:
    head = yahoo.meta("7203.T", regularMarketTime=yahoo.stamp(9, 7))
    answer = yahoo.chart(head, yahoo.intraday[:2])
    now = datetime(2025, 5, 26, 0, 28, tzinfo=UTC)
    batch, _ = minutes_of(yahoo, ("7203.T",), END, now, (PATH, answer))
    assert batch is not None
    clocks = [str(each)[11:] for each in batch.minutes + np.timedelta64(9, "h")]
    assert clocks == ["09:04", "09:07"]


def test_of_an_older_session_the_volume_at_the_close_is_unknown(yahoo: Any) -> None:
    head = yahoo.meta("7203.T", regularMarketTime=yahoo.stamp(15, 30, day=27))
    later = datetime(2025, 6, 20, tzinfo=UTC)
    answer = yahoo.chart(head, yahoo.intraday)
    batch, desk = minutes_of(yahoo, ("7203.T",), END, later, (PATH, answer))
    assert batch is not None
    assert batch.last[0, -1] == 2505.0
    assert np.isnan(batch.volume[0, -1])
    assert desk.server.requests[0].params["interval"] == "5m"


@pytest.mark.parametrize("session", [date(2025, 1, 6), date(2025, 5, 28)])
def test_sessions_too_old_or_still_to_come_have_no_minutes(yahoo: Any, session: date) -> None:
    batch, desk = minutes_of(yahoo, ("7203.T",), session, EVENING)
    assert batch is None
    assert desk.server.requests == []


def test_a_cancelled_question_leaves_nothing_behind(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.server.script(PATH, yahoo.chart(yahoo.meta("7203.T"), []))
        source = YahooHistory(desk.host())
        asking = asyncio.ensure_future(source.daily("7203.T", START, END))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        found = await desk.clock.until(source.daily("7203.T", START, END))
        assert len(found.dates) == 0
        await source.close()

    yahoo.play(steps)
