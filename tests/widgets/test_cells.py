import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets import cells
from widgets.cells import cut, fit

JAPANESE = st.text(alphabet="アイウｱｲｳﾞ日経平均Advantest 123…・（）❤\ufe0f👨\u200d👩", max_size=30)


@given(JAPANESE, st.integers(-2, 40), st.booleans())
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == max(0, width)


@given(st.text(max_size=30), st.integers(0, 40))
def test_cut_text_is_never_wider_than_asked(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


@given(JAPANESE, st.integers(1, 40))
def test_text_that_has_room_is_not_cut(text: str, spare: int) -> None:
    assert cut(text, cell_len(text) + spare) == text


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Advantest", 12, "Advantest   "),
        ("Advantest", 6, "Advan…"),
        ("アドバンテスト", 14, "アドバンテスト"),
        ("アドバンテスト", 7, "アドバ…"),
        ("アドバンテスト", 6, "アド… "),
        ("Tokyo Electron", 7, "Tokyo… "),
        ("7,101", 1, "…"),
        ("7,101", 0, ""),
    ],
)
def test_left_aligned(text: str, width: int, expected: str) -> None:
    assert fit(text, width) == expected


def test_right_aligned_text_has_its_blank_on_the_left() -> None:
    assert fit("7,101", 8, right=True) == "   7,101"
    assert fit("特買", 6, right=True) == "  特買"


@given(st.text("ab 株価、ｱトヨタ（）é…　が゛\u3099👍\ufe0f\u200d", max_size=30), st.integers(1, 30))
def test_what_is_cut_in_one_pass_is_cut_as_it_is_measured(text: str, width: int) -> None:
    assert cut(text, width) == cells._cut_measured(text, width)


def test_characters_that_are_taken_for_even_are_as_wide_everywhere() -> None:
    even = [chr(code) for code in range(0x10000) if cells._EVEN.fullmatch(chr(code))]
    assert len(even) > 20_000
    for each in even:
        width = 1 if each < "\x7f" else 2
        assert (cell_len(each), cell_len(f"あ{each}a")) == (width, width + 3)
