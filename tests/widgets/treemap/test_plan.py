"""Where groups and tiles stand, at any size and with sizes of any kind."""

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from widgets.treemap import Tiles, TreemapView, percent
from widgets.treemap.plan import Kind, Plan, drift, plan_group, plan_market, shares
from widgets.treemap.squarify import Rect

ROOMS = st.builds(Rect, st.just(0), st.integers(0, 1), st.integers(1, 200), st.integers(1, 60))
ANY = st.one_of(
    st.floats(0.01, 1e3), st.sampled_from((0.0, -1.0, np.nan, np.inf, -np.inf, 1e-308, 1e308))
)


@st.composite
def views(draw: st.DrawFn) -> TreemapView:
    groups = draw(st.integers(1, 6))
    homes = draw(st.lists(st.integers(0, groups - 1), max_size=60))
    count = len(homes)
    return TreemapView(
        figure=percent,
        groups=some_tiles("g", [draw(ANY) for _ in range(groups)]),
        tiles=some_tiles("t", [draw(ANY) for _ in range(count)]),
        parents=np.array(homes, np.intp),
    )


def some_tiles(prefix: str, sizes: list[float]) -> Tiles:
    texts = tuple(f"{prefix}{n}" for n in range(len(sizes)))
    return Tiles(
        keys=texts,
        labels=texts,
        titles=texts,
        sizes=np.array(sizes, np.float64),
        values=np.zeros(len(sizes)),
        heats=np.full(len(sizes), 4, np.int8),
    )


def coverage(plan: Plan) -> set[int]:
    """How many spots lie on the cells of the room."""
    room = plan.room
    cells = np.zeros((room.height, room.width), np.int64)
    for spot in plan.spots:
        x, y, width, height = spot.rect
        assert width > 0
        assert height > 0
        cells[y - room.y : y - room.y + height, x : x + width] += 1
    return set(cells.ravel().tolist())


def drawable(sizes: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bool:
    return bool((np.isfinite(sizes) & (sizes > 0)).any())


@given(views(), ROOMS)
def test_the_market_covers_every_cell_once(view: TreemapView, room: Rect) -> None:
    plan = plan_market(view, room)
    assert coverage(plan) == ({1} if drawable(view.groups.sizes) else {0})
    assert set(plan.places) == {spot.group for spot in plan.spots}


@given(views(), ROOMS)
def test_a_group_covers_every_cell_once_and_counts_all_its_tiles(
    view: TreemapView, room: Rect
) -> None:
    for group in range(len(view.groups)):
        plan = plan_group(view, group, room)
        own = view.tiles.sizes[view.parents == group]
        assert coverage(plan) == ({1} if drawable(own) else {0})
        known = int((np.isfinite(own) & (own > 0)).sum())
        assert len(plan.places) + plan.folded == known
        rest = [spot.folded for spot in plan.spots if spot.kind is Kind.REST]
        assert sum(rest) in {0, plan.folded}


@given(views(), ROOMS)
def test_what_has_no_size_is_not_drawn(view: TreemapView, room: Rect) -> None:
    for spot in plan_market(view, room).spots:
        tiles = view.tiles if spot.kind is Kind.TILE else view.groups
        assert np.isfinite(tiles.sizes[spot.item])
        assert tiles.sizes[spot.item] > 0


@given(views(), ROOMS)
def test_tiles_stand_inside_their_group(view: TreemapView, room: Rect) -> None:
    plan = plan_market(view, room)
    for spot in plan.spots:
        outer = plan.places[spot.group]
        assert outer.contains(spot.rect.x, spot.rect.y)
        assert outer.contains(spot.rect.right - 1, spot.rect.bottom - 1)


@given(st.lists(ANY, max_size=30))
def test_shares_make_one_or_nothing(sizes: list[float]) -> None:
    given_sizes = np.array(sizes, np.float64)
    total = shares(given_sizes).sum()
    assert np.isclose(total, 1.0) if drawable(given_sizes) else total == 0.0


def test_a_group_with_room_shows_its_tiles_below_a_heading(
    view: Callable[..., TreemapView],
) -> None:
    plan = plan_market(view(), Rect(0, 0, 120, 30))
    kinds = {(spot.group, spot.kind) for spot in plan.spots}
    assert (0, Kind.HEADING) in kinds
    assert (0, Kind.TILE) in kinds
    assert (4, Kind.GROUP) in kinds


def test_the_greatest_comes_first_and_equals_keep_their_order() -> None:
    view = TreemapView(figure=percent, groups=some_tiles("g", [1.0, 5.0, 1.0]))
    plan = plan_market(view, Rect(0, 0, 60, 10))
    assert [spot.group for spot in plan.spots] == [1, 0, 2]


def test_names_worth_less_than_a_cell_are_folded_into_one_with_their_count() -> None:
    sizes = [100.0] * 4 + [0.01] * 50
    view = TreemapView(
        figure=percent,
        groups=some_tiles("g", [1.0]),
        tiles=some_tiles("t", sizes),
        parents=np.zeros(len(sizes), np.intp),
    )
    plan = plan_group(view, 0, Rect(0, 0, 40, 10))
    (rest,) = [spot for spot in plan.spots if spot.kind is Kind.REST]
    assert rest.folded == plan.folded == 50
    assert set(plan.places) == {0, 1, 2, 3}


def test_drift_is_the_share_of_the_area_that_moved() -> None:
    before = shares(np.array([1.0, 1.0]))
    assert drift(before, before) == 0.0
    assert np.isclose(drift(before, shares(np.array([3.0, 1.0]))), 0.25)
    assert drift(before, shares(np.array([1.0]))) == 1.0
