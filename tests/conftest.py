"""What tests share: the real program on the bundled session, and unhurried property tests."""

import asyncio
import gc
import runpy
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "zaraba",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("zaraba")

PATIENCE = 30.0
"""Seconds after which a wait has failed; each ends as soon as what it waits for is there."""
CONFIG = "[providers.replay]\npaused = true\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow-machine",
        type=int,
        metavar="SEED",
        help="let sockets and threads be late by chance, to find tests that rely on quick ones",
    )


def pytest_configure(config: pytest.Config) -> None:
    seed = config.getoption("--slow-machine")
    if seed is not None:
        path = str(Path(__file__).with_name("slow_machine.py"))
        runpy.run_path(path)["slow_down"](seed)


def pytest_collection_finish() -> None:
    """Look for garbage more rarely, and never in what stands until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _sweep() -> None:
    """Let go of the programs that have run, some at a time: each is garbage in a circle."""
    _ran.append(None)
    if len(_ran) >= _AT_ONCE:
        _ran.clear()
        gc.collect()
        if not _settled:
            # What is left of the first few is modules and what is read once: it stays.
            _settled.append(None)
            gc.freeze()


_ran: list[None] = []
_settled: list[None] = []
_AT_ONCE = 12
_ROUNDS = 5
"""Of layout and drawing that one change may bring about."""
_INSTANTS = 8
"""Of which the minutes are kept: some ten megabytes each."""


async def whole_layout(pilot: Any) -> None:
    """Let what another size asks for be drawn: it is asked for when the layout is done."""
    for _ in range(_ROUNDS):
        await pilot._wait_for_screen()
        screen = pilot.app.screen
        waiting = screen._layout_required or screen._repaint_required or screen._dirty_widgets
        screen._on_timer_update()
        if not waiting:
            return


class Play:
    """The running program, as a script drives and reads it."""

    def __init__(self, pilot: Any, monitor: Any, folder: Path) -> None:
        self.pilot = pilot
        self.app = pilot.app
        self.monitor = monitor
        self.folder = folder

    @property
    def main(self) -> Any:
        return self.app.screen_stack[0]

    @property
    def table(self) -> Any:
        return self.main.query_one("QuoteTable")

    @property
    def screen_name(self) -> str:
        return type(self.app.screen).__name__

    def one(self, what: Any) -> Any:
        """The one widget of the topmost screen that fits a type or a selector."""
        return self.app.screen.query_one(what)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.painted()

    async def write(self, text: str) -> None:
        """Type a text, character by character, and then look."""
        await self.press(*("space" if character == " " else character for character in text))

    async def command(self, line: str) -> None:
        """Give a command on the command line."""
        await self.pilot.press("colon")
        self.one("#foot").value = line
        await self.press("enter")

    async def until(self, reached: Callable[[], object], what: str = "") -> None:
        end = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < end, f"never came: {what or reached}"
            await self.pilot.pause(0.01)

    async def painted(self) -> None:
        """Have everything that is known now painted."""
        await self.pilot.pause()
        self.main.repaint_all()
        if not self.table.frozen:
            self.table.sort_by(*self.table.sort)
        self.main._paint()
        await self.pilot.pause()
        await whole_layout(self.pilot)

    async def moved(self, *keys: str) -> None:
        """Press keys that take the replay elsewhere, and wait for what it shows there."""
        before = self.monitor.market.board.epoch
        await self.pilot.press(*keys)
        await self.arrived(before)

    async def arrived(self, before: int) -> None:
        """Wait for all that another epoch brings."""
        market = self.monitor.market
        await self.until(lambda: market.board.epoch != before and filled(self.monitor), "the seek")
        await self.painted()

    @property
    def notices(self) -> list[str]:
        """What was said at the edge of the screen, oldest first."""
        return [str(notice.message) for notice in self.app._notifications]

    def cells(self) -> list[list[tuple[str, Any]]]:
        """The screen line by line: pieces of text with their styles."""
        app = self.app
        update = app.screen._compositor.render_update(
            full=True, screen_stack=app._background_screens
        )
        return [
            [(segment.text, segment.style) for strip in line for segment in strip]
            for line in update.strips
        ]

    def lines(self) -> list[str]:
        return ["".join(text for text, _ in line).rstrip() for line in self.cells()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())


def filled(monitor: Any) -> bool:
    """Whether quotes, the minutes before them, and the catalysts have all come."""
    market = monitor.market
    if market.board.epoch is None or not market.catalysts:
        return False
    now = np.datetime64(monitor.now().replace(tzinfo=None), "m")
    # No trade falls into the minutes of the auctions, nor need one into the last.
    due = 0.9 * (market.minutes.axis < now).sum() - 1
    row = market.board.row("^N225")
    return market.minutes.epoch == market.board.epoch and bool(
        np.isfinite(market.minutes.path(row)).sum() >= due
    )


def perform(
    folder: Path,
    script: Callable[[Play], Awaitable[None]],
    *,
    size: tuple[int, int] = (120, 40),
    at: str = "14:32",
    config: str = CONFIG,
    arguments: tuple[str, ...] = (),
) -> int:
    """Open the program, wait for its data, run the script; returns the exit status."""
    from tui.app import ZarabaApp
    from tui.cli.arguments import parse
    from tui.cli.monitor import monitor_for
    from tui.cli.setup import set_up
    from tui.cli.themes import user_palettes

    file = folder / "config.toml"
    file.write_text(config, encoding="utf-8")
    options = parse(["--config", str(file), "--at", at, *arguments])
    setup = set_up(options)
    monitor = monitor_for(setup, options)
    palettes, notices = user_palettes(setup.home)
    app = ZarabaApp(monitor, palettes=palettes, notices=notices, theme=options.theme)

    # What has come before the first paint has no flash left in it by then.
    monitor.start(lambda: None)
    end = time.monotonic() + PATIENCE
    try:
        while not filled(monitor):
            assert time.monotonic() < end, monitor.feed.health()
            monitor.take(time.monotonic() - 60)
            time.sleep(0.005)
        # So are the catalysts measured by then, and the calendars read.
        monitor.look_at_catalysts(time.monotonic())
        monitor.look_at_catalysts(time.monotonic())
        while monitor.due_dates.waiting:
            assert time.monotonic() < end, "no calendar answers"
            time.sleep(0.005)
            monitor.take(time.monotonic() - 60)

        async def play() -> None:
            async with app.run_test(size=size, notifications=True) as pilot:
                stand = Play(pilot, monitor, folder)
                await stand.painted()
                await script(stand)

        asyncio.run(play())
    finally:
        monitor.feed.stop()
        _sweep()
    return app.return_code or 0


def once(read: Callable[..., Any]) -> Callable[..., Any]:
    """The same reading, done once for all that ask alike; its result is never changed."""
    from tui.data.session import SessionFacts

    held: dict[Any, Any] = {}

    def reading(*about: Any) -> Any:
        # The real figures, which the paths go by, are one object here and cannot be hashed.
        key = tuple(id(each) if isinstance(each, SessionFacts) else each for each in about)
        if key not in held:
            held[key] = about, read(*about)
        return held[key][1]

    return reading


def once_for_objects(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What is made of an object, made once for each; the object is never changed."""
    held: dict[int, tuple[Any, Any]] = {}

    def making(of: Any) -> Any:
        if id(of) not in held:
            held[id(of)] = of, make(of)
        return held[id(of)][1]

    return making


def once_for_tables(make: Callable[..., Any]) -> Callable[..., Any]:
    """Forms of names, made once for all linkers that go by the same tables and names."""
    held: dict[Any, Any] = {}

    def making(reference: Any, aliases: Any) -> Any:
        tables = reference.listed.rows, reference.foreign.rows, reference.sectors.rows
        names = (
            tuple(aliases.names.items()),
            frozenset(aliases.doubtful),
            frozenset(aliases.brokers),
        )
        key = (tuple(map(id, tables)), names)
        if key not in held:
            held[key] = tables, make(reference, aliases)
        return held[key][1]

    return making


def once_for_instants(read: Callable[..., Any]) -> Callable[..., Any]:
    """Minutes of the recorded session, kept of the last few instants; nobody can write in them."""
    held: dict[Any, Any] = {}

    def reading(session: Any, selection: Any, ms: float, epoch: int) -> Any:
        key = (id(session.facts), session._folder, selection.symbols, ms, epoch)
        if key not in held:
            batch = read(session, selection, ms, epoch)
            for each in (batch.minutes, batch.last, batch.volume, batch.turnover):
                each.flags.writeable = False
            while len(held) >= _INSTANTS:
                del held[next(iter(held))]
            held[key] = session.facts, batch
        return held[key][1]

    return reading


@pytest.fixture(scope="session")
def readings() -> list[tuple[Any, str, Any]]:
    """What every run of the program reads alike, and each time anew: where, its name, a reader.

    These are the bundled session, the tables that ship and the names that they give, and the
    rules of the stylesheets under one theme's colours. What a test lays into a folder of its own
    is read as ever.
    """
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet

    from tui.data import reader
    from tui.data.session import FOLDER, load_facts
    from tui.data.session_paths import load_paths
    from tui.market.linking import forms, linker, matcher
    from tui.providers.replay import recorded

    read_table, shipped = reader.read_table, once(reader.read_table)
    parse = Stylesheet._parse_rules
    parsed: dict[Any, Any] = {}

    def table(folder: Path, name: str, layout: Any) -> Any:
        return (shipped if folder == FOLDER else read_table)(folder, name, layout)

    def rules(self: Any, css: str, read_from: Any, *about: Any, **more: Any) -> Any:
        colours = frozenset(self._variables.items())
        key = (colours, css, read_from, about, tuple(more.items()))
        if key not in parsed:
            parsed[key] = parse(self, css, read_from, *about, **more)
        return parsed[key]

    return [
        (recorded, "load_facts", once(load_facts)),
        (recorded, "load_paths", once(load_paths)),
        (
            recorded.RecordedSession,
            "minutes_of",
            once_for_instants(recorded.RecordedSession.minutes_of),
        ),
        (reader, "read_table", table),
        (linker, "make_forms", once_for_tables(forms.make_forms)),
        (linker, "Matcher", once_for_objects(matcher.Matcher)),
        (Stylesheet, "_parse_rules", rules),
        # A rule is hashed by its identity, which the interpreter does faster than the library.
        (RuleSet, "__hash__", object.__hash__),
    ]


@pytest.fixture
def laid_out() -> Callable[[Any], Awaitable[None]]:
    """Waits, given the pilot of a program, until its screen is laid out and drawn."""
    return whole_layout


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot waits until the process is idle for a while; a shorter while does here."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0004)


@pytest.fixture
def stage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    readings: list[tuple[Any, str, Any]],
    short_waits: None,  # noqa: ARG001 - for what it sets
) -> Callable[..., int]:
    """Run a script against the program, which stands still at an instant of the session."""
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for where, name, reading in readings:
        monkeypatch.setattr(where, name, reading)
    return lambda script, **how: perform(tmp_path, script, **how)
