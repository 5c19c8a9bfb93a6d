"""The guide's example is a real source: built as it says, found by the registry, conforming."""

import asyncio
import json
import re
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tui.errors import BadPayload, ConfigError, Unavailable
from tui.providers import registry
from tui.providers.conformance import (
    Answer,
    Fault,
    FewInstruments,
    LoopbackServer,
    ManualClock,
    QuoteConformance,
)
from tui.providers.contracts import Host, QuoteProvider, Role

GUIDE = Path(__file__).parents[2] / "docs" / "providers.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def plug_in(install: Callable[..., Path]) -> Iterator[None]:
    """The examples, installed as the guide's own project file says."""
    project = tomllib.loads(blocks("toml")[0])["project"]
    ledger, desk = blocks("python")[:2]
    install(project["name"], project["entry-points"], zaraba_ledger=ledger, zaraba_desk=desk)
    yield
    sys.modules.pop("zaraba_ledger", None)
    sys.modules.pop("zaraba_desk", None)


@pytest.fixture
def desk(plug_in: None) -> type[QuoteProvider]:  # noqa: ARG001 - asked for its effect
    return registry.load(Role.QUOTES, "desk")


def suite() -> type[QuoteConformance]:
    """The test class that the guide shows."""
    module = ModuleType("guide_test")
    exec(compile(blocks("python")[2], str(GUIDE), "exec"), module.__dict__)  # noqa: S102 - ours
    found: type[QuoteConformance] = module.__dict__["TestDesk"]
    return found


@pytest.mark.usefixtures("plug_in")
class TestTheSmallExampleConforms(QuoteConformance):
    symbols = ("7203.T", "285A.T")

    @pytest.fixture(autouse=True)
    def _database(self, tmp_path: Path) -> None:
        self.path = tmp_path / "prices.db"
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("CREATE TABLE prices (symbol TEXT, last REAL)")
            rows = [("7203.T", 2500.5), ("285A.T", None)]
            database.executemany("INSERT INTO prices VALUES (?, ?)", rows)

    def make(self, host: Host) -> QuoteProvider:
        return self._at(self.path, host)

    def make_broken(self, host: Host) -> QuoteProvider:
        return self._at(self.path.with_name("nowhere.db"), host)

    def _at(self, path: Path, host: Host) -> QuoteProvider:
        return registry.load(Role.QUOTES, "ledger")(replace(host, settings={"path": str(path)}))


CHECKS = [name for name in dir(QuoteConformance) if name.startswith("test_")]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.usefixtures("plug_in")
def test_the_example_conforms(check: str) -> None:
    getattr(suite()(), check)()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=503), Unavailable),
        (Answer.of([]).failing(Fault.RESET), Unavailable),
        (Answer.of([{"symbol": "7203.T"}]).failing(Fault.TRUNCATE), Unavailable),
        (Answer.of({"not": "a list"}), BadPayload),
        (Answer(body=b"<html>", content_type="text/html"), BadPayload),
        (Answer.invalid_utf8(), BadPayload),
        (Answer.deep(), BadPayload),
        (Answer.huge(2_000_000), BadPayload),
    ],
)
def test_the_example_turns_every_fault_into_an_error_of_the_tree(
    desk: type[QuoteProvider], answer: Answer, error: type[Exception]
) -> None:
    async def ask(clock: ManualClock, stream: Any) -> None:
        async def one() -> Any:
            return await anext(stream)

        await clock.until(one())

    async def steps() -> None:
        clock = ManualClock()
        async with LoopbackServer() as server:
            server.script("/prices", answer)
            host = Host(
                clock=clock,
                instruments=FewInstruments(),
                settings={"url": f"{server.url}/prices"},
            )
            with pytest.raises(error):
                await ask(clock, desk(host).stream(("7203.T",)))

    asyncio.run(steps())


def test_the_example_names_the_setting_that_it_lacks(desk: type[QuoteProvider]) -> None:
    with pytest.raises(ConfigError, match=r"\[providers.desk\] url"):
        desk(Host(clock=ManualClock(), instruments=FewInstruments()))


def test_the_service_that_the_guide_plays_is_one() -> None:
    module = ModuleType("guide_service")
    exec(compile(blocks("python")[3], str(GUIDE), "exec"), module.__dict__)  # noqa: S102 - ours

    async def visit() -> None:
        async with LoopbackServer() as server, httpx.AsyncClient() as client:
            module.__dict__["played"](server)
            for status in (429, 401):
                assert (await client.get(f"{server.url}/prices")).status_code == status
            client.headers["Authorization"] = "Bearer t1"
            first = (await client.get(f"{server.url}/prices")).json()
            second = (await client.get(f"{server.url}/prices?page={first['next']}")).json()
            assert [*first["rows"], *second["rows"]] == [["7203.T", 2500.5], ["285A.T", 2410]]
            with pytest.raises(InvalidStatus):
                await connect(f"{server.socket_url}/push")
            async with connect(f"{server.socket_url}/push") as socket:
                await socket.send("7203.T")
                assert json.loads(await socket.recv()) == {"symbol": "7203.T", "last": 2501}

    asyncio.run(visit())


def test_the_guide_names_every_source_that_ships() -> None:
    shipped = GUIDE.read_text(encoding="utf-8").split("## What ships")[1]

    for role, entries in registry.BUILT_IN.items():
        for name in entries:
            (line,) = [row for row in shipped.splitlines() if row.startswith(f"| `{name}` |")]
            assert role.value in line
