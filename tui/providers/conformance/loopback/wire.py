"""HTTP/1.1 as bytes: a request read, an answer written, the faults on the way."""

import asyncio
import socket
import struct
from typing import Final
from urllib.parse import urlsplit

from tui.providers.conformance.loopback.answer import Answer, Fault, Request

HEAD_LIMIT: Final = 64 * 1024
TASK: Final = "loopback"
"""How the names of the server's own tasks begin, so that they are not counted as a source's."""

_BODY_LIMIT: Final = 8 * 1024 * 1024
_HALVED: Final = frozenset({Fault.TRUNCATE, Fault.STALL_INSIDE, Fault.RESET_INSIDE})


async def read_request(reader: asyncio.StreamReader) -> tuple[Request, bytes]:
    """Read one request.

    Returns:
        The request, and its head as it came.

    Raises:
        ConnectionError: What comes is no HTTP.
        asyncio.IncompleteReadError: The client left before it was whole.
        asyncio.LimitOverrunError: The head is longer than 64 KiB.
    """
    start = await reader.readexactly(1)
    if not start.isalpha():
        raise ConnectionAbortedError("no HTTP, perhaps the greeting of TLS")
    head = start + await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _ = (first + "  ").split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "0")
    size = min(int(length), _BODY_LIMIT) if length.isdecimal() else 0
    parts = urlsplit(target)
    request = Request(
        method=method,
        path=parts.path,
        query=parts.query,
        headers=headers,
        body=await reader.readexactly(size),
    )
    return request, head


async def write_answer(
    answer: Answer,
    request: Request,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    *,
    keep: bool,
) -> bool:
    """Write one answer, with its fault.

    Args:
        answer: What to say.
        request: What was asked.
        reader: The connection's; a stall ends when it does.
        writer: The connection's.
        keep: Whether the connection may be kept.

    Returns:
        Whether the connection can bear another request.
    """
    if answer.fault is Fault.RESET:
        reset(writer)
        return False
    if answer.fault is Fault.STALL_BEFORE:
        await until_gone(reader)
        return False
    if answer.fault is Fault.GARBAGE:
        writer.write(b"\x00\x01 this is no HTTP \xff\xfe\r\n\r\n")
        await writer.drain()
        return False
    keep = keep and "close" not in _named(answer, request, "connection")
    head = _head(answer, keep)
    if answer.fault is Fault.STALL_HEAD:
        writer.write(head[: len(head) // 2])
        await until_gone(reader)
        return False
    writer.write(head)
    body = b"" if request.method == "HEAD" else _framed(answer)
    if answer.fault is Fault.DRIP:
        for position in range(len(body)):
            writer.write(body[position : position + 1])
            await writer.drain()
            await asyncio.sleep(answer.pause)
        return keep
    writer.write(body[: len(body) // 2] if answer.fault in _HALVED else body)
    await writer.drain()
    if answer.fault is Fault.STALL_INSIDE:
        await until_gone(reader)
    elif answer.fault is Fault.RESET_INSIDE:
        reset(writer)
    return keep and answer.fault is Fault.NONE


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with RST, so that the client's next read fails."""
    # A linger time of zero makes closing send RST instead of FIN.
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def until_gone(reader: asyncio.StreamReader) -> None:
    """Wait until the other side gives up; closing the server ends it too."""
    while await reader.read(4096):
        pass


def _named(answer: Answer, request: Request, name: str) -> str:
    """What either side says in a header, in lower case."""
    said = [value for key, value in answer.headers.items() if key.lower() == name]
    return ", ".join([*said, request.headers.get(name, "")]).lower()


def _head(answer: Answer, keep: bool) -> bytes:
    headers = {"Content-Type": answer.content_type}
    if answer.chunk:
        headers["Transfer-Encoding"] = "chunked"
    else:
        headers["Content-Length"] = str(len(answer.body))
    headers["Connection"] = "keep-alive" if keep else "close"
    given = {name.lower() for name in answer.headers}
    headers = {name: value for name, value in headers.items() if name.lower() not in given}
    lines = [
        f"HTTP/1.1 {answer.status} Scripted",
        *(f"{name}: {value}" for name, value in {**headers, **answer.headers}.items()),
        *(f"Set-Cookie: {cookie}" for cookie in answer.cookies),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def _framed(answer: Answer) -> bytes:
    if not answer.chunk:
        return answer.body
    pieces = [
        answer.body[start : start + answer.chunk]
        for start in range(0, len(answer.body), answer.chunk)
    ]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
