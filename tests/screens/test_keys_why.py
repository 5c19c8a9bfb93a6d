"""The keys of the views that say why an index moved, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


@pytest.mark.carries_out("view.contribution", "view.heatmap", "view.movers")
def test_views_open_switch_and_close(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("c")
        assert play.screen_name == "ContributionScreen"
        await play.press("m")
        assert play.screen_name == "HeatmapScreen"
        await play.press("c")
        assert play.screen_name == "ContributionScreen"
        assert len(play.app.screen_stack) == 2
        await play.press("c")
        assert play.screen_name == "MainScreen"
        await play.press("m", "m", "m", "escape")
        assert play.screen_name == "MainScreen"
        await play.command("mov")
        assert play.screen_name == "MoversScreen"
        await play.press("m", "M", "c", "M", "M")
        assert play.screen_name == "MainScreen"
        await play.command("points")
        assert play.screen_name == "ContributionScreen"
        await play.press("j", "enter")
        assert "8035  Tokyo Electron" in play.text
        await play.press("escape", "escape")
        assert play.screen_name == "MainScreen"
        assert play.app.focused is play.table

    stage(check)


@pytest.mark.carries_out("window.next", "window.previous")
def test_windows(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("c")
        assert "Nikkei 225 · on the day" in play.text
        assert "+312.16 = ▲379.14" in play.text
        assert entry(play, "6857").endswith("+73.18  23%")
        await play.press("right_parenthesis")
        assert "Nikkei 225 · since the open" in play.text
        assert "+312.16 = " not in play.text
        points = [row.value for row in play.one("#both")._sides[0].ladder.rows]
        assert points == sorted(points, reverse=True)
        await play.press("left_parenthesis", "left_parenthesis")
        assert "TOPIX · last 5 minutes" in play.text
        await play.press("m")
        assert "last 5 minutes" in play.text
        await play.press("right_parenthesis")
        assert "on the day" in play.text

    stage(check)


def entry(play: Any, code: str) -> str:
    """The left ladder's line of a name, up to its bar, without the cells between."""
    line = next(line for line in play.lines() if code in line).partition("│")[0]
    return str(line.rstrip().rstrip("▏▎▍▌▋▊▉█").rstrip())


@pytest.mark.carries_out("side.left", "side.right")
def test_sides(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("c")
        both = play.one("#both")
        assert (both.side, both.key) == (0, "6857.T")
        await play.press("l")
        assert both.side == 1
        await play.press("g")
        assert both.key == "6758.T"
        await play.press("enter")
        assert "6758  Sony Group" in play.text
        await play.press("escape", "h")
        assert both.side == 0
        await play.press("m")
        before = play.one("#map").key
        await play.press("l")
        beside = play.one("#map").key
        assert beside != before
        await play.press("h")
        assert play.one("#map").key == before
        await play.press("left", "right")
        assert play.one("#map").key == beside

    stage(check)


@pytest.mark.carries_out("view.by", "view.size")
def test_other_totals_colours_and_sizes(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("c")
        for words in (
            "33 sectors",
            "17 sectors",
            "Nikkei's six sectors",
            "TOPIX size",
            "Baskets",
            "33 sectors",
        ):
            assert words in play.text
            assert play.text.count(words) == 2
            await play.press("b")
        await play.press("m")
        assert "size TOPIX weight · colour return" in play.text
        assert "Electric Appliances  ▲1.09%" in play.lines()[-2]
        await play.press("b")
        assert "colour N225 points" in play.text
        assert "Electric Appliances  ▲154.40" in play.lines()[-2]
        await play.press("b", "b")
        area = widest(play)
        await play.press("z")
        assert "size N225 weight · colour return" in play.text
        assert widest(play) != area
        await play.press("z")
        assert "size turnover · colour return" in play.text
        await play.press("z")
        assert widest(play) == area

    stage(check)


def widest(play: Any) -> tuple[int, ...]:
    """The cells of each sector on the map."""
    return tuple(rect.area for rect in play.one("#map")._state.plan.places.values())


@pytest.mark.carries_out("view.picture")
def test_table_and_picture(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m", "enter")
        assert "‹ Electric Appliances ▲1.09%" in play.text
        await play.press("enter")
        assert "6758  Sony Group" in play.text
        await play.press("escape", "escape")
        assert "‹ Electric" not in play.text
        await play.press("v")
        rows = play.one("#groups QuoteTable")
        assert play.app.focused is rows
        assert "33 sectors · on the day · TOPIX: estimate, weights of 30 Jun 2025" in play.text
        percents = play.app.screen._rows.sort_key("percent")
        order = [float(percents[row]) for row in rows.order]
        assert order == sorted(order, reverse=True)
        await play.press("S")
        assert [float(percents[row]) for row in rows.order] == sorted(order)
        await play.press("s", "home", "down", "down", "enter")
        assert rows.sort == ("nikkei", True)
        assert "Electric Appliances" in next(line for line in play.lines() if "+154.40" in line)
        await play.press("b")
        assert "17 sectors · on the day" in play.text
        assert len(rows.order) == 17
        await play.press("right_parenthesis")
        assert "17 sectors · since the open" in play.text
        await play.press("v")
        assert play.app.focused is play.one("#map")
        await play.press("escape")
        assert play.screen_name == "MainScreen"

    stage(check)


@pytest.mark.carries_out("view.wrap", "wrap.copy", "wrap.save")
def test_the_wrap(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m", "w")
        assert play.screen_name == "WrapScreen"
        assert len(play.app.screen_stack) == 2
        assert "37,472.63" in play.text
        await play.press("y")
        assert play.app.clipboard == play.monitor.wrap()
        assert "+73.18" in play.app.clipboard
        await play.press("N")
        assert "日経平均" in play.text
        japanese = play.monitor.wrap()
        await play.press("e", "ctrl+a", "ctrl+k")
        await play.write(str(play.folder / "wrap.md"))
        await play.press("enter")
        assert (play.folder / "wrap.md").read_text(encoding="utf-8") == japanese
        await play.press("G", "g", "w")
        assert play.screen_name == "MainScreen"

    stage(check)
