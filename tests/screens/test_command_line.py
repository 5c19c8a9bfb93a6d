"""What may be typed after a colon, and in the palette."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


def test_an_instrument_is_found_by_code_or_name_in_any_writing(stage: Stage) -> None:
    async def script(play: Any) -> None:
        for typed, shown in (
            ("7203", "7203  Toyota Motor"),
            ("285a", "285A  "),
            ("コナミ", "9766  Konami Group"),
            ("fast retailing", "9983  Fast Retailing"),
        ):
            await play.command(typed)
            assert shown in play.text, typed
            await play.press("escape")

    stage(script)


def test_theme_sort_and_list_by_name(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.command("theme amber")
        assert play.app.palette == "amber"
        await play.command("sort percent")
        assert play.table.sort == ("percent", True)
        await play.command("SORT code")
        assert play.table.sort == ("code", False)
        await play.command("list core")
        assert play.monitor.list_name == "TOPIX Core30"
        await play.command("filter トヨタ")
        assert play.table.visible_keys == ["7203.T"]
        await play.command("names ja")
        assert "トヨタ自動車" in play.text
        await play.command("mov")
        assert play.screen_name == "MoversScreen"

    stage(script)


def test_the_replay_goes_where_it_is_told(stage: Stage) -> None:
    async def script(play: Any) -> None:
        before = play.monitor.market.board.epoch
        await play.command("at 10:00")
        await play.arrived(before)
        assert "10:00:00" in play.lines()[0]
        await play.command("speed 120")
        await play.until(lambda: play.monitor.playing.speed == 120)

    stage(script)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zzzzqqqq", "Nothing is known by “zzzzqqqq”."),
        ("theme beige", "Themes are midnight, paper, amber, contrast."),
        ("sort beauty", "Columns are code, name, last"),
        ("list beige", "There is no list “beige”."),
        ("colours beige", "Colours are tokyo, western, safe."),
        ("speed fast", "Give a speed from 1 to 600"),
        ("at noon", "noon"),
        ("[bold]x", "Nothing is known by “[bold]x”."),
    ],
)
def test_nonsense_is_answered_in_words(stage: Stage, typed: str, said: str) -> None:
    async def script(play: Any) -> None:
        before = play.text.splitlines()[1:20]
        await play.command(typed)
        assert any(said in notice for notice in play.notices), play.notices
        assert play.screen_name == "MainScreen"
        assert [line[:60] for line in play.text.splitlines()[1:20]] == [
            line[:60] for line in before
        ]

    stage(script)


def test_an_empty_line_does_nothing(stage: Stage) -> None:
    async def script(play: Any) -> None:
        before = play.text
        await play.press("colon", "enter")
        await play.press("colon", "colon", "enter")
        assert play.text == before
        assert play.app.focused is play.table

    stage(script)


def test_tab_completes_a_word(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("colon", *"contr")
        foot = play.one("#foot")
        await play.until(lambda: foot._suggestion)
        await play.press("tab")
        assert foot.value == "contribution"

    stage(script)


def test_a_key_typed_into_the_line_is_a_letter_and_not_a_command(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("colon", *"qxt?f1/:2")
        assert play.app.is_running
        assert play.one("#foot").value == "qxt?f1/:2"
        assert play.monitor.list_name == "Nikkei 225"
        assert not play.table.frozen

    stage(script)


def test_the_palette_carries_out_what_is_chosen(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("ctrl+p")
        assert play.screen_name == "CommandPalette"
        await play.write("contribution")
        palette = play.app.screen
        await play.until(lambda: palette.query_one("CommandList").option_count, "a hit")
        await play.press("enter")
        await play.until(lambda: play.screen_name == "ContributionScreen")

    stage(script)


def test_the_palette_reaches_a_global_command(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("ctrl+p")
        await play.write("配色")
        palette = play.app.screen
        await play.until(lambda: palette.query_one("CommandList").option_count, "a hit")
        await play.press("enter")
        await play.until(lambda: play.app.convention == "western")

    stage(script)
