"""The push, over a real WebSocket, and what stands in for it."""

import asyncio
import json
from typing import Any

import pytest

from tui.errors import Unavailable
from tui.market.quotes import Field, QuoteState
from tui.providers.conformance import Answer, Line, LoopbackServer, ManualClock


def tick(kabu: Any, last: float, second: int, code: str = "7203", **more: Any) -> dict[str, Any]:
    time = kabu.at(10, 0, second)
    times = dict.fromkeys(("CurrentPriceTime", "TradingVolumeTime", "BidTime", "AskTime"), time)
    told: dict[str, Any] = kabu.board(code, last, **{**times, **more})
    return told


def has(kabu: Any, last: float, symbol: str = "7203.T") -> Any:
    return lambda batch: kabu.figures(batch, Field.LAST).get(symbol) == last


def test_a_message_is_delivered_between_looks(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        go = asyncio.Event()

        async def push(line: Line) -> None:
            await go.wait()
            special = tick(kabu, 2512.5, 1, AskSign="0102", AskPrice=2600.0, BidPrice=2600.0)
            await line.send(json.dumps(special))
            await line.silent()

        desk.push(push)
        source = desk.source()
        stream = source.stream(("7203.T", "^N225"))
        first = await desk.read(stream)
        calls = len(desk.station.calls)
        go.set()
        second = await desk.read(stream)
        assert second.symbols is first.symbols
        assert kabu.figures(second, Field.LAST) == {"7203.T": 2512.5}
        assert kabu.figures(second, Field.SPECIAL) == {"7203.T": 2600.0}
        assert kabu.states(second) == {"7203.T": QuoteState.SPECIAL_BID}
        assert len(desk.station.calls) == calls
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_an_index_is_pushed_without_a_market_and_strangers_are_passed_over(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.push(
            kabu.saying(
                tick(kabu, 1.0, 1, "9984"),
                tick(kabu, 2.0, 1, Exchange=3),
                kabu.index(last=37600.0, CurrentPriceTime=kabu.at(10, 0, 1), Exchange=None),
            )
        )
        source = desk.source()
        stream = source.stream(("7203.T", "^N225"))
        batch = await desk.until(stream, has(kabu, 37600.0, "^N225"))
        assert kabu.figures(batch, Field.LAST).get("7203.T") in (None, 2500.5)
        assert "9984.T" not in batch.symbols
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_text_that_is_no_message_is_passed_over_and_told(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        async def push(line: Line) -> None:
            await line.send("{broken", "[]", '{"Symbol": {}}', "[" * 5000, b"\x00\x01")
            await line.send(json.dumps(tick(kabu, 2512.5, 1)))
            await line.silent()

        desk.push(push)
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.until(stream, has(kabu, 2512.5))
        assert len([each for each in desk.remarks if "passed over" in each]) == 5
        assert len(desk.server.lines) == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)


@pytest.mark.parametrize("how", ["close", "drop", "reset", "invalid text", "too large"])
def test_a_line_that_breaks_is_opened_again_and_names_are_registered_anew(
    kabu: Any, how: str
) -> None:
    async def steps(desk: Any) -> None:
        go = asyncio.Event()

        async def breaks(line: Line) -> None:
            await go.wait()
            if how == "close":
                await line.close(1012, "restart")
            elif how == "drop":
                await line.drop()
            elif how == "reset":
                await line.reset()
            elif how == "invalid text":
                await line.send_text(b'{"Symbol": "\xff\xfe"}')
            else:
                await line.send(json.dumps({"Symbol": "7203", "more": "x" * 100_000}))

        desk.push(breaks, kabu.saying(tick(kabu, 2520.0, 5)))
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        go.set()
        await desk.until(stream, has(kabu, 2520.0))
        while desk.station.asked("/unregister/all") < 2:
            await asyncio.sleep(0.001)
            await desk.clock.advance(0.05)
        assert len(desk.server.lines) == 2
        assert sum("boards are asked for" in remark for remark in desk.remarks) == 1
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_without_a_push_boards_are_asked_for(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        desk.push(Answer(status=503))
        source = desk.source(poll=2)
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        for second in range(1, 4):
            desk.station.boards["7203"] = tick(kabu, 2500.0 + second, second)
            await desk.until(stream, has(kabu, 2500.0 + second))
        assert len(desk.remarks) == 1
        # Nobody registers again for a line that was never there.
        assert desk.station.asked("/unregister/all") == 1
        attempts = [each for each in desk.server.requests if "upgrade" in each.headers]
        assert len(attempts) <= 8
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_line_that_has_gone_deaf_is_replaced(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        await desk.clock.advance(1.0)
        desk.station.boards["7203"] = tick(kabu, 2525.0, 30)
        await desk.until(stream, has(kabu, 2525.0), 0.5)
        while len(desk.server.lines) < 2:
            await asyncio.sleep(0.001)
            await desk.clock.advance(0.1)
        assert any("fallen silent" in remark for remark in desk.remarks)
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_market_that_is_merely_quiet_keeps_its_line(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        looks = desk.station.asked("/board/7203@1")
        waiting = asyncio.ensure_future(anext(stream))
        while desk.station.asked("/board/7203@1") < looks + 3:
            await asyncio.sleep(0.001)
            await desk.clock.advance(1.0)
        assert desk.clock.monotonic() >= 3 * 60.0
        assert len(desk.server.lines) == 1
        assert desk.remarks == []
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await source.close()

    kabu.play(steps)


def test_silence_at_lunch_is_no_silence(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        source = desk.source()
        stream = source.stream(("7203.T",))
        first = await desk.read(stream)
        assert kabu.states(first) == {"7203.T": QuoteState.BREAK}
        looks = desk.station.asked("/board/7203@1")
        waiting = asyncio.ensure_future(anext(stream))
        for _ in range(120):
            await desk.clock.advance(5.0)
            await asyncio.sleep(0)
        assert desk.station.asked("/board/7203@1") == looks
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await source.close()

    kabu.play(steps, kabu.tokyo(11, 50))


def test_a_flood_is_gathered_into_few_batches(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        async def push(line: Line) -> None:
            messages = [json.dumps(tick(kabu, 2501.0 + each / 2, 1)) for each in range(50)]
            await line.flood(messages, 3000)
            await line.send(json.dumps(tick(kabu, 2599.0, 2)))
            await line.silent()

        desk.push(push)
        source = desk.source()
        stream = source.stream(("7203.T",))
        count, last = 0, 0.0
        while last != 2599.0:
            last = kabu.figures(await desk.read(stream), Field.LAST).get("7203.T", last)
            count += 1
        assert count < 1500
        await stream.aclose()
        await source.close()

    kabu.play(steps)


def test_a_line_that_breaks_again_and_again_is_tried_ever_more_rarely(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        async def drop(line: Line) -> None:
            await line.drop()

        desk.push(drop)
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        waiting = asyncio.ensure_future(anext(stream))
        while desk.clock.monotonic() < 300.0:
            await asyncio.sleep(0.001)
            await desk.clock.advance(1.0)
        assert 3 <= len(desk.server.lines) <= 16
        assert sum("boards are asked for" in remark for remark in desk.remarks) == 1
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await source.close()

    kabu.play(steps)


def test_the_daily_restart_is_an_outage_that_ends_by_itself(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        running = True
        answer = desk.station.answer

        async def serve(request: Any) -> Any:
            return answer(request) if running else Answer(status=503)

        down = asyncio.Event()

        async def until_down(line: Line) -> None:
            await down.wait()
            await line.reset()

        async def up_again(line: Line) -> None:
            await line.silent()

        desk.server.script("/kabusapi/*", serve)
        desk.push(until_down, Answer(status=503), up_again)
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        running = False
        desk.station.restart()
        down.set()
        with pytest.raises(Unavailable):
            await desk.until(stream, lambda _: False, 0.5)
        with pytest.raises(Unavailable, match="kabu STATION"):
            await desk.read(source.stream(("7203.T",)))
        running = True
        desk.station.boards["7203"] = tick(kabu, 2530.0, 59)
        stream = source.stream(("7203.T",))
        batch = await desk.read(stream)
        assert kabu.figures(batch, Field.LAST) == {"7203.T": 2530.0}
        assert desk.station.tokens == 2
        assert desk.station.registered == ["7203"]
        await stream.aclose()
        await source.close()

    kabu.play(steps)


class Door:
    """A port of its own in front of the server, that can be shut and opened again."""

    def __init__(self, url: str) -> None:
        self._target = int(url.rpartition(":")[2])
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        behind, ahead = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, ahead}
        await asyncio.gather(self._pipe(reader, ahead), self._pipe(behind, writer))
        self._writers -= {writer, ahead}
        self._tasks.discard(task)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


def test_an_application_that_is_started_again_is_refused_calls_and_then_served(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        door = Door(desk.server.url)
        await door.open()
        source = desk.source(base_url=f"http://127.0.0.1:{door.port}/kabusapi", poll=5)
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        await door.shut()
        desk.station.restart()
        # The line is gone, so boards are asked for, and that is refused.
        with pytest.raises(Unavailable, match=r"refused.*Start kabu STATION"):
            await desk.until(stream, lambda _: False, 0.5)
        for _ in range(2):
            with pytest.raises(Unavailable, match="refused"):
                await desk.read(source.stream(("7203.T",)))
        await door.open()
        desk.station.boards["7203"] = tick(kabu, 2530.0, 59)
        stream = source.stream(("7203.T",))
        batch = await desk.read(stream)
        assert kabu.figures(batch, Field.LAST) == {"7203.T": 2530.0}
        assert desk.station.tokens == 2
        assert desk.station.registered == ["7203"]
        await stream.aclose()
        await source.close()
        await door.shut()

    kabu.play(steps)


def test_it_can_be_had_over_tls(kabu: Any) -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True) as server:
            station = kabu.station({"7203": kabu.board()})
            server.script("/kabusapi/*", station.answer)
            server.socket("/kabusapi/websocket", kabu.saying(tick(kabu, 2515.0, 3)))
            desk = kabu.desk(server, ManualClock(kabu.morning), station)
            source = desk.source(ca_file=server.trust.ca_file)
            stream = source.stream(("7203.T",))
            await desk.until(stream, has(kabu, 2515.0))
            await stream.aclose()
            await source.close()

    asyncio.run(run())


def test_an_ended_stream_leaves_the_line(kabu: Any) -> None:
    async def steps(desk: Any) -> None:
        left = asyncio.Event()

        async def mute(line: Line) -> None:
            await line.silent()
            left.set()

        desk.push(mute)
        source = desk.source()
        stream = source.stream(("7203.T",))
        await desk.read(stream)
        await stream.aclose()
        await source.close()
        await left.wait()
        assert desk.server.lines[0].close_code == 1000

    kabu.play(steps)
