"""The line beside the terminal: the benchmark asks, the contestant answers."""

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

VARIABLE = "ZARABA_BENCHMARK_FD"
"""The environment variable that holds the file descriptor of the contestant's end."""

Question = Callable[..., Awaitable[Any]]
"""A question that a contestant answers, with what plain JSON can hold."""


class ContestantError(RuntimeError):
    """A contestant did not answer, or answered that something went wrong."""


class Asker:
    """The benchmark's end."""

    def __init__(self) -> None:
        self._own, self.theirs = socket.socketpair()
        self._lines = self._own.makefile("rb")

    def sent(self) -> None:
        """The contestant has its end: close our copy of it."""
        self.theirs.close()

    def ask(self, question: str, timeout: float = 60.0, **details: object) -> Any:
        """Ask, and wait for the answer.

        Raises:
            ContestantError: None came in time, or the contestant failed.
        """
        self._own.settimeout(timeout)
        try:
            self._own.sendall(json.dumps({"ask": question, **details}).encode() + b"\n")
            line = self._lines.readline()
        except OSError as error:
            raise ContestantError(f"no answer to {question!r}: {error}") from error
        if not line:
            raise ContestantError(f"it ended before it answered {question!r}")
        answer = json.loads(line)
        if "error" in answer:
            raise ContestantError(f"{question!r} failed: {answer['error']}")
        return answer["answer"]

    def close(self) -> None:
        """Ask no more."""
        self._lines.close()
        self._own.close()


async def _ready() -> None:
    """Whoever answers this has been set up."""


class Answerer:
    """The contestant's end.

    Args:
        questions: What may be asked, by name.
    """

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = {"ready": _ready, **questions}
        self._socket = socket.socket(fileno=int(os.environ[VARIABLE]))
        self._held = b""
        self._task: asyncio.Task[None] | None = None

    def fileno(self) -> int:
        """To wait for a question."""
        return self._socket.fileno()

    def listen(self) -> None:
        """Answer on the running event loop from now on."""
        loop = asyncio.get_running_loop()

        def asked() -> None:
            self._task = loop.create_task(self._reply(self._lines()))

        loop.add_reader(self.fileno(), asked)

    def answer(self) -> None:
        """Answer what has come, without an event loop."""
        asyncio.run(self._reply(self._lines()))

    def _lines(self) -> list[bytes]:
        self._held += self._socket.recv(1 << 16)
        *lines, self._held = self._held.split(b"\n")
        return lines

    async def _reply(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            asked = json.loads(line)
            try:
                reply = {"answer": await self._questions[asked.pop("ask")](**asked)}
            except Exception as error:  # noqa: BLE001 - told to the benchmark, which fails by it
                reply = {"error": f"{type(error).__name__}: {error}"}
            self._socket.sendall(json.dumps(reply).encode() + b"\n")
