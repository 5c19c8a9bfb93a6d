"""One line: exactly as wide as it was meant to be, whatever is put on it."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from widgets.line import Line
from widgets.wrap import wrap

PLAIN = Style()
words = st.text(
    st.sampled_from("abc 7203,.+−▲▼日本製鉄アドバンテスト…╭│━▁█"), min_size=0, max_size=24
)


@given(st.lists(words, max_size=8), st.integers(-2, 60))
def test_a_strip_is_exactly_as_wide_as_the_line(texts: list[str], width: int) -> None:
    line = Line(width)
    for text in texts:
        line.add(text, PLAIN)
    strip = line.strip(PLAIN)
    assert strip.cell_length == max(width, 0)
    assert cell_len(strip.text) == max(width, 0)


@given(st.lists(words, max_size=4), st.integers(0, 60), st.integers(0, 70))
def test_skipping_never_goes_back_nor_beyond(texts: list[str], width: int, cell: int) -> None:
    line = Line(width)
    for text in texts:
        line.add(text, PLAIN)
    used = line.used
    line.skip_to(cell, PLAIN)
    assert line.used == max(used, min(cell, width))


def test_blanks_before_a_word_are_a_run_of_their_own() -> None:
    line = Line(20).add("   word", PLAIN)
    assert [segment.text for segment in line.segments] == ["   ", "word"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert Line(6).add("日本製鉄", PLAIN).strip(PLAIN).text == "日本… "


@given(words, st.integers(1, 30), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert len(lines) <= most
    # A wide character has no place in one cell; it stands alone, to be cut by the line.
    assert all(cell_len(line) <= max(width, 2) for line in lines)
    if len(lines) < most:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_japanese_is_broken_between_characters() -> None:
    assert wrap("六月の首脳会談前の合意", 12, 2) == ["六月の首脳会", "談前の合意"]


def test_the_last_line_says_that_something_is_left() -> None:
    assert wrap("one two three four", 8, 2) == ["one two", "three f…"]
