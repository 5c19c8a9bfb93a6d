"""One WebSocket as the server's script holds it: real frames, and every way to spoil them."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from typing import Final

from websockets.exceptions import InvalidState
from websockets.extensions.permessage_deflate import enable_server_permessage_deflate
from websockets.frames import Frame, Opcode
from websockets.http11 import Request as Opening
from websockets.server import ServerProtocol

from tui.providers.conformance.loopback.answer import Request
from tui.providers.conformance.loopback.wire import TASK, reset

Message = str | bytes

_FAREWELL: Final = 2.0
"""Seconds that a client has to answer a close frame."""


class LineClosed(Exception):
    """The client has left, or the line was ended; a script need not catch it."""


class Line:
    """The server's end of one WebSocket.

    Pings are answered, and messages are received and kept, while the script does anything else.
    Messages are compressed where the client offers it, as services do.

    Attributes:
        request: The request that opened it, with its headers and query.
        received: Every message that has come, oldest first: text as `str`, binary as `bytes`.
        pings: How many pings have come.
    """

    def __init__(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.request = request
        self.received: list[Message] = []
        self.pings = 0
        self._reader = reader
        self._writer = writer
        self._protocol = ServerProtocol(extensions=enable_server_permessage_deflate(None))
        self._mute = False
        self._unread: asyncio.Queue[Message | None] = asyncio.Queue()
        self._partial: list[Frame] = []
        self._gone = asyncio.Event()
        self._over = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    @property
    def close_code(self) -> int | None:
        """The code of the client's close frame: None while open, 1006 where none came."""
        return self._protocol.close_code

    async def accept(self, head: bytes) -> bool:
        """Do the opening handshake.

        Args:
            head: The head of the request as it came.

        Returns:
            Whether it is open; a request that is no proper handshake has been refused.
        """
        self._protocol.receive_data(head)
        opening = [each for each in self._protocol.events_received() if isinstance(each, Opening)]
        if not opening:
            return False
        response = self._protocol.accept(opening[0])
        self._protocol.send_response(response)
        await self._flush()
        if response.status_code != 101:
            return False
        self._pump = asyncio.create_task(self._read(), name=f"{TASK} line")
        return True

    async def send(self, *messages: Message) -> None:
        """Send messages: `str` as text, `bytes` as binary.

        Raises:
            LineClosed: The client has left.
        """
        for message in messages:
            self._put(message)
            await self._flush()

    async def send_text(self, raw: bytes) -> None:
        """Send a text message of these very bytes, be they UTF-8 or not."""
        with _open():
            self._protocol.send_text(raw)
        await self._flush()

    async def send_parts(self, *parts: Message) -> None:
        """Send one message in as many frames; the first part says whether it is text."""
        first, *rest = parts
        with _open():
            start = self._protocol.send_text if isinstance(first, str) else None
            (start or self._protocol.send_binary)(_bytes(first), fin=not rest)
            for position, part in enumerate(rest, 1):
                self._protocol.send_continuation(_bytes(part), fin=position == len(rest))
        await self._flush()

    async def send_half(self, message: Message) -> None:
        """Send half a frame, after which nothing more is said, not even to a ping."""
        self._put(message)
        data = b"".join(self._protocol.data_to_send())
        self._writer.write(data[: len(data) // 2])
        await self._drain()
        self._mute = True

    async def send_raw(self, data: bytes) -> None:
        """Send bytes that need not be a frame at all."""
        self._writer.write(data)
        await self._drain()

    async def receive(self) -> Message:
        """The next message of the client's.

        Raises:
            LineClosed: There will be no more.
        """
        message = await self._unread.get()
        if message is None:
            self._unread.put_nowait(None)
            raise LineClosed
        return message

    async def flood(self, messages: Iterable[Message], count: int) -> None:
        """Send that many messages as fast as the client's buffers take them, over and over."""
        for number, message in enumerate(islice(cycle(messages), count)):
            await self.send(message)
            if number % 64 == 0:
                # Writing alone does not give way, and the client may live on the same loop.
                await asyncio.sleep(0)

    async def silent(self, *, pings: bool = True) -> None:
        """Say nothing more until the client leaves.

        Args:
            pings: Whether pings, and a close frame, are still answered. Without it the line is as
                dead as behind a router that has forgotten it.
        """
        self._mute = self._mute or not pings
        await self._gone.wait()

    async def close(self, code: int | None = 1000, reason: str = "") -> None:
        """Close with a code, or with a close frame that has none; waits for the client's own."""
        if self._mute:
            return
        with suppress(InvalidState):
            self._protocol.send_close(code, reason)
        with suppress(LineClosed, TimeoutError):
            await self._flush()
            async with asyncio.timeout(_FAREWELL):
                await self._gone.wait()

    async def drop(self) -> None:
        """End the connection without a close frame, which a client reports as 1006."""
        self._mute = True
        self._writer.close()
        await self._gone.wait()

    async def reset(self) -> None:
        """Reset the connection."""
        self._mute = True
        reset(self._writer)
        await self._gone.wait()

    async def over(self) -> None:
        """Wait until the script has returned and the line is closed."""
        await self._over.wait()

    async def end(self) -> None:
        """Stop listening; the server calls it when the script is over."""
        self._over.set()
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    def _put(self, message: Message) -> None:
        with _open():
            if isinstance(message, str):
                self._protocol.send_text(message.encode())
            else:
                self._protocol.send_binary(message)

    async def _flush(self) -> None:
        self._write()
        await self._drain()

    def _write(self) -> None:
        pieces = self._protocol.data_to_send()
        if self._mute or self._writer.is_closing():
            return
        for piece in pieces:
            if piece:
                self._writer.write(piece)
            elif self._writer.can_write_eof():
                # A reset by the client is heard of only at the next read.
                with suppress(OSError):
                    self._writer.write_eof()
            else:
                self._writer.close()

    async def _drain(self) -> None:
        try:
            await self._writer.drain()
        except OSError as error:
            raise LineClosed from error

    async def _read(self) -> None:
        try:
            with suppress(OSError):
                while data := await self._reader.read(64 * 1024):
                    self._protocol.receive_data(data)
                    self._take()
                    self._write()
        finally:
            self._protocol.receive_eof()
            self._gone.set()
            self._unread.put_nowait(None)

    def _take(self) -> None:
        for frame in self._protocol.events_received():
            if not isinstance(frame, Frame):
                continue
            if frame.opcode is Opcode.PING:
                self.pings += 1
            if frame.opcode not in {Opcode.TEXT, Opcode.BINARY, Opcode.CONT}:
                continue
            self._partial.append(frame)
            if frame.fin:
                whole = b"".join(bytes(each.data) for each in self._partial)
                text = self._partial[0].opcode is Opcode.TEXT
                message = whole.decode(errors="replace") if text else whole
                self._partial.clear()
                self.received.append(message)
                self._unread.put_nowait(message)


@contextmanager
def _open() -> Iterator[None]:
    """Turn the library's word for a closed connection into this module's."""
    try:
        yield
    except InvalidState as error:
        raise LineClosed from error


def _bytes(part: Message) -> bytes:
    return part.encode() if isinstance(part, str) else part
