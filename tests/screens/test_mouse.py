"""The mouse works too."""

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from textual.events import MouseScrollDown

Stage = Callable[..., int]


def spot(play: Any, text: str, line_of: str = "") -> tuple[int, int]:
    """The cell where a text stands on the screen, in a line that holds another."""
    for y, line in enumerate(play.lines()):
        if text in line and line_of in line:
            return cell_len(line[: line.index(text)]), y
    raise AssertionError(f"{text} is not on the screen")


async def click(play: Any, text: str, line_of: str = "", times: int = 1) -> None:
    await play.pilot.click(offset=spot(play, text, line_of), times=times)
    await play.painted()


def test_a_heading_sorts_and_turns_round(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await click(play, "Chg%")
        assert play.table.sort == ("percent", True)
        await click(play, "Chg%")
        assert play.table.sort == ("percent", False)
        assert play.monitor.view().sort == "percent"

    stage(script)


def test_a_row_is_selected_and_opened(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await click(play, "SoftBank Group", "│ 9984")
        assert play.table.cursor_key == "9984.T"
        await click(play, "SoftBank Group", "│ 9984", times=2)
        assert play.screen_name == "DetailScreen"
        assert "9984  SoftBank Group" in play.text

    stage(script)


def test_a_tab_shows_its_list(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await click(play, "TOPIX Core30")
        assert play.monitor.list_name == "TOPIX Core30"

    stage(script)


def test_a_key_of_the_footer_does_what_it_says(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await click(play, "s sort")
        assert play.screen_name == "PickScreen"
        await play.press("escape")
        await click(play, "? help")
        assert play.screen_name == "HelpScreen"

    stage(script)


def test_a_key_of_the_details_footer_does_what_it_says(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("enter")
        await click(play, "Esc back")
        assert play.screen_name == "MainScreen"

    stage(script)


def test_a_pane_takes_the_keys(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await click(play, "5401")
        assert (play.app.focused.id, play.main.pane) == ("catalysts", "catalysts")
        await click(play, "Advantest")
        assert (play.app.focused.id, play.main.pane) == ("table", "table")

    stage(script)


def test_the_wheel_scrolls_and_leaves_the_cursor(stage: Stage) -> None:
    async def script(play: Any) -> None:
        chosen, top = play.table.cursor_key, play.table.visible_keys[0]
        await play.pilot._post_mouse_events([MouseScrollDown], offset=(20, 20))
        await play.painted()
        assert play.table.visible_keys[0] != top
        assert play.table.cursor_key == chosen

    stage(script)


def test_a_key_of_a_view_s_footer_does_what_it_says(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("c")
        await click(play, ") window")
        assert "Nikkei 225 · since the open" in play.text
        await click(play, "( ) window")
        assert "Nikkei 225 · on the day" in play.text
        await click(play, "totals by")
        assert "17 sectors" in play.text
        await click(play, "m heatmap")
        assert play.screen_name == "HeatmapScreen"
        before = play.one("#map").key
        await click(play, "l move")
        assert play.one("#map").key != before
        await click(play, "v map/table")
        assert play.app.screen.has_class("-table")
        await click(play, "Esc out")
        assert play.screen_name == "MainScreen"
        await play.press("w")
        await click(play, "y copy")
        assert play.app.clipboard == play.monitor.wrap().markdown()

    stage(script)


def test_a_view_s_footer_shows_the_keys_that_were_given(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("c")
        assert "f8 totals by" in play.lines()[-1].lower()
        await click(play, "totals by")
        assert "17 sectors" in play.text

    settings = '[keys]\n"view.by" = "f8"\n[providers.replay]\npaused = true\n'
    stage(script, config=settings)


def test_a_click_on_a_day_s_path_goes_there(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("enter")
        path = play.one("DayPath")
        await play.pilot.click(path, offset=(path._plot // 2, 1))
        await play.press("at")
        assert "since 12:" in play.notices[-1] or "since 11:" in play.notices[-1]

    stage(script)
