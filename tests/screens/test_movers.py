"""The movers screen: its lists and its breadth, by the keys.

Read a changed golden as a trader would before accepting it; change them with
``uv run pytest tests/screens/test_movers.py --snapshot-update``.
"""

from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Stage = Callable[..., int]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
PAUSED = "[providers.replay]\npaused = true\n"


@pytest.mark.parametrize(
    ("language", "size"),
    [*(("en", size) for size in SIZES.values()), ("ja", (80, 24)), ("ja", (120, 40))],
    ids=[*(f"en-{size}" for size in SIZES), "ja-80x24", "ja-120x40"],
)
def test_breadth(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    async def script(play: Any) -> None:
        await play.press("M", "tab", "j")
        assert play.text + "\n" == golden

    stage(script, at="15:30", size=size, config=f'language = "{language}"\n' + PAUSED)


@pytest.mark.parametrize("number", "3579")
@pytest.mark.parametrize("size", list(SIZES.values())[:2], ids=list(SIZES)[:2])
def test_lists(stage: Stage, golden: SnapshotAssertion, number: str, size: tuple[int, int]) -> None:
    async def script(play: Any) -> None:
        await play.press("M", number)
        assert play.text + "\n" == golden

    stage(script, at="13:10", size=size, config=PAUSED)


def test_lists_are_reached_by_number_and_in_turn(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M")
        screen = play.app.screen
        seen = []
        for key in ("7", "right_square_bracket", "l", "h", "left_square_bracket", "1", "h"):
            await play.press(key)
            seen.append(screen.which.value)
        assert seen == [
            "gaps_up", "gaps_down", "unusual_volume", "gaps_down", "gaps_up", "leaders",
            "most_traded",
        ]  # fmt: skip
        await play.press("9")
        assert "needs minutes of 5 earlier sessions, has none" in play.text

    stage(script, config=PAUSED)


def test_a_name_opens_and_its_list_is_shown_in_the_main_table(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M", "2", "j", "k", "G", "g", "pagedown", "ctrl+u", "g")
        table = play.one("#mover-list")
        worst = table.cursor_key
        assert "Laggards 87" in play.text
        await play.press("enter")
        assert worst.removesuffix(".T") in play.text
        await play.press("escape", "o")
        assert play.screen_name == "MainScreen"
        assert play.main.only_name == "Laggards"
        assert len(play.table.order) == 87
        await play.press("o")
        assert len(play.table.order) == 225
        await play.press("M", "3", "o")
        assert play.screen_name == "MoversScreen"
        assert play.notices[-1] == "No name is at its upper limit"

    stage(script, config=PAUSED)


def test_a_sector_is_shown_in_the_main_table(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M", "tab", "o")
        assert play.notices[-1] == "Go to a sector below the indices first."
        await play.press("j", "j", "enter")
        assert play.main.only_name == "Fishery, Agriculture & Forestry"
        assert play.table.visible_keys == ["1332.T"]

    stage(script, config=PAUSED)


def test_bars_and_figures_and_whose_names(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M", "v")
        assert play.app.focused.id == "mover-breadth"
        assert "Up%" in play.text
        assert "━" not in play.text
        await play.press("v", "b")
        assert "Breadth · TOPIX by sector" in play.text
        assert "TOPIX · on the day" in play.text
        await play.press("b")
        assert "Breadth · Nikkei 225 by sector" in play.text
        await play.press("2", "escape", "2", "M", "b", "b")
        assert "Breadth · TOPIX Core30 by sector" in play.text
        await play.press("b", "right_parenthesis")
        assert "Nikkei 225 · since the open" in play.text
        assert "Prev pts" not in play.text

    stage(script, config=PAUSED)


def test_cursor_and_list_survive_a_seek(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M", "8", "j", "j")
        table = play.one("#mover-list")
        chosen = table.cursor_key
        await play.moved("comma")
        assert table.cursor_key == chosen
        assert play.app.screen.which.value == "gaps_down"

    stage(script, config=PAUSED)


def test_a_click_chooses_a_list_and_a_pane(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("M")
        screen = play.app.screen
        await play.pilot.click("#mover-left ListTabs", offset=(18, 0))
        await play.painted()
        assert screen.which.value == "laggards"
        await play.pilot.click("#mover-breadth", offset=(5, 5))
        await play.painted()
        assert screen.pane == "breadth"

    stage(script, config=PAUSED)
