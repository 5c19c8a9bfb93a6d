from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from widgets.quote_table.viewport import Viewport


class Reader(RuleBasedStateMachine):
    """Whatever is done, the window stays inside the rows and the cursor on one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.view = Viewport()

    @rule(height=st.integers(0, 60))
    def resize(self, height: int) -> None:
        self.view.resize(height)

    @rule(delta=st.integers(-300, 300))
    def move(self, delta: int) -> None:
        self.view.move_to(self.view.cursor + delta)
        assert self.view.cursor_visible or not self.view.height or not self.view.count

    @rule(delta=st.integers(-300, 300))
    def leap(self, delta: int) -> None:
        self.view.leap(delta)
        assert self.view.cursor_visible or not self.view.height or not self.view.count

    @rule(top=st.integers(-300, 300))
    def scroll(self, top: int) -> None:
        self.view.scroll_to(top)

    @rule(count=st.integers(0, 200), position=st.integers(0, 200))
    def follow(self, count: int, position: int) -> None:
        seen = self.view.cursor_visible
        self.view.follow(count, position)
        assert not seen or not count or self.view.cursor_visible

    @invariant()
    def inside(self) -> None:
        view = self.view
        assert 0 <= view.top <= max(0, view.count - view.height)
        assert -1 <= view.cursor < max(1, view.count)
        assert (view.cursor < 0) == (view.count == 0)
        thumb = view.thumb()
        assert not thumb or (thumb.start >= 0 and thumb.stop <= view.height)


TestReader = Reader.TestCase


def test_the_cursor_keeps_its_line_when_its_row_moves_in_the_order() -> None:
    view = Viewport(count=100, height=10, top=40, cursor=44)
    view.follow(100, 70)
    assert (view.top, view.cursor) == (66, 70)


def test_a_window_at_the_top_stays_there_while_the_cursor_is_within_it() -> None:
    view = Viewport(count=100, height=10, top=0, cursor=2)
    view.follow(100, 7)
    assert (view.top, view.cursor) == (0, 7)
    view.follow(100, 30)
    assert (view.top, view.cursor) == (23, 30)


def test_a_cursor_out_of_sight_does_not_move_the_window() -> None:
    view = Viewport(count=100, height=10, top=50, cursor=3)
    view.follow(100, 90)
    assert (view.top, view.cursor) == (50, 90)


def test_a_half_page_keeps_the_cursor_on_its_line() -> None:
    view = Viewport(count=100, height=10, top=20, cursor=24)
    view.leap(5)
    assert (view.top, view.cursor) == (25, 29)
    view.leap(500)
    assert (view.top, view.cursor) == (90, 99)


@given(st.integers(1, 5000), st.integers(1, 80), st.integers(0, 100))
def test_the_position_mark_reaches_both_ends(count: int, height: int, line: int) -> None:
    view = Viewport(count=count, height=height, top=0, cursor=0)
    if count <= height:
        assert not view.thumb()
        return
    assert view.thumb().start == 0
    view.scroll_to(view.top_for_thumb(min(line, height - 1)))
    view.scroll_to(count)
    assert view.thumb().stop == height
