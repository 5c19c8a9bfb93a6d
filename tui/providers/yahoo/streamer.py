"""The WebSocket stream: an addition to polling, for the symbols that it really carries."""

import asyncio
import contextlib
import random
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from tui.errors import BadPayload
from tui.market.times import under_way
from tui.providers.contracts import Host
from tui.providers.web import failure_words
from tui.providers.yahoo.pricing import FRAME_LIMIT, PricingDecoder, Push
from tui.providers.yahoo.settings import Settings

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

RESUBSCRIBE: Final = 15.0
"""Seconds after which the service forgets who listens to what, unless it is told again."""
SILENCE: Final = 90.0
"""Seconds without a frame after which another connection is tried."""
GATHER: Final = 0.25
"""Seconds for which messages are gathered into one batch."""
_BURST: Final = 200
_REST: Final = 0.1
"""Seconds of rest after so many messages: a flood may take neither polling's turn nor the
processor. What waits is bounded by the library, and then by the service's own buffers."""
_SHORTEST, _LONGEST = 5.0, 900.0
_NAMES: Final = 200
"""Symbols in one message of ours."""


class Streamer:
    """Listens for as long as `run` runs, and keeps the latest message of each symbol.

    It never fails: what goes wrong is told by `Host.remark`, once an outage, and it connects again
    after a pause that grows. Polling goes on meanwhile.

    Args:
        host: What the program lends.
        settings: The address.
        symbols: Yahoo's.
        outage: Whether an outage lasts that was told of before.

    Attributes:
        outage: Whether the stream is away, which has been told.
    """

    def __init__(
        self, host: Host, settings: Settings, symbols: Sequence[str], *, outage: bool = False
    ) -> None:
        self._host = host
        self._settings = settings
        self._symbols = tuple(symbols)
        self._wanted = frozenset(symbols)
        self._pending: dict[str, Push] = {}
        self._arrived = asyncio.Event()
        self.outage = outage
        self._attempts = 0
        self._heard = 0.0

    async def wait(self, seconds: float) -> bool:
        """Wait until there is something to take, or until a time has passed; whether there is."""
        sleep = asyncio.ensure_future(self._host.clock.sleep(seconds))
        event = asyncio.ensure_future(self._arrived.wait())
        try:
            await asyncio.wait({sleep, event}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            event.cancel()
        return self._arrived.is_set()

    def take(self) -> list[Push]:
        """What came since the last time, the latest of each symbol."""
        pushes, self._pending = list(self._pending.values()), {}
        self._arrived.clear()
        return pushes

    async def run(self) -> None:
        """Listen until cancelled."""
        from websockets.exceptions import WebSocketException

        decoder = PricingDecoder()
        while True:
            try:
                await self._listen(decoder)
                words = "the stream was closed"
            except (OSError, EOFError, ValueError, ImportError, WebSocketException) as error:
                # A proxy of the environment that cannot be used counts as well.
                words = f"the stream cannot be had: {failure_words(error)}"
            if not self.outage:
                self.outage = True
                self._host.remark(f"{words}; quotes are polled")
            await self._host.clock.sleep(self._pause())

    async def _listen(self, decoder: PricingDecoder) -> None:
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed

        with under_way(self._host.clock):
            line = await connect(
                self._settings.stream_url,
                ssl=self._trust(),
                max_size=FRAME_LIMIT,
                max_queue=64,
                open_timeout=self._settings.web.timeout,
                close_timeout=1.0,
                user_agent_header=self._settings.agent,
            )
        async with line as socket:
            self._heard = self._host.clock.monotonic()
            beat = asyncio.ensure_future(self._beat(socket))
            try:
                while True:
                    for _ in range(_BURST):
                        self._take_in(await socket.recv(), decoder)
                    await self._host.clock.sleep(_REST)
            except ConnectionClosed:
                return
            finally:
                beat.cancel()
                await asyncio.gather(beat, return_exceptions=True)
                await socket.close()

    async def _beat(self, socket: "ClientConnection") -> None:
        """Subscribe again and again, and give up a connection that has fallen silent."""
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed):
            while self._host.clock.monotonic() - self._heard < SILENCE:
                for start in range(0, len(self._symbols), _NAMES):
                    names = self._symbols[start : start + _NAMES]
                    await socket.send(msgspec.json.encode({"subscribe": names}).decode())
                await self._host.clock.sleep(RESUBSCRIBE)
            await socket.close()

    def _take_in(self, frame: str | bytes, decoder: PricingDecoder) -> None:
        try:
            push = decoder.decode(frame)
        except BadPayload as error:
            self._host.remark(str(error))
            return
        if push is None:
            return
        self._heard = self._host.clock.monotonic()
        self._attempts = 0
        self.outage = False
        if push.regular and push.symbol in self._wanted:
            self._pending[push.symbol] = push
            self._arrived.set()

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
