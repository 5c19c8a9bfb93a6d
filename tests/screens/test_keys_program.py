"""The keys of the replay and of the program as a whole."""

from collections.abc import Callable
from typing import Any

import pytest

Stage = Callable[..., int]


@pytest.mark.carries_out("replay.pause")
def test_pause(stage: Stage) -> None:
    async def check(play: Any) -> None:
        assert "paused" in play.lines()[0]
        await play.press("space")
        await play.until(lambda: play.monitor.feed.playback_state()[0] is False)
        await play.press("space")
        await play.until(lambda: play.monitor.feed.playback_state()[0] is True)

    stage(check)


@pytest.mark.carries_out("replay.back", "replay.on", "replay.seek")
def test_back_and_on(stage: Stage) -> None:
    async def check(play: Any) -> None:
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

    stage(check)


@pytest.mark.carries_out("replay.slower", "replay.faster", "replay.speed")
def test_slower_and_faster(stage: Stage) -> None:
    async def check(play: Any) -> None:
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

    stage(check)


@pytest.mark.carries_out("feed.sources")
def test_sources(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("p")
        assert play.screen_name == "SourcesScreen"
        assert "Replay (quotes)  REPLAY" in play.text
        await play.press("p", "escape")
        assert play.screen_name == "MainScreen"

    stage(check)


@pytest.mark.carries_out("feed.refresh")
def test_refresh(stage: Stage) -> None:
    async def check(play: Any) -> None:
        before = play.monitor.feed.health()[0].received
        await play.press("r")
        await play.until(lambda: play.monitor.feed.health()[0].received > before)
        await play.painted()
        assert "37,472.63" in play.text

    stage(check)


@pytest.mark.carries_out("program.command")
def test_command_line(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.command("7203")
        assert "7203  Toyota Motor" in play.text
        await play.press("colon")
        assert play.screen_name == "MainScreen"
        assert play.app.focused.id == "foot"
        await play.press("escape")
        assert play.app.focused is play.table

    stage(check)


@pytest.mark.carries_out("program.help")
def test_program_help(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("question_mark")
        assert play.screen_name == "HelpScreen"
        await play.press("G", "escape")
        assert play.screen_name == "MainScreen"
        await play.press("f1")
        assert play.screen_name == "HelpScreen"

    stage(check)


@pytest.mark.carries_out("program.quit")
def test_leave(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await play.press("enter")
        await play.pilot.press("q")
        await play.until(lambda: not play.app.is_running)

    stage(check)
