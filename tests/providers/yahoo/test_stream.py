"""The stream beside the polling, over a real WebSocket."""

import asyncio
import base64
import json
from datetime import UTC, datetime
from typing import Any

from tui.market.quotes import Delay, DelayKind, Field
from tui.providers.conformance import Answer, Line, LoopbackServer, ManualClock
from tui.providers.yahoo import YahooQuotes
from tui.providers.yahoo.pricing import _message_class

REGULAR, AFTER_HOURS = 1, 2


def frame(symbol: str, price: float, seconds: int, hours: int = REGULAR, **more: Any) -> str:
    message = _message_class()(
        id=symbol, price=price, time=seconds * 1000 + 321, market_hours=hours, **more
    )
    text = base64.b64encode(message.SerializeToString()).decode()
    return json.dumps({"type": "pricing", "message": text})


def listening(desk: Any) -> YahooQuotes:
    return YahooQuotes(desk.host(stream=True, stream_url=f"{desk.server.socket_url}/?version=2"))


def serve(yahoo: Any, desk: Any, *rows: dict[str, Any]) -> None:
    desk.greet()
    desk.server.script(yahoo.quote, yahoo.quoted(*rows))


def test_a_symbol_that_streams_is_sooner_than_its_poll(yahoo: Any) -> None:
    now = yahoo.stamp(14)

    async def push(line: Line) -> None:
        assert json.loads(await line.receive()) == {"subscribe": ["7203.T", "SONY"]}
        await line.send(frame("SONY", 25.31, now - 1, day_volume=4000, day_high=25.5))
        await line.silent()

    async def steps(desk: Any) -> None:
        abroad = {"currency": "USD", "exchangeTimezoneName": "America/New_York"}
        rows = yahoo.row("7203.T"), yahoo.row("SONY", 25.1, regularMarketDayHigh=25.2, **abroad)
        serve(yahoo, desk, *rows)
        desk.server.socket("/", push)
        source = listening(desk)
        stream = source.stream(("7203.T", "SONY"))
        first, second = await desk.read(stream, 2)
        assert len(first) == 2
        assert yahoo.figures(second, Field.LAST) == {"SONY": 25.31}
        assert yahoo.figures(second, Field.HIGH) == {"SONY": 25.5}
        assert yahoo.figures(second, Field.VOLUME) == {"SONY": 4000.0}
        # What the stream does not tell stays as it was polled.
        assert yahoo.figures(second, Field.BASE) == {"SONY": 2480.0}
        assert second.symbols is first.symbols
        assert second.time.astype("datetime64[s]").astype(int).tolist() == [now - 1]
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_only_newer_prices_of_the_session_and_of_known_symbols_count(yahoo: Any) -> None:
    now = yahoo.stamp(14)

    async def push(line: Line) -> None:
        await line.receive()
        await line.send(
            frame("7203.T", 1.0, yahoo.stamp(13, 30)),  # older than the poll
            frame("7203.T", 2.0, now + 3600),  # still to come
            frame("7203.T", 3.0, now, AFTER_HOURS),
            frame("9999.T", 4.0, now),  # nobody asked
            frame("285A.T", 5.0, now),  # asked, but unknown to the poll
            "{broken",
            "{}",
            frame("7203.T", 2512.5, now),
        )
        await line.silent()

    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))
        desk.server.socket("/", push)
        source = listening(desk)
        stream = source.stream(("7203.T", "285A.T"))
        _, second = await desk.read(stream, 2)
        assert yahoo.figures(second, Field.LAST) == {"7203.T": 2512.5}
        assert any("no JSON" in remark for remark in desk.remarks)
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_the_stream_does_not_turn_the_page_to_another_session(yahoo: Any) -> None:
    async def push(line: Line) -> None:
        await line.receive()
        await line.send(
            frame("7203.T", 2600.0, yahoo.stamp(9, 20, day=27)),
            frame("JPY=X", 142.95, yahoo.stamp(9, 20, day=27)),
        )
        await line.silent()

    async def steps(desk: Any) -> None:
        yesterday = {"regularMarketTime": yahoo.stamp(15, 30)}
        serve(yahoo, desk, yahoo.row("7203.T", **yesterday), yahoo.currency_row())
        desk.server.socket("/", push)
        source = listening(desk)
        stream = source.stream(("7203.T", "JPY=X"))
        first, rate, pushed = await desk.read(stream, 3)
        assert yahoo.figures(rate, Field.LAST) == {"JPY=X": 142.85}
        assert yahoo.figures(pushed, Field.LAST) == {"JPY=X": 142.95}
        assert pushed.session == first.session
        assert pushed.delay == rate.delay == Delay(DelayKind.REALTIME)
        await stream.aclose()
        await source.close()

    yahoo.play(steps, datetime(2025, 5, 27, 0, 20, 5, tzinfo=UTC))


def test_a_flood_is_gathered_into_few_batches(yahoo: Any) -> None:
    now = yahoo.stamp(14)

    async def push(line: Line) -> None:
        await line.receive()
        await line.flood([frame("7203.T", 2501.0 + at / 2, now) for at in range(50)], 2000)
        await line.send(frame("7203.T", 2599.0, now))
        await line.silent()

    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))
        desk.server.socket("/", push)
        source = listening(desk)
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        count, last = 0, 0.0
        while last != 2599.0:
            (batch,) = await desk.read(stream)
            last = yahoo.figures(batch, Field.LAST)["7203.T"]
            count += 1
        assert count < 1000
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_the_subscription_is_repeated_and_silence_ends_the_connection(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))

        async def mute(line: Line) -> None:
            await line.silent()

        desk.server.socket("/", mute)
        source = listening(desk)
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        # Its reader moves no hands: they are moved here alone.
        polling = asyncio.ensure_future(anext(stream))
        while len(desk.server.lines) < 2:
            await desk.clock.asleep()
            await desk.clock.advance(5.0)
        first = desk.server.lines[0]
        assert set(first.received) == {'{"subscribe":["7203.T"]}'}
        assert len(first.received) >= 5
        assert desk.remarks == ["the stream was closed; quotes are polled"]
        assert desk.paths().count(yahoo.quote) >= 9
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await source.close()

    yahoo.play(steps)


def test_a_stream_that_fails_is_told_once_and_polling_goes_on(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))
        times = [yahoo.stamp(13, 40 + at) for at in range(6)]
        rows = [yahoo.row("7203.T", 2500.0 + at, regularMarketTime=at) for at in times]
        desk.server.script(yahoo.quote, *(yahoo.quoted(each) for each in rows))

        async def drop(line: Line) -> None:
            await line.receive()
            await line.drop()

        desk.server.socket("/", Answer(status=503), Answer(status=403), drop)
        source = listening(desk)
        stream = source.stream(("7203.T",))
        batches = await desk.read(stream, 6)
        assert len({yahoo.figures(each, Field.LAST)["7203.T"] for each in batches}) == 6
        assert len(desk.remarks) == 1
        assert "quotes are polled" in desk.remarks[0]
        # Attempts grow apart, so there are but a few in these fifty seconds.
        opened = [each for each in desk.server.requests if "upgrade" in each.headers]
        assert 1 <= len(opened) <= 6
        await stream.aclose()
        # A stream of quotes that begins anew meets the same outage.
        times = [yahoo.stamp(13, 50 + at) for at in range(4)]
        rows = [yahoo.row("7203.T", 2600.0 + at, regularMarketTime=at) for at in times]
        desk.server.script(yahoo.quote, *(yahoo.quoted(each) for each in rows))
        stream = source.stream(("7203.T",))
        await desk.read(stream, 4)
        again = [each for each in desk.server.requests if "upgrade" in each.headers]
        assert len(again) > len(opened)
        assert len(desk.remarks) == 1
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_a_stream_that_comes_back_is_used_again(yahoo: Any) -> None:
    now = yahoo.stamp(14)

    async def good(line: Line) -> None:
        await line.receive()
        await line.send(frame("7203.T", 2515.0, now))
        await line.silent()

    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))
        desk.server.socket("/", Answer(status=500), good)
        source = listening(desk)
        stream = source.stream(("7203.T",))
        _, second = await desk.read(stream, 2)
        assert yahoo.figures(second, Field.LAST) == {"7203.T": 2515.0}
        await stream.aclose()
        await source.close()

    yahoo.play(steps)


def test_the_stream_is_listened_to_over_tls(yahoo: Any) -> None:
    now = yahoo.stamp(14)

    async def push(line: Line) -> None:
        await line.receive()
        await line.send(frame("7203.T", 2515.0, now))
        await line.silent()

    async def run() -> None:
        async with LoopbackServer(tls=True) as server:
            desk = yahoo.desk(server, ManualClock(yahoo.afternoon))
            serve(yahoo, desk, yahoo.row("7203.T"))
            server.socket("/", push)
            host = desk.host(
                stream=True, stream_url=f"{server.socket_url}/", ca_file=server.trust.ca_file
            )
            source = YahooQuotes(host)
            stream = source.stream(("7203.T",))
            _, second = await desk.read(stream, 2)
            assert yahoo.figures(second, Field.LAST) == {"7203.T": 2515.0}
            await stream.aclose()
            await source.close()

    asyncio.run(run())


def test_an_ended_stream_leaves_the_line(yahoo: Any) -> None:
    async def steps(desk: Any) -> None:
        serve(yahoo, desk, yahoo.row("7203.T"))
        opened, left = asyncio.Event(), asyncio.Event()

        async def mute(line: Line) -> None:
            await line.receive()
            opened.set()
            await line.silent()
            left.set()

        desk.server.socket("/", mute)
        source = listening(desk)
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        await opened.wait()
        await stream.aclose()
        await source.close()
        await left.wait()
        assert desk.server.lines[0].close_code == 1000

    yahoo.play(steps)
