"""The keys of the table, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


def first(play: Any) -> str:
    return str(play.table.visible_keys[0])


@pytest.mark.carries_out("table.filter")
def test_filter_as_you_type(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("slash")
        await play.write("ﾄﾖﾀ")
        assert set(play.table.visible_keys) == {"7203.T"}
        await play.press("enter")
        assert play.app.focused is play.table
        assert len(play.table.order) == 1
        await play.press("escape")
        assert len(play.table.order) == 225
        await play.press("slash", *"konami", "escape")
        assert len(play.table.order) == 225
        assert play.app.focused is play.table

    stage(check)


@pytest.mark.carries_out("table.sort", "table.reverse")
def test_sort_and_reverse(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("s", "home", "down", "enter")
        assert first(play) == "1332.T"
        await play.press("S")
        assert first(play) == "9984.T"
        assert play.monitor.view().sort == "code"
        await play.press("2", "1")
        assert first(play) == "9984.T"

    stage(check)


@pytest.mark.carries_out("table.freeze")
def test_freeze_the_order(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("f")
        assert play.table.frozen
        held = list(play.table.visible_keys)
        await play.moved("full_stop")
        await play.moved("full_stop")
        assert play.table.visible_keys == held
        await play.press("f")
        assert play.table.visible_keys != held

    stage(check)


@pytest.mark.carries_out("table.columns")
def test_choose_columns(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("C", "down", "space", "down", "J", "enter")
        keys = [column.key for column in play.table.columns]
        assert keys[:3] == ["code", "change", "last"]
        assert "name" not in keys
        await play.press("2")
        assert "name" in [column.key for column in play.table.columns]
        await play.press("1", "C", "r", "enter")
        assert [column.key for column in play.table.columns][:3] == ["code", "name", "last"]

    stage(check)


@pytest.mark.carries_out("table.only", "view.catalysts")
def test_only_a_catalysts_names(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("shift+tab")
        assert play.app.focused.id == "catalysts"
        await play.press("j", "o")
        assert play.table.visible_keys == ["5401.T"]
        await play.press("o")
        assert len(play.table.order) == 225
        await play.press("tab", "c", "o")
        assert play.notices[-1] == "Go to a group below the names first."
        await play.press("G", "enter")
        assert play.screen_name == "MainScreen"
        assert play.main.only_name == "Wholesale Trade"
        assert len(play.table.order) == 7
        assert set(play.table.visible_keys) >= {"8031.T", "8058.T"}
        await play.press("o")
        assert len(play.table.order) == 225
        await play.press("m", "o")
        assert play.main.only_name == "Electric Appliances"
        await play.press("escape")
        assert len(play.table.order) == 225
        await play.press("m", "v", "g", "o")
        assert play.main.only_name == "Iron & Steel"

    stage(check)


@pytest.mark.carries_out("catalysts.rank")
def test_catalysts_by_time_or_by_impact(stage: Stage) -> None:
    async def check(play: Any) -> None:
        newest = list(play.monitor.catalysts().keys)
        await play.press("i")
        biggest = list(play.monitor.catalysts().keys)
        assert biggest != newest
        assert sorted(biggest) == sorted(newest)
        assert "by impact" in play.text
        await play.press("i")
        assert list(play.monitor.catalysts().keys) == newest

    stage(check, size=(160, 45))


def test_the_order_of_the_catalysts_is_remembered(stage: Stage) -> None:
    async def choose(play: Any) -> None:
        await play.press("i")

    async def look(play: Any) -> None:
        assert play.monitor.rank == "impact"
        assert "by impact" in play.text

    stage(choose, size=(160, 45))
    stage(look, size=(160, 45))


def test_a_name_that_moved_without_news_opens_its_detail(stage: Stage) -> None:
    async def check(play: Any) -> None:
        pane = play.one("#catalysts")
        await play.main.run_action("show_pane('catalysts')")
        await play.press("G")
        assert pane.unexplained_key in {view.key for view in play.monitor.unexplained()}
        await play.press("enter")
        assert play.screen_name == "DetailScreen"
        assert play.monitor.code(pane.unexplained_key) in play.text

    stage(check, size=(160, 45))
