"""A home with every source that has a key, and a service that repeats each key it is given."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from tui.providers.conformance import Answer, Line, LoopbackServer
from tui.providers.conformance.loopback import Request

JQUANTS = "zk-4711-Geheim-0815"
CARELESS = "zk/4712 Geheim+0816"
PASSWORD = "zk-4713-Geheim-0817"  # noqa: S105 - a made-up one, to look for where it must not be
TOKEN = "zk4714geheim0818"  # noqa: S105 - as above
"""What the application gives for the password, and is asked with from then on."""
SECRETS = {"jquants": JQUANTS, "careless": CARELESS, "kabu": PASSWORD, "token": TOKEN}
ENVIRONMENT = {"ZARABA_KEY_JQUANTS": JQUANTS, "ZARABA_KEY_KABU": PASSWORD}
"""The other key is in the keyring."""

LOGGED = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, filename={log!r}, force=True)
"""

RING = """
from keyring.backend import KeyringBackend

class Ring(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        return {key!r} if username == "careless" else None
    def set_password(self, service, username, password):
        raise AssertionError
    def delete_password(self, service, username):
        raise AssertionError
"""

SOURCE = '''
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

METADATA = "Metadata-Version: 2.1\nName: careless\nVersion: 1.0\n"
ENTRY_POINTS = """
[zaraba.quotes]
careless = careless:Quotes
[zaraba.news]
careless = careless:News
"""
REFUSED = (
    "/careless", "/equities/bars/daily", "/equities/earnings-calendar", "/equities/master",
    "/indices/bars/daily/topix", "/kabusapi/register", "/locked/token",
)  # fmt: skip


def rude(request: Request) -> Answer:
    """Refuse, and repeat what was sent."""
    told = [*request.headers.values(), request.query, request.body.decode()]
    return Answer(
        status=403,
        # Twice: by the name that one service gives its words, and by the other's.
        body=json.dumps({"message": f"you sent {told}", "Message": told[-1] or f"{told}"}).encode(),
        headers={"content-type": "application/json", "x-echo": quote(" ".join(told))},
    )


def token(request: Request) -> Answer:
    """Give a token, and repeat the password beside it."""
    assert request.json() == {"APIPassword": PASSWORD}
    told = Answer.of({"ResultCode": 0, "Token": TOKEN, "Echo": PASSWORD})
    return told.with_headers(X_Echo=PASSWORD)


@dataclass
class Desk:
    """A home with the careless source installed, and all that has been written in it."""

    folder: Path
    server: LoopbackServer
    written: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("ZARABA_KEY_")}
        return {
            **clean,
            **ENVIRONMENT,
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
        file.write_text(text.replace("URL", self.server.url), encoding="utf-8")

    def log(self) -> str:
        """What the libraries have logged."""
        return (self.folder / "debug.log").read_text(encoding="utf-8")

    def everything(self) -> str:
        """What was printed, and every file that was written, but for what the test itself made."""
        own = {self.folder / "site"}
        files = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in self.folder.rglob("*")
            if path.is_file() and not own & set(path.parents)
        ]
        return "\n".join([*self.written, *files])

    def given(self) -> set[str]:
        """The secrets that the service was given, by name."""
        asked = "\n".join(
            f"{request.query}\n{request.headers}\n{request.body.decode()}"
            for request in self.server.requests
        )
        return {name for name, key in SECRETS.items() if key in asked or quote(key) in asked}


@pytest.fixture
def at_desk(tmp_path: Path) -> Callable[[], "object"]:
    @asynccontextmanager
    async def sit() -> AsyncIterator[Desk]:
        site = tmp_path / "site"
        info = site / "careless-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(METADATA)
        (info / "entry_points.txt").write_text(ENTRY_POINTS)
        (site / "careless.py").write_text(SOURCE, encoding="utf-8")
        (site / "leakring.py").write_text(RING.format(key=CARELESS), encoding="utf-8")
        (site / "sitecustomize.py").write_text(LOGGED.format(log=str(tmp_path / "debug.log")))
        async with LoopbackServer() as server:
            for path in REFUSED:
                server.script(path, rude)
            server.script("/kabusapi/token", token)

            signed_in, heard = asyncio.Event(), asyncio.Event()

            async def late(_: Request) -> Answer:
                signed_in.set()
                async with asyncio.timeout(20):
                    await heard.wait()
                heard.clear()
                return Answer.of({"RegistList": []})

            async def push(line: Line) -> None:
                """Repeat the secrets where no message is one, and in the words of the farewell."""
                await signed_in.wait()
                signed_in.clear()  # another run has yet to be given its token
                await line.send(json.dumps({"Symbol": [TOKEN, PASSWORD]}), f"{TOKEN} {PASSWORD}")
                heard.set()
                await line.close(1011, f"{TOKEN} {PASSWORD}")

            server.script("/kabusapi/unregister/all", late)
            server.socket("/kabusapi/websocket", push)
            yield Desk(tmp_path, server)

    return sit
