"""What the reader has arranged stays through updates, seeks and other screens."""

from collections.abc import Callable
from typing import Any

Stage = Callable[..., int]


def test_cursor_scroll_and_filter_survive_a_seek(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("slash", *"electr", "enter", "j", "j", "j")
        chosen = play.table.cursor_key
        await play.moved("comma")
        await play.moved("full_stop")
        assert play.table.cursor_key == chosen
        assert len(play.table.order) == 14
        assert play.main.filter_text == "electr"

    stage(script)


def test_scroll_survives_a_seek_in_a_list_that_does_not_move(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.command("sort code")
        await play.press("pagedown", "pagedown", "j")
        seen, chosen = play.table.visible_keys, play.table.cursor_key
        await play.moved("comma")
        assert play.table.visible_keys == seen
        assert play.table.cursor_key == chosen

    stage(script)


def test_a_half_typed_filter_survives_running_prices(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("slash", *"elec")
        before = play.monitor.market.board.revision
        play.monitor.pause()
        await play.until(lambda: play.monitor.market.board.revision > before + 3)
        await play.press(*"tr")
        assert play.one("#foot").value == "electr"
        assert play.app.focused is play.one("#foot")

    stage(script)


def test_an_open_search_survives_running_prices(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("a", "ctrl+k", *"konam")
        before = play.monitor.market.board.revision
        play.monitor.pause()
        await play.until(lambda: play.monitor.market.board.revision > before + 3)
        await play.press("i")
        assert play.one("Input").value == "konami"

    stage(script)


def test_the_cursor_follows_its_name_when_the_order_runs(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("j", "j", "j", "j")
        chosen = play.table.cursor_key
        await play.moved("comma")
        for _ in range(3):
            await play.moved("comma")
        assert play.table.cursor_key == chosen

    stage(script)


def test_the_screen_beneath_keeps_its_place_while_another_is_open(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("pagedown", "j")
        seen, chosen = play.table.visible_keys, play.table.cursor_key
        for key in ("question_mark", "p", "enter"):
            await play.press(key)
            await play.press("escape")
        assert (play.table.visible_keys, play.table.cursor_key) == (seen, chosen)

    stage(script)


def test_what_was_chosen_is_there_at_the_next_start(stage: Stage) -> None:
    async def first(play: Any) -> None:
        await play.press("N", "x", "2", "s", "home", "down", "enter")
        await play.command("theme paper")

    async def again(play: Any) -> None:
        assert play.monitor.list_name == "TOPIX Core30"
        assert play.table.sort == ("code", False)
        assert play.monitor.language == "ja"
        assert (play.app.palette, play.app.convention) == ("paper", "western")

    stage(first)
    stage(again)


def test_an_edit_of_the_lists_file_made_outside_appears(stage: Stage) -> None:
    async def script(play: Any) -> None:
        file = play.folder / "lists.toml"
        file.write_text('[[list]]\nname = "Steel"\nsymbols = ["5401.T"]\n', encoding="utf-8")
        await play.until(lambda: (play.main._looked.clear(), "4 Steel" in play.text)[1])
        await play.press("4")
        assert play.table.visible_keys == ["5401.T"]

    stage(script)
