"""The keys of the replay and of the program as a whole."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Stage = Callable[..., int]

NO_NETWORK = """
[providers.replay]
paused = true
[providers.yahoo]
base_url = "http://127.0.0.1:9"
stream = false
cookie_url = "http://127.0.0.1:9"
[providers.stooq]
base_url = "http://127.0.0.1:9"
"""
"""The services are looked for where every connection is refused."""


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
        assert re.search(r"● Replay +REPLAY", play.text)
        await play.press("p", "escape")
        assert play.screen_name == "MainScreen"

    stage(check)


async def at_sources(play: Any) -> None:
    """Open the sources, with all that is installed."""
    play.monitor.catalogue.look()
    await play.until(lambda: not play.monitor.catalogue.looking, "what is installed")
    await play.press("p")


async def to_source(play: Any, role: str, name: str) -> None:
    play.one("OptionList").highlighted = play.one("OptionList").get_option_index(f"{role}/{name}")
    await play.pilot.pause()


@pytest.mark.carries_out("source.use")
def test_use_a_source(stage: Stage, tmp_path: Path) -> None:
    async def check(play: Any) -> None:
        await at_sources(play)
        await to_source(play, "quotes", "synthetic")
        await play.press("enter")
        assert play.monitor.feed.quote_names == ("synthetic",)
        state = json.loads((tmp_path / "state.json").read_text(encoding="utf-8"))
        assert state["sources"] == {"quotes": ["synthetic"]}
        await play.until(lambda: re.search(r"● Synthetic +SYNTHETIC", play.text), "its state")
        await to_source(play, "news", "notes")
        await play.press("enter")
        assert play.monitor.feed.news_names == ()
        await to_source(play, "search", "yahoo")
        await play.press("enter")
        assert play.monitor.config.sources.search == "yahoo"
        assert not (tmp_path / "config.toml").read_text(encoding="utf-8").count("yahoo")

    stage(check)


@pytest.mark.carries_out("source.add", "source.drop", "source.lower", "source.higher")
def test_a_chain_is_put_together(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await at_sources(play)
        for name in ("synthetic", "yahoo", "stooq"):
            await to_source(play, "quotes", name)
            await play.press("a")

        def names() -> object:
            return play.monitor.feed.quote_names

        assert names() == ("synthetic", "yahoo", "stooq"), "a replay stands beside nothing"
        await play.press("K")
        assert names() == ("synthetic", "stooq", "yahoo")
        await play.press("J", "J")
        assert names() == ("synthetic", "yahoo", "stooq")
        await play.press("d")
        assert names() == ("synthetic", "yahoo")
        await to_source(play, "quotes", "yahoo")
        await play.press("d")
        await to_source(play, "quotes", "synthetic")
        await play.press("d")
        assert names() == ("synthetic",)
        assert "choose another" in play.notices[-1]

    stage(check, config=NO_NETWORK)


@pytest.mark.carries_out("source.configured")
def test_back_to_the_configuration(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await at_sources(play)
        await to_source(play, "quotes", "synthetic")
        await play.press("enter")
        assert play.monitor.state.sources.quotes == ["synthetic"]
        assert "chosen here" in play.text
        await play.press("u")
        assert play.monitor.feed.quote_names == ("replay",)
        assert play.monitor.state.sources.quotes is None

    stage(check)


@pytest.mark.carries_out("source.live", "source.recorded")
def test_live_and_back(stage: Stage) -> None:
    async def check(play: Any) -> None:
        before = play.monitor.market.session
        await play.press("L")
        assert play.monitor.feed.quote_names == ("yahoo",)
        assert play.monitor.market.session > before
        assert any("L goes back to the recorded session" in told for told in play.notices)
        await play.until(lambda: "RETRYING" in play.monitor.header().banner, "the refusal")
        assert "connection was refused" in play.monitor.trouble()
        await play.press("L")
        await play.until(lambda: play.monitor.ready, "the recorded session")
        assert play.monitor.market.session == before
        await play.command("live")
        assert not play.monitor.recorded
        await play.command("replay")
        assert play.monitor.recorded
        assert play.monitor.state.sources.quotes is None

    stage(check, config=NO_NETWORK)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_on_first_use_live_quotes_are_offered_at_the_foot_until_they_are_seen(
    stage: Stage, size: tuple[int, int]
) -> None:
    async def check(play: Any) -> None:
        assert "live quotes" not in play.text
        play.app.screen.offers_live = True
        play.app.screen.repaint_all()
        await play.until(lambda: "L live quotes (Yahoo" in play.lines()[-1], "the offer")
        assert play.notices == []
        await play.press("N")
        await play.until(lambda: "L ライブ相場（Yahoo" in play.lines()[-1], "in Japanese")
        await play.press("N")
        at = play.lines()[-1].index("live quotes")
        await play.pilot.click(offset=(at, len(play.lines()) - 1))
        await play.until(lambda: not play.monitor.recorded, "a click on it")
        await play.press("L")
        assert play.monitor.recorded
        await play.until(lambda: "live quotes" not in play.lines()[-1], "no offer any more")

    stage(check, config=NO_NETWORK, size=size)


def test_a_click_uses_a_source(stage: Stage) -> None:
    async def check(play: Any) -> None:
        await at_sources(play)
        lines = play.lines()
        row = next(n for n, line in enumerate(lines) if "Synthetic" in line)
        await play.pilot.click(offset=(6, row))
        assert play.monitor.feed.quote_names == ("synthetic",)
        foot = len(lines) - 1
        await play.pilot.click(offset=(lines[foot].index("config"), foot))
        assert play.monitor.feed.quote_names == ("replay",)

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
