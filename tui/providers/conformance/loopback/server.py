"""A real server on 127.0.0.1 that answers, or fails, as it is told."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import unquote

from tui.providers.conformance.loopback.answer import Answer, Request
from tui.providers.conformance.loopback.line import Line, LineClosed, Message
from tui.providers.conformance.loopback.trust import Certificate, Keys, Trust
from tui.providers.conformance.loopback.wire import HEAD_LIMIT, TASK, read_request, write_answer

Responder = Callable[[Request], Answer | Awaitable[Answer]]
"""Answers a request after looking at it; so a test plays a protocol."""
LineScript = Callable[[Line], Coroutine[Any, Any, None]]
"""Plays the server's end of one WebSocket; when it returns, the line is closed with 1000."""

S = TypeVar("S")

_ACCEPTING: Final = 10
"""Turns of the event loop in which an accepted connection comes to be served."""
_TLS_FAREWELL: Final = 0.5
"""Seconds in which a client has to say goodbye on the level of TLS."""


class LoopbackServer:
    """The server; use it as an asynchronous context.

    It speaks HTTP/1.1 and WebSocket on one port over true sockets, so that what a client does
    about a reset or a stall is what it would do against the service.

    Where a script fails, an assertion in it included, the client sees a server error, and leaving
    the context raises what was raised. Leaving cancels what is still being played.

    Args:
        tls: Serve ``https`` and ``wss``; needs ``zaraba[conformance]``.
        certificate: What is shown to a client, with `tls`.
        keep_alive: Let a connection bear more than one request. Without it every answer ends with
            the connection.

    Attributes:
        requests: Every request that was read, oldest first, openings of WebSockets included.
        lines: Every WebSocket that was opened, oldest first.
        connections: How many connections were accepted.

    Example:
        ::

            async with LoopbackServer() as server:
                server.script("/quotes", Answer(status=503), Answer.of([]))
                ...  # the first request fails, every later one gets the empty list


            async def push(line: Line) -> None:
                await line.receive()
                await line.send('{"last": 2500}')
                await line.silent()


            async with LoopbackServer(tls=True) as server:
                server.socket("/push", Answer(status=401), push)
                ...  # the first handshake is refused, every later one is played
    """

    def __init__(
        self,
        *,
        tls: bool = False,
        certificate: Certificate = Certificate.GOOD,
        keep_alive: bool = False,
    ) -> None:
        self.requests: list[Request] = []
        self.lines: list[Line] = []
        self.connections = 0
        self._certificate = certificate if tls else None
        self._keys: Keys | None = None
        self._keep_alive = keep_alive
        self._scripts: dict[str, list[Answer | Responder]] = {}
        self._sockets: dict[str, list[Answer | LineScript]] = {}
        self._server: asyncio.Server | None = None
        self._place: socket.socket | None = None
        self._open: set[asyncio.Task[None]] = set()
        self._held: dict[bool, socket.socket] = {}
        self._arrived = asyncio.Event()
        self._failed: list[Exception] = []

    async def __aenter__(self) -> Self:
        if self._certificate is not None:
            self._keys = Keys(self._certificate)
        await self.listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for held in self._held.values():
            held.close()
        if self._server is not None:
            self._server.close()
            await self._hang_up()
            await self._server.wait_closed()
        if self._place is not None:
            self._place.close()
        if self._keys is not None:
            self._keys.close()
        if self._failed and error is None:
            raise self._failed[0]

    async def vanish(self) -> None:
        """Be unreachable: new connections are refused, and those that are open are reset."""
        server, self._server = self._server, None
        if server is None:
            return
        address = server.sockets[0].getsockname()
        server.close()
        # Held without listening, so that nobody else is given the port meanwhile.
        self._place = _bound(address)
        await self._hang_up()
        await server.wait_closed()

    async def listen(self) -> None:
        """Be there, at the address of before where it has vanished since."""
        if self._server is not None:
            return
        keys = self._keys
        place, self._place = self._place or _bound(("127.0.0.1", 0)), None
        self._server = await asyncio.start_server(
            self._serve,
            sock=place,
            limit=HEAD_LIMIT,
            ssl=keys.context if keys else None,
            ssl_shutdown_timeout=_TLS_FAREWELL if keys else None,
        )

    async def _hang_up(self) -> None:
        """Reset whatever is open; what was accepted just now is served some turns later only."""
        for _ in range(_ACCEPTING):
            await asyncio.sleep(0)
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``, or ``https``."""
        return f"{self._scheme}://{self._address()}"

    @property
    def socket_url(self) -> str:
        """``ws://127.0.0.1:PORT``, or ``wss``."""
        return f"{'wss' if self._certificate else 'ws'}://{self._address()}"

    @property
    def refusing_url(self) -> str:
        """An address at which every connection is refused for as long as the server lives."""
        return f"{self._scheme}://{self._held_address(listening=False)}"

    @property
    def mute_url(self) -> str:
        """An address that takes every connection and never says a word, not even of TLS."""
        return f"{self._scheme}://{self._held_address(listening=True)}"

    @property
    def trust(self) -> Trust:
        """What a client needs to believe a server with TLS, while it runs."""
        if self._keys is None:
            raise RuntimeError("there is trust only inside a LoopbackServer(tls=True)")
        return self._keys.trust

    def script(self, path: str, *answers: Answer | Responder) -> None:
        """Say what a path answers, request by request; the last answer goes on for ever.

        Args:
            path: Without a query, quoted or not. One that ends in ``*`` stands for every path that
                begins so; the whole path counts before the longest beginning. A path without a
                script answers 404.
            answers: Answers, or callables that make one of the request; they may be coroutines.
        """
        if not answers:
            raise ValueError("a script needs at least one answer")
        self._scripts[path] = list(answers)

    def socket(self, path: str, *scripts: Answer | LineScript) -> None:
        """Say what happens to a WebSocket at a path, connection by connection.

        Args:
            path: As for `script`; a request that is no opening of a WebSocket goes there.
            scripts: Each plays one connection, and the last goes on for ever. An `Answer` in place
                of a script refuses the handshake, with its fault if it has one.
        """
        if not scripts:
            raise ValueError("a socket needs at least one script")
        self._sockets[path] = list(scripts)

    async def asked(self, count: int = 1) -> None:
        """Wait until that many requests have been read in all."""
        while len(self.requests) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def opened(self, count: int = 1) -> None:
        """Wait until that many WebSockets have been opened in all."""
        while len(self.lines) < count:
            self._arrived.clear()
            await self._arrived.wait()

    def received(self, path: str) -> list[Message]:
        """Every message that came over the WebSockets of a path, connection by connection."""
        return [
            message for line in self.lines if line.request.path == path for message in line.received
        ]

    @property
    def _scheme(self) -> str:
        return "https" if self._certificate else "http"

    def _address(self) -> str:
        if self._server is None or not self._server.sockets:
            raise RuntimeError("the server runs only inside its context")
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _held_address(self, *, listening: bool) -> str:
        held = self._held.get(listening)
        if held is None:
            held = self._held[listening] = socket.socket()
            held.bind(("127.0.0.1", 0))
            if listening:
                held.listen()
        return f"127.0.0.1:{held.getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        if task is not None:
            task.set_name(f"{TASK} connection")
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                while await self._serve_one(reader, writer):
                    pass
            # Closing waits until the client has read everything, which it need not ever do.
            await _closed(writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            await _closed(writer)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; whether the connection can bear another."""
        request, head = await read_request(reader)
        self.requests.append(request)
        self._arrived.set()
        if request.headers.get("upgrade", "").lower() == "websocket":
            turn = _turn(self._sockets, request.path)
            if turn is not None and not isinstance(turn, Answer):
                await self._play(turn, Line(request, reader, writer), head)
                return False
            if turn is not None:
                return await write_answer(turn, request, reader, writer, keep=False)
        answer = await self._answer(request)
        return await write_answer(answer, request, reader, writer, keep=self._keep_alive)

    async def _answer(self, request: Request) -> Answer:
        responder = _turn(self._scripts, request.path)
        if responder is None:
            return Answer(status=404)
        if isinstance(responder, Answer):
            return responder
        try:
            answer = responder(request)
            return answer if isinstance(answer, Answer) else await answer
        except Exception as error:  # noqa: BLE001 - a script is the test's; told on leaving
            self._failed.append(error)
            return Answer(status=500)

    async def _play(self, script: LineScript, line: Line, head: bytes) -> None:
        if not await line.accept(head):
            return
        self.lines.append(line)
        self._arrived.set()
        try:
            with suppress(LineClosed):
                await script(line)
            await line.close()
        except Exception as error:  # noqa: BLE001 - a script is the test's; told on leaving
            self._failed.append(error)
            await line.close(1011)
        finally:
            await line.end()


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _bound(address: tuple[str, int]) -> socket.socket:
    bound = socket.socket()
    # A connection of before that is still ending does not keep the port from being had again.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(address)
    return bound


def _turn(scripts: Mapping[str, list[S]], path: str) -> S | None:
    """What is next at a path: the last of its script stays."""
    plain = unquote(path)
    begun = [key for key in scripts if key.endswith("*") and plain.startswith(key[:-1])]
    for key in (path, plain, *sorted(begun, key=len, reverse=True)):
        if script := scripts.get(key):
            return script.pop(0) if len(script) > 1 else script[0]
    return None
