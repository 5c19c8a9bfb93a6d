"""The push: one WebSocket, on which the application tells of every name that is registered."""

import asyncio
import random
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from tui.market.plaintext import plain
from tui.market.times import under_way
from tui.providers.contracts import Host
from tui.providers.kabu.settings import Settings
from tui.providers.kabu.shapes import Board
from tui.providers.web import failure_words

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

FRAME_LIMIT: Final = 64 * 1024
"""Bytes of a message; a full board takes about four thousand."""
STEADY: Final = 60.0
"""Seconds for which a connection must have held before the next is tried at once."""
_SHORTEST, _LONGEST = 1.0, 60.0
_LONGEST_OPENING: Final = 5.0
_PING: Final = 20.0


class Listener:
    """Listens for as long as `run` runs, and hands on every message.

    It never fails: what goes wrong is told by `Host.remark`, once an outage, and it connects again
    after a pause that grows. Which names are told of is a matter of registering, which is not
    done here: `opened` says when it has to be done again.

    Args:
        host: What the program lends.
        settings: The address.
        take: Called with every message.
        outage: Whether an outage lasts that was told of before.

    Attributes:
        outage: Whether the push is away, which has been told.
        connected: Whether the line is open.
        opened: How many lines have been opened.
        heard: When the last message came, or the line was opened, in monotonic seconds.
    """

    def __init__(
        self,
        host: Host,
        settings: Settings,
        take: Callable[[Board], None],
        *,
        outage: bool = False,
    ) -> None:
        self.connected = False
        self.opened = 0
        self.heard = host.clock.monotonic()
        self._host = host
        self._settings = settings
        self._take = take
        self._decoder = msgspec.json.Decoder(Board, strict=False)
        self._tried = asyncio.Event()
        self.outage = outage
        self._attempts = 0
        self._socket: ClientConnection | None = None

    async def tried(self) -> None:
        """Wait until the first attempt has succeeded or failed."""
        await self._tried.wait()

    async def renew(self) -> None:
        """Give the line up for another."""
        if self._socket is not None:
            await self._socket.close()

    async def run(self) -> None:
        """Listen until cancelled."""
        from websockets.exceptions import WebSocketException

        clock = self._host.clock
        while True:
            began = clock.monotonic()
            try:
                await self._listen()
                words = "the push was closed"
            except (OSError, EOFError, ValueError, WebSocketException) as error:
                words = f"the push cannot be had: {failure_words(error)}"
            finally:
                self.connected = False
                self._tried.set()
            if not self.outage:
                self.outage = True
                self._host.remark(f"{words}; boards are asked for until it is back")
            if clock.monotonic() - began >= STEADY:
                self._attempts = 0
            await clock.sleep(self._pause())

    async def _listen(self) -> None:
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed

        with under_way(self._host.clock):
            line = await connect(
                self._settings.stream_url,
                ssl=self._trust(),
                proxy=None,
                max_size=FRAME_LIMIT,
                max_queue=64,
                open_timeout=min(self._settings.web.timeout, _LONGEST_OPENING),
                close_timeout=1.0,
                # A ping finds out a dead line, but whether they are answered is not known.
                ping_interval=_PING,
                ping_timeout=None,
            )
        async with line as socket:
            self._socket = socket
            self.connected = True
            self.opened += 1
            self.heard = self._host.clock.monotonic()
            self._tried.set()
            try:
                while True:
                    self._take_in(await socket.recv())
            except ConnectionClosed:
                return
            finally:
                self._socket = None
                await socket.close()

    def _take_in(self, frame: str | bytes) -> None:
        try:
            board = self._decoder.decode(frame)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._host.remark(f"a message of the push was passed over: {plain(str(error), 100)}")
            return
        self.heard = self._host.clock.monotonic()
        self.outage = False
        self._take(board)

    def _pause(self) -> float:
        """Seconds until the next attempt: growing, and never the same for everybody."""
        longest = min(_LONGEST, _SHORTEST * 2.0**self._attempts)
        self._attempts = min(self._attempts + 1, 10)
        return longest * random.uniform(0.5, 1.0)

    def _trust(self) -> ssl.SSLContext | None:
        if not self._settings.stream_url.startswith("wss:"):
            return None
        context = ssl.create_default_context()
        if self._settings.web.ca_file:
            context.load_verify_locations(self._settings.web.ca_file)
        return context
