"""A stage on which one view stands alone, and the sizes that every view must bear."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from widgets.lines import LineView

Laid = Callable[[Pilot[None]], Awaitable[None]]


class Stage(App[None]):
    """An app of one view that fills the screen."""

    def __init__(self, view: LineView, css: str) -> None:
        super().__init__()
        self.view = view
        self.stylesheet.add_source(
            "Screen { overflow: hidden; } #view { width: 100%; height: 100%; }" + css
        )

    def compose(self) -> ComposeResult:
        self.view.id = "view"
        yield self.view


class Scene:
    """What a script drives and reads."""

    def __init__(self, stage: Stage, pilot: Pilot[None]) -> None:
        self.stage = stage
        self.pilot = pilot
        self.messages: list[Message] = []

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return [strip.text for strip in self.stage.screen._compositor.render_strips()]

    async def settle(self) -> None:
        await self.pilot.pause()


def perform(
    view: LineView,
    script: Callable[[Scene], Awaitable[None]],
    size: tuple[int, int] = (80, 10),
    css: str = "",
) -> None:
    async def play() -> None:
        messages: list[Message] = []
        stage = Stage(view, css)
        async with stage.run_test(size=size, message_hook=messages.append) as pilot:
            scene = Scene(stage, pilot)
            scene.messages = messages
            await pilot.pause()
            await script(scene)

    asyncio.run(play())


@pytest.fixture(autouse=True)
def unhurried(short_waits: None, laid_out: Laid, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - for what it sets
    """A pause ends only when what a change asks for has been laid out, however long that takes."""
    pause = Pilot.pause

    async def whole(pilot: Pilot[None], delay: float | None = None) -> None:
        await pause(pilot, delay)
        await laid_out(pilot)

    monkeypatch.setattr(Pilot, "pause", whole)


@pytest.fixture
def on_stage() -> Callable[..., None]:
    """Run a script with a view that stands alone on the screen."""
    return perform


@pytest.fixture
def painted() -> Callable[..., list[str]]:
    """The lines that a view paints at a size, each exactly as wide as the screen."""

    def paint(view: LineView, width: int, height: int, css: str = "") -> list[str]:
        seen: list[str] = []

        async def script(scene: Scene) -> None:
            seen.extend(scene.lines)

        perform(view, script, (width, height), css)
        return seen

    return paint


@pytest.fixture
def sent() -> Callable[..., list[tuple[type[Message], object]]]:
    """The messages of a view among all that were sent, each with the attribute it carries."""

    def pick(
        scene: Scene, view: Widget, attribute: str, *kinds: type[Message]
    ) -> list[tuple[type[Message], object]]:
        # A message is heard once by each that it passes on its way up.
        heard = {id(message): message for message in scene.messages}.values()
        return [
            (type(message), getattr(message, attribute))
            for message in heard
            if type(message) in kinds and message.control is view
        ]

    return pick
