"""A key is shown to the service it is for, and to nobody else.

The program is run as a user runs it, with every log switched on, against a real service that is
given the keys, refuses them, and repeats them wherever it can. Everything that the program has
written is then searched for each of them in every usual writing.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from tui.providers import registry
from tui.redaction import forms_of

At = Callable[[], AbstractAsyncContextManager[Any]]

SECRETS = {
    "jquants": "zk-4711-Geheim-0815",
    "careless": "zk/4712 Geheim+0816",
    "kabu": "zk-4713-Geheim-0817",
    "token": "zk4714geheim0818",
}
"""As the desk gives them; the token is what the service gives for a password."""

CRASH = """
import sys, time
from rich.console import Console
from rich.traceback import Traceback
from tui.cli.arguments import parse
from tui.cli.monitor import monitor_for
from tui.cli.setup import set_up

options = parse([])
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
quotes = ["careless", "kabu"]

[providers.jquants]
base_url = "URL"
plan = "premium"

[providers.careless]
base_url = "URL"
how = "HOW"

[providers.kabu]
base_url = "URL/KABU"
"""


def leaks(text: str) -> list[str]:
    """Each line in which a key stands, in any writing."""
    forms = [form for key in SECRETS.values() for form in forms_of(key)]
    return [line[:400] for line in text.splitlines() if any(form in line for form in forms)]


def test_every_source_that_ships_with_a_key_is_put_to_the_test() -> None:
    loaded = [registry.load(each.role, each.name) for each in registry.installed()]
    keys = {key for each in loaded for key in each.about.keys}
    assert keys == SECRETS.keys() - {"careless", "token"}


def test_nothing_that_the_commands_write_holds_a_key(at_desk: At) -> None:
    async def script() -> None:
        async with at_desk() as desk:
            desk.configure(SOURCES.replace("KABU", "kabusapi"))
            doctor, *_ = await asyncio.gather(
                desk.run("doctor", "--online"),
                desk.run("providers", "--format", "json"),
                desk.run("keys", "--format", "json"),
            )
            await desk.run("print", "--format", "json")
            assert "key “jquants” in the environment" in doctor
            assert "key “careless” in the keyring" in doctor
            assert "kabu: does not allow this (403" in doctor
            assert desk.given() == SECRETS.keys(), "not every key was put to the test"
            log = desk.log()
            assert "HTTP Request: GET" in log, "the libraries' logs were to be on"
            assert "websockets" in log
            assert "•••" in log
            assert not leaks(desk.everything())

    asyncio.run(script())


def test_no_picture_and_no_crash_holds_a_key(at_desk: At) -> None:
    async def script() -> None:
        async with at_desk() as desk:
            # Its password is refused this time.
            desk.configure(SOURCES.replace("HOW", "crash").replace("KABU", "locked"))
            shots = [
                desk.run("shot", f"{screen}.svg", "--screen", screen, "--provider", "replay")
                for screen in ("main", "sources")
            ]
            crashed, *_ = await asyncio.gather(desk.run_python(CRASH), *shots)
            assert "Careless" in (desk.folder / "sources.svg").read_text(encoding="utf-8")
            assert "locals" in crashed
            assert "careless" in crashed
            assert "kabu: does not allow this" in crashed
            assert desk.given() >= {"careless", "kabu"}
            assert (desk.folder / "state" / "zaraba" / "state.json").exists()
            assert not leaks(desk.everything())

    asyncio.run(script())
