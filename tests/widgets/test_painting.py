"""A change is painted so that the screen is as if all of it had been painted."""

import asyncio
from itertools import chain
from random import Random

import pyte
import pytest
from pyte.screens import Char
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from widgets.kept import Frame, Row
from widgets.painting import PartsCompositor, PartsScreen, PartsUpdate, PartsWidget

SIZE = 60, 16
LINES = ("9984 ソフトバンクG  +33.33", "plain text of a row", "日経平均は続伸、半導体が買われる")


class Plain(PartsWidget):
    """Lines that say how often they were written."""

    DEFAULT_CSS = "Plain { height: 1fr; }"
    turn = 0

    def render_line(self, y: int) -> Strip:
        """A line with characters of one and of two cells."""
        text = f"{self.turn}{LINES[(y + self.turn) % len(LINES)]}"
        strip = Strip([Segment(text[:9], Style(bold=True)), Segment(text[9:])])
        return strip.adjust_cell_length(self.size.width, Style())


class Short(Plain):
    """A widget that makes fewer lines than it has room for."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Two lines at most."""
        return super().render_lines(crop)[:2]


class Crossed(PartsScreen[None]):
    """Widgets beside, beneath and before one another, one of them scrolled half out of sight."""

    part: type[Plain] = Plain

    def compose(self) -> ComposeResult:
        """Two frames, the second with what scrolls; a note over both."""
        with Row():
            with Frame(id="left"):
                yield self.part(id="long")
            with Frame(id="right"):
                with Frame(id="scrolled"):
                    yield Plain(id="tall")
                yield Plain(id="below")
        yield Plain(id="note")


class Shown(App[None]):
    """An app with that screen."""

    CSS = """
    #left, #right { border: round green; }
    #scrolled { overflow: scroll; height: 6; }
    #tall { height: 12; width: 50; }
    #note { layer: above; width: 13; height: 4; offset: 22 3; border: solid red; }
    Crossed { layers: base above; }
    """

    def __init__(self, part: type[Plain]) -> None:
        super().__init__()
        self.part = part

    def get_default_screen(self) -> Screen[None]:
        """The screen to look at."""
        screen = Crossed()
        screen.part = self.part
        return screen


class Terminal:
    """What a terminal shows of what is written to it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self.screen)
        self._console = Console(width=SIZE[0], color_system="truecolor", force_terminal=True)

    def write(self, update: object) -> None:
        """Take an update."""
        self._stream.feed(update.render_segments(self._console))  # type: ignore[attr-defined]

    def cells(self) -> list[list[Char]]:
        """Every cell, with its style."""
        return [
            [self.screen.buffer[y][x] for x in range(SIZE[0])] for y in range(SIZE[1])
        ]  # fmt: skip


def alike(ours: Terminal, textuals: Terminal) -> bool:
    """Whether they are the same but for wide characters that Textual has halved."""
    return all(
        mine == other or (other.data == " " and cell_len(mine.data) != 1)
        for mine, other in zip(chain(*ours.cells()), chain(*textuals.cells()), strict=True)
    )


def changed(screen: Screen[object], random: Random) -> list[Region]:
    """Let widgets show something else; where they say that they do."""
    regions = []
    for widget in random.sample(list(screen.query(Plain)), random.randint(1, 3)):
        widget.turn += 1
        widget.refresh()
        region, clip = screen._compositor.visible_widgets[widget]
        regions.append(region.intersection(clip))
    return regions


@pytest.mark.parametrize("seed", range(6))
def test_a_change_leaves_the_screen_as_a_whole_painting_would(seed: int) -> None:
    async def run() -> None:
        app, random = Shown(Plain), Random(seed)
        async with app.run_test(size=SIZE) as pilot:
            screen = app.screen
            compositor = screen._compositor
            assert isinstance(compositor, PartsCompositor)
            ours = Terminal()
            ours.write(compositor.render_update(full=True))
            for _ in range(12):
                if random.random() < 0.3:
                    screen.query_one("#scrolled").scroll_to(
                        random.randint(0, 9), random.randint(0, 7), animate=False
                    )
                    await pilot.pause()
                    ours.write(compositor.render_update(full=True))
                compositor._dirty_regions = set(changed(screen, random))
                update = compositor.render_update()
                assert isinstance(update, PartsUpdate)
                ours.write(update)
                whole, textuals = Terminal(), Terminal()
                whole.write(compositor.render_update(full=True))
                assert ours.cells() == whole.cells()
                textuals.write(Compositor.render_full_update(compositor))
                assert alike(whole, textuals)
            assert compositor.render_update() is None

    asyncio.run(run())


def test_a_change_of_one_line_is_painted_from_one_widget_alone() -> None:
    async def run() -> None:
        app = Shown(Plain)
        async with app.run_test(size=SIZE):
            compositor = app.screen._compositor
            region, _ = compositor.visible_widgets[app.screen.query_one("#long")]
            compositor._dirty_regions = {Region(region.x, region.y + 9, region.width, 1)}
            update = compositor.render_update()
            assert isinstance(update, PartsUpdate)
            assert [(x, y) for x, y, _ in update.parts] == [(region.x, region.y + 9)]

    asyncio.run(run())


def test_a_widget_that_does_not_fill_its_place_is_left_to_textual() -> None:
    async def run() -> None:
        app = Shown(Short)
        async with app.run_test(size=SIZE):
            compositor = app.screen._compositor
            region, _ = compositor.visible_widgets[app.screen.query_one("#long")]
            compositor._dirty_regions = {region}
            assert type(compositor.render_update()) is ChopsUpdate
            assert compositor.render_update() is None
            assert compositor.render_update(full=True) is not None

    asyncio.run(run())


def test_what_is_in_front_follows_the_layout() -> None:
    async def run() -> None:
        app = Shown(Plain)
        async with app.run_test(size=SIZE) as pilot:
            compositor = app.screen._compositor
            assert isinstance(compositor, PartsCompositor)
            note = app.screen.query_one("#note")
            assert note in [part.widget for part in compositor.in_front(5)]
            note.display = False
            await pilot.pause()
            assert note not in [part.widget for part in compositor.in_front(5)]

    asyncio.run(run())


def test_a_change_is_painted_without_any_message() -> None:
    async def run() -> None:
        app = Shown(Plain)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            long = app.screen.query_one("#long", Plain)
            long.turn += 1
            long.refresh(Region(0, 2, long.size.width, 1))
            assert app.screen._dirty_widgets == {long}
            assert not long._repaint_required
            app.screen._on_timer_update()
            assert not app.screen._dirty_widgets

    asyncio.run(run())


def test_what_is_hidden_or_waits_for_a_batch_goes_the_usual_way() -> None:
    async def run() -> None:
        app = Shown(Plain)
        async with app.run_test(size=SIZE) as pilot:
            long, note = app.screen.query_one("#long", Plain), app.screen.query_one("#note", Plain)
            note.display = False
            await pilot.pause()
            note.refresh(Region(0, 0, 1, 1))
            assert note._repaint_required
            with app.batch_update():
                long.refresh(Region(0, 0, 1, 1))
                assert long._repaint_required

    asyncio.run(run())
