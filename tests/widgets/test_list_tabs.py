"""Tabs: the active one is always to be seen, and a click tells which."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.list_tabs import ListTabs, visible_tabs

NAMES = ("Nikkei 225", "Core30", "Exporters", "鉄鋼", "Mine", "Banks", "Trading houses")


def tabs(names: Sequence[str], active: int) -> ListTabs:
    made = ListTabs()
    made.show(names, active)
    return made


def test_it_closes_the_edge_of_the_pane_below(painted: Callable[..., list[str]]) -> None:
    [line] = painted(tabs(NAMES[:3], 1), 60, 1)
    assert line.startswith("╭ 1 Nikkei 225 │ 2 Core30 │ 3 Exporters ─")
    assert line.endswith("─╮")


@pytest.mark.parametrize("width", [1, 2, 3, 4, 6, 10, 20, 33, 60, 120])
@pytest.mark.parametrize("active", [0, 3, 6, 99])
def test_it_is_exactly_as_wide_as_the_screen(
    painted: Callable[..., list[str]], width: int, active: int
) -> None:
    assert [cell_len(line) for line in painted(tabs(NAMES, active), width, 1)] == [width]


def test_the_active_tab_is_seen_wherever_it_is(painted: Callable[..., list[str]]) -> None:
    for active, name in enumerate(NAMES):
        [line] = painted(tabs(NAMES, active), 30, 1)
        assert f"{active + 1} {name}" in line


def test_hidden_tabs_are_hinted_at(painted: Callable[..., list[str]]) -> None:
    [line] = painted(tabs(NAMES, 3), 30, 1)
    assert "‹" in line
    assert "›" in line


def test_no_lists_are_told_in_words(painted: Callable[..., list[str]]) -> None:
    assert "no lists" in painted(tabs((), 0), 30, 1)[0]


def test_a_click_tells_the_tab(
    on_stage: Callable[..., None], sent: Callable[..., list[object]]
) -> None:
    view = tabs(NAMES, 0)

    async def script(scene: Any) -> None:
        await scene.pilot.click(view, offset=(20, 0))
        await scene.pilot.click(view, offset=(15, 0))
        assert sent(scene, view, "index", ListTabs.Chosen) == [(ListTabs.Chosen, 1)]

    on_stage(view, script, (60, 1))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.integers(-3, 15), st.data())
def test_the_window_holds_the_active_tab_and_fits(
    widths: list[int], active: int, data: st.DataObject
) -> None:
    room = data.draw(st.integers(0, 120))
    first, last = visible_tabs(widths, active, room)
    held = min(max(active, 0), len(widths) - 1)
    assert 0 <= first <= held < last <= len(widths)
    taken = sum(widths[first:last]) + 2 * (last - first) + (last - first - 1)
    assert taken <= room or last - first == 1
