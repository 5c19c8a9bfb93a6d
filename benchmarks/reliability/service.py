"""The service under faults, in a process of its own: what it costs is not the program's."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

from benchmarks.channel import VARIABLE, Answerer, Asker, Question
from benchmarks.contestant import ROOT
from benchmarks.reliability import prices
from benchmarks.reliability.faults import CASES
from benchmarks.reliability.pace import FastClock
from benchmarks.reliability.yahoo import STREAM, Pushes, answer, never
from tui.providers.conformance import Answer, Line, LoopbackServer, Request

_RUBBISH: Final = ("{no json", "[]", '{"message": "@@@"}', '{"message": 5}')


class Service:
    """Plays the service, and a fault where one is on.

    Args:
        clock: The time.
    """

    def __init__(self, clock: FastClock) -> None:
        self.clock = clock
        self.fault = ""
        self.counted = 0
        self._changed = asyncio.Event()
        self._pushes = Pushes(clock.now)
        self._leaving: list[asyncio.Task[None]] = []

    async def serve(self) -> None:
        """Serve until the process is ended, or that which asks is gone."""
        async with LoopbackServer(keep_alive=True) as server:
            self.server = server
            server.script("/*", self._answer)
            server.socket(STREAM, self._stream)
            questions: dict[str, Question] = {
                "urls": self._urls,
                "play": self._play,
                "count": self._count,
                "leap": self._leap,
                "pace": self._pace,
            }
            Answerer(questions).listen()
            parent = os.getppid()
            while os.getppid() == parent:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(1.0)

    async def _urls(self) -> dict[str, str]:
        port = self.server.url.rpartition(":")[2]
        return {"web": f"http://localhost:{port}", "stream": f"ws://localhost:{port}{STREAM}"}

    async def _play(self, name: str) -> None:
        """Let a fault begin; the empty name ends it."""
        self.fault = name
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        refused = Answer(status=403) if name == "WebSocket refused" else self._stream
        self.server.socket(STREAM, refused)
        if name in {"refuse", "network change", "DNS failure"}:
            await self.server.vanish()
        else:
            await self.server.listen()

    async def _count(self) -> dict[str, int]:
        """How many requests came in all, openings of the stream apart."""
        opened = sum(request.path == STREAM for request in self.server.requests)
        return {"requests": len(self.server.requests) - opened, "opened": opened}

    async def _leap(self, seconds: float) -> None:
        self.clock.leap(timedelta(seconds=seconds))

    async def _pace(self, factor: float, origin: float) -> None:
        self.clock.run_at(factor, origin)

    def _answer(self, request: Request) -> Answer:
        good = answer(request, self.clock.now())
        case = CASES.get(self.fault)
        return good if case is None or case.spoil is None else case.spoil(good, request)

    async def _stream(self, line: Line) -> None:
        while True:
            changed = asyncio.ensure_future(self._changed.wait())
            script = asyncio.ensure_future(self._script(line))
            try:
                await asyncio.wait({changed, script}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                changed.cancel()
                script.cancel()
            if script.done() and not script.cancelled():
                script.result()
                return
            await asyncio.gather(script, return_exceptions=True)

    async def _script(self, line: Line) -> None:
        """Play the fault that is on, where it is the stream's; else be well."""
        pushes = self._pushes
        raw: dict[str, str | bytes] = {
            "WebSocket huge": "x" * (1 << 20),
            "WebSocket invalid UTF-8": b'{"message": "\xff\xfe"}',
        }
        plays: dict[str, Callable[[], Awaitable[None]]] = {
            "WebSocket silent": line.silent,
            "WebSocket dead": partial(line.silent, pings=False),
            "WebSocket closed": partial(line.close, 1000),
            "WebSocket failed": partial(line.close, 1011, "going away"),
            "WebSocket refused": partial(line.close, 1011, "going away"),
            "WebSocket dropped": line.drop,
            "WebSocket reset": line.reset,
            "WebSocket half": partial(_then_nothing, line.send_half, pushes.message("7203.T")),
            "WebSocket huge": partial(_then_nothing, line.send, raw["WebSocket huge"]),
            "WebSocket invalid UTF-8": partial(
                _then_nothing, line.send_text, raw["WebSocket invalid UTF-8"]
            ),
            "WebSocket floods": partial(self._flood, line),
            "WebSocket rubbish": partial(self._again, line, *_RUBBISH),
            "WebSocket off by 10": partial(self._prices, line, factor=10.0),
            "WebSocket old": partial(self._prices, line, seconds=-60.0),
            "WebSocket ahead": partial(self._prices, line, seconds=86_400.0),
        }
        await plays.get(self.fault, partial(self._healthy, line))()

    async def _flood(self, line: Line) -> None:
        await line.receive()
        symbols = ("7203.T", "6758.T")
        await line.flood([self._pushes.message(symbol) for symbol in symbols], 10**9)

    async def _healthy(self, line: Line) -> None:
        while not line.received:
            await self.clock.sleep(0.2)
        symbols = _symbols(line)
        while True:
            await line.send(*(self._pushes.message(symbol) for symbol in symbols))
            await self.clock.sleep(5.0)

    async def _prices(self, line: Line, *, factor: float = 1.0, seconds: float = 0.0) -> None:
        while True:
            stamp = prices.traded_at(self.clock.now(), -seconds)
            for symbol in _symbols(line):
                last = prices.last(symbol, stamp) * factor
                await line.send(self._pushes.message(symbol, last, seconds))
            await self.clock.sleep(5.0)

    async def _again(self, line: Line, *messages: str) -> None:
        while True:
            await line.send(*messages)
            await self.clock.sleep(1.0)


async def _then_nothing(send: Callable[[Any], Awaitable[None]], message: str | bytes) -> None:
    """Send one thing, and nothing ever after."""
    await send(message)
    await never()


def _symbols(line: Line) -> list[str]:
    names: list[str] = []
    for message in line.received[:4]:
        names += json.loads(message).get("subscribe", [])
    return [name for name in dict.fromkeys(names) if name.endswith(".T")][:20]


class ServiceProcess:
    """The service as the run holds it.

    Args:
        clock: Whose time it shows.
    """

    def __init__(self, clock: FastClock) -> None:
        self._asker = Asker()
        number = self._asker.theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.reliability.service",
             repr(clock.factor), repr(clock.origin)],
            cwd=ROOT,
            env={**os.environ, VARIABLE: str(number)},
            pass_fds=(number,),
        )  # fmt: skip
        self._asker.sent()
        self._asker.ask("ready")
        urls: dict[str, str] = self._asker.ask("urls")
        self.web, self.stream = urls["web"], urls["stream"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._asker.close()

    def settings(self, **more: Any) -> dict[str, Any]:
        """What the source is configured with."""
        addresses = ("base_url", "cookie_url", "consent_url", "collect_url")
        return {**dict.fromkeys(addresses, self.web), "stream_url": self.stream, **more}

    def play(self, name: str = "") -> None:
        """Let a fault begin; without a name, end it."""
        self._asker.ask("play", name=name)

    def count(self) -> tuple[int, int]:
        """How many requests, and openings of the stream, have come in all."""
        counted = self._asker.ask("count")
        return counted["requests"], counted["opened"]

    def leap(self, seconds: float) -> None:
        """Let its clock leap, as the program's does."""
        self._asker.ask("leap", seconds=seconds)

    def run_at(self, factor: float, origin: float) -> None:
        """Let its clock go on at another pace."""
        self._asker.ask("pace", factor=factor, origin=origin)


async def _main(factor: float, origin: float) -> None:
    await Service(FastClock(factor, origin)).serve()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]), float(sys.argv[2])))
