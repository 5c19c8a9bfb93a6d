"""Levels, the cursor's way from neighbour to neighbour, and a layout that does not jump."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from widgets.treemap import TreemapView
from widgets.treemap.squarify import Rect
from widgets.treemap.state import MapState

View = Callable[..., TreemapView]
ROOM = Rect(0, 1, 100, 28)
STEPS = st.lists(st.sampled_from(((1, 0), (-1, 0), (0, 1), (0, -1))), max_size=12)


def state_of(view: TreemapView, room: Rect = ROOM) -> MapState:
    state = MapState(view)
    state.resize(room)
    return state


def test_the_cursor_begins_on_the_greatest_group(view: View) -> None:
    state = state_of(view())
    assert state.plan.places
    assert (state.level, state.key) == (None, "g0")


def test_a_step_goes_to_a_neighbour_and_a_step_back_undoes_it(view: View) -> None:
    state = state_of(view())
    start = state.plan.places[0]
    assert state.step(1, 0)
    there = state.plan.places[state.cursor or 0]
    assert there.x == start.right
    assert state.step(-1, 0)
    assert state.key == "g0"


def test_no_step_leads_over_the_edge(view: View) -> None:
    state = state_of(view())
    assert not state.step(-1, 0)
    assert not state.step(0, -1)
    assert not state.step(0, 0)
    assert state.key == "g0"


def test_every_tile_can_be_reached(view: View) -> None:
    state = state_of(view())
    state.enter()
    reached, edge = {state.key}, [state.key]
    while edge:
        key = edge.pop()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            assert key is not None
            state.select(key)
            state.step(*step)
            if state.key not in reached:
                reached.add(state.key)
                edge.append(state.key)
    assert reached == {f"{1000 + n}.T" for n in range(6)}


def test_entering_shows_a_group_and_leaving_returns_to_it(view: View) -> None:
    state = state_of(view())
    state.step(1, 0)
    group = state.key
    assert state.enter()
    assert state.level == group
    assert state.plan.level is not None
    assert not state.enter()
    assert state.leave()
    assert (state.level, state.key) == (None, group)
    assert not state.leave()


def test_a_group_without_tiles_is_not_entered(view: View) -> None:
    shown = view(sizes=[1.0] * 12 + [np.nan])
    groups = replace(shown.groups, sizes=np.ones(5))
    state = state_of(replace(shown, groups=groups))
    assert state.select("g4")
    assert not state.enter()
    assert state.level is None


def test_selecting_goes_to_the_level_where_the_key_is(view: View) -> None:
    state = state_of(view())
    assert state.select("1007.T")
    assert (state.level, state.key) == ("g1", "1007.T")
    assert state.select("g3")
    assert (state.level, state.key) == (None, "g3")
    assert not state.select("nothing")
    assert state.key == "g3"


def test_what_is_too_small_to_be_shown_is_not_selected(view: View) -> None:
    state = state_of(view(sizes=[1e6, 1.0, 1.0, 1.0, 1.0, 1.0, *[1e6] * 7]), Rect(0, 0, 20, 5))
    assert state.plan.places
    before = (state.level, state.key)
    assert not state.select("1001.T")
    assert (state.level, state.key) == before


def test_sizes_that_drift_a_little_leave_the_layout_alone(view: View) -> None:
    shown = view()
    state = state_of(shown)
    plan = state.plan
    nudged = np.asarray(shown.tiles.sizes) * np.linspace(0.99, 1.01, 13)
    assert not state.take(replace(shown, tiles=replace(shown.tiles, sizes=nudged)))
    assert state.plan is plan


def test_sizes_that_drift_far_lay_out_anew(view: View) -> None:
    shown = view()
    state = state_of(shown)
    plan = state.plan
    turned = np.asarray(shown.tiles.sizes)[::-1].copy()
    assert state.take(replace(shown, tiles=replace(shown.tiles, sizes=turned)))
    assert state.plan is not plan


def test_small_drifts_add_up_against_the_layout_that_stands(view: View) -> None:
    shown = view()
    state = state_of(shown)
    plan = state.plan
    sizes = np.asarray(shown.tiles.sizes).copy()
    for _ in range(40):
        sizes[0] *= 1.02
        tiles = replace(shown.tiles, sizes=sizes.copy())
        state.take(replace(shown, tiles=tiles))
    assert state.plan is not plan


def test_other_texts_ask_for_another_drawing_but_no_other_layout(view: View) -> None:
    state = state_of(view())
    plan = state.plan
    assert state.take(view(language="ja"))
    assert state.plan is plan


def test_the_cursor_stays_on_its_key_when_the_layout_changes(view: View) -> None:
    state = state_of(view())
    state.select("1003.T")
    state.resize(Rect(0, 0, 60, 15))
    assert state.plan.places
    assert state.key == "1003.T"
    state.take(view(sizes=(1.0, 1.0, 30.0, 60.0, 2.0, 2.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0)))
    assert state.plan.places
    assert state.key == "1003.T"


def test_a_group_that_goes_away_leads_back_to_the_market(view: View) -> None:
    shown = view()
    state = state_of(shown)
    state.select("1008.T")
    keys = ("g0", "other", "g2", "g3", "g4")
    state.take(replace(shown, groups=replace(shown.groups, keys=keys)))
    assert state.plan.places
    assert (state.level, state.key) == (None, "g0")


def test_nothing_at_all_has_no_cursor(view: View) -> None:
    state = state_of(view(sizes=[0.0] * 13))
    assert not state.plan.spots
    assert state.key is None
    assert not state.step(1, 0)
    assert not state.enter()


@given(st.integers(1, 90), st.integers(1, 30), STEPS, st.booleans())
def test_the_cursor_is_always_on_something_shown(
    view: View, width: int, height: int, steps: list[tuple[int, int]], entered: bool
) -> None:
    state = state_of(view(), Rect(0, 0, width, height))
    if entered:
        state.enter()
    for dx, dy in steps:
        state.step(dx, dy)
        assert state.cursor in state.plan.places
