import asyncio
import ssl
from collections.abc import Awaitable, Callable

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosedError,
    ConnectionClosedOK,
    InvalidMessage,
    InvalidStatus,
)

from tui.providers.conformance import Answer, Fault, Line, LineClosed, LoopbackServer
from tui.providers.conformance.base import source_tasks
from tui.providers.conformance.loopback import LineScript

Talk = Callable[[LoopbackServer, ClientConnection], Awaitable[None]]


def talk(script: LineScript, client: Talk, **how: object) -> LoopbackServer:
    async def run() -> LoopbackServer:
        async with LoopbackServer() as server:
            server.socket("/ws", script)
            url = f"{server.socket_url}/ws?code=7203"
            async with connect(url, close_timeout=0.2, **how) as socket:  # type: ignore[arg-type]
                await client(server, socket)
        return server

    return asyncio.run(run())


async def echo(line: Line) -> None:
    while True:
        await line.send(await line.receive())


async def quiet(line: Line) -> None:
    await line.silent()


async def received(socket: ClientConnection) -> None:
    """Read to the end."""
    while True:
        await socket.recv()


def test_text_and_binary_go_both_ways_and_are_recorded() -> None:
    async def client(server: LoopbackServer, socket: ClientConnection) -> None:
        await socket.send("株価")
        assert await socket.recv() == "株価"
        await socket.send([b"a", b"b"])
        assert await socket.recv() == b"ab"
        assert server.received("/ws") == ["株価", b"ab"]
        assert server.lines[0].request.params == {"code": "7203"}
        assert server.connections == 1

    server = talk(echo, client)
    assert server.lines[0].close_code == 1000


def test_a_script_that_ends_closes_the_line() -> None:
    async def script(line: Line) -> None:
        await line.send("one")

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        assert await socket.recv() == "one"
        with pytest.raises(ConnectionClosedOK):
            await socket.recv()

    talk(script, client)


def test_a_wss_line_is_trusted_through_the_servers_authority() -> None:
    async def run() -> None:
        async with LoopbackServer(tls=True) as server:
            server.socket("/ws", echo)
            async with connect(f"{server.socket_url}/ws", ssl=server.trust.context) as socket:
                await socket.send("one")
                assert await socket.recv() == "one"
            with pytest.raises(ssl.SSLCertVerificationError):
                await connect(f"{server.socket_url}/ws")

    asyncio.run(run())


def test_each_connection_has_the_next_script_and_an_answer_refuses_it() -> None:
    async def run() -> None:
        async with LoopbackServer() as server:
            busy = Answer.too_many(3, status=503)
            server.socket("/ws", Answer(status=401), busy, quiet, echo)
            url = f"{server.socket_url}/ws"
            for status, pause in ((401, None), (503, "3")):
                with pytest.raises(InvalidStatus) as refused:
                    await connect(url)
                response = refused.value.response
                assert (response.status_code, response.headers.get("Retry-After")) == (
                    status,
                    pause,
                )
            async with connect(url):
                await server.opened()
            for _ in range(2):
                async with connect(url) as socket:
                    await socket.send("one")
                    assert await socket.recv() == "one"
            assert (len(server.requests), len(server.lines)) == (5, 3)

    asyncio.run(run())


def test_a_path_without_a_socket_answers_as_it_is_scripted() -> None:
    async def run() -> None:
        async with LoopbackServer() as server, httpx.AsyncClient() as client:
            with pytest.raises(InvalidStatus, match="404"):
                await connect(f"{server.socket_url}/ws")
            server.socket("/ws", echo)
            server.script("/ws", Answer.of("plain"))
            assert (await client.get(f"{server.url}/ws")).json() == "plain"
            lacking = {"Upgrade": "websocket", "Connection": "upgrade"}
            assert (await client.get(f"{server.url}/ws", headers=lacking)).status_code == 400

    asyncio.run(run())


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.STALL_BEFORE, TimeoutError),
        (Fault.STALL_HEAD, TimeoutError),
        (Fault.RESET, InvalidMessage),
        (Fault.GARBAGE, InvalidMessage),
    ],
)
def test_a_handshake_fails_as_it_is_told(fault: Fault, error: type[Exception]) -> None:
    timeout = 0.3 if error is TimeoutError else 20.0

    async def run() -> None:
        async with LoopbackServer() as server:
            server.socket("/ws", Answer(status=101, fault=fault))
            with pytest.raises(error):
                await connect(f"{server.socket_url}/ws", open_timeout=timeout)
            assert len(server.requests) == 1
            assert not server.lines

    asyncio.run(run())


def test_an_address_that_is_mute_stalls_a_client() -> None:
    async def run() -> None:
        async with LoopbackServer() as server:
            with pytest.raises(TimeoutError):
                await connect(server.mute_url.replace("http", "ws"), open_timeout=0.1)

    asyncio.run(run())


async def oversized(line: Line) -> None:
    await line.send("x" * (2 << 20))
    await line.silent()


async def no_utf8(line: Line) -> None:
    await line.send_text(b'{"name": "\xff\xfe"}')
    await line.silent()


async def no_frame(line: Line) -> None:
    await line.send_raw(b"\xff" * 16)
    await line.silent()


@pytest.mark.parametrize(("script", "code"), [(oversized, 1009), (no_utf8, 1007), (no_frame, 1002)])
@pytest.mark.parametrize("compression", ["deflate", None])
def test_a_message_that_cannot_be_taken_ends_the_line(
    script: LineScript, code: int, compression: str | None
) -> None:
    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        with pytest.raises(ConnectionClosedError) as closed:
            await received(socket)
        assert closed.value.sent is not None
        assert closed.value.sent.code == code

    server = talk(script, client, compression=compression)
    assert server.lines[0].close_code == code


def test_the_line_is_closed_with_the_code_and_the_reason_given() -> None:
    async def script(line: Line) -> None:
        await line.close(1012, "restart")

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        with pytest.raises(ConnectionClosedError):
            await received(socket)
        assert (socket.close_code, socket.close_reason) == (1012, "restart")

    talk(script, client)


def test_a_close_frame_need_not_have_a_code() -> None:
    async def script(line: Line) -> None:
        await line.close(None)

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        with pytest.raises(ConnectionClosedOK):
            await received(socket)
        assert socket.close_code == 1005

    talk(script, client)


async def drops(line: Line) -> None:
    await line.send("one")
    await line.receive()
    await line.drop()


async def resets(line: Line) -> None:
    await line.send("one")
    await line.receive()
    await line.reset()


async def breaks_off(line: Line) -> None:
    await line.send("one")
    await line.receive()
    await line.send_half("two")


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("script", [drops, resets, breaks_off])
def test_an_end_without_a_close_frame_is_abnormal(script: LineScript, tls: bool) -> None:
    async def run() -> None:
        async with LoopbackServer(tls=tls) as server:
            server.socket("/ws", script)
            context = server.trust.context if tls else None
            async with connect(f"{server.socket_url}/ws", ssl=context) as socket:
                assert await socket.recv() == "one"
                await socket.send("go")
                with pytest.raises(ConnectionClosedError):
                    await received(socket)
                assert socket.close_code == 1006

    asyncio.run(run())


def test_a_silent_line_still_answers_pings() -> None:
    async def client(server: LoopbackServer, socket: ClientConnection) -> None:
        for _ in range(3):
            await (await socket.ping())
        assert server.lines[0].pings == 3

    server = talk(quiet, client)
    assert server.lines[0].close_code == 1000


def test_a_dead_line_answers_neither_pings_nor_the_farewell() -> None:
    async def script(line: Line) -> None:
        await line.send("one")
        await line.silent(pings=False)

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        with pytest.raises(ConnectionClosedError) as closed:
            await received(socket)
        assert closed.value.rcvd is None
        assert closed.value.sent is not None
        assert closed.value.sent.reason == "keepalive ping timeout"

    server = talk(script, client, ping_interval=0.02, ping_timeout=0.05)
    assert server.lines[0].pings >= 1


def test_a_flood_comes_whole_to_who_takes_it() -> None:
    async def script(line: Line) -> None:
        await line.flood(["a", b"b"], 5_001)
        await line.send("end")

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        seen = []
        while (message := await socket.recv()) != "end":
            seen.append(message)
        assert seen == ["a", b"b"] * 2_500 + ["a"]

    talk(script, client)


def test_a_flood_waits_for_who_does_not_take_it_and_ends_with_him() -> None:
    told: list[str] = []

    async def script(line: Line) -> None:
        try:
            await line.flood([bytes(50_000)], 100_000)
        except LineClosed:
            told.append("closed")
            raise

    async def client(server: LoopbackServer, socket: ClientConnection) -> None:
        await socket.recv()
        await socket.close()
        await server.lines[0].over()

    talk(script, client, compression=None, max_queue=1)
    assert told == ["closed"]


def test_a_message_may_come_in_parts() -> None:
    async def script(line: Line) -> None:
        await line.send_parts("日", "経", "225")
        await line.send_parts(b"a", b"b")
        await line.send_parts("whole")

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        assert [await socket.recv() for _ in range(3)] == ["日経225", b"ab", "whole"]

    talk(script, client)


def test_a_script_learns_that_the_client_has_left() -> None:
    told: list[int | None] = []

    async def script(line: Line) -> None:
        with pytest.raises(LineClosed):
            await line.receive()
        with pytest.raises(LineClosed):
            await line.send("late")
        told.append(line.close_code)

    async def client(server: LoopbackServer, socket: ClientConnection) -> None:
        await socket.close(4000, "enough")
        await server.lines[0].over()

    talk(script, client)
    assert told == [4000]


def test_what_a_script_raises_is_raised_on_leaving() -> None:
    async def script(line: Line) -> None:
        assert await line.receive() == "one"

    async def client(_: LoopbackServer, socket: ClientConnection) -> None:
        await socket.send("two")
        with pytest.raises(ConnectionClosedError):
            await socket.recv()
        assert socket.close_code == 1011

    with pytest.raises(AssertionError, match="two"):
        talk(script, client)


def test_leaving_ends_the_lines_that_are_open() -> None:
    async def run() -> None:
        async with LoopbackServer() as server:
            server.socket("/ws", quiet)
            socket = await connect(f"{server.socket_url}/ws")
        with pytest.raises(ConnectionClosedError):
            await socket.recv()

    asyncio.run(run())


def test_a_lines_own_tasks_are_not_a_sources() -> None:
    async def run() -> None:
        before = source_tasks()
        async with LoopbackServer() as server:
            server.socket("/ws", quiet)
            async with connect(f"{server.socket_url}/ws") as socket:
                await (await socket.ping())
                counted = [repr(task.get_coro()) for task in source_tasks() - before]
                assert counted
                assert not [each for each in counted if "Line" in each or "Loopback" in each]

    asyncio.run(run())
