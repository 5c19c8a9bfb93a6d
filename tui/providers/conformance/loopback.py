"""A real HTTP/1.1 server on 127.0.0.1 that answers, or fails, as it is told.

It speaks over true sockets, so that what a client does about a reset or a stall is what it would
do against the service. One request a connection: every answer ends with the connection.
"""

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

_HEAD_LIMIT: Final = 64 * 1024
_BODY_LIMIT: Final = 8 * 1024 * 1024


class Fault(Enum):
    """A way in which a service fails below the level of an answer."""

    NONE = "none"
    RESET = "reset"
    """The connection is reset once the request has been read."""
    STALL_BEFORE = "stall before"
    """The request is read and nothing is ever said."""
    STALL_INSIDE = "stall inside"
    """The head and half the body arrive, then nothing more."""
    DRIP = "drip"
    """The body comes byte by byte, `Answer.pause` seconds apart."""
    TRUNCATE = "truncate"
    """The connection closes with half of the announced body sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says to one request.

    Attributes:
        status: The status code.
        body: The body as it goes over the wire.
        content_type: Its declared type, true or not.
        headers: More headers; a ``Content-Length`` here replaces the true one.
        fault: What goes wrong on the way.
        pause: Seconds between two bytes of a drip.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault = Fault.NONE
    pause: float = 0.001

    @classmethod
    def of(cls, value: object, status: int = 200) -> Self:
        """A JSON document."""
        return cls(status=status, body=json.dumps(value).encode())

    @classmethod
    def redirect(cls, location: str, status: int = 302) -> Self:
        """Another address to ask."""
        return cls(status=status, headers={"Location": location})

    @classmethod
    def deep(cls, depth: int = 100_000) -> Self:
        """JSON arrays nested that deep."""
        return cls(body=b"[" * depth + b"]" * depth)

    @classmethod
    def huge(cls, size: int = 64 * 1024 * 1024) -> Self:
        """A JSON string of that many bytes."""
        return cls(body=b'"' + b"x" * max(0, size - 2) + b'"')

    @classmethod
    def invalid_utf8(cls) -> Self:
        """JSON in form, with a string that is no UTF-8."""
        return cls(body=b'{"name": "\xff\xfe\x80"}')

    def failing(self, fault: Fault) -> Self:
        """The same with a fault on the way."""
        return replace(self, fault=fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class LoopbackServer:
    """The server; use it as an asynchronous context.

    Attributes:
        requests: Every request that was read, oldest first.

    Example:
        ::

            async with LoopbackServer() as server:
                server.script("/quotes", Answer(status=503), Answer.of([]))
                ...  # the first request fails, every later one gets the empty list
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._scripts: dict[str, list[Answer]] = {}
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self._closed_port: socket.socket | None = None
        self._arrived = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_LIMIT)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._closed_port is not None:
            self._closed_port.close()
        if self._server is not None:
            self._server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            await self._server.wait_closed()

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        if self._server is None:
            raise RuntimeError("the server runs only inside its context")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def refusing_url(self) -> str:
        """An address at which every connection is refused for as long as the server lives."""
        if self._closed_port is None:
            self._closed_port = socket.socket()
            self._closed_port.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{self._closed_port.getsockname()[1]}"

    def script(self, path: str, *answers: Answer) -> None:
        """Say what a path answers, request by request; the last answer goes on for ever.

        A path without a script answers 404.
        """
        if not answers:
            raise ValueError("a script needs at least one answer")
        self._scripts[path] = list(answers)

    async def asked(self, count: int = 1) -> None:
        """Wait until that many requests have been read in all."""
        while len(self.requests) < count:
            self._arrived.clear()
            await self._arrived.wait()

    def _answer(self, path: str) -> Answer:
        script = self._scripts.get(path)
        if script is None:
            return Answer(status=404)
        return script.pop(0) if len(script) > 1 else script[0]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                request = await _read(reader)
                self.requests.append(request)
                self._arrived.set()
                await _write(self._answer(request.path), request.method, reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = (first + "  ").split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "0")
    size = min(int(length), _BODY_LIMIT) if length.isdecimal() else 0
    parts = urlsplit(target)
    return Request(
        method=method,
        path=parts.path,
        query=parts.query,
        headers=headers,
        body=await reader.readexactly(size),
    )


async def _write(
    answer: Answer, method: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    if answer.fault is Fault.RESET:
        # A linger time of zero makes closing send RST instead of FIN.
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()
        return
    if answer.fault is Fault.STALL_BEFORE:
        await _until_gone(reader)
        return
    headers = {
        "Content-Type": answer.content_type,
        "Content-Length": str(len(answer.body)),
        "Connection": "close",
        **answer.headers,
    }
    lines = [f"HTTP/1.1 {answer.status} Scripted", *(f"{k}: {v}" for k, v in headers.items())]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n")
    body = b"" if method == "HEAD" else answer.body
    if answer.fault is Fault.DRIP:
        for position in range(len(body)):
            writer.write(body[position : position + 1])
            await writer.drain()
            await asyncio.sleep(answer.pause)
        return
    halved = answer.fault in {Fault.TRUNCATE, Fault.STALL_INSIDE}
    writer.write(body[: len(body) // 2] if halved else body)
    await writer.drain()
    if answer.fault is Fault.STALL_INSIDE:
        await _until_gone(reader)


async def _until_gone(reader: asyncio.StreamReader) -> None:
    """Wait until the other side gives up; closing the server ends it too."""
    while await reader.read(4096):
        pass
