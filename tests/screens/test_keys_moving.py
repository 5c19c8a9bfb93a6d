"""The keys that move the cursor, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


def position(play: Any) -> int:
    """Where the cursor stands in the order of the table."""
    return int(play.table._rows.view.cursor)


@pytest.mark.carries_out("move.down", "move.up")
def test_down_and_up(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("j", "down", "j")
        assert position(play) == 3
        await play.press("k", "up")
        assert position(play) == 1

    stage(check)


@pytest.mark.carries_out("move.top", "move.bottom")
def test_either_end(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("G")
        assert position(play) == 224
        await play.press("g")
        assert position(play) == 0
        await play.press("end", "home")
        assert position(play) == 0

    stage(check)


@pytest.mark.carries_out("move.page_down", "move.page_up", "move.half_down", "move.half_up")
def test_pages(stage: Stage) -> None:
    async def check(play: Any) -> None:
        page = len(play.table.visible_keys)
        await play.press("pagedown")
        assert position(play) == page
        await play.press("ctrl+d")
        assert position(play) == page + page // 2
        await play.press("pageup", "ctrl+u")
        assert position(play) == 0

    stage(check)


@pytest.mark.carries_out("pane.next", "pane.previous")
def test_panes(stage: Stage) -> None:
    async def check(play: Any) -> None:
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await play.press(key)
            seen.append(play.app.focused.id)
        assert seen == ["ladder", "catalysts", "table", "catalysts"]

    stage(check)


@pytest.mark.carries_out("row.open", "back", "view.detail")
def test_detail_and_back(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("j", "enter")
        assert play.screen_name == "DetailScreen"
        assert "8035  Tokyo Electron" in play.text
        await play.press("j")
        assert "9984  SoftBank Group" in play.text
        await play.press("escape")
        assert play.screen_name == "MainScreen"
        await play.press("escape", "escape")
        assert play.app.is_running
        await play.command("detail 285a")
        assert "285A" in play.text

    stage(check)
