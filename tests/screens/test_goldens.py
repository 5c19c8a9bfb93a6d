"""What the screens look like. Read a changed golden as a trader would before accepting it.

Change them with ``uv run pytest tests/screens/test_goldens.py --snapshot-update``.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

Stage = Callable[..., int]
Drawn = Callable[[Any], str]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "160x45": (160, 45), "240x70": (240, 70)}
AT_TWO_SIZES = pytest.mark.parametrize("size", list(SIZES.values())[:2], ids=list(SIZES)[:2])
INSTANTS = {
    "before_open": "08:59:50",
    "lunch": "12:00",
    "pre_closing": "15:27",
    "close": "15:30",
}
CONFIG = "[providers.replay]\npaused = true\n"


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
        if "p" in keys:
            await look_up(play)
            play.monitor.source_rows = partial(timeless, play.monitor.source_rows)
        if keys:
            await play.press(*keys)
        assert (drawn(play) if drawn else still(play)) == golden

    stage(script, config=settings + CONFIG, **how)


async def look_up(play: Any) -> None:
    """Wait until it is known what is installed; no key is found anywhere."""
    catalogue = play.monitor.catalogue
    catalogue._place = lambda _: ""
    catalogue.look()
    await play.until(lambda: not catalogue.looking, "what is installed")


def still(play: Any) -> str:
    """The screen, or of a dialog only its box."""
    lines = play.lines()
    boxes = play.app.screen.query(".dialog")
    if boxes:
        box = boxes.first().region
        lines = [cut(line, box.x, box.right) for line in lines[box.y : box.bottom]]
    return "\n".join(lines) + "\n"


def timeless(source_rows: Callable[[], list[Any]]) -> list[Any]:
    """How the sources are doing, without what the wall clock has a part in."""
    return [
        replace(
            role,
            rows=tuple(
                replace(
                    row,
                    age=re.sub(r"\d+ \w", "0 s", row.age),
                    rate="",
                    told=tuple((_standing(text), tone) for text, tone in row.told),
                )
                for row in role.rows
            ),
        )
        for role in source_rows()
    ]


def _standing(text: str) -> str:
    """A line about a source without its rate, as if something had come just now."""
    text = re.sub(r" \d+ a second,| 毎秒\d+件,", "", text)
    return re.sub(r"\d+秒前", "0秒前", re.sub(r"\d+ s ago", "0 s ago", text))


def cut(line: str, start: int, stop: int) -> str:
    """The cells of a line from one place to another."""
    cells = "".join(char + "\0" * (cell_len(char) - 1) for char in line)
    return cells[start:stop].replace("\0", "").rstrip()


# --- the main screen --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "size"),
    [*(("en", size) for size in SIZES.values()), ("ja", (80, 24)), ("ja", (120, 40))],
    ids=[*(f"en-{size}" for size in SIZES), "ja-80x24", "ja-120x40"],
)
def test_main(
    stage: Stage, golden: SnapshotAssertion, size: tuple[int, int], language: str
) -> None:
    look(stage, golden, size=size, settings=f'language = "{language}"\n')


@pytest.mark.parametrize("convention", ["tokyo", "western", "safe"])
def test_main_in_colour(
    stage: Stage, golden: SnapshotAssertion, styled: Drawn, convention: str
) -> None:
    look(stage, golden, drawn=styled, settings=f'convention = "{convention}"\n')


@pytest.mark.parametrize("theme", ["midnight", "paper", "amber", "contrast"])
def test_colours_of_a_theme(
    stage: Stage, golden: SnapshotAssertion, colours: Drawn, theme: str
) -> None:
    drawn = []

    async def script(play: Any) -> None:
        for convention in ("tokyo", "western", "safe"):
            play.app.convention = convention
            play.app._apply_theme()
            await play.painted()
            drawn.append(f"{theme} {convention}\n{colours(play)}")

    stage(script, config=f'theme = "{theme}"\n' + CONFIG)
    assert "\n".join(drawn) == golden


@pytest.mark.parametrize("size", [(120, 40), (240, 70)], ids=["120x40", "240x70"])
@pytest.mark.parametrize("at", INSTANTS.values(), ids=INSTANTS)
def test_the_day(stage: Stage, golden: SnapshotAssertion, at: str, size: tuple[int, int]) -> None:
    look(stage, golden, at=at, size=size)


@pytest.mark.parametrize("key", ["2", "3"])
def test_other_lists(stage: Stage, golden: SnapshotAssertion, key: str) -> None:
    look(stage, golden, key)


@pytest.mark.parametrize("key", ["tab", "shift+tab"], ids=["ladder", "catalysts"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_one_pane_at_a_time(
    stage: Stage, golden: SnapshotAssertion, key: str, language: str
) -> None:
    look(stage, golden, key, size=(80, 24), settings=f'language = "{language}"\n')


@pytest.mark.parametrize(
    "size", [(20, 5), (40, 10), (60, 16), (109, 30)], ids=["20x5", "40x10", "60x16", "109x30"]
)
def test_small(stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    look(stage, golden, size=size)


def test_only_a_catalysts_names_with_the_order_frozen(
    stage: Stage, golden: SnapshotAssertion
) -> None:
    look(stage, golden, "shift+tab", "j", "o", "f")


@AT_TWO_SIZES
def test_filter_being_typed(stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]) -> None:
    look(stage, golden, "slash", *"electr", size=size)


def test_a_filter_that_nothing_matches(stage: Stage, golden: SnapshotAssertion) -> None:
    look(stage, golden, "slash", *"xyzzy", "enter", size=(80, 24))


def test_command_line(stage: Stage, golden: SnapshotAssertion) -> None:
    look(stage, golden, "colon", *"the", size=(80, 24))


# --- other screens and dialogs ----------------------------------------------------------------

SCREENS = {
    "detail": ("enter",),
    "help": ("question_mark",),
    "sources": ("p",),
    "story": ("shift+tab", "enter"),
    "search": ("a", "ctrl+a", "ctrl+k", *"toyota"),
    "search_nothing": ("a", "ctrl+a", "ctrl+k", *"xyzzy"),
    "columns": ("C",),
    "lists": ("l",),
    "sort": ("s",),
    "theme": ("t",),
    "new_list": ("l", "end", "up", "enter"),
}


@AT_TWO_SIZES
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
def test_screen(
    stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    look(stage, golden, *keys, size=size)


_IN_JAPANESE = ("detail", "story", "search", "help", "sources")


@pytest.mark.parametrize(
    "keys",
    [SCREENS[name] for name in _IN_JAPANESE],
    ids=_IN_JAPANESE,
)
def test_screen_in_japanese(stage: Stage, golden: SnapshotAssertion, keys: tuple[str, ...]) -> None:
    look(stage, golden, *keys, settings='language = "ja"\n')


@pytest.mark.parametrize("at", ["08:59:50", "15:30"], ids=["before_open", "close"])
def test_detail_at_either_end(stage: Stage, golden: SnapshotAssertion, at: str) -> None:
    look(stage, golden, "enter", at=at)


@pytest.mark.parametrize("size", list(SIZES.values())[2:], ids=list(SIZES)[2:])
def test_detail_on_a_wide_screen(
    stage: Stage, golden: SnapshotAssertion, size: tuple[int, int]
) -> None:
    look(stage, golden, "enter", size=size)


def test_colours_of_dialogs(stage: Stage, golden: SnapshotAssertion, colours: Drawn) -> None:
    drawn = []

    async def script(play: Any) -> None:
        await look_up(play)
        for name, keys in SCREENS.items():
            await play.press(*keys)
            drawn.append(f"{name}\n{colours(play)}")
            while play.screen_name != "MainScreen":
                await play.press("escape")
        assert "\n".join(drawn) == golden

    stage(script)
