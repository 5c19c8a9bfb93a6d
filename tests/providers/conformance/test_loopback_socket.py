import asyncio
import ssl
from collections.abc import Awaitable, Callable

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosedOK,
)

from tui.providers.conformance import Line, LoopbackServer
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
