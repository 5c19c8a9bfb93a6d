"""The news screen at every size; read a changed golden as a trader would before accepting it.

Change them with ``uv run pytest tests/screens/test_news.py --snapshot-update``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Stage = Callable[..., int]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
PAUSED = "[providers.replay]\npaused = true\n"
NOTES = """date: 2025-05-26

## 09:40 Chip makers rise on orders [red]from Taiwan[/] <b>and elsewhere</b>
kind: flow
source: Wire A
link: https://example.com/chips
$8035.T $6857.T $6146.T

Orders were **strong** at three makers:

- test equipment, see [the release](https://example.com/release)
- dicing saws
- <script>alert(1)</script> coaters

## 13:20 トヨタ、通期業績予想を上方修正 純利益は4兆5000億円に
kind: forecast
source: Wire B
link: https://example.org/toyota
$7203.T
"""


@pytest.fixture
def desk(stage: Stage, tmp_path: Path) -> Stage:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "desk.md").write_text(NOTES, encoding="utf-8")

    def run(script: Any, **how: Any) -> int:
        async def ready(play: Any) -> None:
            await play.until(lambda: len(play.monitor.market.catalysts) >= 6, "the notes")
            # The first look at the catalysts is left out, and so are their figures.
            play.monitor.look_at_catalysts(0.0)
            play.monitor.look_at_catalysts(0.0)
            await play.press("n")
            await script(play)

        return stage(ready, **how)

    return run


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_news(desk: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]) -> None:
    async def script(play: Any) -> None:
        await play.press("j")
        await play.until(lambda: "Orders were strong" in play.text or size[0] < 110)
        assert play.text + "\n" == golden

    desk(script, size=size, config=f'language = "{language}"\n' + PAUSED)


def test_the_story_on_a_small_screen(desk: Stage, golden: SnapshotAssertion) -> None:
    async def script(play: Any) -> None:
        await play.press("j", "enter")
        await play.until(lambda: "Orders were strong" in play.text)
        assert play.text + "\n" == golden

    desk(script, size=(80, 24), config=PAUSED)


def test_where_a_link_goes(desk: Stage, golden: SnapshotAssertion) -> None:
    async def script(play: Any) -> None:
        await play.press("U", "b")
        assert play.text + "\n" == golden

    desk(script, size=(120, 40), config=PAUSED)


def test_a_filter_being_typed(desk: Stage, golden: SnapshotAssertion) -> None:
    async def script(play: Any) -> None:
        await play.press("slash", *"トヨタ")
        assert play.text + "\n" == golden

    desk(script, size=(80, 24), config=PAUSED)


@pytest.mark.parametrize("size", [(20, 5), (40, 10)], ids=["20x5", "40x10"])
def test_the_smallest(desk: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    async def script(play: Any) -> None:
        await play.press("j", "enter", "escape", "b", "b", "slash", "a", "enter")
        assert play.text + "\n" == golden

    desk(script, size=size, config=PAUSED)
