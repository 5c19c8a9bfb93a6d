"""The keys of the views that say why an index moved, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


@pytest.mark.carries_out("view.bridge")
def test_the_bridge_opens_in_place_of_another_view_and_closes(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m", "B")
        assert play.screen_name == "BridgeScreen"
        assert len(play.app.screen_stack) == 2
        await play.press("B")
        assert play.screen_name == "MainScreen"
        await play.command("bridge")
        assert play.screen_name == "BridgeScreen"

    stage(check)


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
        await play.press("b", "b", "b")
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
        assert play.app.clipboard == play.monitor.wrap().markdown()
        assert "+73.18" in play.app.clipboard
        await play.press("N")
        assert "日経平均" in play.text
        japanese = play.monitor.wrap().markdown()
        await play.press("e", "ctrl+a", "ctrl+k")
        assert "市況まとめの保存先" in play.text
        await play.write(str(play.folder / "wrap.md"))
        await play.press("enter")
        assert (play.folder / "wrap.md").read_text(encoding="utf-8") == japanese
        await play.press("G", "g", "w")
        assert play.screen_name == "MainScreen"

    stage(check)


@pytest.mark.carries_out("window.since")
def test_since_a_time(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.command("since 13:05")
        assert play.notices[-1] == "The views measure since 13:05 now."
        await play.press("c")
        assert "Nikkei 225 · since 13:05" in play.text
        since = play.monitor.analysis.report(play.monitor.now()).nikkei.index_change
        assert since != pytest.approx(312.16, abs=0.01)
        await play.press("right_parenthesis")
        assert "Nikkei 225 · on the day" in play.text
        await play.press("left_parenthesis", "m")
        assert "colour return · since 13:05" in play.text
        # A replay's position; what follows is measured from there.
        await play.press("at")
        assert play.notices[-1] == "The views measure since 14:32 now."
        assert "since 14:32" in play.text
        await play.press("escape")
        await play.command("since yesterday")
        assert "is not a time" in play.notices[-1]
        await play.command("since 2025-05-23T10:00")
        assert play.notices[-1] == "23 May 10:00 is not in the session shown."
        await play.command("since off")
        assert play.notices[-1] == "The views measure on the day now."
        assert play.monitor.analysis.windows[-1].words() == "last 5 minutes"

    stage(check)


def test_since_the_cursor_on_a_day_s_path(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("enter")
        await play.press(*"hhh")
        assert any(line.strip().startswith("13") or "14:30" in line for line in play.lines())
        assert "14:30  7,0" in play.text
        await play.press("l", "at")
        assert play.notices[-1] == "The views measure since 14:31 now."
        await play.press("escape")
        assert play.screen_name == "DetailScreen"
        assert "14:31  7,0" not in play.text
        await play.press("escape", "c")
        assert "Nikkei 225 · since 14:31" in play.text

    stage(check)


@pytest.mark.carries_out("row.mark")
def test_marked_names_are_added_up(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("g", "asterisk", "asterisk")
        assert play.monitor.marks.symbols == ("6857.T", "8035.T")
        assert "6857 ●" in play.text
        told = play.main.query_one("#frame").border_subtitle
        assert told.startswith("2 marked: N225 +")
        await play.command("mark 9984")
        assert play.monitor.marks.symbols == ("6857.T", "8035.T", "9984.T")
        await play.press("c")
        for side in play.one("#both")._sides:
            assert side.ladder.summary.startswith("3 marked = +")
        assert "●8035" in play.text
        await play.press("G", "asterisk")
        assert len(play.monitor.marks.symbols) > 5
        await play.press("asterisk", "g", "asterisk")
        assert play.monitor.marks.symbols == ("8035.T", "9984.T")
        await play.press("escape", "escape")
        assert play.monitor.marks.symbols == ()
        assert "●" not in "".join(play.lines()[5:-1])
        assert not play.main.query_one("#frame").border_subtitle
        await play.command("mark nosuchthing")
        assert play.notices[-1] == "Nothing is known by “nosuchthing”."

    stage(check)


def test_the_ladder_adds_up_down_to_the_cursor(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("c", "j", "j")
        summaries = [side.ladder.summary for side in play.one("#both")._sides]
        assert all(summary.startswith("3 names = +") for summary in summaries)
        assert summaries[0] in play.text

    stage(check)


def test_what_the_main_screen_is_narrowed_to_is_added_up(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("slash", *"electr", "enter")
        told = play.main.query_one("#frame").border_subtitle
        assert "14 shown: N225 +68.00 (22%)" in told
        assert told.startswith("filter “electr”")
        await play.press("c")
        assert play.one("#both")._sides[0].ladder.summary.startswith("14 shown = +68.00 points")

    stage(check)


def test_into_a_sector_and_to_its_names_as_a_table(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m", "enter", "v")
        rows = play.one("#groups QuoteTable")
        assert "‹ Electric Appliances · 33 sectors" in play.text
        assert "6758.T" in rows.visible_keys
        assert "7203.T" not in rows.visible_keys
        await play.press("s", "home", "enter")
        assert rows.sort == ("code", False)
        # The picture shows the same sector; the table of groups has its own order.
        await play.press("v")
        assert "‹ Electric Appliances ▲" in play.text
        await play.press("v", "escape")
        assert rows.sort == ("percent", True)
        assert rows.cursor_key == "3650"
        await play.press("g", "enter")
        assert "‹ Iron & Steel" in play.text
        assert rows.sort == ("code", False)
        await play.press("enter")
        assert "5401  Nippon Steel" in play.text
        await play.press("escape", "v")
        assert "‹ Iron & Steel ▲" in play.text
        await play.press("o")
        assert play.main.only_name == "Iron & Steel"

    stage(check)


def test_the_foot_tells_the_keys_of_the_map_or_of_the_table(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m")
        assert "z size" in play.lines()[-1]
        await play.press("v")
        assert "s sort  S reverse" in play.lines()[-1]
        assert "z size" not in play.lines()[-1]
        await play.press("v")
        assert "z size" in play.lines()[-1]

    stage(check)


def test_pages_and_ends_of_the_table_and_of_the_map(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("m")
        tiles = play.one("#map")
        top = tiles.key
        await play.press("G")
        plan = tiles._state.plan
        assert plan.places[tiles._state.cursor].bottom == plan.room.bottom
        await play.press("g")
        assert tiles.key == top
        await play.press("v")
        rows = play.one("#groups QuoteTable")
        first, keys = rows.cursor_key, list(rows.visible_keys)
        await play.press("ctrl+d")
        halfway = rows.cursor_key
        assert keys.index(halfway) > 5
        await play.press("ctrl+u")
        assert rows.cursor_key == first
        await play.press("pagedown")
        assert rows.cursor_key != halfway
        await play.press("g")
        assert rows.cursor_key == first

    stage(check)


def test_colour_by_unusual_volume(stage: Stage) -> None:
    async def during(play: Any) -> None:
        await play.press("m", "b", "b", "b")
        assert "needs minutes of 5 earlier sessions, or the close" in play.text

    async def after(play: Any) -> None:
        await play.press("m", "b", "b", "b")
        assert "colour volume against the mean of 5 sessions" in play.text
        assert "×" in play.lines()[-2]
        await play.press("enter")
        assert play.text.count("×") > 5

    stage(during)
    stage(after, at="15:31")


def test_a_notice_about_baskets_is_told_once(stage: Stage) -> None:
    async def check(play: Any) -> None:
        play.monitor.analysis.notice = "A basket names a code that is not known."
        await play.press("c", "m", "c", "escape", "w")
        assert play.notices.count("A basket names a code that is not known.") == 1

    stage(check)
