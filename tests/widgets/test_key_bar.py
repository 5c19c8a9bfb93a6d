"""Keys: whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.key_bar import KeyBar, keys_that_fit

KEYS = (("/", "filter"), ("a", "add"), ("⏎", "detail"), ("^d", ""), ("?", "ヘルプ"))


def bar() -> KeyBar:
    made = KeyBar()
    made.show(KEYS)
    return made


def test_keys_in_their_order(painted: Callable[..., list[str]]) -> None:
    assert painted(bar(), 60, 1)[0].rstrip() == " / filter  a add  ⏎ detail  ^d  ? ヘルプ"


@pytest.mark.parametrize("width", [1, 5, 8, 20, 33, 60])
def test_it_is_exactly_as_wide_as_the_screen(painted: Callable[..., list[str]], width: int) -> None:
    assert [cell_len(line) for line in painted(bar(), width, 1)] == [width]


def test_the_last_keys_give_way(painted: Callable[..., list[str]]) -> None:
    assert painted(bar(), 20, 1)[0].rstrip() == "/ filter  a add"


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (60, " L live quotes, late, free  / filter  a add  ⏎ detail  ^d"),
        (40, " L live quotes  / filter  a add"),
        (20, "L live  / filter"),
        (9, "L live"),
    ],
)
def test_an_offer_stands_first_and_leaves_room(
    painted: Callable[..., list[str]], width: int, told: str
) -> None:
    made = bar()
    made.show(KEYS, ("L", ("live quotes, late, free", "live quotes", "live")))
    assert painted(made, width, 1)[0].rstrip() == told


def test_an_offer_may_be_withdrawn(painted: Callable[..., list[str]]) -> None:
    made = bar()
    made.show(KEYS, ("L", ("live",)))
    made.show(KEYS)
    assert painted(made, 60, 1) == painted(bar(), 60, 1)


def test_a_click_tells_the_key(
    on_stage: Callable[..., None], sent: Callable[..., list[object]]
) -> None:
    view = bar()

    async def script(scene: Any) -> None:
        await scene.pilot.click(view, offset=(13, 0))
        await scene.pilot.click(view, offset=(10, 0))
        await scene.pilot.click(view, offset=(59, 0))
        assert sent(scene, view, "key", KeyBar.Pressed) == [(KeyBar.Pressed, "a")]

    on_stage(view, script, (60, 1))


@given(
    st.lists(st.tuples(st.sampled_from("/a⏎?"), st.sampled_from(["", "add", "ヘルプ"]))),
    st.integers(0, 80),
)
def test_what_fits_fits_and_one_more_would_not(keys: list[tuple[str, str]], width: int) -> None:
    def taken(count: int) -> int:
        return cell_len("  ".join(f"{key} {label}".strip() for key, label in keys[:count]))

    count = keys_that_fit(keys, width)
    assert taken(count) <= width
    assert count == len(keys) or taken(count + 1) > width
