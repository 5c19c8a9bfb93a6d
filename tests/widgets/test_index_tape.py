"""The tape: figures first, then what stands beside them, then the paths."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.index_tape import BesideItem, IndexItem, IndexTape, TapeView, split_items

RISING = np.linspace(37160.0, 37531.0, 330)
NIKKEI = IndexItem(
    name="NIKKEI 225",
    level="37,531.53",
    change="+371.06",
    percent="+1.00%",
    tone="up",
    path=RISING,
)
TOPIX = IndexItem(
    name="TOPIX",
    level="2,751.91",
    change="−16.39",
    percent="−0.60%",
    tone="down",
    path=RISING[::-1],
)
VIEW = TapeView(items=[NIKKEI, TOPIX], extra=[("NT", "13.64")], tail="2nd session up, both")
OWN_HEIGHT = "#view { height: auto; }"


def tape(view: TapeView) -> IndexTape:
    made = IndexTape()
    made.show(view)
    return made


def test_one_line_holds_all_of_it_where_it_is_wide_enough(
    painted: Callable[..., list[str]],
) -> None:
    first, second = painted(tape(VIEW), 150, 2, OWN_HEIGHT)
    assert first.startswith(" NIKKEI 225  37,531.53 ▲371.06 +1.00% ▁")
    assert "TOPIX  2,751.91 ▼16.39 −0.60% █" in first
    assert first.rstrip().endswith("NT 13.64   2nd session up, both")
    assert second.strip() == ""


def test_two_lines_stand_under_each_other(painted: Callable[..., list[str]]) -> None:
    first, second = painted(tape(VIEW), 80, 2, OWN_HEIGHT)
    assert first.index("▲") + len("▲371.06") == second.index("▼") + len("▼16.39")
    assert first.index("+1.00%") == second.index("−0.60%")
    assert first.rstrip()[-1] in "▁▂▃▄▅▆▇█"
    assert "NT 13.64" in second


@pytest.mark.parametrize("width", [1, 3, 7, 11, 18, 20, 29, 31, 45, 80, 119, 150, 240])
@pytest.mark.parametrize("height", [1, 2, 3])
def test_every_line_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, height: int
) -> None:
    assert {cell_len(line) for line in painted(tape(VIEW), width, height)} == {width}


def test_an_arrow_tells_the_direction_at_every_width(painted: Callable[..., list[str]]) -> None:
    for width in (18, 24, 32, 48, 80, 150):
        lines = painted(tape(VIEW), width, 2)
        assert "▲" in lines[0], width
        assert "▼" in "".join(lines), width


def test_a_level_without_a_change_has_no_arrow(painted: Callable[..., list[str]]) -> None:
    [line] = painted(tape(TapeView(items=[IndexItem(name="TOPIX", level="2,751.91")])), 60, 1)
    assert line.strip() == "TOPIX  2,751.91"


def test_a_path_that_is_not_known_is_not_drawn(painted: Callable[..., list[str]]) -> None:
    unknown = IndexItem(name="TOPIX", level="2,751.91", path=np.full(330, np.nan))
    [line] = painted(tape(TapeView(items=[unknown])), 60, 1)
    assert not set(line) & set("▁▂▃▄▅▆▇█")


def test_a_note_is_kept_longer_than_the_tail(painted: Callable[..., list[str]]) -> None:
    implied = IndexItem(name="N225", level="37,531.53", note="implied 気配")
    view = TapeView(items=[implied], tail="2nd session up")
    [line] = painted(tape(view), 36, 1)
    assert "implied 気配" in line
    assert "2nd" not in line


def test_before_any_level_it_says_so(painted: Callable[..., list[str]]) -> None:
    assert painted(IndexTape(), 60, 1)[0].strip() == "waiting for index levels"


def test_it_grows_when_what_it_shows_needs_another_line(on_stage: Callable[..., None]) -> None:
    view = tape(TapeView(items=[NIKKEI]))

    async def script(scene: Any) -> None:
        assert view.size.height == 1
        view.show(VIEW)
        await scene.settle()
        assert view.size.height == 2

    on_stage(view, script, (80, 5), OWN_HEIGHT)


@given(st.integers(0, 9), st.integers(1, 4))
def test_no_item_is_lost_between_lines(count: int, lines: int) -> None:
    items = [IndexItem(name=str(place), level="") for place in range(count)]
    rows = split_items(items, lines)
    assert [item.name for row in rows for item in row] == [item.name for item in items]
    assert len(rows) <= lines


ABROAD = [
    BesideItem(name="CME N225", level="37,515", change="+1.01%", tone="up", state="open"),
    BesideItem(name="USD/JPY", level="143.021", change="−0.37%", tone="down", state="closed"),
    BesideItem(name="US 10Y", level="4.432%", change="−7.7bp", tone="down", warning="2 d old"),
    BesideItem(name="VIX", level="18.96"),
]
WITH_ABROAD = TapeView(items=[NIKKEI, TOPIX], beside=ABROAD)


def test_what_is_quoted_abroad_has_a_line_of_its_own(painted: Callable[..., list[str]]) -> None:
    first, second = painted(tape(WITH_ABROAD), 150, 2, OWN_HEIGHT)
    assert "37,531.53" in first
    assert "2,751.91" in first
    assert second.strip() == (
        "CME N225 37,515 ▲1.01% open   USD/JPY 143.021 ▼0.37% closed   "
        "US 10Y 4.432% ▼7.7bp 2 d old   VIX 18.96"
    )


def test_a_narrow_tape_has_the_two_indices_only(painted: Callable[..., list[str]]) -> None:
    lines = painted(tape(WITH_ABROAD), 80, 2, OWN_HEIGHT)
    assert lines == painted(tape(TapeView(items=[NIKKEI, TOPIX])), 80, 2, OWN_HEIGHT)


@pytest.mark.parametrize("width", range(100, 152, 3))
def test_figures_from_abroad_are_whole_or_not_there(
    painted: Callable[..., list[str]], width: int
) -> None:
    _, second = painted(tape(WITH_ABROAD), width, 2, OWN_HEIGHT)
    shown = [each for each in second.strip().split("   ") if each]
    whole = [
        "CME N225 37,515 ▲1.01% open",
        "USD/JPY 143.021 ▼0.37% closed",
        "US 10Y 4.432% ▼7.7bp 2 d old",
        "VIX 18.96",
    ]
    assert shown == whole[: len(shown)]
    assert len(shown) >= 3


def test_a_tape_without_indices_shows_what_else_there_is(
    painted: Callable[..., list[str]],
) -> None:
    (only,) = painted(tape(TapeView(beside=ABROAD)), 120, 1, OWN_HEIGHT)
    assert only.strip().startswith("CME N225")
    (waiting,) = painted(tape(TapeView(beside=ABROAD)), 80, 1, OWN_HEIGHT)
    assert waiting.strip() == "waiting for index levels"
