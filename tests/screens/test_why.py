"""What the views that tell why the indices moved look like, and that they are calm.

Read a changed golden as a trader would before accepting it; change them with
``uv run pytest tests/screens/test_why.py --snapshot-update``.
"""

from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Stage = Callable[..., int]
Drawn = Callable[[Any], str]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
AT_EVERY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
SIZES_OF_LANGUAGES = [
    *(("en", size) for size in SIZES.values()),
    # What Japanese changes, the width of cells, shows where there is least room for it.
    ("ja", SIZES["80x24"]),
    ("ja", SIZES["120x40"]),
]
AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES = pytest.mark.parametrize(
    ("language", "size"),
    SIZES_OF_LANGUAGES,
    ids=[f"{language}-{width}x{height}" for language, (width, height) in SIZES_OF_LANGUAGES],
)
IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
VIEWS = {"contribution": ("c",), "heatmap": ("m",), "sectors": ("m", "v"), "movers": ("M",)}
EVERY_VIEW = pytest.mark.parametrize("keys", VIEWS.values(), ids=VIEWS)
PAUSED = "[providers.replay]\npaused = true\n"


def look(
    stage: Stage,
    golden: SnapshotAssertion,
    *keys: str,
    drawn: Drawn | None = None,
    settings: str = "",
    **how: Any,
) -> None:
    """Open the program, press keys, and compare."""

    async def script(play: Any) -> None:
        await play.press(*keys)
        assert (drawn(play) if drawn else play.text + "\n") == golden

    stage(script, config=settings + PAUSED, **how)


# --- goldens ----------------------------------------------------------------------------------


@AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES
@EVERY_VIEW
def test_at_the_close(
    stage: Stage,
    golden: SnapshotAssertion,
    keys: tuple[str, ...],
    language: str,
    size: tuple[int, int],
) -> None:
    look(stage, golden, *keys, at="15:30", size=size, settings=f'language = "{language}"\n')


@AT_EVERY_SIZE
@EVERY_VIEW
def test_since_the_open(
    stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    look(stage, golden, *keys, "right_parenthesis", at="13:10", size=size)


@EVERY_VIEW
@IN_BOTH_LANGUAGES
def test_a_window_that_has_not_begun(
    stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...], language: str
) -> None:
    settings = f'language = "{language}"\n'
    window = ("right_parenthesis", "right_parenthesis")
    look(stage, golden, *keys, *window, at="10:15", size=(80, 24), settings=settings)


@EVERY_VIEW
def test_before_the_open(stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...]) -> None:
    look(stage, golden, *keys, at="08:30", size=(80, 24))


@AT_EVERY_SIZE
def test_inside_a_sector(stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    look(stage, golden, "m", "enter", "l", at="15:30", size=size)


@pytest.mark.parametrize(
    "keys", [("b",), ("z", "b", "b"), ("z", "z")], ids=["n225", "topix", "turnover"]
)
def test_other_sizes_and_colours(
    stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...]
) -> None:
    look(stage, golden, "m", *keys, at="15:30", size=(80, 24))


@pytest.mark.parametrize("turns", [1, 2, 3, 4], ids=["17", "six", "size", "baskets"])
def test_other_totals(stage: Stage, golden: SnapshotAssertion, turns: int) -> None:
    look(stage, golden, "c", *"b" * turns, at="15:30")


@pytest.mark.parametrize("turns", [1, 2, 3, 4], ids=["17", "six", "size", "baskets"])
def test_other_groups(stage: Stage, golden: SnapshotAssertion, turns: int) -> None:
    look(stage, golden, "m", "v", *"b" * turns, at="15:30")


@pytest.mark.parametrize("convention", ["tokyo", "western", "safe"])
@EVERY_VIEW
def test_in_colour(
    stage: Stage,
    golden: SnapshotAssertion,
    styled: Drawn,
    keys: tuple[str, ...],
    convention: str,
) -> None:
    settings = f'convention = "{convention}"\n'
    look(stage, golden, *keys, drawn=styled, size=(80, 24), settings=settings)


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 16)], ids=["20x5", "40x10", "60x16"])
@EVERY_VIEW
def test_small(
    stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    look(stage, golden, *keys, size=size)


@AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES
def test_the_wrap(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    look(stage, golden, "w", at="15:30", size=size, settings=f'language = "{language}"\n')


@pytest.mark.parametrize("convention", ["tokyo", "western", "safe"])
def test_the_wrap_in_colour(
    stage: Stage, golden: SnapshotAssertion, colours: Drawn, convention: str
) -> None:
    settings = f'convention = "{convention}"\n'
    look(stage, golden, "w", drawn=colours, at="15:30", size=(80, 24), settings=settings)


@pytest.mark.parametrize("size", [(20, 5), (40, 10)], ids=["20x5", "40x10"])
def test_a_small_wrap(stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    look(stage, golden, "w", at="15:30", size=size)


@AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES
def test_the_names_of_a_sector(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    settings = f'language = "{language}"\n'
    look(stage, golden, "m", "enter", "v", at="15:30", size=size, settings=settings)


@AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES
def test_unusual_volume(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    settings = f'language = "{language}"\n'
    look(stage, golden, "m", "b", "b", "b", at="15:30", size=size, settings=settings)


def test_volume_that_nothing_can_be_set_against(stage: Stage, golden: SnapshotAssertion) -> None:
    look(stage, golden, "m", "b", "b", "b", at="13:10", size=(80, 24))


@AT_EVERY_SIZE_AND_IN_BOTH_LANGUAGES
def test_marked_names(
    stage: Stage, golden: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    settings = f'language = "{language}"\n'
    look(stage, golden, "asterisk", "asterisk", "asterisk", size=size, settings=settings)


@AT_EVERY_SIZE
def test_marked_names_on_the_ladder(
    stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]
) -> None:
    look(stage, golden, "asterisk", "asterisk", "c", size=size)


@AT_EVERY_SIZE
def test_a_cursor_on_a_day_s_path(
    stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]
) -> None:
    look(stage, golden, "enter", *"h" * 30, size=size)


# --- what they cost ---------------------------------------------------------------------------


@EVERY_VIEW
def test_nothing_is_painted_while_nothing_moves(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async def script(play: Any) -> None:
        await play.pilot.press(*keys)
        await play.pilot.pause()
        view = play.app.screen
        view.repaint()
        painted: list[float] = []
        monkeypatch.setattr(view, "paint", painted.append)
        later = view._settles + 1
        # An order that stood for a while is renewed, once.
        view.follow(later)
        assert painted == [later]
        for tick in range(90):
            assert view.follow(later + tick / 30) == 1.0
            play.main._paint()
        assert painted == [later]
        view.repaint()
        assert len(painted) == 2

    stage(script, at="15:30", config=PAUSED)


@EVERY_VIEW
def test_the_main_screen_rests_behind_a_view(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async def script(play: Any) -> None:
        await play.pilot.press(*keys)
        asked: list[str] = []
        monkeypatch.setattr(play.monitor, "breadth", lambda: asked.append("breadth"))
        monkeypatch.setattr(play.monitor, "table", lambda _at: asked.append("table"))
        play.main._looked.clear()
        play.main._paint()
        # Behind a dialog of the view it is not seen either.
        await play.pilot.press("t")
        play.main._paint()
        assert asked == []
        await play.pilot.press("escape")
        monkeypatch.undo()
        await play.press("escape")
        assert play.screen_name == "MainScreen"
        assert "37,472.63" in play.text

    stage(script)


@EVERY_VIEW
def test_a_view_follows_the_market(stage: Stage, keys: tuple[str, ...]) -> None:
    async def script(play: Any) -> None:
        await play.press(*keys)
        before = play.text
        await play.moved("comma")
        after = play.text
        assert "14:27:00" in after
        lines = zip(before.splitlines()[3:], after.splitlines()[3:], strict=True)
        assert sum(one != other for one, other in lines) >= 5
        await play.press("space")
        await play.until(lambda: "14:27:00" not in play.lines()[0], "the clock")
        assert play.screen_name != "MainScreen"

    stage(script)


def test_a_dialog_leaves_the_view_running(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("c", "t", "escape", "enter")
        assert "6857  Advantest" in play.text
        await play.moved("comma")
        await play.press("escape")
        assert play.screen_name == "ContributionScreen"
        assert "14:27:00" in play.lines()[0]
        change = play.monitor.summary().contribution.index_change
        assert f"+{change:.2f} = " in play.text

    stage(script)


def test_an_order_asked_for_by_hand_is_right_at_once(stage: Stage) -> None:
    async def script(play: Any) -> None:
        await play.press("c")
        for _ in range(5):
            await play.press("right_parenthesis")
            for side in play.one("#both")._sides:
                for rows in (side.ladder.rows, side.totals):
                    values = [row.value for row in rows]
                    assert values == sorted(values, reverse=True)

    stage(script)
