"""The keys of colours, themes and languages, on the real program."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


def ground(play: Any, text: str) -> str:
    """The colour behind a text of the screen."""
    pieces = (piece for line in play.cells() for piece in line)
    style = next(style for words, style in pieces if text in words)
    return str(style.bgcolor.get_truecolor().hex)


def test_colours_change_on_a_view(stage: Stage) -> None:
    async def check(play: Any) -> None:
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

    stage(check)


@pytest.mark.carries_out("view.convention")
def test_colours(stage: Stage) -> None:
    async def check(play: Any) -> None:
        up = play.app.get_css_variables()["zaraba-up"]
        seen = []
        for _ in range(3):
            await play.press("x")
            seen.append(play.app.convention)
        assert seen == ["western", "safe", "tokyo"]
        assert play.app.get_css_variables()["zaraba-up"] == up
        await play.command("colours western")
        assert play.app.get_css_variables()["zaraba-up"] != up

    stage(check)


@pytest.mark.carries_out("view.theme")
def test_theme(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("t", "j", "enter")
        assert play.app.palette == "paper"
        assert not play.app.current_theme.dark
        await play.press("t", "escape")
        assert play.app.palette == "paper"

    stage(check)


@pytest.mark.carries_out("view.names")
def test_names(stage: Stage) -> None:
    async def check(play: Any) -> None:
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

    stage(check)
