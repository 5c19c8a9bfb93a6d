"""The figures that a pasted commentary states, beside the market's, on screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = """\
Tokyo close

26 May 2025

The Nikkei 225 ($^N225) rose 371.06 points to close at 37,531.53, and the TOPIX added 0.8%.
"""


def test_the_pane_marks_and_the_story_says_where_text_and_market_disagree(
    stage: Callable[..., int], tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "close.txt").write_text(TEXT, encoding="utf-8")
    config = f'[providers.replay]\npaused = true\n[providers.notes]\nfolder = "{folder}"\n'

    async def script(play: Any) -> None:
        key = f"{folder / 'close.txt'}:2025-05-26::Tokyo close"
        await play.until(lambda: key in play.monitor.market.catalysts, "the commentary")
        await play.painted()
        assert "≠ 1 claim differs from the market" in play.text
        from tui.screens.story import StoryScreen

        await play.app.push_screen(StoryScreen(play.monitor, key))
        await play.pilot.pause()
        text = " ".join(play.text.split())
        assert "37,531.53 +371.06 · market 37,531.53 +371.06" in text
        assert "≠ text and market" in text

    assert stage(script, size=(160, 45), at="15:30", config=config) == 0
