"""Quotes as the service tells them, and what the board is told of them."""

import math
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from tui.errors import BadPayload, ProviderError, RateLimited, Unavailable
from tui.market.quotes import Delay, DelayKind, Field, Quality, QuoteState
from tui.providers.conformance import Answer, Fault, Request, check_quotes
from tui.providers.yahoo import YahooQuotes

DAY = date(2025, 5, 26)


def test_a_quote_is_told_field_by_field(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T"), yahoo.currency_row()))
        source = YahooQuotes(desk.host())
        batch, rate = await desk.read(source.stream(("7203.T", "JPY=X")), 2)
        await source.close()

        check_quotes(batch)
        check_quotes(rate)
        told = {field: yahoo.figures(batch, field)["7203.T"] for field in batch.fields}
        assert told == {
            Field.LAST: 2500.5,
            Field.BASE: 2480.0,
            Field.PREVIOUS_CLOSE: 2480.0,
            Field.OPEN: 2490.0,
            Field.HIGH: 2510.0,
            Field.LOW: 2481.5,
            Field.VOLUME: 1_234_500.0,
            Field.BID: 2500.0,
            Field.ASK: 2501.0,
        }
        assert batch.time.tolist() == [datetime(2025, 5, 26, 4, 40)]
        assert rate.time.tolist() == [datetime(2025, 5, 26, 4, 59)]
        assert batch.session == DAY
        assert batch.delay == Delay(DelayKind.DELAYED, 20)
        assert rate.delay == Delay(DelayKind.REALTIME)
        for each in (batch, rate):
            assert each.state is not None
            assert each.state.tolist() == [QuoteState.TRADING]
            assert each.quality is not None
            assert each.quality.tolist() == [Quality.BASE_IS_PREVIOUS_CLOSE]
        # An offer of zero is none, and a currency has no volume.
        assert math.isnan(yahoo.figures(rate, Field.ASK)["JPY=X"])
        assert math.isnan(yahoo.figures(rate, Field.VOLUME)["JPY=X"])

    yahoo.play(steps)


def test_what_is_missing_null_or_written_as_text_is_no_failure(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(
                {"symbol": "7203.T"},
                yahoo.row("285A.T", "2,500.5", regularMarketPreviousClose="2480.5", bid=None),
                yahoo.row("6758.T", "3732", regularMarketVolume="1e400", marketState=None),
                {"symbol": "9984.T", "regularMarketPrice": {"raw": 7000.0, "fmt": "7,000"}},
                {"nosymbol": True},
                yahoo.row("AAPL"),
            ),
        )
        source = YahooQuotes(desk.host())
        wanted = ("7203.T", "285A.T", "6758.T")
        (batch,) = await desk.read(source.stream(wanted))
        await source.close()

        check_quotes(batch)
        last, base = yahoo.figures(batch, Field.LAST), yahoo.figures(batch, Field.BASE)
        assert batch.rows.tolist() == [0, 1, 2]
        assert math.isnan(last["7203.T"])
        assert math.isnan(last["285A.T"])
        assert (last["6758.T"], base["285A.T"]) == (3732.0, 2480.5)
        assert math.isnan(yahoo.figures(batch, Field.VOLUME)["6758.T"])
        assert batch.state is not None
        assert batch.state.tolist()[0] == QuoteState.UNKNOWN
        assert any("passed over" in remark for remark in desk.remarks)

    yahoo.play(steps)


def test_the_book_is_not_told_out_of_hours(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        words = ("PREPRE", "PRE", "POST", "POSTPOST", "CLOSED")
        rows = [yahoo.row(f"{7000 + at}.T", marketState=word) for at, word in enumerate(words)]
        desk.server.script(yahoo.quote, yahoo.quoted(*rows))
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream([each["symbol"] for each in rows]))
        await source.close()
        assert np.isnan(batch.fields[Field.BID]).all()
        assert np.isnan(batch.fields[Field.ASK]).all()
        assert batch.state is not None
        closed = int(QuoteState.CLOSED)
        assert batch.state.tolist() == [closed, int(QuoteState.PRE_OPEN), closed, closed, closed]

    yahoo.play(steps)


def test_quotes_of_the_lunch_break_say_so_when_their_time_has_come(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(yahoo.row("7203.T", regularMarketTime=yahoo.stamp(11, 25))),
        )
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T",))
        # 11:45 in Tokyo: what is told is of 11:25, when there was trading.
        (batch,) = await desk.read(stream)
        assert batch.state is not None
        assert batch.state.tolist() == [QuoteState.TRADING]
        (later,) = await desk.read(stream)
        assert desk.clock.now() >= datetime(2025, 5, 26, 2, 50, tzinfo=UTC)
        assert later.state is not None
        assert later.state.tolist() == [QuoteState.BREAK]
        await stream.aclose()
        await source.close()

    yahoo.play(steps, datetime(2025, 5, 26, 2, 45, tzinfo=UTC))


def test_only_what_changes_is_told_again(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        still = yahoo.row("7203.T")
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(still, yahoo.row("285A.T")),
            yahoo.quoted(still, yahoo.row("285A.T")),
            yahoo.quoted(still, yahoo.row("285A.T", 2600.0, regularMarketTime=yahoo.stamp(13, 41))),
        )
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T", "285A.T"))
        first, second = await desk.read(stream, 2)
        assert (len(first), len(second)) == (2, 1)
        assert yahoo.figures(second, Field.LAST) == {"285A.T": 2600.0}
        assert second.symbols is first.symbols
        assert desk.clock.monotonic() == pytest.approx(20.0)
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_an_older_answer_does_not_replace_a_newer_one(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(yahoo.row("7203.T")),
            yahoo.quoted(yahoo.row("7203.T", 2400.0, regularMarketTime=yahoo.stamp(13, 30))),
            yahoo.quoted(yahoo.row("7203.T", 2502.0, regularMarketTime=yahoo.stamp(13, 42))),
        )
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T",))
        batches = await desk.read(stream, 2)
        assert [yahoo.figures(each, Field.LAST)["7203.T"] for each in batches] == [2500.5, 2502.0]
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_the_next_session_begins_with_its_first_trade(yahoo: Any) -> None:
    yesterday = {"regularMarketTime": yahoo.stamp(15, 30), "marketState": "CLOSED"}
    today = {"regularMarketTime": yahoo.stamp(9, 0, day=27), "regularMarketPreviousClose": 2510.0}

    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(
                yahoo.row("7203.T", 2510.0, **yesterday), yahoo.row("285A.T", **yesterday)
            ),
            yahoo.quoted(yahoo.row("7203.T", 2520.0, **today), yahoo.row("285A.T", **yesterday)),
        )
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T", "285A.T"))
        before, after = await desk.read(stream, 2)
        assert (before.session, after.session) == (DAY, date(2025, 5, 27))
        assert after.epoch == before.epoch + 1
        assert source.session() == date(2025, 5, 27)
        assert yahoo.figures(after, Field.LAST)["7203.T"] == 2520.0
        # What has not traded yet has yesterday's price as the close to count from, and no more.
        for field in (Field.LAST, Field.OPEN, Field.HIGH, Field.LOW, Field.VOLUME):
            assert math.isnan(yahoo.figures(after, field)["285A.T"])
        assert yahoo.figures(after, Field.BASE)["285A.T"] == 2500.5
        assert np.isnat(after.time).tolist() == [False, True]
        await stream.aclose()
        await source.close()

    yahoo.play(steps, datetime(2025, 5, 27, 0, 19, tzinfo=UTC))


def test_quotes_abroad_do_not_turn_the_page(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(
            yahoo.quote,
            yahoo.quoted(
                yahoo.row("7203.T", regularMarketTime=yahoo.stamp(15, 30)),
                yahoo.currency_row(regularMarketTime=yahoo.stamp(8, day=27)),
            ),
        )
        source = YahooQuotes(desk.host())
        batches = await desk.read(source.stream(("7203.T", "JPY=X")), 2)
        await source.close()
        assert [batch.session for batch in batches] == [DAY, DAY]
        told = [yahoo.figures(batch, Field.LAST) for batch in batches]
        assert told == [{"7203.T": 2500.5}, {"JPY=X": 142.85}]
        assert not any(np.isnat(batch.time).any() for batch in batches)

    yahoo.play(steps, datetime(2025, 5, 26, 23, 0, tzinfo=UTC))


def test_without_tokyo_names_the_calendar_tells_the_session(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        # Saturday morning in Tokyo: the session is Friday's.
        rate = yahoo.currency_row(regularMarketTime=yahoo.stamp(5, day=24))
        desk.server.script(yahoo.quote, yahoo.quoted(rate))
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream(("JPY=X",)))
        await source.close()
        assert batch.session == date(2025, 5, 23)
        assert batch.delay == Delay(DelayKind.REALTIME)

    yahoo.play(steps, datetime(2025, 5, 24, 0, 0, tzinfo=UTC))


def test_a_time_still_to_come_is_no_time(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        late = yahoo.row("7203.T", regularMarketTime=yahoo.stamp(13, 40, day=28))
        desk.server.script(yahoo.quote, yahoo.quoted(late, yahoo.row("285A.T")))
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream(("7203.T", "285A.T")))
        await source.close()
        assert batch.session == DAY
        assert np.isnat(batch.time).tolist() == [True, False]

    yahoo.play(steps)


def test_a_price_in_another_currency_is_marked(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("SONY", 2550.0, currency="USd")))
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream(("SONY",)))
        await source.close()
        assert batch.quality is not None
        assert batch.quality[0] & Quality.SUSPECT
        assert desk.remarks == ["SONY is told in USd where USD was expected"]

    yahoo.play(steps)


def test_the_topix_is_not_served_and_its_fund_is_named(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, yahoo.quoted(yahoo.row("7203.T")))
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream(("7203.T", "^TOPX", "A,B")))
        assert len(batch) == 1
        assert any("^TOPX" in each and "1306.T" in each for each in desk.remarks)
        asked = [
            each.params["symbols"] for each in desk.server.requests if each.path == yahoo.quote
        ]
        assert asked == ["7203.T"]
        await source.close()

    yahoo.play(steps)


def test_an_unknown_symbol_is_told_once(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        times = [yahoo.stamp(13, 40 + minute) for minute in range(3)]
        rows = [yahoo.row("7203.T", 2500.0 + at, regularMarketTime=at) for at in times]
        desk.server.script(yahoo.quote, *(yahoo.quoted(row) for row in rows))
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T", "0000.T"))
        await desk.read(stream, 3)
        await stream.aclose()
        await desk.read(source.stream(("7203.T", "0000.T")))
        await source.close()
        assert desk.remarks == ["unknown to Yahoo: 0000.T"]

    yahoo.play(steps)


def test_symbols_are_asked_for_in_batches(yahoo: Any) -> None:
    symbols = [f"{7000 + at}.T" for at in range(7)]

    def answer(request: Request) -> Answer:
        asked = request.params["symbols"].split(",")
        assert len(asked) <= 3
        found: Answer = yahoo.quoted(*(yahoo.row(symbol) for symbol in asked))
        return found

    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, answer)
        source = YahooQuotes(desk.host())
        (batch,) = await desk.read(source.stream(symbols))
        await source.close()
        assert len(batch) == 7
        assert desk.paths().count(yahoo.quote) == 3

    yahoo.play(steps, batch=3)


def test_at_night_only_what_still_trades_is_asked_for_often(yahoo: Any) -> None:
    closed = yahoo.row("7203.T", marketState="CLOSED", regularMarketTime=yahoo.stamp(15, 30))
    asked: list[tuple[float, str]] = []

    async def steps(desk: Any) -> None:
        def answer(request: Request) -> Answer:
            now = desk.clock.monotonic()
            asked.append((now, request.params["symbols"]))
            moving = yahoo.currency_row(regularMarketTime=yahoo.stamp(20) + int(now))
            found: Answer = yahoo.quoted(closed, moving)
            return found

        desk.greet()
        desk.server.script(yahoo.quote, answer)
        source = YahooQuotes(desk.host())
        stream = source.stream(("7203.T", "JPY=X"))
        await desk.read(stream, 8)
        await stream.aclose()
        await source.close()

    yahoo.play(steps, datetime(2025, 5, 26, 11, 0, tzinfo=UTC))
    assert asked[0][1] == "7203.T,JPY=X"
    assert [symbols for _, symbols in asked[1:6]] == ["JPY=X"] * 5
    assert asked[6][1] == "7203.T,JPY=X"
    assert asked[6][0] == pytest.approx(60.0)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=503), Unavailable),
        (Answer(status=500), Unavailable),
        (Answer(status=999), Unavailable),
        (Answer.of({}).failing(Fault.RESET), Unavailable),
        (Answer.of({"quoteResponse": {"result": []}}).failing(Fault.TRUNCATE), Unavailable),
        (Answer.of({"quoteResponse": {"result": []}}).failing(Fault.STALL_INSIDE), Unavailable),
        (Answer(body=b"<html>", content_type="text/html"), BadPayload),
        (Answer.of({"chart": {}}), BadPayload),
        (Answer.of({"quoteResponse": {"result": {"7203.T": 1}}}), BadPayload),
        (Answer.invalid_utf8(), BadPayload),
        (Answer.deep(), BadPayload),
        (Answer.huge(6_000_000), BadPayload),
        (Answer.redirect("/v7/finance/quote"), BadPayload),
    ],
)
def test_every_fault_is_an_error_of_the_tree(
    yahoo: Any, answer: Answer, error: type[ProviderError]
) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, answer)
        source = YahooQuotes(desk.host())
        with pytest.raises(error):
            await desk.read(source.stream(("7203.T",)))
        await source.close()

    yahoo.play(steps, timeout=0.5 if answer.fault is Fault.STALL_INSIDE else 20.0)


def test_a_pause_that_the_service_asks_for_is_told_and_kept(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.greet()
        desk.server.script(yahoo.quote, Answer(status=429, headers={"Retry-After": "120"}))
        source = YahooQuotes(desk.host())
        with pytest.raises(RateLimited) as told:
            await desk.read(source.stream(("7203.T",)))
        assert told.value.retry_after == 120
        count = len(desk.server.requests)
        with pytest.raises(RateLimited):
            await desk.read(source.stream(("7203.T",)))
        assert len(desk.server.requests) == count
        await source.close()

    yahoo.play(steps)
