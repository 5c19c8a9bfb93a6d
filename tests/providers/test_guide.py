"""The guide's example is a real source: built as it says, found by the registry, conforming."""

import asyncio
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

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
def desk(install: Callable[..., Path]) -> Iterator[type[QuoteProvider]]:
    """The example, installed as the guide's own project file says."""
    project = tomllib.loads(blocks("toml")[0])["project"]
    install(project["name"], project["entry-points"], zaraba_desk=blocks("python")[0])
    yield registry.load(Role.QUOTES, "desk")
    sys.modules.pop("zaraba_desk", None)


def suite() -> type[QuoteConformance]:
    """The test class that the guide shows."""
    module = ModuleType("guide_test")
    exec(compile(blocks("python")[1], str(GUIDE), "exec"), module.__dict__)  # noqa: S102 - ours
    found: type[QuoteConformance] = module.__dict__["TestDesk"]
    return found


CHECKS = [name for name in dir(QuoteConformance) if name.startswith("test_")]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.usefixtures("desk")
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


def test_the_guide_names_every_source_that_ships() -> None:
    shipped = GUIDE.read_text(encoding="utf-8").split("## What ships")[1]

    for role, entries in registry.BUILT_IN.items():
        for name in entries:
            (line,) = [row for row in shipped.splitlines() if row.startswith(f"| `{name}` |")]
            assert role.value in line
