"""The list of headlines: only what is seen is formatted, and the cursor stays on its headline."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from widgets.headline_list import HeadlineList, HeadlineView


class Rows:
    """Headlines made from their keys, which count how many were looked at."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.places = {key: place for place, key in enumerate(keys)}
        self.formatted = 0

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, place: int) -> str:
        return self.keys[place]

    def place(self, key: str) -> int:
        return self.places.get(key, -1)

    def view(self, place: int) -> HeadlineView:
        self.formatted += 1
        return HeadlineView(
            when="14:32",
            kind="policy",
            headline=f"[red]見出し {self.keys[place]}[/] and so on",
            names="7203 +2",
            source="A wire",
            impact="+1.2%",
            tone="up",
            unread=place % 2 == 0,
        )


class Stand(App[None]):
    def compose(self) -> ComposeResult:
        yield HeadlineList()


Script = Callable[[HeadlineList, Pilot[None]], Awaitable[None]]


def play(script: Script, size: tuple[int, int] = (100, 20)) -> None:
    async def run() -> None:
        app = Stand()
        async with app.run_test(size=size) as pilot:
            view = app.query_one(HeadlineList)
            view.focus()
            await pilot.pause()
            await script(view, pilot)

    asyncio.run(run())


def lines(view: HeadlineList) -> list[str]:
    return [strip.text for strip in view._lines]


def test_of_many_only_those_in_view_are_formatted() -> None:
    async def script(view: HeadlineList, pilot: Pilot[None]) -> None:
        rows = Rows([f"k{number}" for number in range(50_000)])
        view.show(rows)
        assert rows.formatted == 20
        view.move_to_end()
        assert rows.formatted <= 60
        assert "k49999" in lines(view)[-1]
        view.move(-1)
        assert rows.formatted <= 80
        await pilot.pause()

    play(script)


def test_the_cursor_stays_on_its_headline_and_its_line() -> None:
    async def script(view: HeadlineList, pilot: Pilot[None]) -> None:
        keys = [f"k{number}" for number in range(100)]
        view.show(Rows(keys))
        view.move(30)
        place = view._rows.index(30)
        view.show(Rows(["new1", "new2", *keys]))
        assert (view.key, view.index) == ("k30", 32)
        assert view._rows.index(32) == place
        view.show(Rows([key for key in keys if key != "k30"]))
        assert view.index == 32
        view.show(Rows([]))
        assert (view.key, view.index) == (None, -1)
        assert lines(view) == [" no headlines".ljust(100)]
        await pilot.pause()

    play(script)


@pytest.mark.parametrize("width", [1, 2, 12, 20, 47, 48, 80, 120, 200])
def test_lines_are_as_wide_as_the_list_and_markup_is_text(width: int) -> None:
    async def script(view: HeadlineList, pilot: Pilot[None]) -> None:
        view.show(Rows(["a", "b"]))
        await pilot.pause()
        assert [cell_len(line) for line in lines(view)] == [width, width]
        if width > 60:
            assert "[red]見出し a[/]" in lines(view)[0]

    play(script, (width, 5))


def test_columns_fold_by_the_width() -> None:
    seen = []

    async def script(view: HeadlineList, pilot: Pilot[None]) -> None:
        view.show(Rows(["a"]))
        await pilot.pause()
        line = lines(view)[0]
        seen.append([word for word in ("policy", "7203", "+1.2%", "A wire") if word in line])

    for width in (40, 56, 70, 120):
        play(script, (width, 5))
    assert seen == [[], ["policy", "7203"], ["policy", "7203", "+1.2%"],
                    ["policy", "7203", "+1.2%", "A wire"]]  # fmt: skip


def test_the_wheel_and_clicks_move_the_cursor() -> None:
    async def script(view: HeadlineList, pilot: Pilot[None]) -> None:
        view.show(Rows([f"k{number}" for number in range(100)]))
        await pilot.click(view, offset=(5, 4))
        assert view.key == "k4"
        view.post_message(_scrolled(view))
        await pilot.pause()
        assert view.key == "k7"

    play(script)


def _scrolled(view: HeadlineList) -> MouseScrollDown:
    return MouseScrollDown(view, 1, 1, 0, 1, 0, False, False, False)
