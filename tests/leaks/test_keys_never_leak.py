"""A key is shown to the service it is for, and to nobody else.

The program is run as a user runs it, with every log switched on, against a real service that is
given the key, refuses it, and repeats it wherever it can. Everything that the program has written
is then searched for the key in every usual writing.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tui.providers.conformance import Answer, LoopbackServer
from tui.providers.conformance.loopback import Request
from tui.redaction import forms_of

KEY = "zk-4711-Geheim-0815"

LOGGED = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, filename={log!r}, force=True)
"""

RING = """
from keyring.backend import KeyringBackend

class Ring(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        return {key!r}
    def set_password(self, service, username, password):
        raise AssertionError
    def delete_password(self, service, username):
        raise AssertionError
"""

CARELESS = '''
"""A source as careless with its key as can be."""
import asyncio
from tui.errors import Unauthorised
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, QuoteProvider, NewsProvider


class Careless:
    async def refused(self):
        import httpx
        key = await asyncio.to_thread(self.host.secret, "careless")
        self.host.remark(f"about to ask with {key}")
        async with httpx.AsyncClient() as client:
            answer = await client.get(
                self.host.settings["base_url"] + "/careless", params={"token": key},
                headers={"x-key": key.encode()},
            )
        asyncio.get_running_loop().call_soon(self.break_down, key)
        if self.host.settings.get("how") == "crash":
            raise RuntimeError(f"refused {answer.url}: {answer.text}")
        raise Unauthorised(
            f"refused {answer.url}: {answer.text}", subject=f"careless {key}", remedy=key
        )

    def break_down(self, key):
        raise ValueError(key)


class Quotes(Careless, QuoteProvider):
    about = About(name="careless", title="Careless", summary="Tells its key to all.",
                  delay=Delay(DelayKind.REALTIME), keys=("careless",))

    async def stream(self, symbols):
        await self.refused()
        yield


class News(Careless, NewsProvider):
    about = About(name="careless", title="Careless", summary="Tells its key to all.",
                  delay=Delay(DelayKind.UNKNOWN), keys=("careless",))

    async def stream(self):
        await self.refused()
        yield
'''


def rude(request: Request) -> Answer:
    """Refuse, and repeat what was sent."""
    told = [*request.headers.values(), request.query]
    return Answer(
        status=403,
        body=('{"message": "you sent ' + " ".join(told).replace('"', "'") + '"}').encode(),
        headers={"content-type": "application/json", "x-echo": quote(" ".join(told))},
    )


@dataclass
class Desk:
    """A home with the careless source installed, and all that has been written in it."""

    folder: Path
    key: str
    place: str
    served: LoopbackServer
    written: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("ZARABA_KEY_")}
        given = {"ZARABA_KEY_JQUANTS": self.key, "ZARABA_KEY_CARELESS": self.key}
        return {
            **clean,
            **(given if self.place == "environment" else {}),
            "PYTHON_KEYRING_BACKEND": "leakring.Ring",
            "PYTHONPATH": str(self.folder / "site"),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }

    async def run(self, *arguments: str) -> str:
        """Run the installed command; its output is kept and returned."""
        return await self._run(str(Path(sys.executable).with_name("zaraba")), *arguments)

    async def run_python(self, code: str) -> str:
        """Run a program of the test's own; its output is kept and returned."""
        return await self._run(sys.executable, "-c", code)

    async def _run(self, *command: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *command,
            env=self.environment(),
            cwd=self.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(60):
                out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        text = f"{out.decode()}\n{err.decode()}"
        self.written.append(text)
        return text

    def configure(self, text: str) -> None:
        file = self.folder / "config" / "zaraba" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("URL", self.served.url), encoding="utf-8")

    def everything(self) -> str:
        """What was printed, and every file that was written, but for what the test itself made."""
        own = {self.folder / "site"}
        files = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in self.folder.rglob("*")
            if path.is_file() and not own & set(path.parents)
        ]
        return "\n".join([*self.written, *files])


@pytest.fixture(params=["environment", "keyring"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def at_desk(tmp_path: Path, place: str) -> Callable[..., Desk]:
    def sit(script: Callable[[Desk], Coroutine[Any, Any, None]], key: str = KEY) -> Desk:
        site = tmp_path / "site"
        info = site / "careless-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: careless\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(
            "[zaraba.quotes]\ncareless = careless:Quotes\n[zaraba.news]\ncareless = careless:News\n"
        )
        (site / "careless.py").write_text(CARELESS, encoding="utf-8")
        (site / "leakring.py").write_text(
            RING.format(key=key if place == "keyring" else None), encoding="utf-8"
        )
        (site / "sitecustomize.py").write_text(LOGGED.format(log=str(tmp_path / "debug.log")))

        async def serve() -> Desk:
            async with LoopbackServer() as server:
                for path in (
                    "/careless", "/equities/bars/daily", "/equities/earnings-calendar",
                    "/equities/master", "/indices/bars/daily/topix",
                ):  # fmt: skip
                    server.script(path, rude)
                desk = Desk(tmp_path, key, place, server)
                await script(desk)
                assert any(
                    key in (*request.headers.values(), request.query) or quote(key) in request.query
                    for request in server.requests
                ), "the service was never given the key, so nothing was put to the test"
                return desk

        return asyncio.run(serve())

    return sit


def leaks(text: str, key: str) -> list[str]:
    """Each line in which a key stands, in any writing."""
    return [line for line in text.splitlines() if any(form in line for form in forms_of(key))]


CRASH = """
import sys, time
from rich.console import Console
from rich.traceback import Traceback
from tui.cli.arguments import parse
from tui.cli.monitor import monitor_for
from tui.cli.setup import set_up

options = parse(["--provider", "careless"])
setup = set_up(options)
monitor = monitor_for(setup, options)
monitor.set_theme("paper")
monitor.start(lambda: None)

def explode():
    health, feed, used = monitor.feed.health(), monitor.feed, setup
    end = time.monotonic() + 20
    while not all(each.errors for each in health) and time.monotonic() < end:
        time.sleep(0.05)
        health = monitor.feed.health()
    rows = monitor.source_rows()
    raise RuntimeError(f"{health} {rows} {feed.stray}")

try:
    explode()
except RuntimeError:
    # As Textual tells of a crash.
    Console(file=sys.stderr, width=200).print(Traceback(show_locals=True))
    monitor.stop()
raise RuntimeError("the end")
"""

SOURCES = """
[sources]
history = "jquants"
search = "jquants"
calendar = "jquants"
news = ["careless"]
quotes = "careless"

[providers.jquants]
base_url = "URL"
plan = "premium"

[providers.careless]
base_url = "URL"
how = "HOW"
"""


def test_nothing_that_the_commands_write_holds_a_key(at_desk: Callable[..., Desk]) -> None:
    async def script(desk: Desk) -> None:
        desk.configure(SOURCES)
        doctor = await desk.run("doctor", "--online")
        assert f"key “jquants” in the {desk.place}" in doctor
        assert "history: jquants" in doctor
        for arguments in (
            ("keys", "--format", "json"),
            ("providers", "--format", "json"),
            ("print", "--format", "json"),
        ):
            await desk.run(*arguments)

    desk = at_desk(script)
    log = (desk.folder / "debug.log").read_text(encoding="utf-8")
    assert "HTTP Request: GET" in log, "the libraries' logs were to be on"
    assert "•••" in log
    assert not leaks(desk.everything(), desk.key)


def test_no_picture_and_no_crash_holds_a_key(at_desk: Callable[..., Desk]) -> None:
    async def script(desk: Desk) -> None:
        desk.configure(SOURCES.replace("HOW", "crash"))
        for screen in ("main", "sources"):
            await desk.run("shot", f"{screen}.svg", "--screen", screen, "--provider", "replay")
        assert "Careless" in (desk.folder / "sources.svg").read_text(encoding="utf-8")
        crashed = await desk.run_python(CRASH)
        assert "locals" in crashed
        assert "careless" in crashed

    desk = at_desk(script)
    assert (desk.folder / "state" / "zaraba" / "state.json").exists()
    assert not leaks(desk.everything(), desk.key)
