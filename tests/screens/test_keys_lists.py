"""The keys of the lists, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


MINE = ("l", "end", "up", "enter", *"Mine", "enter")
"""Creates a list of the user's own and shows it."""


def listed(play: Any) -> list[str]:
    return [symbol.removesuffix(".T") for symbol in play.monitor.symbols()]


@pytest.mark.carries_out(
    "list.1", "list.2", "list.3", "list.4", "list.5", "list.6", "list.7", "list.8", "list.9"
)
def test_lists_by_number(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("2")
        assert play.monitor.list_name == "TOPIX Core30"
        await play.press("3")
        assert play.monitor.list_name == "TOPIX Large70"
        await play.press("4", "5", "6", "7", "8", "9")
        assert play.monitor.list_name == "TOPIX Large70"
        for number in range(4, 10):
            play.monitor.lists.create(f"List {number}")
        play.main.action_lists("List 4")
        for number in range(4, 10):
            await play.press(str(number))
            assert play.monitor.list_name == f"List {number}"
        await play.press("1")
        assert play.monitor.list_name == "Nikkei 225"

    stage(check)


@pytest.mark.carries_out("list.next", "list.previous")
def test_next_and_previous_list(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("right_square_bracket")
        assert play.monitor.list_name == "TOPIX Core30"
        await play.press("left_square_bracket", "left_square_bracket")
        assert play.monitor.list_name == "TOPIX Large70"

    stage(check)


@pytest.mark.carries_out("list.menu")
def test_create_rename_and_remove_a_list(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press(*MINE)
        assert play.monitor.list_name == "Mine"
        await play.press("l", "end", "up", "up", "enter", "end", *"2", "enter")
        assert play.monitor.list_name == "Mine2"
        assert "Mine2" in (play.folder / "lists.toml").read_text(encoding="utf-8")
        await play.press("l", "end", "up", "enter")
        assert play.monitor.list_name == "Nikkei 225"
        assert "Mine2" not in play.monitor.lists.names()
        await play.press("u")
        assert "Mine2" in play.monitor.lists.names()

    stage(check)


@pytest.mark.carries_out("row.add", "row.delete", "row.undo", "row.lower", "row.higher")
def test_add_delete_undo_and_reorder(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press(*MINE)
        for text in ("コナミ", "ﾄﾖﾀ", "advantest", "285A"):
            await play.press("a")
            await play.write(text)
            await play.press("enter")
        assert listed(play) == ["9766", "7203", "6857", "285A"]
        assert play.table.visible_keys == ["9766.T", "7203.T", "6857.T", "285A.T"]
        await play.press("g", "j", "J")
        assert listed(play) == ["9766", "6857", "7203", "285A"]
        await play.press("K", "K")
        assert listed(play) == ["7203", "9766", "6857", "285A"]
        assert play.table.cursor_key == "7203.T"
        await play.press("d")
        assert listed(play) == ["9766", "6857", "285A"]
        await play.press("u", "u")
        assert listed(play) == ["9766", "7203", "6857", "285A"]

    stage(check)
