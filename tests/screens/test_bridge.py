"""The night bridge, its column and the tape, with figures made up for the purpose.

Read a changed golden as a trader would before accepting it; change them with
``uv run pytest tests/screens/test_bridge.py --snapshot-update``.
"""

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from syrupy.assertion import SnapshotAssertion

from tui.config import DEFAULT_TAPE
from tui.market.quotes import Field, QuoteBatch
from tui.market.times import JST, to_datetime64
from tui.report.tape import asked_abroad

Stage = Callable[..., int]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
PAUSED = "[providers.replay]\npaused = true\n"
NIGHT = datetime(2025, 5, 27, 4, 50, tzinfo=JST)
JUST = datetime(2025, 5, 27, 4, 45, tzinfo=JST)
OLD = datetime(2025, 5, 24, 4, 55, tzinfo=JST)
ABROAD = {
    "NIY=F": (37_800.0, 37_500.0, JUST),
    "JPY=X": (143.0, 142.5, JUST),
    "EURJPY=X": (162.8, 162.1, JUST),
    "^GSPC": (5_900.0, 5_850.0, JUST),
    "^IXIC": (19_000.0, 19_100.0, JUST),
    "^TNX": (4.5, 4.452, JUST),
    "^VIX": (20.0, 21.0, OLD),
    "TM": (187.0, 184.0, JUST),
    "SONY": (25.7, 25.2, JUST),
    "MFG": (5.44, 5.4, JUST),
    "SFTBY": (27.0, 26.0, JUST),
    "FRCOY": (33.1, 32.5, JUST),
    "NDEKY": (17.6, 17.7, OLD),
    "HMC": (30.0, 30.0, JUST),
    "TOPPY": (1.36, 1.35, JUST),
}


async def fall_night(play: Any, abroad: Any = ABROAD) -> None:
    """Have a source tell of New York's afternoon, after the session that is shown."""
    monitor, market = play.monitor, play.monitor.market
    wanted = asked_abroad(DEFAULT_TAPE, ["somebodys"], market.universe)
    monitor._from_abroad = lambda: wanted
    asked: list[Any] = []
    monitor.feed.subscribe = asked.append  # the recorded session has none of them
    monitor.now = lambda: NIGHT
    monitor._watch()
    board = market.board
    market.apply(
        QuoteBatch(
            symbols=tuple(abroad),
            rows=np.arange(len(abroad), dtype=np.int32),
            fields={
                Field.LAST: np.array([last for last, _, _ in abroad.values()]),
                Field.BASE: np.array([base for _, base, _ in abroad.values()]),
            },
            time=np.array([to_datetime64(at) for _, _, at in abroad.values()]),
            source="replay",
            delay=board.delays[-1],
            epoch=board.epoch,
            session=date(2025, 5, 26),
        ),
        time.monotonic() - 60,
    )
    play.main.show_rows()
    await play.painted()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_bridge(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    async def script(play: Any) -> None:
        await fall_night(play)
        await play.press("B")
        assert play.text + "\n" == golden

    stage(script, at="15:30", size=size, config=f'language = "{language}"\n' + PAUSED)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_column_and_tape(stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    async def script(play: Any) -> None:
        await fall_night(play)
        assert play.text + "\n" == golden

    stage(script, at="15:30", size=size, config=PAUSED)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_the_recorded_session_has_nothing_from_abroad(stage: Stage, size: tuple[int, int]) -> None:
    async def script(play: Any) -> None:
        assert play.monitor.market.board.row("JPY=X") < 0
        assert "ADR" not in play.text
        await play.press("B")
        notice = next(line for line in play.lines() if "no quotes from abroad" in line)
        assert notice.rstrip().endswith("with p"), "it is not cut"
        assert "ratio unknown" in play.text
        await play.press("escape")
        assert play.screen_name == "MainScreen"

    stage(script, at="15:30", config=PAUSED, size=size)


def test_the_list_is_sorted_by_any_column_and_either_way(stage: Stage) -> None:
    def first(play: Any) -> str:
        return str(play.one("#bridge-list").cursor_key)

    async def script(play: Any) -> None:
        await fall_night(play)
        await play.command("bridge")
        await play.press("g")
        assert first(play) == "TM"
        await play.press("S", "g")
        assert first(play) == "TOPPY"
        await play.press("s", "down", "enter", "g")
        assert play.one("#bridge-list").sort == ("points", True)
        assert first(play) == "SFTBY"

    stage(script, at="15:30", config=PAUSED)


def test_a_receipt_opens_its_share_and_the_shares_are_shown_alone(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await fall_night(play)
        await play.press("B", "g", "enter")
        assert play.screen_name == "DetailScreen"
        assert "Toyota Motor" in play.text
        await play.press("escape", "o")
        assert play.screen_name == "MainScreen"
        assert "names with receipts" in play.text
        assert "Toyota Motor" in play.text
        assert "Advantest" not in "\n".join(line[:60] for line in play.lines()[5:20])

    stage(script, at="15:30", config=PAUSED)
