"""Every command of the registry, by its key, on the real program: what it does is seen."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tui.commands.registry import BY_ID

Stage = Callable[..., int]
Check = Callable[[Any], Awaitable[None]]

CHECKS: dict[str, Check] = {}
MINE = ("l", "end", "up", "enter", *"Mine", "enter")
"""Creates a list of the user's own and shows it."""


def carries_out(*ids: str) -> Callable[[Check], Check]:
    """Register a check for one command, or for several that belong together."""

    def register(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(ids, check))
        return check

    return register


def first(play: Any) -> str:
    return str(play.table.visible_keys[0])


def position(play: Any) -> int:
    """Where the cursor stands in the order of the table."""
    return int(play.table._rows.view.cursor)


def listed(play: Any) -> list[str]:
    return [symbol.removesuffix(".T") for symbol in play.monitor.symbols()]


# --- move -------------------------------------------------------------------------------------


@carries_out("move.down", "move.up")
async def down_and_up(play: Any) -> None:
    await play.press("j", "down", "j")
    assert position(play) == 3
    await play.press("k", "up")
    assert position(play) == 1


@carries_out("move.top", "move.bottom")
async def either_end(play: Any) -> None:
    await play.press("G")
    assert position(play) == 224
    await play.press("g")
    assert position(play) == 0
    await play.press("end", "home")
    assert position(play) == 0


@carries_out("move.page_down", "move.page_up", "move.half_down", "move.half_up")
async def pages(play: Any) -> None:
    page = len(play.table.visible_keys)
    await play.press("pagedown")
    assert position(play) == page
    await play.press("ctrl+d")
    assert position(play) == page + page // 2
    await play.press("pageup", "ctrl+u")
    assert position(play) == 0


@carries_out("pane.next", "pane.previous")
async def panes(play: Any) -> None:
    seen = []
    for key in ("tab", "tab", "tab", "shift+tab"):
        await play.press(key)
        seen.append(play.app.focused.id)
    assert seen == ["ladder", "catalysts", "table", "catalysts"]


@carries_out("row.open", "back", "view.detail")
async def detail_and_back(play: Any) -> None:
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


# --- lists ------------------------------------------------------------------------------------


@carries_out(*(f"list.{number}" for number in range(1, 10)))
async def lists_by_number(play: Any) -> None:
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


@carries_out("list.next", "list.previous")
async def next_and_previous_list(play: Any) -> None:
    await play.press("right_square_bracket")
    assert play.monitor.list_name == "TOPIX Core30"
    await play.press("left_square_bracket", "left_square_bracket")
    assert play.monitor.list_name == "TOPIX Large70"


@carries_out("list.menu")
async def create_rename_and_remove_a_list(play: Any) -> None:
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


@carries_out("row.add", "row.delete", "row.undo", "row.lower", "row.higher")
async def add_delete_undo_and_reorder(play: Any) -> None:
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


# --- the table --------------------------------------------------------------------------------


@carries_out("table.filter")
async def filter_as_you_type(play: Any) -> None:
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


@carries_out("table.sort", "table.reverse")
async def sort_and_reverse(play: Any) -> None:
    await play.press("s", "home", "down", "enter")
    assert first(play) == "1332.T"
    await play.press("S")
    assert first(play) == "9984.T"
    assert play.monitor.view().sort == "code"
    await play.press("2", "1")
    assert first(play) == "9984.T"


@carries_out("table.freeze")
async def freeze_the_order(play: Any) -> None:
    await play.press("f")
    assert play.table.frozen
    held = list(play.table.visible_keys)
    await play.moved("full_stop")
    await play.moved("full_stop")
    assert play.table.visible_keys == held
    await play.press("f")
    assert play.table.visible_keys != held


@carries_out("table.columns")
async def choose_columns(play: Any) -> None:
    await play.press("C", "down", "space", "down", "J", "enter")
    keys = [column.key for column in play.table.columns]
    assert keys[:3] == ["code", "change", "last"]
    assert "name" not in keys
    await play.press("2")
    assert "name" in [column.key for column in play.table.columns]
    await play.press("1", "C", "r", "enter")
    assert [column.key for column in play.table.columns][:3] == ["code", "name", "last"]


@carries_out("table.only", "view.news")
async def only_a_catalysts_names(play: Any) -> None:
    await play.press("n")
    assert play.app.focused.id == "catalysts"
    await play.press("j", "o")
    assert play.table.visible_keys == ["5401.T"]
    await play.press("o")
    assert len(play.table.order) == 225
    await play.press("n", "c", "o")
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


# --- views ------------------------------------------------------------------------------------


@carries_out("view.contribution", "view.heatmap", "view.movers")
async def views_open_switch_and_close(play: Any) -> None:
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


@carries_out("window.next", "window.previous")
async def windows(play: Any) -> None:
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


def entry(play: Any, code: str) -> str:
    """The left ladder's line of a name, up to its bar, without the cells between."""
    line = next(line for line in play.lines() if code in line).partition("│")[0]
    return str(line.rstrip().rstrip("▏▎▍▌▋▊▉█").rstrip())


@carries_out("side.left", "side.right")
async def sides(play: Any) -> None:
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


@carries_out("view.by", "view.size")
async def other_totals_colours_and_sizes(play: Any) -> None:
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


def widest(play: Any) -> tuple[int, ...]:
    """The cells of each sector on the map."""
    return tuple(rect.area for rect in play.one("#map")._state.plan.places.values())


@carries_out("view.picture")
async def table_and_picture(play: Any) -> None:
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


@carries_out("view.wrap", "wrap.copy", "wrap.save")
async def the_wrap(play: Any) -> None:
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


@carries_out("view.convention")
async def colours(play: Any) -> None:
    up = play.app.get_css_variables()["zaraba-up"]
    seen = []
    for _ in range(3):
        await play.press("x")
        seen.append(play.app.convention)
    assert seen == ["western", "safe", "tokyo"]
    assert play.app.get_css_variables()["zaraba-up"] == up
    await play.command("colours western")
    assert play.app.get_css_variables()["zaraba-up"] != up


def ground(play: Any, text: str) -> str:
    """The colour behind a text of the screen."""
    pieces = (piece for line in play.cells() for piece in line)
    style = next(style for words, style in pieces if text in words)
    return str(style.bgcolor.get_truecolor().hex)


async def colours_on_the_map(play: Any) -> None:
    await play.press("m")
    seen = [ground(play, "Hitachi")]
    await play.press("x")
    seen.append(ground(play, "Hitachi"))
    await play.press("t", "j", "enter")
    assert play.app.palette == "paper"
    assert play.screen_name == "HeatmapScreen"
    seen.append(ground(play, "Hitachi"))
    assert len(set(seen)) == 3
    await play.press("c", "x")
    assert play.app.convention == "safe"
    assert play.app.screen.query_one("#both").tone("up").color.get_truecolor().hex == (
        play.app.get_css_variables()["zaraba-up"].lower()
    )


@carries_out("view.theme")
async def theme(play: Any) -> None:
    await play.press("t", "j", "enter")
    assert play.app.palette == "paper"
    assert not play.app.current_theme.dark
    await play.press("t", "escape")
    assert play.app.palette == "paper"


@carries_out("view.names")
async def names(play: Any) -> None:
    await play.press("c", "N")
    assert "日経平均 · 前日比" in play.text
    assert "アドバンテスト" in play.text
    await play.press("m")
    assert "面積 TOPIXウエイト" in play.text
    await play.press("v")
    assert "電気機器" in play.text
    await play.press("N")
    assert "Electric Appl" in play.text
    await play.press("escape")
    await play.press("N")
    assert "アドバンテスト" in play.text
    assert "Advantest" not in play.text
    await play.press("N")
    assert "Advantest" in play.text


# --- the replay -------------------------------------------------------------------------------


@carries_out("replay.pause")
async def pause(play: Any) -> None:
    assert "paused" in play.lines()[0]
    await play.press("space")
    await play.until(lambda: play.monitor.feed.playback_state()[0] is False)
    await play.press("space")
    await play.until(lambda: play.monitor.feed.playback_state()[0] is True)


@carries_out("replay.back", "replay.on", "replay.seek")
async def back_and_on(play: Any) -> None:
    await play.moved("comma")
    assert "14:27:00" in play.lines()[0]
    await play.moved("full_stop")
    await play.moved("full_stop")
    assert "14:37:00" in play.lines()[0]
    before = play.monitor.market.board.epoch
    await play.command("at 15:30")
    await play.arrived(before)
    assert "37,531.53 ▲371.06 +1.00%" in play.text
    assert "▲ 147" in play.text


@carries_out("replay.slower", "replay.faster", "replay.speed")
async def slower_and_faster(play: Any) -> None:
    def speed() -> float:
        return float(play.monitor.playing.speed)

    assert speed() == 60
    await play.press("greater_than_sign")
    await play.until(lambda: speed() == 120)
    await play.press("less_than_sign", "less_than_sign")
    await play.until(lambda: speed() == 30)
    await play.command("speed ×600")
    await play.until(lambda: speed() == 600)
    await play.command("speed 5000")
    await play.until(lambda: speed() == 600)


# --- the program ------------------------------------------------------------------------------


@carries_out("feed.sources")
async def sources(play: Any) -> None:
    await play.press("p")
    assert play.screen_name == "SourcesScreen"
    assert "Replay (quotes)  REPLAY" in play.text
    await play.press("p", "escape")
    assert play.screen_name == "MainScreen"


@carries_out("feed.refresh")
async def refresh(play: Any) -> None:
    before = play.monitor.feed.health()[0].received
    await play.press("r")
    await play.until(lambda: play.monitor.feed.health()[0].received > before)
    await play.painted()
    assert "37,472.63" in play.text


@carries_out("program.command")
async def command_line(play: Any) -> None:
    await play.command("7203")
    assert "7203  Toyota Motor" in play.text
    await play.press("colon")
    assert play.screen_name == "MainScreen"
    assert play.app.focused.id == "foot"
    await play.press("escape")
    assert play.app.focused is play.table


@carries_out("program.help")
async def program_help(play: Any) -> None:
    await play.press("question_mark")
    assert play.screen_name == "HelpScreen"
    await play.press("G", "escape")
    assert play.screen_name == "MainScreen"
    await play.press("f1")
    assert play.screen_name == "HelpScreen"


@carries_out("program.quit")
async def leave(play: Any) -> None:
    await play.press("enter")
    await play.pilot.press("q")
    await play.until(lambda: not play.app.is_running)


# --- run them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("check", dict.fromkeys(CHECKS.values()), ids=lambda each: each.__name__)
def test_keys(stage: Stage, check: Check) -> None:
    stage(check)


def test_colours_change_on_a_view(stage: Stage) -> None:
    stage(colours_on_the_map)


def test_no_command_is_left_out() -> None:
    assert set(CHECKS) == set(BY_ID)
