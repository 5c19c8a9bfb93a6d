"""A cursor follows its entry."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.cursor import KeyCursor

keys = st.lists(st.text("abcdef", min_size=1, max_size=2), max_size=8, unique=True)


def test_it_begins_on_the_first_entry() -> None:
    cursor = KeyCursor()
    assert cursor.key is None
    cursor.update(["a", "b"])
    assert cursor.key == "a"


def test_it_stays_on_its_key_when_the_order_changes() -> None:
    cursor = KeyCursor()
    cursor.update(["a", "b", "c"])
    cursor.select("b")
    cursor.update(["c", "a", "b"])
    assert (cursor.key, cursor.index) == ("b", 2)


def test_it_stays_at_its_place_when_the_key_goes() -> None:
    cursor = KeyCursor()
    cursor.update(["a", "b", "c"])
    cursor.select("b")
    cursor.update(["a", "c"])
    assert cursor.key == "c"


def test_it_is_held_at_the_ends() -> None:
    cursor = KeyCursor()
    cursor.update(["a", "b", "c"])
    assert not cursor.move(-1)
    assert cursor.move(99)
    assert cursor.key == "c"
    assert not cursor.select("z")


@given(st.lists(st.one_of(keys, st.integers(-9, 9)), max_size=12))
def test_it_is_never_outside_the_list(steps: list[list[str] | int]) -> None:
    cursor = KeyCursor()
    for step in steps:
        if isinstance(step, int):
            cursor.move(step)
        else:
            held = cursor.key
            cursor.update(step)
            assert held not in step or cursor.key == held
        assert (cursor.key is None) == (not cursor.keys)
        assert -1 <= cursor.index < max(len(cursor.keys), 1)
